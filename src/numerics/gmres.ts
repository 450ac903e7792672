/**
 * Left-preconditioned restarted GMRES in a weighted norm: minimises || P^-1 (b - A x) ||_w over Krylov spaces, where
 * (v)_w^2 = sum (v_k / scale_k)^2, so that unknowns of different units (mol/m³, V) count by their typical size.
 * Modified Gram-Schmidt, Givens rotations (Saad and Schultz 1986). A generator: yields in every iteration.
 */
import { WHY } from './failures.ts'
import { LinearSolveError } from './system.ts'

/** Root-mean-square of v / scale below which a residual is round-off (and possibly inconsistent with a gauge). */
const FLOOR = 1e-11

export type Operator = (x: Float64Array, out: Float64Array) => void
/** z = approximate A^-1 r; yields where that takes long. */
export type Preconditioner = (r: Float64Array, z: Float64Array) => Generator<void, void>

export class Gmres {
  private readonly size: number
  private readonly restart: number
  private readonly basis: Float64Array[] = []
  private readonly work: Float64Array
  private readonly inverseScale: Float64Array

  constructor(scale: Float64Array, restart = 40) {
    this.size = scale.length
    this.restart = restart
    this.work = new Float64Array(this.size)
    this.inverseScale = scale.map((s) => 1 / s)
  }

  /**
   * @param x initial guess on entry is ignored (zero is used); solution on exit
   * @param tolerance relative reduction of the preconditioned residual
   * @returns iterations
   * @throws LinearSolveError after `limit` iterations
   */
  *solve(
    apply: Operator,
    precondition: Preconditioner,
    b: Float64Array,
    x: Float64Array,
    tolerance: number,
    limit = 200,
  ): Generator<void, number> {
    const { size, restart, basis, work, inverseScale } = this
    x.fill(0)
    yield* precondition(b, work)
    for (let k = 0; k < size; k++) work[k] *= inverseScale[k]
    const initial = norm(work)
    const target = Math.max(tolerance * initial, FLOOR * Math.sqrt(size))
    if (initial <= target) return 0
    if (!Number.isFinite(initial)) throw new LinearSolveError(WHY.rightHandSide())
    let residual = initial
    let iterations = 0
    const physical = new Float64Array(size)
    const product = new Float64Array(size)
    while (iterations < limit) {
      const columns: Float64Array[] = []
      const cosines: number[] = []
      const sines: number[] = []
      const g = [residual]
      this.store(0, work, 1 / residual)
      let j = 0
      for (; j < restart && iterations < limit; j++) {
        iterations++
        const v = basis[j]
        for (let k = 0; k < size; k++) physical[k] = v[k] / inverseScale[k]
        apply(physical, product)
        yield
        yield* precondition(product, work)
        for (let k = 0; k < size; k++) work[k] *= inverseScale[k]
        const h = new Float64Array(j + 2)
        for (let i = 0; i <= j; i++) {
          const q = basis[i]
          const d = dot(work, q)
          h[i] = d
          for (let k = 0; k < size; k++) work[k] -= d * q[k]
        }
        h[j + 1] = norm(work)
        if (h[j + 1] > 0) this.store(j + 1, work, 1 / h[j + 1])
        for (let i = 0; i < j; i++) {
          const a = cosines[i] * h[i] + sines[i] * h[i + 1]
          h[i + 1] = -sines[i] * h[i] + cosines[i] * h[i + 1]
          h[i] = a
        }
        const r = Math.hypot(h[j], h[j + 1])
        if (r === 0) {
          // The operator maps this direction to zero (a gauge): nothing more to gain from it.
          break
        }
        cosines.push(h[j] / r)
        sines.push(h[j + 1] / r)
        h[j] = r
        columns.push(h)
        g.push(-sines[j] * g[j])
        g[j] *= cosines[j]
        residual = Math.abs(g[j + 1])
        yield
        if (residual <= target || h[j + 1] === 0) {
          j++
          break
        }
      }
      const used = columns.length
      const y = new Float64Array(used)
      for (let i = used - 1; i >= 0; i--) {
        let sum = g[i]
        for (let k = i + 1; k < used; k++) sum -= columns[k][i] * y[k]
        y[i] = sum / columns[i][i]
      }
      for (let i = 0; i < used; i++) {
        const q = basis[i]
        for (let k = 0; k < size; k++) x[k] += (y[i] * q[k]) / inverseScale[k]
      }
      if (residual <= target) return iterations
      apply(x, product)
      for (let k = 0; k < size; k++) product[k] = b[k] - product[k]
      yield* precondition(product, work)
      for (let k = 0; k < size; k++) work[k] *= inverseScale[k]
      const now = norm(work)
      if (now <= target) return iterations
      if (!(now < 0.999 * residual + 1e-300) && used === 0) break
      residual = now
    }
    throw new LinearSolveError(WHY.stalled(residual / initial, tolerance, iterations))
  }

  private store(index: number, v: Float64Array, factor: number): void {
    if (this.basis.length <= index) this.basis.push(new Float64Array(this.size))
    const q = this.basis[index]
    for (let k = 0; k < this.size; k++) q[k] = v[k] * factor
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let s = 0
  for (let k = 0; k < a.length; k++) s += a[k] * b[k]
  return s
}

function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a))
}
