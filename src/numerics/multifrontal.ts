/**
 * Direct solver for unknowns on a mesh of any shape, by the multifrontal method in the order of nested dissection
 * (dissection.ts): the unknowns of each part are eliminated from a dense matrix (front.ts) that holds their own entries and
 * what is left of the parts before, and what remains goes on to the next part. On a sheet of k by k nodes it costs k³
 * operations where columns cost k⁴. An absent unknown has the row -u = 0 and is coupled to nothing.
 *
 * Solves (M - beta J) x = b in differential rows and -J x = b in algebraic rows (system.ts).
 * Source: I. S. Duff and J. K. Reid, ACM Trans. Math. Softw. 9 (1983) 302.
 */
import { dissect, type Part } from './dissection.ts'
import { eliminateFirst, type Work, worked } from './front.ts'
import { type Add, gather, type Pattern, placeIn } from './pattern.ts'

/** A part with its factors: rows of U from the pivots on [own × f], and rows of L below them [border × own]. */
interface Factored extends Part {
  upper: Float64Array
  lower: Float64Array
  pivot: Int32Array
}

export class Multifrontal {
  /** Index among the unknowns that exist, of unknown k of the state; -1 where absent. */
  private readonly index: Int32Array
  /** Unknowns of the state that exist. */
  private readonly kept: Int32Array
  private readonly place: Float64Array
  private readonly dimension: number
  private pattern: Pattern
  private known = false
  /** J by the pattern. */
  private values: Float64Array = new Float64Array(0)
  /** Place among the values of every entry, in the order in which they come. */
  private slots: Int32Array = new Int32Array(0)
  private parts: Factored[] = []
  private front = new Float64Array(0)
  private stack = new Float64Array(0)
  private readonly local: Int32Array
  private readonly work: Float64Array

  /**
   * @param present 1 where the unknown exists
   * @param place of unknown k along axis c at [dimension * k + c]; coupled unknowns lie close to each other
   */
  constructor(present: Uint8Array, place: Float64Array, dimension: number) {
    this.kept = Int32Array.from(present.keys()).filter((k) => present[k] === 1)
    this.index = new Int32Array(present.length).fill(-1)
    this.kept.forEach((k, at) => {
      this.index[k] = at
    })
    this.place = Float64Array.from({ length: dimension * this.kept.length }, (_, q) => {
      const c = q % dimension
      return place[dimension * this.kept[(q - c) / dimension] + c]
    })
    this.dimension = dimension
    this.pattern = { start: new Int32Array(this.kept.length + 1), column: new Int32Array(0) }
    this.local = new Int32Array(this.kept.length).fill(-1)
    this.work = new Float64Array(this.kept.length)
  }

  /** Numbers that the factors hold, once there are some. */
  get fill(): number {
    return this.parts.reduce((sum, { upper, lower }) => sum + upper.length + lower.length, 0)
  }

  /**
   * Assembles J from its entries, indices into the state; those of absent unknowns are left out, those of the same place
   * add up. The first call fixes which places there are.
   * @throws RangeError when an entry comes to another place later
   */
  assemble(list: (add: Add) => void): void {
    if (!this.known) {
      const { pattern, values, slots } = gather(list, this.index, this.kept.length)
      this.pattern = pattern
      this.values = values
      this.slots = slots
      this.known = true
      return
    }
    const { index, pattern, values, slots } = this
    const { start, column } = pattern
    values.fill(0)
    let next = 0
    list((row, col, value) => {
      const [r, c] = [index[row], index[col]]
      if (r < 0 || c < 0) return
      let at = slots[next]
      if (!(at >= start[r] && at < start[r + 1] && column[at] === c)) {
        at = placeIn(pattern, r, c)
        slots[next] = at
      }
      next++
      values[at] += value
    })
  }

  /** out = J x. */
  multiply(x: Float64Array, out: Float64Array): void {
    const { values, kept, index } = this
    const { start, column } = this.pattern
    for (let k = 0; k < index.length; k++) if (index[k] < 0) out[k] = -x[k]
    for (let r = 0; r < kept.length; r++) {
      let sum = 0
      for (let q = start[r]; q < start[r + 1]; q++) sum += values[q] * x[kept[column[q]]]
      out[kept[r]] = sum
    }
  }

  /**
   * Factorises M - beta J (system.ts), yielding on the way; the first time it finds the order too.
   * @param gauge as in `BlockTridiagonal.factor`
   * @throws LinearSolveError when a part is singular
   */
  *factor(mass: Float64Array, beta: number, gauge?: number): Generator<void, void> {
    if (this.parts.length === 0) yield* this.order()
    const { parts, front: F, stack } = this
    // An earlier one may have been abandoned on its way.
    this.local.fill(-1)
    const work: Work = { done: 0 }
    let top = 0
    for (let p = 0; p < parts.length; p++) {
      const { own, border, upper, lower, pivot, children } = parts[p]
      const [s, b] = [own.length, border.length]
      const f = s + b
      this.load(parts[p], mass, beta, gauge)
      // The last child lies on top.
      for (let c = children.length - 1; c >= 0; c--) {
        const from = parts[children[c]].border
        top -= from.length ** 2
        this.add(from, top, f)
        yield* worked(work, from.length ** 2)
      }
      for (const set of [own, border]) for (const k of set) this.local[k] = -1
      yield* eliminateFirst(F, f, s, pivot, p, work)
      upper.set(F.subarray(0, s * f))
      for (let r = 0; r < b; r++) {
        const row = (s + r) * f
        lower.set(F.subarray(row, row + s), r * s)
        stack.set(F.subarray(row + s, row + f), top + r * b)
      }
      top += b * b
      yield* worked(work, 2 * f * f)
    }
  }

  /** Entries of the rows and columns of a part's own unknowns. */
  private load({ own, border }: Factored, mass: Float64Array, beta: number, gauge: number | undefined): void {
    const { front: F, values, local, kept } = this
    const { start, column } = this.pattern
    const s = own.length
    const f = s + border.length
    F.fill(0, 0, f * f)
    own.forEach((k, at) => {
      local[k] = at
    })
    border.forEach((k, at) => {
      local[k] = s + at
    })
    const sign = (k: number) => (mass[kept[k]] === 0 ? -1 : -beta)
    for (let r = 0; r < f; r++) {
      const k = r < s ? own[r] : border[r - s]
      const scale = sign(k)
      for (let q = start[k]; q < start[k + 1]; q++) {
        const c = local[column[q]]
        if (c >= 0 && (r < s || c < s)) F[r * f + c] = scale * values[q]
      }
      if (r < s) F[r * f + r] += mass[kept[k]]
      if (r < s && kept[k] === gauge) F[r * f + r] += Math.max(1e-300, Math.abs(F[r * f + r]))
    }
  }

  /** What is left of an earlier part. */
  private add(border: Int32Array, at: number, f: number): void {
    const { front: F, stack, local } = this
    const b = border.length
    for (let r = 0; r < b; r++) {
      const row = local[border[r]] * f
      for (let c = 0; c < b; c++) F[row + local[border[c]]] += stack[at + r * b + c]
    }
  }

  /** x = A^-1 b; b and x may be the same array. */
  solve(rhs: Float64Array, x: Float64Array): void {
    // Between two factorisations the front is free.
    const { parts, work, kept, index, front } = this
    for (let k = 0; k < kept.length; k++) work[k] = rhs[kept[k]]
    for (const part of parts) forward(part, work, front)
    for (let p = parts.length - 1; p >= 0; p--) backward(parts[p], work, front)
    for (let k = 0; k < index.length; k++) x[k] = index[k] < 0 ? rhs[k] : work[index[k]]
  }

  /** Order of elimination, and memory for the factors. */
  private *order(): Generator<void, void> {
    const work: Work = { done: 0 }
    const parts: Factored[] = []
    for (const part of yield* dissect(this.pattern, this.place, this.dimension)) {
      const [s, b] = [part.own.length, part.border.length]
      const memory = { upper: new Float64Array(s * (s + b)), lower: new Float64Array(b * s), pivot: new Int32Array(s) }
      parts.push({ ...part, ...memory })
      yield* worked(work, s * (s + 2 * b))
    }
    let [largest, top, most] = [0, 0, 0]
    for (const { own, border, children } of parts) {
      largest = Math.max(largest, own.length + border.length)
      for (const child of children) top -= parts[child].border.length ** 2
      top += border.length ** 2
      most = Math.max(most, top)
    }
    this.front = new Float64Array(largest ** 2)
    this.stack = new Float64Array(most)
    this.parts = parts
  }
}

/** L y = P b for the own unknowns, and what they do to those of the border. @param y scratch */
function forward({ own, border, upper, lower, pivot }: Factored, x: Float64Array, y: Float64Array): void {
  const s = own.length
  const f = s + border.length
  for (let k = 0; k < s; k++) y[k] = x[own[k]]
  for (let k = 0; k < s; k++) {
    const v = y[k]
    y[k] = y[pivot[k]]
    y[pivot[k]] = v
  }
  for (let r = 1; r < s; r++) {
    let sum = y[r]
    for (let k = 0, at = r * f; k < r; k++, at++) sum -= upper[at] * y[k]
    y[r] = sum
  }
  for (let k = 0; k < s; k++) x[own[k]] = y[k]
  for (let r = 0, at = 0; r < border.length; r++) {
    let sum = 0
    for (let k = 0; k < s; k++, at++) sum += lower[at] * y[k]
    x[border[r]] -= sum
  }
}

/** U x = y for the own unknowns, those of the border being known. @param y scratch */
function backward({ own, border, upper }: Factored, x: Float64Array, y: Float64Array): void {
  const s = own.length
  const f = s + border.length
  for (let k = s; k < f; k++) y[k] = x[border[k - s]]
  for (let r = s - 1; r >= 0; r--) {
    let sum = x[own[r]]
    for (let k = r + 1, at = r * f + r + 1; k < f; k++, at++) sum -= upper[at] * y[k]
    y[r] = sum / upper[r * f + r]
    x[own[r]] = y[r]
  }
}
