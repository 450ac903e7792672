/**
 * Nested dissection: in which order to eliminate the unknowns of a mesh so that little fills in. A set of unknowns is cut
 * in the middle of its longest side; those on one side that are coupled to the other one separate the halves and come
 * last, and the halves are cut in turn. Source: A. George, SIAM J. Numer. Anal. 10 (1973) 345.
 */

import type { Pattern } from './pattern.ts'

/** Unknowns that are eliminated together, and what they leave behind. */
export interface Part {
  own: Int32Array
  /** Coupled to them when they are eliminated, in the order of their own elimination. */
  border: Int32Array
  /** Earlier parts whose remainders enter here first; the last of them is the one before this. */
  children: readonly number[]
}

/** Sets of so few unknowns are not cut any more. */
const SMALL = 24

/** Unknowns that are looked at between two yields: some milliseconds. */
const PIECE = 2e4

/**
 * @param place of unknown k along axis c at [dimension * k + c]; coupled unknowns lie close to each other
 * @returns parts in the order of elimination, each after its children; it yields on the way
 */
export function* dissect(pattern: Pattern, place: Float64Array, dimension: number): Generator<void, Part[]> {
  const size = pattern.start.length - 1
  const parts: { own: Int32Array; children: number[] }[] = []
  const side = new Uint8Array(size)
  let done = 0
  function* visit(set: Int32Array): Generator<void, number[]> {
    if (set.length === 0) return []
    const halves = set.length > SMALL ? cut(set, pattern, place, dimension, side) : undefined
    done += set.length
    if (done > PIECE) {
      done = 0
      yield
    }
    if (!halves) {
      parts.push({ own: set, children: [] })
      return [parts.length - 1]
    }
    const children = [...(yield* visit(halves.low)), ...(yield* visit(halves.high))]
    if (halves.between.length === 0) return children
    parts.push({ own: halves.between, children })
    return [parts.length - 1]
  }
  yield* visit(Int32Array.from({ length: size }, (_, k) => k))
  return yield* withBorders(parts, pattern)
}

/** Two halves and what lies between them; undefined where all unknowns are in one place. */
function cut(set: Int32Array, { start, column }: Pattern, place: Float64Array, d: number, side: Uint8Array) {
  let [axis, extent] = [0, -1]
  for (let c = 0; c < d; c++) {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (const k of set) {
      least = Math.min(least, place[d * k + c])
      most = Math.max(most, place[d * k + c])
    }
    if (most - least <= extent) continue
    extent = most - least
    axis = c
  }
  if (extent === 0) return undefined
  const at = (k: number) => place[d * k + axis]
  const sorted = Float64Array.from(set, at).sort()
  const middle = sorted[sorted.length >> 1]
  // The middle belongs to the upper half, unless nothing is below it.
  const limit = middle > sorted[0] ? middle : sorted[sorted.lastIndexOf(sorted[0]) + 1]
  const [low, high, between]: number[][] = [[], [], []]
  for (const k of set) side[k] = at(k) < limit ? 1 : 2
  for (const k of set) {
    if (side[k] === 2) {
      high.push(k)
      continue
    }
    let touches = false
    for (let q = start[k]; q < start[k + 1] && !touches; q++) touches = side[column[q]] === 2
    if (touches) between.push(k)
    else low.push(k)
  }
  for (const k of set) side[k] = 0
  return { low: Int32Array.from(low), high: Int32Array.from(high), between: Int32Array.from(between) }
}

/** What each part is coupled to of later ones: by itself, or through what its children leave behind. */
function* withBorders(
  parts: readonly { own: Int32Array; children: number[] }[],
  { start, column }: Pattern,
): Generator<void, Part[]> {
  const order = new Int32Array(start.length - 1)
  let next = 0
  for (const { own } of parts) for (const k of own) order[k] = next++
  const seen = new Int32Array(order.length).fill(-1)
  const out: Part[] = []
  let [end, done] = [0, 0]
  for (const [index, { own, children }] of parts.entries()) {
    end += own.length
    const border: number[] = []
    const take = (k: number) => {
      if (order[k] < end || seen[k] === index) return
      seen[k] = index
      border.push(k)
    }
    for (const k of own) for (let q = start[k]; q < start[k + 1]; q++) take(column[q])
    for (const child of children) for (const k of out[child].border) take(k)
    out.push({ own, border: Int32Array.from(border.sort((a, b) => order[a] - order[b])), children })
    done += own.length + border.length
    if (done < PIECE) continue
    done = 0
    yield
  }
  return out
}
