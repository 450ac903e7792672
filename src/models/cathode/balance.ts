/** How well the current of a cell is conserved. */
import { type CathodeEquations, PHI, PSI } from './equations.ts'

/**
 * Largest violation of the current balance of a cell over the sum of all reactions: ionic plus electronic current, or
 * with charge in the electrolyte (E1), which can store current, the electronic one.
 */
export function discontinuity(equations: CathodeEquations, u: Float64Array): number {
  const { nodes: n, size, RHO } = equations
  const f = new Float64Array(size)
  equations.residual(0, u, f)
  let [error, flow] = [0, 0]
  for (let p = 0; p < n; p++) {
    if (!equations.isCathode(p)) continue
    error = Math.max(error, Math.abs(f[PSI * n + p] + (RHO < 0 ? f[PHI * n + p] : 0)))
    flow += Math.abs(equations.reaction(u, p))
  }
  // At rest nothing but round-off flows.
  return error / Math.max(flow, 1e-6 * (equations.capacity / 3600))
}

/** Part of the current to which balances of charge are met, and the least current that counts, over 1C. */
const MET = 1e-8
const FEEBLE = 1e-4

/** An error of a balance of charge as a multiple of what it may be, for reactions that add up to `flow` [A/m²]. */
export function excessOf(error: number, flow: number, capacity: number): number {
  return error / (MET * Math.max(flow, (FEEBLE * capacity) / 3600))
}
