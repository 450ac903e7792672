/**
 * The longest step of a cell. Large implicit steps damp the growth of the difference between particles inside the
 * spinodal: they would follow the unstable branch on which all fill together, with half the hysteresis.
 */
import type { CathodeEquations } from '../equations/equations.ts'
import { spinodal } from '../laws/thermodynamics.ts'

/** Longest step over the time in which the capacity passes. */
const COARSEST = 0.02
/** The same, and over the growth time of the instability, while particles are inside the spinodal (stable branches only). */
const COARSEST_UNSTABLE = 0.005
const GROWTH = 0.5

/** s. */
export function longestStep(cell: CathodeEquations, u: Float64Array): number {
  const current = Math.abs(cell.reactionSum(u))
  const pass = cell.capacity / Math.max(current, 1e-12)
  const rate = growth(cell, u)
  return rate > 0 ? Math.min(COARSEST_UNSTABLE * pass, GROWTH / rate) : COARSEST * pass
}

/** Largest growth rate of the difference between two particles inside the spinodal, 1/s; 0 if none is. */
function growth(cell: CathodeEquations, u: Float64Array): number {
  const { nodes: n, mass } = cell
  let largest = 0
  for (const kind of cell.hosts) {
    const { omega, kinetics } = kind.material
    const limit = spinodal(omega)
    if (limit === undefined) continue
    for (const p of kind.reactive) {
      const y = u[kind.Y * n + p]
      if (y <= limit || y >= 1 - limit) continue
      const i0 = kinetics.exchange(u[p], y, cell.excess(u, p, kind))
      const steep = 2 * omega - 1 / (y * (1 - y))
      largest = Math.max(largest, ((kind.area[p] * i0) / mass[kind.Y * n + p]) * steep)
    }
  }
  return largest
}
