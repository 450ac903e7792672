/** A small System given by a function, with a finite-difference Jacobian and dense elimination: for integrator tests. */
import { type Linearisation, LinearSolveError, type System } from '../../src/numerics/system.ts'

export interface DenseSpec {
  mass: number[]
  initial: number[]
  f: (t: number, u: readonly number[], middle: number) => number[]
  scale?: number[]
  positive?: number[]
  balance?: number[]
  breakpoints?: number[]
  shared?: number
}

export class DenseSystem implements System {
  readonly size: number
  readonly mass: Float64Array
  readonly scale: Float64Array
  readonly positive: Uint8Array
  readonly balance: Uint8Array
  readonly breakpoints: readonly number[]
  readonly shared?: number
  readonly rateCount = 1
  private readonly spec: DenseSpec
  private middle = 0

  constructor(spec: DenseSpec) {
    this.spec = spec
    this.size = spec.mass.length
    this.mass = Float64Array.from(spec.mass)
    this.scale = Float64Array.from(spec.scale ?? spec.mass.map(() => 1e-3))
    this.positive = Uint8Array.from(spec.positive ?? spec.mass.map(() => 0))
    this.balance = Uint8Array.from(spec.balance ?? spec.mass.map(() => 0))
    this.breakpoints = spec.breakpoints ?? []
    this.shared = spec.shared
  }

  initial(): Float64Array {
    return Float64Array.from(this.spec.initial)
  }

  enter(t0: number, t1: number): void {
    this.middle = (t0 + t1) / 2
  }

  residual(t: number, u: Float64Array, out: Float64Array): void {
    out.set(this.spec.f(t, [...u], this.middle))
  }

  rates(t: number, u: Float64Array, out: Float64Array): void {
    out[0] = this.spec.f(t, [...u], this.middle)[1] ?? 0
  }

  normalise(): void {}

  linearise(t: number, u: Float64Array): Linearisation {
    const n = this.size
    const base = this.spec.f(t, [...u], this.middle)
    const columns = base.map((_, c) => {
      const h = 1e-7 * Math.max(Math.abs(u[c]), 1e-3)
      const shifted = [...u]
      shifted[c] += h
      return this.spec.f(t, shifted, this.middle).map((v, r) => (v - base[r]) / h)
    })
    const { mass } = this
    return {
      apply(x, out) {
        for (let r = 0; r < n; r++) out[r] = columns.reduce((s, column, c) => s + column[r] * x[c], 0)
      },
      *solve(beta, rhs, x) {
        const a = base.map((_, r) => [
          ...columns.map((column, c) => (mass[r] === 0 ? -column[r] : (r === c ? mass[r] : 0) - beta * column[r])),
          rhs[r],
        ])
        eliminate(a)
        for (let r = 0; r < n; r++) x[r] = a[r][n]
        return 0
      },
    }
  }
}

function eliminate(a: number[][]): void {
  const n = a.length
  for (let k = 0; k < n; k++) {
    let best = k
    for (let r = k + 1; r < n; r++) if (Math.abs(a[r][k]) > Math.abs(a[best][k])) best = r
    ;[a[k], a[best]] = [a[best], a[k]]
    if (a[k][k] === 0) throw new LinearSolveError('singular')
    for (let r = 0; r < n; r++) {
      if (r === k) continue
      const f = a[r][k] / a[k][k]
      for (let c = k; c <= n; c++) a[r][c] -= f * a[k][c]
    }
  }
  for (let k = 0; k < n; k++) a[k][n] /= a[k][k]
}
