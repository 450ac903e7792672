/** Pieces of a phase that one continuum stands for, and when they differ too much for that. */
import type { PhaseResult } from '../cell/cell.ts'

/** Surfaces per volume that differ by less count as equal: the mesh itself makes them differ so much. */
export const EQUAL = 0.05

/**
 * Smallest and largest surface per volume (per period) of the pieces of a phase; undefined where they are alike, or where
 * the phase is joined through the cells.
 */
export function unequalPieces({ pieces, percolates }: PhaseResult): { low: number; high: number } | undefined {
  if (!pieces || pieces.length < 2 || percolates.includes(true)) return undefined
  const ratios = pieces.map(({ area, fraction }) => area / fraction)
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)]
  return high > (1 + EQUAL) * low ? { low, high } : undefined
}
