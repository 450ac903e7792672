/** Ends of the cell: the lithium foil at x = 0, and the outlet at the collector where the electrolyte is pumped. */
import { FARADAY } from '../constants.ts'
import { offset } from './electrolyte.ts'
import { type Add, type CathodeEquations, type CathodeSetting, PHI } from './equations.ts'

/** Butler-Volmer at the lithium: I = i_Li c^m [ e^(-alpha Phi) - e^((1 - alpha) Phi) ]. */
export function lithiumFoil(
  equations: CathodeEquations,
  u: Float64Array,
  out: Float64Array | undefined,
  add: Add | undefined,
): void {
  const { nodes: n, setting, RHO } = equations
  const { grid, foil, electrolyte, flow } = setting
  const s = offset(electrolyte.form)
  const square = electrolyte.delta ** 2
  for (let j = 0; j < grid.rows; j++) {
    const p = grid.columns * j
    const phi = equations.lithiumPotential(u, p)
    const c = RHO < 0 ? u[p] : u[p] + square * u[RHO * n + p]
    const { current, byPhi, byC } = foilCurrent(foil, grid.share, c, phi, s)
    if (out) out[PHI * n + p] += current
    add?.(PHI * n + p, PHI * n + p, byPhi)
    if (byC !== 0) add?.(PHI * n + p, p, byC)
    if (RHO >= 0) add?.(PHI * n + p, RHO * n + p, square * byC)
    if (!flow) continue
    if (out) out[p] = flow.inlet - u[p]
    add?.(p, p, -1)
  }
}

/**
 * @param share area over that of the cell
 * @param phi potential measured by lithium, RT/F
 * @param offset multiple of log c in it beyond the unknown
 * @returns A/m² of the cell, with derivatives by the unknown potential and the concentration
 */
export function foilCurrent(
  { exchange, alpha, order }: CathodeSetting['foil'],
  share: number,
  c: number,
  phi: number,
  offset: number,
): { current: number; byPhi: number; byC: number } {
  const front = exchange * share * c ** order
  const [down, up] = [Math.exp(-alpha * phi), Math.exp((1 - alpha) * phi)]
  const current = front * (down - up)
  const byPhi = -front * (alpha * down + (1 - alpha) * up)
  return { current, byPhi, byC: (order * current + offset * byPhi) / c }
}

/** What flows out at the collector. */
export function outflow(
  { setting }: CathodeEquations,
  u: Float64Array,
  out: Float64Array | undefined,
  add: Add | undefined,
): void {
  const { grid, flow, reference } = setting
  if (!flow) return
  const v = FARADAY * reference * flow.velocity * grid.share
  for (let j = 0; j < grid.rows; j++) {
    const p = grid.columns - 1 + grid.columns * j
    if (out) out[p] -= v * u[p]
    add?.(p, p, -v)
  }
}
