/**
 * Direct solver for systems on a chain of nodes: unknown k of node p couples to the unknowns of nodes p-1, p, p+1.
 * State layout is field-major, u[k * nodes + p]. The matrix is read off any operator x -> J x by probing with three
 * colours of nodes, so a model only ever writes its Jacobian once, as an action; or, where blocks are wide, it is
 * assembled from its entries.
 *
 * Solves (M - beta J) x = b in differential rows and -J x = b in algebraic rows (system.ts) by block elimination with
 * partial pivoting inside the blocks.
 */
import { WHY } from './failures.ts'
import { LinearSolveError } from './system.ts'

/** Multiplications between two yields of a factorisation: a few milliseconds. */
const PIECE = 4e6

export class BlockTridiagonal {
  readonly nodes: number
  readonly width: number
  /** J: lower, diagonal, upper blocks; entry (r,c) of node p at [(p*width + r)*width + c]. */
  private readonly lower: Float64Array
  private readonly diagonal: Float64Array
  private readonly upper: Float64Array
  /** Factors: inverse pivots are kept as LU of each diagonal block; `carry` holds D^-1 U. */
  private readonly lu: Float64Array
  private readonly pivot: Int32Array
  private readonly carry: Float64Array
  private readonly below: Float64Array
  private readonly work: Float64Array

  constructor(nodes: number, width: number) {
    this.nodes = nodes
    this.width = width
    const size = nodes * width * width
    this.lower = new Float64Array(size)
    this.diagonal = new Float64Array(size)
    this.upper = new Float64Array(size)
    this.lu = new Float64Array(size)
    this.carry = new Float64Array(size)
    this.below = new Float64Array(size)
    this.pivot = new Int32Array(nodes * width)
    this.work = new Float64Array(nodes * width)
  }

  /** Reads J from its action. Cost: 3 * width applications. */
  probe(apply: (x: Float64Array, out: Float64Array) => void): void {
    const { nodes, width } = this
    const x = new Float64Array(nodes * width)
    const y = new Float64Array(nodes * width)
    const colours = Math.min(3, nodes)
    for (let colour = 0; colour < colours; colour++) {
      for (let c = 0; c < width; c++) {
        x.fill(0)
        for (let p = colour; p < nodes; p += 3) x[c * nodes + p] = 1
        apply(x, y)
        for (let p = colour; p < nodes; p += 3) {
          for (let r = 0; r < width; r++) {
            this.diagonal[(p * width + r) * width + c] = y[r * nodes + p]
            if (p > 0) this.upper[((p - 1) * width + r) * width + c] = y[r * nodes + p - 1]
            if (p + 1 < nodes) this.lower[((p + 1) * width + r) * width + c] = y[r * nodes + p + 1]
          }
        }
      }
    }
  }

  /**
   * Assembles J from its entries.
   * @param list calls `add` with row, column (indices into the state) and value; entries of the same place add up
   */
  assemble(list: (add: (row: number, column: number, value: number) => void) => void): void {
    const { nodes, width, lower, diagonal, upper } = this
    for (const blocks of [lower, diagonal, upper]) blocks.fill(0)
    list((row, column, value) => {
      const p = row % nodes
      const q = column % nodes
      const blocks = q === p ? diagonal : q < p ? lower : upper
      blocks[(p * width + (row - p) / nodes) * width + (column - q) / nodes] += value
    })
  }

  /** out = J x, field-major. */
  multiply(x: Float64Array, out: Float64Array): void {
    const { nodes, width: w, lower, diagonal, upper } = this
    for (let p = 0; p < nodes; p++)
      for (let r = 0; r < w; r++) {
        const at = (p * w + r) * w
        let sum = 0
        for (let c = 0; c < w; c++) {
          const k = c * nodes + p
          sum += diagonal[at + c] * x[k]
          if (p > 0) sum += lower[at + c] * x[k - 1]
          if (p + 1 < nodes) sum += upper[at + c] * x[k + 1]
        }
        out[r * nodes + p] = sum
      }
  }

  /**
   * Factorises the iteration matrix for `beta`; yields now and then where that takes long.
   * @param gauge optional unknown (index into the state) whose equation receives an extra diagonal entry, which pins
   *   the free constant of a pure Neumann potential without changing the solution of a consistent system
   * @throws LinearSolveError when a pivot block is singular
   */
  *factor(mass: Float64Array, beta: number, gauge?: number): Generator<void, void> {
    const { nodes, width } = this
    const cube = width ** 3
    let done = 0
    for (let p = 0; p < nodes; p++) {
      this.load(p, mass, beta, gauge)
      if (p > 0) this.subtract(p)
      if (cube > PIECE) yield
      this.factorBlock(p)
      if (cube > PIECE) yield
      if (p + 1 < nodes) this.solveCarry(p)
      done += 2 * cube
      if (done < PIECE) continue
      done = 0
      yield
    }
  }

  /** Block p of the iteration matrix. */
  private load(p: number, mass: Float64Array, beta: number, gauge: number | undefined): void {
    const { nodes, width: w, lower, diagonal, upper, lu, carry, below } = this
    const at = p * w * w
    for (let r = 0; r < w; r++) {
      const m = mass[r * nodes + p]
      const s = m === 0 ? -1 : -beta
      for (let c = 0; c < w; c++) {
        const k = at + r * w + c
        lu[k] = s * diagonal[k]
        carry[k] = s * upper[k]
        below[k] = s * lower[k]
      }
      lu[at + r * w + r] += m
      if (gauge === r * nodes + p) lu[at + r * w + r] += Math.max(1e-300, Math.abs(lu[at + r * w + r]))
    }
  }

  /** lu_p -= below_p * carry_{p-1} */
  private subtract(p: number): void {
    const { width: w, lu, carry, below } = this
    const at = p * w * w
    const before = at - w * w
    for (let r = 0; r < w; r++) {
      for (let k = 0; k < w; k++) {
        const l = below[at + r * w + k]
        if (l === 0) continue
        for (let c = 0; c < w; c++) lu[at + r * w + c] -= l * carry[before + k * w + c]
      }
    }
  }

  /** x = A^-1 b, field-major; b and x may be the same array. */
  solve(b: Float64Array, x: Float64Array): void {
    const { nodes, width: w, carry, below, work } = this
    const block = w * w
    for (let p = 0; p < nodes; p++) {
      for (let r = 0; r < w; r++) {
        let v = b[r * nodes + p]
        if (p > 0) for (let k = 0; k < w; k++) v -= below[p * block + r * w + k] * work[(p - 1) * w + k]
        work[p * w + r] = v
      }
      this.solveBlock(p, work, p * w)
    }
    for (let p = nodes - 2; p >= 0; p--) {
      for (let r = 0; r < w; r++) {
        let v = work[p * w + r]
        for (let k = 0; k < w; k++) v -= carry[p * block + r * w + k] * work[(p + 1) * w + k]
        work[p * w + r] = v
      }
    }
    for (let p = 0; p < nodes; p++) for (let r = 0; r < w; r++) x[r * nodes + p] = work[p * w + r]
  }

  private factorBlock(p: number): void {
    const { width: w, lu, pivot } = this
    const at = p * w * w
    for (let k = 0; k < w; k++) {
      let best = k
      let size = Math.abs(lu[at + k * w + k])
      for (let r = k + 1; r < w; r++) {
        const v = Math.abs(lu[at + r * w + k])
        if (v > size) {
          size = v
          best = r
        }
      }
      if (!(size > 0) || !Number.isFinite(size)) throw new LinearSolveError(WHY.singular(p))
      pivot[p * w + k] = best
      if (best !== k) {
        for (let c = 0; c < w; c++) {
          const v = lu[at + k * w + c]
          lu[at + k * w + c] = lu[at + best * w + c]
          lu[at + best * w + c] = v
        }
      }
      const inverse = 1 / lu[at + k * w + k]
      for (let r = k + 1; r < w; r++) {
        const l = lu[at + r * w + k] * inverse
        lu[at + r * w + k] = l
        if (l !== 0) for (let c = k + 1; c < w; c++) lu[at + r * w + c] -= l * lu[at + k * w + c]
      }
    }
  }

  /** Solves with the LU of block p, in place, for the vector at v[start + r]. */
  private solveBlock(p: number, v: Float64Array, start: number): void {
    const { width: w, lu, pivot } = this
    const at = p * w * w
    for (let k = 0; k < w; k++) {
      const s = pivot[p * w + k]
      if (s !== k) {
        const a = v[start + k]
        v[start + k] = v[start + s]
        v[start + s] = a
      }
    }
    for (let r = 1; r < w; r++) {
      let sum = v[start + r]
      for (let k = 0; k < r; k++) sum -= lu[at + r * w + k] * v[start + k]
      v[start + r] = sum
    }
    for (let r = w - 1; r >= 0; r--) {
      let sum = v[start + r]
      for (let k = r + 1; k < w; k++) sum -= lu[at + r * w + k] * v[start + k]
      v[start + r] = sum / lu[at + r * w + r]
    }
  }

  /** The same for all columns of block p of `carry` at once, row by row, so that memory is read in order. */
  private solveCarry(p: number): void {
    const { width: w, lu, pivot, carry } = this
    const at = p * w * w
    for (let k = 0; k < w; k++) {
      const s = pivot[p * w + k]
      if (s === k) continue
      for (let c = 0; c < w; c++) {
        const a = carry[at + k * w + c]
        carry[at + k * w + c] = carry[at + s * w + c]
        carry[at + s * w + c] = a
      }
    }
    for (let r = 1; r < w; r++) this.eliminate(at, r, 0, r)
    for (let r = w - 1; r >= 0; r--) {
      this.eliminate(at, r, r + 1, w)
      const pivoted = lu[at + r * w + r]
      for (let c = 0; c < w; c++) carry[at + r * w + c] /= pivoted
    }
  }

  /** Row r of a block of `carry` minus lu[r][k] times its rows k = first … end - 1; four at a time halves the traffic. */
  private eliminate(at: number, r: number, first: number, end: number): void {
    const { width: w, lu, carry } = this
    const row = at + r * w
    let k = first
    for (; k + 3 < end; k += 4) {
      const a = lu[row + k]
      const b = lu[row + k + 1]
      const c = lu[row + k + 2]
      const d = lu[row + k + 3]
      if (a === 0 && b === 0 && c === 0 && d === 0) continue
      const from = at + k * w
      for (let i = 0; i < w; i++)
        carry[row + i] -=
          a * carry[from + i] + b * carry[from + w + i] + c * carry[from + 2 * w + i] + d * carry[from + 3 * w + i]
    }
    for (; k < end; k++) {
      const a = lu[row + k]
      if (a !== 0) for (let i = 0; i < w; i++) carry[row + i] -= a * carry[at + k * w + i]
    }
  }
}
