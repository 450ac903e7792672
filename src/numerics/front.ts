/**
 * Elimination of the first unknowns of a dense matrix, with partial pivoting among their own rows: what is left in the
 * lower right corner is the Schur complement. Four pivots at a time, and two rows at a time, so that memory is read seldom.
 */
import { WHY } from './failures.ts'
import { LinearSolveError } from './system.ts'

/** Pivots that are eliminated together. */
const PANEL = 4
/** Multiplications between two yields: a few milliseconds. */
const PIECE = 4e6

/** Multiplications since the last yield, of many small matrices together. */
export interface Work {
  done: number
}

/** Adds to the work, and yields where it has become a piece. */
export function* worked(work: Work, more: number): Generator<void, void> {
  work.done += more
  if (work.done < PIECE) return
  work.done = 0
  yield
}

/**
 * In place: LU of the leading block, its rows of U beside it and the rows of L below it.
 * @param F of f rows and columns, row by row
 * @param own how many unknowns are eliminated
 * @param pivot row that was taken for each of them
 * @param label of the block in the message of a failure
 * @param work what has been done since the last yield
 * @throws LinearSolveError when no pivot is left
 */
export function* eliminateFirst(
  F: Float64Array,
  f: number,
  own: number,
  pivot: Int32Array,
  label: number,
  work: Work,
): Generator<void, void> {
  for (let k = 0; k < own; k += PANEL) {
    const end = Math.min(own, k + PANEL)
    for (let j = k; j < end; j++) {
      choose(F, f, own, j, pivot, label)
      const inverse = 1 / F[j * f + j]
      for (let r = j + 1; r < f; r++) {
        if (F[r * f + j] === 0) continue
        F[r * f + j] *= inverse
        const l = F[r * f + j]
        for (let c = j + 1; c < end; c++) F[r * f + c] -= l * F[j * f + c]
      }
    }
    // So far the columns of the panel alone, since rows may still have been taken as pivots.
    for (let r = k + 1; r < end; r++) updateOne(F, f, k, r, r, end)
    if (end - k === PANEL) {
      let r = end
      for (; r + 1 < f; r += 2) updateTwo(F, f, k, r)
      if (r < f) updateOne(F, f, k, r, end, end)
    } else for (let r = end; r < f; r++) updateOne(F, f, k, r, end, end)
    yield* worked(work, (end - k) * (f - k) ** 2)
  }
}

/** Brings the largest entry of column j to the diagonal. */
function choose(F: Float64Array, f: number, own: number, j: number, pivot: Int32Array, label: number): void {
  let [best, size] = [j, Math.abs(F[j * f + j])]
  for (let r = j + 1; r < own; r++) {
    const v = Math.abs(F[r * f + j])
    if (v <= size) continue
    size = v
    best = r
  }
  if (!(size > 0) || !Number.isFinite(size)) throw new LinearSolveError(WHY.singular(label))
  pivot[j] = best
  if (best === j) return
  for (let c = 0; c < f; c++) {
    const v = F[j * f + c]
    F[j * f + c] = F[best * f + c]
    F[best * f + c] = v
  }
}

/** Row r from column `first` on by the pivots k … end - 1. */
function updateOne(F: Float64Array, f: number, k: number, r: number, end: number, first: number): void {
  for (let j = k; j < end; j++) {
    const l = F[r * f + j]
    if (l !== 0) for (let c = first; c < f; c++) F[r * f + c] -= l * F[j * f + c]
  }
}

/** Rows r and r + 1 beyond a full panel. */
function updateTwo(F: Float64Array, f: number, k: number, r: number): void {
  const [a, b] = [r * f, r * f + f]
  const a0 = F[a + k]
  const a1 = F[a + k + 1]
  const a2 = F[a + k + 2]
  const a3 = F[a + k + 3]
  const b0 = F[b + k]
  const b1 = F[b + k + 1]
  const b2 = F[b + k + 2]
  const b3 = F[b + k + 3]
  if (a0 === 0 && a1 === 0 && a2 === 0 && a3 === 0 && b0 === 0 && b1 === 0 && b2 === 0 && b3 === 0) return
  const p0 = k * f
  const p1 = p0 + f
  const p2 = p1 + f
  const p3 = p2 + f
  for (let c = k + PANEL; c < f; c++) {
    const u0 = F[p0 + c]
    const u1 = F[p1 + c]
    const u2 = F[p2 + c]
    const u3 = F[p3 + c]
    F[a + c] -= a0 * u0 + a1 * u1 + a2 * u2 + a3 * u3
    F[b + c] -= b0 * u0 + b1 * u1 + b2 * u2 + b3 * u3
  }
}
