/** Pieces of a phase that one continuum stands for, and when they differ too much for that. */

import type { PhaseResult } from '../cell/cell.ts'
import { t } from '../language/language.ts'

/** Surfaces per volume that differ by less count as equal: the mesh itself makes them differ so much. */
export const EQUAL = 0.05

export interface Unequal {
  low: number
  high: number
}

/** What an error plot says of them. */
export function unequalWords({ low, high }: Unequal, pieces: string): string {
  return t(
    'The {pieces} of one period differ ({high} % in surface per volume) and share their unknowns in the homogenized model: from some N on the errors stay.',
    { pieces: t(pieces), high: (100 * (high / low - 1)).toFixed(0) },
  )
}

/**
 * Smallest and largest surface per volume (per period) of the pieces of a phase; undefined where they are alike, or where
 * the phase is joined through the cells.
 */
export function unequalPieces({ pieces, percolates }: Pick<PhaseResult, 'pieces' | 'percolates'>): Unequal | undefined {
  if (!pieces || pieces.length < 2 || percolates.includes(true)) return undefined
  const ratios = pieces.map(({ area, fraction }) => area / fraction)
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)]
  return high > (1 + EQUAL) * low ? { low, high } : undefined
}
