/** Minimal residuals on saddle point systems small enough to know the answer. */
import { describe, expect, it } from 'vitest'
import { minimalResiduals } from '../../src/numerics/minres.ts'
import type { SolveReport } from '../../src/numerics/multigrid.ts'

/** [A B^T; B 0] with A = diag(2, 3, 4), B = [1 1 1] or, singular, two equal rows of it. */
function saddle(rows: number): (x: Float64Array, out: Float64Array) => void {
  return (x, out) => {
    const pressure = x.subarray(3).reduce((a, b) => a + b, 0)
    for (let k = 0; k < 3; k++) out[k] = (k + 2) * x[k] + pressure
    for (let k = 0; k < rows; k++) out[3 + k] = x[0] + x[1] + x[2]
  }
}
function* diagonal(r: Float64Array, z: Float64Array): Generator<void, void> {
  yield
  for (let k = 0; k < r.length; k++) z[k] = k < 3 ? r[k] / (k + 2) : r[k]
}

function solve(apply: (x: Float64Array, out: Float64Array) => void, b: Float64Array, x: Float64Array): SolveReport {
  const run = minimalResiduals(apply, diagonal, b, x, { tolerance: 1e-12 })
  const seen: number[] = []
  for (;;) {
    const step = run.next()
    if (step.done) {
      expect(seen.every((value, k) => value <= (seen[k - 1] ?? Infinity))).toBe(true)
      return step.value
    }
    seen.push(step.value)
  }
}

describe('minimal residuals', () => {
  it.each([1, 2])('solve a saddle point system with %d constraints, from any start', (rows) => {
    const apply = saddle(rows)
    const exact = Float64Array.from([1, -2, 0.5, 3, -1]).subarray(0, 3 + rows)
    const b = new Float64Array(3 + rows)
    apply(exact, b)
    for (const start of [0, 1]) {
      const x = new Float64Array(3 + rows).fill(start)
      const { iterations, residual } = solve(apply, b, x)
      expect(iterations).toBeLessThanOrEqual(5)
      expect(residual).toBeLessThan(1e-12)
      for (let k = 0; k < 3; k++) expect(x[k]).toBeCloseTo(exact[k], 10)
      const sum = (v: Float64Array) => v.subarray(3).reduce((a, c) => a + c, 0)
      expect(sum(x)).toBeCloseTo(sum(exact), 10)
    }
  })

  it('give zero for no load', () => {
    const x = Float64Array.from([1, 2, 3, 4])
    expect(solve(saddle(1), new Float64Array(4), x)).toEqual({ iterations: 0, residual: 0 })
    expect([...x]).toEqual([0, 0, 0, 0])
  })
})
