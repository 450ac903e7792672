/** Nested dissection and the multifrontal solver: order and borders, solutions against known ones, what cannot be solved. */
import { describe, expect, it } from 'vitest'
import { finish } from '../../src/finish.ts'
import { dissect } from '../../src/numerics/dissection.ts'
import { eliminateFirst } from '../../src/numerics/front.ts'
import { Multifrontal } from '../../src/numerics/multifrontal.ts'
import { LinearSolveError } from '../../src/numerics/system.ts'

type Add = (row: number, column: number, value: number) => void

const noise = (k: number) => Math.sin(12.9898 * (k + 1) + 78.233)

/** Two fields on a sheet of nx by ny nodes, wrapped along y where asked for; the second one lives on even columns alone. */
function sheet(nx: number, ny: number, wrap: boolean) {
  const n = nx * ny
  const present = Uint8Array.from({ length: 2 * n }, (_, k) => (k < n || (k % nx) % 2 === 0 ? 1 : 0))
  const place = Float64Array.from({ length: 4 * n }, (_, q) => {
    const p = Math.floor(q / 2) % n
    return q % 2 === 0 ? p % nx : Math.floor(p / nx)
  })
  const pairs: [number, number][] = []
  for (let p = 0; p < n; p++) {
    if ((p % nx) + 1 < nx) pairs.push([p, p + 1])
    if (p + nx < n) pairs.push([p, p + nx])
    else if (wrap) pairs.push([p, p % nx])
    pairs.push([p, p + n])
  }
  // Not symmetric, and with small diagonals in the second field, so that rows are exchanged.
  const list = (add: Add) => {
    pairs.forEach(([a, b], k) => {
      add(a, b, noise(k))
      add(b, a, noise(3 * k + 1))
    })
    for (let k = 0; k < 2 * n; k++) {
      add(k, k, k < n ? -3 + noise(7 * k) : 1e-3)
      add(k, k, -1e-4)
    }
  }
  return { n, present, place, list }
}

describe('the order', () => {
  it('takes every unknown once, parts after their children, borders later, and everything of the pattern', () => {
    const { place, list, present } = sheet(15, 9, true)
    const rows = Array.from(present, () => new Set<number>())
    list((r, c) => {
      rows[r].add(c)
      rows[c].add(r)
    })
    const start = new Int32Array(rows.length + 1)
    rows.forEach((row, k) => {
      start[k + 1] = start[k] + row.size
    })
    const column = Int32Array.from(rows.flatMap((row) => [...row]))
    const parts = finish(dissect({ start, column }, place, 2))
    const part = new Int32Array(rows.length).fill(-1)
    parts.forEach(({ own, children }, k) => {
      for (const u of own) {
        expect(part[u]).toBe(-1)
        part[u] = k
      }
      for (const child of children) expect(child).toBeLessThan(k)
    })
    expect(Math.min(...part)).toBe(0)
    expect(new Set(parts.flatMap(({ children }) => children)).size).toBe(parts.flatMap((p) => p.children).length)
    parts.forEach(({ border }, k) => {
      for (const u of border) expect(part[u]).toBeGreaterThan(k)
    })
    rows.forEach((row, u) => {
      for (const v of row) {
        if (part[v] > part[u]) expect(parts[part[u]].border).toContain(v)
      }
    })
  })

  it('leaves unknowns in one place together, and cuts between two places however they are spread', () => {
    const chain = (size: number) => ({
      start: Int32Array.from({ length: size + 1 }, (_, k) => k),
      column: Int32Array.from({ length: size }, (_, k) => k),
    })
    expect(finish(dissect(chain(60), new Float64Array(60), 1))).toHaveLength(1)
    const most = Float64Array.from({ length: 60 }, (_, k) => (k < 50 ? 0 : 1))
    expect(finish(dissect(chain(60), most, 1)).map(({ own }) => own.length)).toEqual([50, 10])
  })
})

describe('the solver', () => {
  it.each([
    [7, 5, false, 0.3],
    [23, 12, true, 2],
    [40, 3, false, 0],
    [1, 1, false, 1],
  ])('finds what has been multiplied: %d by %d nodes, wrapped %s, step %f', (nx, ny, wrap, beta) => {
    const { n, present, place, list } = sheet(nx, ny, wrap)
    const matrix = new Multifrontal(present, place, 2)
    matrix.assemble(list)
    // The second time entries are found where they were.
    matrix.assemble(list)
    const mass = Float64Array.from(present, (_, k) => (k < n ? 1 + 0.5 * noise(k) : 0))
    const x = Float64Array.from(present, (_, k) => noise(5 * k))
    const rhs = new Float64Array(2 * n)
    matrix.multiply(x, rhs)
    for (let k = 0; k < 2 * n; k++) rhs[k] = mass[k] === 0 ? -rhs[k] : mass[k] * x[k] - beta * rhs[k]
    finish(matrix.factor(mass, beta))
    matrix.solve(rhs, rhs)
    const off = Math.max(...x.map((v, k) => Math.abs(v - rhs[k])))
    expect(off).toBeLessThan(1e-9)
    expect(matrix.fill).toBeGreaterThanOrEqual(present.reduce((a, b) => a + b, 0))
  })

  it('multiplies by what has been assembled, an absent unknown by -1', () => {
    const matrix = new Multifrontal(Uint8Array.of(1, 0, 1), Float64Array.of(0, 1, 2), 1)
    const out = new Float64Array(3)
    matrix.multiply(Float64Array.of(1, 2, 3), out)
    expect(out).toEqual(Float64Array.of(0, -2, 0))
    matrix.assemble((add) => {
      add(0, 2, 5)
      add(0, 1, 7)
      add(2, 2, 2)
    })
    matrix.multiply(Float64Array.of(1, 2, 3), out)
    expect(out).toEqual(Float64Array.of(15, -2, 6))
  })

  it('refuses entries in other places than the first ones, and matrices without a pivot', () => {
    const matrix = new Multifrontal(Uint8Array.of(1, 1), Float64Array.of(0, 1), 1)
    matrix.assemble((add) => add(0, 0, 1))
    expect(() => matrix.assemble((add) => add(0, 1, 1))).toThrow(RangeError)
    matrix.assemble((add) => add(0, 0, 1))
    expect(() => finish(matrix.factor(new Float64Array(2), 1))).toThrow(LinearSolveError)
  })

  it('yields where a part takes long', () => {
    const f = 400
    const F = Float64Array.from({ length: f * f }, (_, k) => noise(k) + (k % (f + 1) === 0 ? 40 : 0))
    const running = eliminateFirst(F, f, 300, new Int32Array(300), 0, { done: 0 })
    expect([...running].length).toBeGreaterThan(3)
  })

  it('yields where many small parts take long together, and while it finds their order', () => {
    const [nx, ny] = [120, 120]
    const n = nx * ny
    const place = Float64Array.from({ length: 2 * n }, (_, q) => (q % 2 ? Math.floor((q >> 1) / nx) : (q >> 1) % nx))
    const matrix = new Multifrontal(new Uint8Array(n).fill(1), place, 2)
    matrix.assemble((add) => {
      for (let p = 0; p < n; p++) {
        add(p, p, -5)
        for (const q of [...((p % nx) + 1 < nx ? [p + 1] : []), ...(p + nx < n ? [p + nx] : [])]) {
          add(p, q, 1)
          add(q, p, 1)
        }
      }
    })
    const count = () => [...matrix.factor(new Float64Array(n), 1)].length
    const first = count()
    // Its largest matrix alone would yield once or twice.
    const again = count()
    expect(again).toBeGreaterThan(3)
    expect(first).toBeGreaterThan(again + 3)
  })
})

it('a gauge pins the free constant of a pure Neumann problem', () => {
  const [nx, ny] = [7, 5]
  const n = nx * ny
  const place = Float64Array.from({ length: 2 * n }, (_, q) =>
    q % 2 === 0 ? (q >> 1) % nx : Math.floor((q >> 1) / nx),
  )
  const matrix = new Multifrontal(new Uint8Array(n).fill(1), place, 2)
  matrix.assemble((add) => {
    for (let p = 0; p < n; p++)
      for (const q of [...((p % nx) + 1 < nx ? [p + 1] : []), ...(p + nx < n ? [p + nx] : [])])
        for (const [a, b] of [
          [p, q],
          [q, p],
        ]) {
          add(a, b, 1)
          add(a, a, -1)
        }
  })
  const rhs = Float64Array.from({ length: n }, (_, k) => noise(k))
  const mean = rhs.reduce((a, b) => a + b, 0) / n
  for (let k = 0; k < n; k++) rhs[k] -= mean
  const mass = new Float64Array(n)
  finish(matrix.factor(mass, 1, 3))
  const [x, back] = [new Float64Array(n), new Float64Array(n)]
  matrix.solve(rhs, x)
  matrix.multiply(x, back)
  for (let k = 0; k < n; k++) expect(-back[k]).toBeCloseTo(rhs[k], 11)
})
