/** Second-order correctors: closed forms, solvability, symmetry, independently computed norms, order of the mesh. */
import { describe, expect, it } from 'vitest'
import type { CellProblemSpec, CellResult, ShapeSpec } from '../../src/cell/cell.ts'
import { solveCell } from '../../src/cell/compute.ts'
import { type SecondCorrectors, SecondOrder } from '../../src/cell/second.ts'
import { finish } from '../../src/finish.ts'
import { Lattice } from '../../src/numerics/lattice.ts'
import { controlVolumes } from '../../src/numerics/mesh.ts'

const PROBLEMS = (alpha: number): CellProblemSpec[] => [
  { kind: 'perforated', phase: 'open' },
  { kind: 'contrast', name: 'k', coefficients: { open: 1, inclusion: alpha } },
]

function cellOf(n: number, alpha: number, shapes: Omit<ShapeSpec, 'phase'>[], dimension: 2 | 3 = 2): CellResult {
  const named = shapes.map((s) => ({ ...s, phase: 'inclusion' }) as ShapeSpec)
  return solveCell({ dimension, background: 'open', shapes: named, resolution: n }, PROBLEMS(alpha), {
    tolerance: 1e-11,
  })
}

interface Solved {
  open: SecondOrder
  whole: SecondOrder
  zeta: SecondCorrectors
  a: SecondCorrectors
  b: SecondCorrectors
}

const secondOrder = (...of: Parameters<typeof SecondOrder.of>) => finish(SecondOrder.of(...of))

function second({ mesh, problems: [perforated, contrast] }: CellResult): Solved {
  const [open, whole] = [secondOrder(mesh, perforated), secondOrder(mesh, contrast)]
  return {
    open,
    whole,
    zeta: finish(whole.curvature('open', true)),
    a: finish(open.curvature('open')),
    b: finish(open.drift(contrast.correctors)),
  }
}

/** Control volumes by phase. */
function volumesOf({ mesh: { dimension, n, displacement, simplexPhase } }: CellResult): Float64Array[] {
  const spacing = Array<number>(dimension).fill(1 / n)
  return controlVolumes({ lattice: Lattice.cube(dimension, n), spacing, displacement }, simplexPhase, 2)
}

const wholeOf = (cell: CellResult) => {
  const [open, rest] = volumesOf(cell)
  return open.map((v, p) => v + rest[p])
}

function L2(field: Float64Array, volume: Float64Array): number {
  return Math.sqrt(field.reduce((sum, v, p) => (Number.isNaN(v) ? sum : sum + volume[p] * v * v), 0))
}

const largest = (v: Float64Array) => v.reduce((m, x) => (Number.isNaN(x) ? m : Math.max(m, Math.abs(x))), 0)
const sum = (v: Float64Array) => v.reduce((a, b) => a + b, 0)
const disc = (center: number[] = [0.5, 0.5], radius = 0.3) => ({ shape: 'ball', center, radius })
const ODD = [disc([0.3, 0.4], 0.21), { shape: 'ellipsoid', center: [0.8, 0.7], radii: [0.3, 0.1], rotation: 25 }]

describe('solvability', () => {
  it.each([
    ['in the plane', 2, 32, ODD],
    ['in space', 3, 16, [disc([0.4, 0.5, 0.55], 0.3)]],
  ] as const)('%s: loads add up to the effective tensors, those of the drift to nothing', (_, d, n, shapes) => {
    const cell = cellOf(n, 0.025, [...shapes], d)
    const [perforated, contrast] = cell.problems
    const [open, whole] = [secondOrder(cell.mesh, perforated), secondOrder(cell.mesh, contrast)]
    for (let k = 0; k < d; k++)
      for (let l = 0; l < d; l++) {
        // The tensor of the mesh is an energy, the sum a flux average: they meet where the first order is solved.
        expect(sum(open.curvatureLoad(k, l))).toBeCloseTo(perforated.meshTensor[k][l], 9)
        expect(sum(whole.curvatureLoad(k, l))).toBeCloseTo(contrast.meshTensor[k][l], 9)
        expect(Math.abs(sum(open.driftLoad(contrast.correctors[k], k, l)))).toBeLessThan(1e-13)
      }
  })
})

describe('a laminate of pore p and solid, contrast alpha, in closed form', () => {
  const [p, alpha] = [0.6, 0.025]
  const solid = 1 - p
  const series = 1 / (p + solid / alpha)
  /** Polynomials of the distance from the middle of each layer, joined where they meet, with zero mean. */
  const joined = (inPore: number, inSolid: number) => (y: number) => {
    const jump = (inPore * p ** 2 - inSolid * solid ** 2) / 4
    const mean = (inPore * p ** 3) / 12 + (inSolid * solid ** 3) / 12 + jump * solid
    const distance = Math.abs(y - 0.5)
    return distance <= solid / 2 ? inSolid * distance ** 2 + jump - mean : inPore * (0.5 - distance) ** 2 - mean
  }
  const errors = (n: number) => {
    const cell = cellOf(n, alpha, [{ shape: 'layer', axis: 'y', center: 0.5, thickness: solid }])
    const { zeta, a, b } = second(cell)
    const y = (q: number) => Math.floor(q / n) / n + cell.mesh.displacement[2 * q + 1]
    const off = (field: Float64Array, exact: (y: number) => number) => largest(field.map((v, q) => v - exact(y(q))))
    const parabola = (at: number) => (0.5 - Math.abs(at - 0.5)) ** 2 / 2 - p ** 2 / 24
    return {
      across: off(zeta[1][1], joined(((series * solid) / p - series + 1) / 2, (1 - (2 * series) / alpha) / 2)),
      along: off(zeta[0][0], joined((solid * alpha) / p / 2, -1 / 2)),
      enclosed: Math.max(off(a[1][1], parabola), off(b[1][1], parabola)),
      vanish: Math.max(...[zeta[0][1], zeta[1][0], a[0][0], a[0][1], a[1][0], b[0][0], b[0][1], b[1][0]].map(largest)),
    }
  }

  it('meets it at the nodes with order two, and what vanishes vanishes', () => {
    const [coarse, fine] = [32, 64].map(errors)
    for (const name of ['across', 'along', 'enclosed'] as const) {
      expect(fine[name], name).toBeLessThan(2e-4)
      expect(Math.log2(coarse[name] / fine[name]), name).toBeGreaterThan(1.7)
    }
    expect(fine.vanish).toBeLessThan(1e-9)
  })
})

describe('a disc of radius 0.3', () => {
  /** L2 norms of zeta^11 and zeta^12 from an independent spectral computation of the same cell problems. */
  const published = [
    { alpha: 0.025, norms: [0.022491, 0.002355] },
    { alpha: 10, norms: [0.019827, 0.007253] },
  ]
  it.each(published)('has the published norms at contrast $alpha, with order two', ({ alpha, norms }) => {
    const errors = [16, 32, 64].map((n) => {
      const cell = cellOf(n, alpha, [disc()])
      const { whole } = second(cell)
      const zeta = finish(whole.curvature('open', true))
      return norms.map((exact, l) => Math.abs(L2(zeta[0][l], wholeOf(cell)) / exact - 1))
    })
    expect(Math.max(...errors[2])).toBeLessThan(1e-3)
    expect(Math.log2(errors[0][0] / errors[1][0])).toBeGreaterThan(1.5)
  })

  it('those of the pore converge with order two as well', () => {
    const norms = [16, 32, 64].map((n) => {
      const cell = cellOf(n, 10, [disc()])
      const { a, b } = second(cell)
      return [a[0][0], a[0][1], b[0][0], b[0][1]].map((field) => L2(field, volumesOf(cell)[0]))
    })
    norms[0].forEach((_, k) => {
      const [coarse, middle, fine] = norms.map((row) => row[k])
      expect(Math.log2(Math.abs(coarse - middle) / Math.abs(middle - fine)), `norm ${k}`).toBeGreaterThan(1.7)
    })
  })
})

describe('symmetry', () => {
  // On lattice lines, so that the mesh is its own image under inversion.
  const box = { shape: 'box', center: [0.5, 0.5], size: [0.5, 0.5] }

  it('an inversion turns the first order over and leaves the second; mirrors turn the mixed ones over', () => {
    const n = 32
    const cell = cellOf(n, 0.025, [box])
    const { zeta, a, b } = second(cell)
    const image = (field: Float64Array, x: boolean, y: boolean) =>
      field.map((_, q) => {
        const [i, j] = [q % n, Math.floor(q / n)]
        return field[(x ? (n - i) % n : i) + n * (y ? (n - j) % n : j)]
      })
    const apart = (field: Float64Array, other: Float64Array, sign: number) =>
      largest(field.map((v, q) => v - sign * other[q]))
    for (const { correctors } of cell.problems)
      for (const chi of correctors) expect(apart(chi, image(chi, true, true), -1)).toBeLessThan(1e-7)
    for (const field of [zeta, a, b].flat(2)) expect(apart(field, image(field, true, true), 1)).toBeLessThan(1e-7)
    // The triangulation has no mirror planes: up to the mesh.
    for (const field of [zeta[0][1], a[0][1], b[0][1]])
      expect(apart(field, image(field, true, false), -1)).toBeLessThan(0.1 * largest(field))
    for (const field of [zeta[0][0], a[0][0], b[0][0]])
      expect(apart(field, image(field, true, false), 1)).toBeLessThan(0.1 * largest(field))
    expect(zeta[0][1]).toBe(zeta[1][0])
  })

  it('third-order tensors vanish: what the second order adds to the means of the first is nothing', () => {
    const cell = cellOf(32, 0.025, [box])
    const [open] = volumesOf(cell)
    for (const chi of cell.problems[1].correctors)
      expect(Math.abs(sum(chi.map((v, q) => v * open[q])))).toBeLessThan(1e-9)
  })
})

describe('where there is nothing to correct', () => {
  it('an open cell has no second order', () => {
    const open: CellProblemSpec[] = [
      { kind: 'perforated', phase: 'open' },
      { kind: 'contrast', name: 'k', coefficients: { open: 1 } },
    ]
    const cell = solveCell({ dimension: 2, background: 'open', shapes: [], resolution: 16 }, open)
    const { zeta, a, b } = second(cell)
    expect(Math.max(...[...zeta, ...a, ...b].flat().map(largest))).toBeLessThan(1e-10)
    expect(largest(finish(secondOrder(cell.mesh, cell.problems[1]).surface('open')))).toBe(0)
  })

  it('enclosed pieces balance themselves: each keeps a constant electrochemical potential', () => {
    // A ring around the middle: what is inside of it has chi = -y, so the symmetric part of a is yy/2 there.
    const n = 64
    const cell = cellOf(n, 1, [disc([0.5, 0.5], 0.4), { ...disc([0.5, 0.5], 0.25) }])
    const ring = solveCell(
      {
        dimension: 2,
        background: 'open',
        shapes: [
          { ...disc([0.5, 0.5], 0.4), phase: 'inclusion' },
          { ...disc([0.5, 0.5], 0.25), phase: 'open' },
        ] as ShapeSpec[],
        resolution: n,
      },
      PROBLEMS(1),
    )
    expect(cell.phases.open.components).toBe(1)
    expect(ring.phases.open.components).toBe(2)
    const { a } = second(ring)
    const at = (q: number) => [q % n, Math.floor(q / n)].map((i, c) => i / n + ring.mesh.displacement[2 * q + c] - 0.5)
    const inside = Array.from(a[0][0].keys()).filter((q) => Math.hypot(...at(q)) < 0.24)
    const values = inside.map((q) => a[0][0][q] - at(q)[0] ** 2 / 2)
    expect(Math.max(...values) - Math.min(...values)).toBeLessThan(1e-4)
  })
})

describe('sources on the interface', () => {
  it('in a laminate bend the potential of the pore alone: y²/2 over p, against the walls', () => {
    const [n, solid] = [64, 0.4]
    const p = 1 - solid
    const cell = cellOf(n, 10, [{ shape: 'layer', axis: 'y', center: 0.5, thickness: solid }])
    const beta = finish(secondOrder(cell.mesh, cell.problems[1]).surface('open'))
    const y = (q: number) => Math.floor(q / n) / n + cell.mesh.displacement[2 * q + 1]
    // Zero mean; the solid is flat.
    const top = p ** 2 / 8 / p
    const mean = p ** 3 / 24 / p + top * solid
    const exact = (at: number) => {
      const distance = 0.5 - Math.abs(at - 0.5)
      return distance <= p / 2 ? distance ** 2 / 2 / p - mean : top - mean
    }
    expect(largest(beta.map((v, q) => v - exact(y(q))))).toBeLessThan(1e-4)
  })
})
