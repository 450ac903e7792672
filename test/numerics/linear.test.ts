import { describe, expect, it } from 'vitest'
import { finish } from '../../src/finish.ts'
import { BlockTridiagonal } from '../../src/numerics/blocktridiagonal.ts'
import { Gmres } from '../../src/numerics/gmres.ts'
import { resample } from '../../src/numerics/resample.ts'
import { LinearSolveError } from '../../src/numerics/system.ts'

/** A chain operator with full blocks and no symmetry, as an action. */
function chain(nodes: number, width: number) {
  const entry = (p: number, q: number, r: number, c: number) =>
    Math.sin(1 + p * 7.1 + q * 3.3 + r * 1.7 + c * 0.9) + (p === q && r === c ? 4 * width : 0)
  return (x: Float64Array, out: Float64Array) => {
    for (let p = 0; p < nodes; p++)
      for (let r = 0; r < width; r++) {
        let s = 0
        for (let q = Math.max(0, p - 1); q <= Math.min(nodes - 1, p + 1); q++)
          for (let c = 0; c < width; c++) s += entry(p, q, r, c) * x[c * nodes + q]
        out[r * nodes + p] = s
      }
  }
}

describe('block tridiagonal elimination', () => {
  it.each([
    [1, 3],
    [2, 2],
    [3, 6],
    [40, 4],
  ])('reads and solves a chain of %i nodes with %i unknowns each', (nodes, width) => {
    const apply = chain(nodes, width)
    const matrix = new BlockTridiagonal(nodes, width)
    matrix.probe(apply)
    const n = nodes * width
    // Some rows algebraic, some differential: (M - beta J) x = b and -J x = b.
    const mass = Float64Array.from({ length: n }, (_, k) => (Math.floor(k / nodes) === 0 ? 0 : 1 + k / n))
    const x = Float64Array.from({ length: n }, (_, k) => Math.cos(k))
    const b = new Float64Array(n)
    apply(x, b)
    const beta = 0.37
    for (let k = 0; k < n; k++) b[k] = mass[k] === 0 ? -b[k] : mass[k] * x[k] - beta * b[k]
    finish(matrix.factor(mass, beta))
    const y = new Float64Array(n)
    matrix.solve(b, y)
    for (let k = 0; k < n; k++) expect(Math.abs(y[k] - x[k])).toBeLessThan(1e-11)
  })

  it('solves a singular Neumann problem with a gauge, without changing its solution', () => {
    const n = 20
    const laplacian = (x: Float64Array, out: Float64Array) => {
      out.fill(0)
      for (let p = 0; p + 1 < n; p++) {
        const j = x[p] - x[p + 1]
        out[p] -= j
        out[p + 1] += j
      }
    }
    const matrix = new BlockTridiagonal(n, 1)
    matrix.probe(laplacian)
    finish(matrix.factor(new Float64Array(n), 1, 0))
    const b = Float64Array.from({ length: n }, (_, p) => Math.sin((2 * Math.PI * (p + 0.5)) / n))
    const x = new Float64Array(n)
    matrix.solve(b, x)
    const back = new Float64Array(n)
    laplacian(x, back)
    for (let p = 0; p < n; p++) expect(Math.abs(-back[p] - b[p])).toBeLessThan(1e-12)
  })

  it('names the node of a singular block', () => {
    const matrix = new BlockTridiagonal(3, 2)
    matrix.probe((x, out) => out.set(x.map((v, k) => (k % 3 === 1 ? 0 : v))))
    expect(() => finish(matrix.factor(new Float64Array(6), 1))).toThrow(/singular at node 1/)
  })
})

function solve(g: Generator<void, number>): number {
  for (;;) {
    const { done, value } = g.next()
    if (done) return value as number
  }
}

describe('GMRES', () => {
  const n = 60
  const apply = (x: Float64Array, out: Float64Array) => {
    for (let k = 0; k < n; k++) out[k] = (3 + k / 10) * x[k] - 1.2 * (x[k - 1] ?? 0) - 0.7 * (x[k + 1] ?? 0)
  }
  function* identity(r: Float64Array, z: Float64Array) {
    yield
    z.set(r)
  }
  const x = Float64Array.from({ length: n }, (_, k) => Math.sin(k * k))

  it('solves a nonsymmetric system, also when restarted, and faster with a preconditioner', () => {
    const b = new Float64Array(n)
    apply(x, b)
    const y = new Float64Array(n)
    const scale = new Float64Array(n).fill(1)
    const plain = solve(new Gmres(scale, 12).solve(apply, identity, b, y, 1e-10))
    for (let k = 0; k < n; k++) expect(Math.abs(y[k] - x[k])).toBeLessThan(1e-8)
    function* jacobi(r: Float64Array, z: Float64Array) {
      yield
      z.set(r.map((v, k) => v / (3 + k / 10)))
    }
    expect(solve(new Gmres(scale, 12).solve(apply, jacobi, b, y, 1e-10))).toBeLessThan(plain)
  })

  it('weights unknowns by their scale: a huge unknown does not drown a small one', () => {
    const scale = Float64Array.from({ length: n }, (_, k) => (k % 2 ? 1e6 : 1e-3))
    const mixed = (v: Float64Array, out: Float64Array) => {
      apply(
        v.map((q, k) => q / scale[k]),
        out,
      )
      for (let k = 0; k < n; k++) out[k] *= scale[k]
    }
    const wanted = x.map((v, k) => v * scale[k])
    const b = new Float64Array(n)
    mixed(wanted, b)
    const y = new Float64Array(n)
    solve(new Gmres(scale).solve(mixed, identity, b, y, 1e-10))
    for (let k = 0; k < n; k++) expect(Math.abs(y[k] - wanted[k]) / scale[k]).toBeLessThan(1e-7)
  })

  it('takes a zero right-hand side as solved, and reports when it cannot reach the tolerance', () => {
    const y = new Float64Array(n).fill(1)
    const scale = new Float64Array(n).fill(1)
    expect(solve(new Gmres(scale).solve(apply, identity, new Float64Array(n), y, 1e-10))).toBe(0)
    expect(y.every((v) => v === 0)).toBe(true)
    const b = new Float64Array(n).fill(1)
    expect(() => solve(new Gmres(scale).solve(apply, identity, b, y, 1e-12, 3))).toThrow(LinearSolveError)
  })
})

it('resamples multilinear functions exactly between grids', () => {
  const value = (x: number, y: number) => 1 + 2 * x - 3 * y + 4 * x * y
  const grid = (nx: number, ny: number) =>
    Float64Array.from({ length: nx * ny }, (_, p) => value((p % nx) / (nx - 1), Math.floor(p / nx) / (ny - 1)))
  const to = new Float64Array(7 * 9)
  resample(grid(5, 4), [5, 4], to, [7, 9])
  for (const [k, v] of grid(7, 9).entries()) expect(to[k]).toBeCloseTo(v, 12)
})
