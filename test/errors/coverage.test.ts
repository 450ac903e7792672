/** Stated errors hold the truth: random cells on a small scale (`npm run coverage` is the large one), and known ones. */
import { describe, expect, it } from 'vitest'
import type { CellProblemSpec, CellSpec } from '../../src/cell/cell.ts'
import { solveCell } from '../../src/cell/compute.ts'
import { covered, type Judgement, judgements, median, overstated, solved } from './measure.ts'
import { kindsOf, population } from './population.ts'

const off = (a: number[][], b: number[][]) => Math.max(...a.flat().map((v, k) => Math.abs(v - b.flat()[k])))

describe('random cells in the plane', () => {
  const all: Judgement[] = []

  it.each(kindsOf(2))(
    '%s: every value lies inside its stated error',
    (kind) => {
      const list: Judgement[] = []
      for (const cell of population(2, kind, 3, 7)) {
        const [truth, ...own] = solved(cell, [256, 32, 64])
        if (truth) for (const result of own) if (result) list.push(...judgements(cell, result, truth))
      }
      expect(list.length).toBeGreaterThan(30)
      expect(list.filter((j) => !covered(j))).toEqual([])
      all.push(...list)
    },
    60_000,
  )

  it('and the errors are not ten times over', () => {
    expect(median(all.map(overstated))).toBeLessThan(10)
  })
})

describe('known cells', () => {
  const perforated = (phase: string): CellProblemSpec => ({ kind: 'perforated', phase })
  const balls = (list: [number, number, number][]) =>
    list.map(([x, y, radius]) => ({ shape: 'ball', phase: 'i', center: [x, y], radius }))
  const cell = (resolution: number, shapes: CellSpec['shapes']): CellSpec => ({
    dimension: 2,
    background: 'm',
    resolution,
    shapes,
  })

  it.each([
    // P2 elements adapted to 1.2e5 vertices.
    ['a neck of width 0.14 at 64', cell(64, balls([[0.5, 0.5, 0.505]])), 'i', 0.47605],
    ['a neck of width 0.04 at 128', cell(128, balls([[0.5, 0.5, 0.5005]])), 'i', 0.35065],
  ] as const)('%s', (_, spec, phase, value) => {
    const [{ tensor, error }] = solveCell(spec, [perforated(phase)]).problems
    expect(Math.abs(tensor[0][0] - value)).toBeLessThanOrEqual(error)
    expect(error).toBeLessThan(0.5 * value)
  })

  it('a gap of half a mesh width between discs, and the mesh that opens it', () => {
    const shapes = balls([
      [0.7876, 0.8713, 0.2657],
      [0.1113, 0.4704, 0.2409],
      [0.366, 0.2793, 0.161],
    ])
    const { problems, doubt } = solveCell(cell(64, shapes), [perforated('m')])
    const [{ tensor, error, meshTensor }] = problems
    expect(Math.abs(meshTensor[0][0] - 0.295)).toBeGreaterThan(0.02)
    expect(Math.abs(tensor[0][0] - 0.295)).toBeLessThanOrEqual(error)
    expect(Math.abs(tensor[1][1] - 0.317)).toBeLessThanOrEqual(error)
    expect(doubt!.settledAt).toBe(128)
    const settled = solveCell(cell(128, shapes), [perforated('m')]).problems[0]
    expect(Math.abs(settled.tensor[0][0] - 0.295)).toBeLessThanOrEqual(settled.error + 2e-4)
    expect(settled.error).toBeLessThan(0.5 * error)
  })

  // Between two layers of the inclusion, off the lattice: along it conducts what is there, across nothing does.
  it.each([0.003, 0.011])('a straight slit of width %f at 32', (width) => {
    const half = 0.3 - width / 2
    const layer = (center: number) => ({ shape: 'layer', phase: 'i', axis: 'x', center, thickness: half })
    const shapes = [layer(0.5 - (width + half) / 2), layer(0.5 + (width + half) / 2)]
    const open = 1 - 2 * half
    const { problems, phases, geometryError } = solveCell(cell(32, shapes), [
      perforated('m'),
      { kind: 'contrast', name: 'k', coefficients: { m: 10, i: 1 } },
    ])
    const exact = [
      [
        [0, 0],
        [0, open],
      ],
      [
        [1 / (open / 10 + 1 - open), 0],
        [0, 10 * open + 1 - open],
      ],
    ]
    problems.forEach(({ tensor, error }, k) => {
      expect(off(tensor, exact[k]), `problem ${k}`).toBeLessThanOrEqual(error + 1e-9)
    })
    expect(Math.abs(phases.m.fraction - open)).toBeLessThanOrEqual(geometryError.fraction)
  })
})
