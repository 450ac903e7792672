/**
 * States between cells with different kinds of particles. What is known of them is how much of the active material each
 * holds, so the fillings are carried by volume: each material is laid out by itself, kind after kind, in both cells in the
 * same order, and each new kind takes the mean over its part. The lithium stays, node by node.
 */
import { overlaps } from '../../pieces.ts'
import { GLOBAL_COUNT, Y } from '../layout.ts'

const MARK = '/kinds '
/** Between the kinds of the first and those of the second material. */
const SECOND = ' + '
const DIGITS = 6

/** What a layout says of several kinds: their parts of their material. */
export function kindsMark(kinds: readonly { q: number; second?: boolean }[]): string {
  if (kinds.length === 1) return ''
  const listed = (of: readonly { q: number }[]) =>
    partsOf(of)
      .map((part) => part.toPrecision(DIGITS))
      .join(' ')
  const second = kinds.filter((kind) => kind.second)
  const first = listed(kinds.filter((kind) => !kind.second))
  return MARK + (second.length > 0 ? first + SECOND + listed(second) : first)
}

/** Parts of the kinds of the first material and of those of the second, where there are such. */
export interface KindParts {
  parts: readonly number[]
  second: readonly number[]
}

/** A layout without what it says of kinds, and their parts of their material. */
export function readKinds(layout: string): KindParts & { base: string } {
  const [base, kinds = '1'] = layout.split(MARK)
  const [parts, second = []] = kinds.split(SECOND).map((of) => of.split(' ').map(Number))
  return { base, parts, second }
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

/** A homogenized state with other kinds of particles of one material; as many of them keep their fillings. */
export function carryKinds(
  u: Float64Array,
  nodes: number,
  before: readonly number[],
  now: readonly number[],
): Float64Array {
  return carryMaterials(u, nodes, { parts: before, second: [] }, { parts: now, second: [] })
}

/** The same of two materials, each to its own. */
export function carryMaterials(u: Float64Array, nodes: number, before: KindParts, now: KindParts): Float64Array {
  const [old, own] = [before, now].map(({ parts, second }) => parts.length + second.length)
  const fillings = fillingsOf(u, nodes, old)
  const kept = u.length - GLOBAL_COUNT - (old - 1) * nodes
  const out = new Float64Array(kept + (own - 1) * nodes + GLOBAL_COUNT)
  out.set(u.subarray(0, kept))
  out.set(u.subarray(u.length - GLOBAL_COUNT), out.length - GLOBAL_COUNT)
  const weights = [
    ...overlaps(before.parts, now.parts),
    ...overlaps(before.second, now.second).map((row) => [...before.parts.map(() => 0), ...row]),
  ]
  fillingsOf(out, nodes, own).forEach((field, k) => {
    field.set(field.map((_, p) => weights[k].reduce((sum, weight, j) => sum + weight * fillings[j][p], 0)))
  })
  return out
}
