/**
 * States between cells with different kinds of particles. What is known of them is how much of the active material each
 * holds, so the fillings are carried by volume: the material is laid out kind after kind, in both cells in the same order,
 * and each new kind takes the mean over its part. The lithium stays, node by node.
 */
import { overlaps } from '../../pieces.ts'
import { GLOBAL_COUNT, Y } from '../layout.ts'

const MARK = '/kinds '
const DIGITS = 6

/** What a layout says of several kinds: their parts of the active material. */
export function kindsMark(kinds: readonly { q: number }[]): string {
  if (kinds.length === 1) return ''
  return (
    MARK +
    partsOf(kinds)
      .map((part) => part.toPrecision(DIGITS))
      .join(' ')
  )
}

/** A layout without what it says of kinds, and their parts of the active material. */
export function readKinds(layout: string): { base: string; parts: readonly number[] } {
  const [base, parts] = layout.split(MARK)
  return { base, parts: parts?.split(' ').map(Number) ?? [1] }
}

export function partsOf(kinds: readonly { q: number }[]): number[] {
  const q = kinds.reduce((sum, kind) => sum + kind.q, 0)
  return kinds.map((kind) => kind.q / q)
}

/**
 * Fillings of a homogenized state, kind by kind.
 * @param nodes of its grid
 * @param kinds how many it has
 */
export function fillingsOf(u: Float64Array, nodes: number, kinds: number): Float64Array[] {
  const others = (u.length - GLOBAL_COUNT) / nodes - (kinds - 1)
  const field = (k: number) => u.subarray(k * nodes, (k + 1) * nodes)
  return Array.from({ length: kinds }, (_, k) => field(k === 0 ? Y : others + k - 1))
}

/** A homogenized state with other kinds of particles; as many of them keep their fillings. */
export function carryKinds(
  u: Float64Array,
  nodes: number,
  before: readonly number[],
  now: readonly number[],
): Float64Array {
  const fillings = fillingsOf(u, nodes, before.length)
  const kept = u.length - GLOBAL_COUNT - (before.length - 1) * nodes
  const out = new Float64Array(kept + (now.length - 1) * nodes + GLOBAL_COUNT)
  out.set(u.subarray(0, kept))
  out.set(u.subarray(u.length - GLOBAL_COUNT), out.length - GLOBAL_COUNT)
  const weights = overlaps(before, now)
  fillingsOf(out, nodes, now.length).forEach((field, k) => {
    field.set(field.map((_, p) => weights[k].reduce((sum, weight, j) => sum + weight * fillings[j][p], 0)))
  })
  return out
}
