/** Effective tensors where the exact answer, or an exact relation, is known. */
import { describe, expect, it } from 'vitest'
import type { CellProblemSpec, CellSpec, ShapeSpec, Tensor } from '../../src/cell/cell.ts'
import { computeCell, solveCell } from '../../src/cell/compute.ts'
import { Lattice } from '../../src/numerics/lattice.ts'
import { simplexVolumes } from '../../src/numerics/mesh.ts'

function cell(dimension: 2 | 3, resolution: number, ...shapes: Omit<ShapeSpec, 'phase'>[]): CellSpec {
  return {
    dimension,
    resolution,
    background: 'matrix',
    shapes: shapes.map((s) => ({ phase: 'inclusion', ...s }) as ShapeSpec),
  }
}
const contrast = (alpha: number): CellProblemSpec => ({
  kind: 'contrast',
  name: 'k',
  coefficients: { matrix: 1, inclusion: alpha },
})
const matrix: CellProblemSpec = { kind: 'perforated', phase: 'matrix' }
const disc = (center: number[], radius: number) => ({ shape: 'ball', center, radius })
const flat = (t: Tensor) => t.flat()

describe('laminate', () => {
  const { problems } = solveCell(cell(2, 32, { shape: 'layer', axis: 'y', center: 0.41, thickness: 0.37 }), [
    contrast(20),
    matrix,
  ])

  it('conducts like resistors in series across and in parallel along', () => {
    const across = 1 / (0.63 + 0.37 / 20)
    const along = 0.63 + 0.37 * 20
    const { tensor } = problems[0]
    flat(tensor).forEach((value, k) => {
      expect(value).toBeCloseTo([along, 0, 0, across][k], 9)
    })
  })

  it('has the piecewise linear corrector of the series, and exact sensitivities', () => {
    const { correctors, sensitivity, flux } = problems[0]
    const across = 1 / (0.63 + 0.37 / 20)
    const [chiX, chiY] = correctors
    expect(Math.max(...chiX!.map(Math.abs))).toBeLessThan(1e-9)
    // In the inclusion 1 + chi' = k*/20: the drop over the layer is 0.37 (k*/20 - 1).
    expect(Math.max(...chiY!) - Math.min(...chiY!)).toBeGreaterThan(0.9 * 0.37 * (1 - across / 20))
    const seen = [...new Set(sensitivity.map((s) => Math.round(s * 1e4) / 1e4))].sort((a, b) => a - b)
    const expected = [across / 20, across].map((slope) => (1 + slope * slope) / 2)
    expect(seen[0]).toBeCloseTo(expected[0], 3)
    expect(seen[seen.length - 1]).toBeCloseTo(expected[1], 3)
    for (let p = 0; p < 32 * 32; p++) expect(flux[1][2 * p + 1]).toBeCloseTo(-across, 4)
  })

  it('is cut off across: exactly zero', () => {
    expect(problems[1].tensor[1]).toEqual([0, 0])
    expect(problems[1].tensor[0][0]).toBeCloseTo(0.63, 9)
    expect(problems[1].bounds.tortuosity).toEqual([expect.closeTo(1, 9), Infinity])
  })
})

describe('a disc off the lattice', () => {
  // Multipole series of W. T. Perrins, D. R. McKenzie, R. C. McPhedran, Proc. R. Soc. A 369 (1979) 207.
  const rows = [
    { radius: 0.3, alpha: undefined, exact: 0.5584853859329129 },
    { radius: 0.3, alpha: 10, exact: 1.6029419122743995 },
    { radius: 0.3, alpha: 10000, exact: 1.790335714367327 },
    { radius: 0.45, alpha: 10000, exact: 5.086497806702279 },
  ]
  it.each(rows)('converges with order 2: r = $radius, contrast $alpha', ({ radius, alpha, exact }) => {
    const errors = [32, 64, 128].map((n) => {
      const problem = alpha === undefined ? matrix : contrast(alpha)
      const { meshTensor, tensor, error } = solveCell(cell(2, n, disc([0.513, 0.487], radius)), [problem]).problems[0]
      expect(Math.abs(tensor[0][0] - exact)).toBeLessThanOrEqual(error)
      return Math.abs(meshTensor[0][0] - exact) / exact
    })
    const order = Math.log2(errors[0] / errors[2]) / 2
    expect(order).toBeGreaterThan(1.8)
    expect(order).toBeLessThan(2.2)
  })

  it('reaches the accuracy and the iteration counts of the specification', () => {
    const table = [
      { n: 32, limit: 3.2e-3 },
      { n: 64, limit: 8e-4 },
      { n: 128, limit: 2e-4 },
    ]
    for (const { n, limit } of table) {
      const problems = [matrix, contrast(1000)]
      const result = solveCell(cell(2, n, disc([0.513, 0.487], 0.3)), problems, { tolerance: 1e-8 })
      expect(Math.abs(result.problems[0].meshTensor[0][0] / 0.5584853859329129 - 1)).toBeLessThan(limit)
      for (const { iterations, residual } of result.problems) {
        expect(residual).toBeLessThanOrEqual(1e-8)
        expect(Math.max(...iterations)).toBeLessThanOrEqual(18)
      }
    }
  })
})

describe('exact relations on one mesh', () => {
  const shapes = [disc([0.3, 0.4], 0.21), { shape: 'ellipsoid', center: [0.8, 0.7], radii: [0.3, 0.1], rotation: 25 }]

  it.each([0.01, 3, 500])('duality in the plane, k*(1/a) = k*(a) / det k*(a), at a = %d', (alpha) => {
    const { problems } = solveCell(cell(2, 64, ...shapes), [contrast(alpha), contrast(1 / alpha)])
    const [[a, b], [c, d]] = problems[0].tensor as [[number, number], [number, number]]
    const det = a * d - b * c
    const allowed = (problems[0].error / Math.sqrt(det)) * 3 + problems[1].error
    for (const [k, value] of flat(problems[1].tensor).entries())
      expect(Math.abs(value - [a, b, c, d][k] / det)).toBeLessThan(allowed)
    expect(allowed).toBeLessThan(0.1 * Math.max(...flat(problems[1].tensor)))
  })

  it.each([0.01, 3, 500])('k* = M + a (I - M) at a = %d', (alpha) => {
    const { meshTensor, split } = solveCell(cell(2, 64, ...shapes), [contrast(alpha)]).problems[0]
    for (const i of [0, 1])
      for (const j of [0, 1]) {
        const m = split!.matrix![i][j]
        const identity = i === j ? 1 : 0
        expect(Math.abs(meshTensor[i][j] - (m + alpha * (identity - m)))).toBeLessThan(1e-6 * Math.max(1, alpha))
      }
  })

  it('moving or turning the cell moves or turns the tensor', () => {
    const turned = solveCell(cell(2, 64, { shape: 'ellipsoid', center: [0.1, 0.93], radii: [0.2, 0.4], rotation: 0 }), [
      matrix,
    ])
    const plain = solveCell(cell(2, 64, { shape: 'ellipsoid', center: [0.5, 0.5], radii: [0.4, 0.2], rotation: 0 }), [
      matrix,
    ])
    const [a, b] = [turned.problems[0], plain.problems[0]]
    expect(Math.abs(a.tensor[0][0] - b.tensor[1][1])).toBeLessThan(a.error + b.error)
    expect(Math.abs(a.tensor[1][1] - b.tensor[0][0])).toBeLessThan(a.error + b.error)
    expect(a.tensor[1][1] - a.tensor[0][0]).toBeGreaterThan(0.1)
  })

  it('the sensitivity is the derivative of the mean eigenvalue with respect to the local coefficient', () => {
    const spec = cell(2, 32, disc([0.45, 0.52], 0.3))
    const step = 1e-3
    const [low, middle, high] = [5 - step, 5, 5 + step].map((a) => solveCell(spec, [contrast(a)], { tolerance: 1e-10 }))
    const mean = (r: typeof low) => (r!.problems[0].meshTensor[0][0] + r!.problems[0].meshTensor[1][1]) / 2
    const { sensitivity } = middle!.problems[0]
    const { simplexPhase, displacement } = middle!.mesh
    const volumes = simplexVolumes({ lattice: Lattice.cube(2, 32), spacing: [1 / 32, 1 / 32], displacement })
    const integral = volumes.reduce((sum, v, s) => (simplexPhase[s] === 1 ? sum + v * sensitivity[s] : sum), 0)
    expect(integral).toBeCloseTo((mean(high) - mean(low)) / (2 * step), 6)
  })
})

describe('checkerboard: four sectors meet in a point (J. B. Keller 1964, A. M. Dykhne 1970)', () => {
  const boxes = (...depth: number[]) => [
    { shape: 'box', center: [0.25, 0.25, 0.5].slice(0, 2 + depth.length), size: [0.5, 0.5, ...depth] },
    { shape: 'box', center: [0.75, 0.75, 0.5].slice(0, 2 + depth.length), size: [0.5, 0.5, ...depth] },
  ]
  it.each<[2 | 3, number, Omit<ShapeSpec, 'phase'>[]]>([
    [2, 64, boxes()],
    [3, 32, boxes(1)],
  ])('knows in %d D that it converges slowly, and says so', (dimension, n, shapes) => {
    const [mild, hard] = solveCell(cell(dimension, n, ...shapes), [contrast(10), contrast(1000)]).problems
    expect(Math.abs(mild!.tensor[0][0] - Math.sqrt(10))).toBeLessThan(0.02)
    expect(Math.abs(mild!.meshTensor[0][0] - Math.sqrt(10))).toBeGreaterThan(0.1)
    expect(mild!.error).toBeGreaterThan(0.1)
    expect(Math.abs(hard!.tensor[0][0] - Math.sqrt(1000))).toBeLessThanOrEqual(hard!.error)
  })
})

describe('correctors', () => {
  it('of an enclosed phase are -y + const on every piece, with zero mean and no conduction', () => {
    // Three particles, one of them across the corner of the cell.
    const spec = cell(2, 32, disc([0.02, 0.98], 0.2), disc([0.5, 0.3], 0.13), disc([0.5, 0.7], 0.13))
    const { problems, phases, mesh } = solveCell(spec, [{ kind: 'perforated', phase: 'inclusion' }])
    expect(phases.inclusion!.components).toBe(3)
    expect(flat(problems[0].tensor)).toEqual([0, 0, 0, 0])
    expect(problems[0].error).toBe(0)
    const chi = problems[0].correctors[0]
    for (const [x, y] of [
      [0.02, 0.98],
      [0.5, 0.3],
      [0.5, 0.7],
    ]) {
      for (let p = 0; p < chi.length; p++) {
        const place = [p % 32, Math.floor(p / 32)].map((i, c) => i / 32 + mesh.displacement[2 * p + c])
        const [u, v] = [place[0] - x!, place[1] - y!].map((t) => t - Math.round(t)) as [number, number]
        if (Math.hypot(u, v) < 0.12) expect(chi[p]).toBeCloseTo(-u, 2)
      }
    }
    expect(Math.max(...problems[0].sensitivity)).toBeLessThan(1e-9)
  })

  it('of a percolating phase are NaN outside it and have zero mean', () => {
    const { problems, mesh } = solveCell(cell(2, 32, disc([0.5, 0.5], 0.3)), [matrix])
    const chi = problems[0].correctors[0]
    const inside = mesh.nodePhase.indexOf(1)
    expect(chi[inside]).toBeNaN()
    const known = [...chi].filter((x) => !Number.isNaN(x))
    expect(known.length).toBe(mesh.nodePhase.filter((phase) => phase !== 1).length)
    expect(Math.abs(known.reduce((a, b) => a + b, 0) / known.length)).toBeLessThan(1e-3)
  })
})

describe('computing a cell', () => {
  it('reports its progress upwards and often', () => {
    const run = computeCell(cell(3, 16, disc([0.5, 0.5, 0.5], 0.3)), [matrix, contrast(10)])
    const seen: number[] = []
    let step = run.next()
    for (; !step.done; step = run.next()) seen.push(step.value)
    expect(seen.length).toBeGreaterThan(60)
    expect(seen.every((x, k) => x >= (seen[k - 1] ?? 0) - 1e-12 && x <= 1)).toBe(true)
  })

  it('of one phase is the identity', () => {
    const { problems, phases } = solveCell(cell(2, 16), [matrix])
    expect(flat(problems[0].tensor)).toEqual([1, 0, 0, 1].map((x) => expect.closeTo(x, 12)))
    expect(phases.matrix).toEqual({
      fraction: expect.closeTo(1, 12),
      percolates: [true, true],
      unresolved: [false, false],
      components: 1,
    })
  })

  it('of three phases keeps flux averages and interfaces apart', () => {
    const spec: CellSpec = {
      dimension: 2,
      resolution: 32,
      background: 'fluid',
      shapes: [
        { shape: 'ball', phase: 'shell', center: [0.5, 0.5], radius: 0.375 },
        { shape: 'ball', phase: 'core', center: [0.5, 0.5], radius: 0.25 },
      ],
    }
    const coefficients = { fluid: 1, shell: 0.1, core: 5 }
    const result = solveCell(spec, [{ kind: 'contrast', name: 'k', coefficients }])
    expect(Object.keys(result.interfaceMeasure).sort()).toEqual(['core|shell', 'fluid|shell'])
    expect(result.interfaceMeasure['core|shell']).toBeCloseTo(Math.PI / 2, 2)
    const { split, meshTensor } = result.problems[0]
    const total = Object.entries(coefficients).reduce((sum, [name, k]) => sum + k * split![name][0][0], 0)
    expect(total).toBeCloseTo(meshTensor[0][0], 6)
    expect(Object.values(split!).reduce((sum, m) => sum + m[1][1], 0)).toBeCloseTo(1, 9)
  })
})
