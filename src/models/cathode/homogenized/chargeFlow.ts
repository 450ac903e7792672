/**
 * Flow that the charges of the electrolyte would drive by themselves. In one dimension with closed ends it is exactly
 * zero (the pressure takes the force up); in two it is of the order  V = (K/mu) rho E,  with rho = div(eps E). The
 * number is computed to show how small it is.
 */
import { FARADAY } from '../../constants.ts'
import type { CathodeEquations } from '../equations/equations.ts'

/** Of a usual electrolyte solvent, ten times that of the vacuum, F/m. */
const PERMITTIVITY = 8.854e-11

/**
 * Peclet number V L / D with the largest force density rho E of the state.
 * @param mobility K / mu, m² / (Pa s)
 */
export function flowOfCharge(equations: CathodeEquations, u: Float64Array, mobility: number): number {
  const { setting } = equations
  const { grid, thermal, reference, electrolyte } = setting
  // With E1 the given delta stands for eps = 2 F c0 (delta L)² / (RT/F).
  const given = (2 * FARADAY * reference * (electrolyte.delta * grid.cathode) ** 2) / thermal
  const permittivity = electrolyte.form === 'E1' ? given : PERMITTIVITY
  let largest = 0
  // The electric potential, whatever the form of the electrolyte: that measured by lithium less log c.
  const psi = (p: number) => (equations.lithiumPotential(u, p) - Math.log(u[p])) * thermal
  for (let j = 0; j < grid.rows; j++)
    for (let i = 1; i + 1 < grid.columns; i++) {
      const [a, b, c] = [i - 1, i, i + 1].map((k) => psi(k + grid.columns * j))
      const [left, right] = [grid.x[i] - grid.x[i - 1], grid.x[i + 1] - grid.x[i]]
      const field = -(c - a) / (left + right)
      const slope = (-2 * ((c - b) / right - (b - a) / left)) / (left + right)
      largest = Math.max(largest, Math.abs(permittivity * slope * field))
    }
  const out = new Float64Array(6)
  electrolyte.salt.at(1, out)
  return (mobility * largest * grid.cathode) / out[0]
}
