/**
 * Flow that the charges of the electrolyte would drive by themselves. In one dimension with closed ends it is exactly
 * zero (the pressure takes the force up); in two it is of the order  V = (K/mu) rho E,  with rho = div(eps E). The
 * number is computed to show how small it is.
 */
import { FARADAY } from '../constants.ts'
import { type CathodeEquations, PHI } from './equations.ts'

/** Of a usual electrolyte solvent, ten times that of the vacuum, F/m. */
const PERMITTIVITY = 8.854e-11

/**
 * Peclet number V L / D with the largest force density rho E of the state.
 * @param mobility K / mu, m² / (Pa s)
 */
export function flowOfCharge(equations: CathodeEquations, u: Float64Array, mobility: number): number {
  const { setting, nodes: n } = equations
  const { grid, thermal, reference, electrolyte } = setting
  // With E1 the given delta stands for eps = 2 F c0 (delta L)² / (RT/F).
  const given = (2 * FARADAY * reference * (electrolyte.delta * grid.cathode) ** 2) / thermal
  const permittivity = electrolyte.form === 'E1' ? given : PERMITTIVITY
  let largest = 0
  for (let i = 1; i + 1 < grid.columns; i++) {
    const [a, b, c] = [i - 1, i, i + 1].map((k) => u[PHI * n + k] * thermal)
    const [left, right] = [grid.x[i] - grid.x[i - 1], grid.x[i + 1] - grid.x[i]]
    const field = -(c - a) / (left + right)
    const slope = (-2 * ((c - b) / right - (b - a) / left)) / (left + right)
    largest = Math.max(largest, Math.abs(permittivity * slope * field))
  }
  const out = new Float64Array(6)
  electrolyte.salt.at(1, out)
  return (mobility * largest * grid.cathode) / out[0]
}
