/** Phases that do not conduct: problems on the union of the others. */
import { describe, expect, it } from 'vitest'
import type { CellProblemSpec, CellSpec, ShapeSpec } from '../../src/cell/cell.ts'
import { solveCell } from '../../src/cell/compute.ts'

function cell(resolution: number, ...shapes: ShapeSpec[]): CellSpec {
  return { dimension: 2, resolution, background: 'a', shapes }
}
const contrast = (a: number, b: number, c: number): CellProblemSpec => ({
  kind: 'contrast',
  name: 'k',
  coefficients: { a, b, c },
})
const layer = (phase: string, axis: string, center: number, thickness: number): ShapeSpec => ({
  shape: 'layer',
  phase,
  axis,
  center,
  thickness,
})
const disc = (phase: string, radius: number, center = [0.513, 0.487]): ShapeSpec => ({
  shape: 'ball',
  phase,
  center,
  radius,
})
const bar = (phase: string, axis: string, width = 0.06): ShapeSpec => ({
  shape: 'bar',
  phase,
  axis,
  center: [0.5, 0.5],
  width,
})

describe('a channel of two conductors in turn between insulating walls', () => {
  // Neither conductor reaches through the cell along x, together they do; along y the walls are closed.
  const spec = cell(64, layer('b', 'x', 0.41, 0.3), layer('c', 'y', 0.213, 0.4))
  const { problems, phases, mesh } = solveCell(spec, [contrast(1, 20, 0), contrast(3, 3, 0)])
  const [series, even] = problems

  it('conducts like resistors in series along, and exactly not across', () => {
    expect(phases.a!.percolates).toEqual([false, false])
    expect(phases.b!.percolates).toEqual([false, false])
    expect(series!.tensor[0][0]).toBeCloseTo(0.6 / (0.7 + 0.3 / 20), 9)
    expect([series!.tensor[0][1], ...series!.tensor[1], ...series!.meshTensor[1]]).toEqual([0, 0, 0, 0, 0])
    expect(even!.tensor[0][0]).toBeCloseTo(3 * 0.6, 9)
  })

  it('has correctors in the channel only: linear between the conductors, -y across', () => {
    const [x, y] = series!.correctors
    const inside = [...x!].filter((v) => !Number.isNaN(v))
    expect(inside.length).toBeGreaterThan(0.55 * 64 ** 2)
    expect(inside.length).toBeLessThan(0.65 * 64 ** 2)
    for (let p = 0; p < x!.length; p++) {
      const at = Math.floor(p / 64) / 64 + mesh.displacement[2 * p + 1]
      // The channel is the period from 0.413 to 1.013.
      const above = at < 0.013 + 1e-9 ? at + 1 : at
      expect(Number.isNaN(x![p])).toBe(above < 0.413 - 1e-9)
      if (!Number.isNaN(y![p])) expect(y![p]).toBeCloseTo(0.713 - above, 7)
    }
    const drop = Math.max(...inside) - Math.min(...inside)
    expect(drop).toBeCloseTo(0.3 * (1 - 1 / (0.7 + 0.3 / 20) / 20), 7)
  })

  it('splits the flux among the conductors, and knows its bounds', () => {
    expect(Object.keys(series!.split!)).toEqual(['a', 'b'])
    const flux = series!.split!.a![0][0] + 20 * series!.split!.b![0][0]
    expect(flux).toBeCloseTo(series!.meshTensor[0][0], 7)
    expect(series!.bounds).toEqual({ voigt: expect.closeTo(0.42 + 20 * 0.18, 9), reuss: 0 })
    expect(even!.bounds).toMatchObject({ voigt: expect.closeTo(1.8, 9), reuss: 0 })
    expect(even!.bounds.hashinShtrikman!.upper).toBeCloseTo((3 * 0.6) / 1.4, 9)
    expect(even!.bounds.bruggeman).toBeCloseTo(3 * 0.6 ** 1.5, 9)
    expect(even!.bounds.tortuosity).toEqual([expect.closeTo(1, 9), Infinity])
  })
})

describe('insulating phases', () => {
  it('in a cell of two make a perforated problem', () => {
    const spec: CellSpec = { dimension: 2, background: 'a', resolution: 32, shapes: [disc('b', 0.3)] }
    const [zero, perforated] = solveCell(spec, [
      { kind: 'contrast', name: 'k', coefficients: { a: 1, b: 0 } },
      { kind: 'perforated', phase: 'a' },
    ]).problems
    for (const key of ['tensor', 'meshTensor', 'error', 'correctors', 'sensitivity', 'flux', 'bounds'] as const)
      expect(zero![key]).toEqual(perforated![key])
    expect(Object.keys(zero!.split!)).toEqual(['a'])
  })

  it('scale with the coefficient of what is left', () => {
    const spec = cell(32, bar('b', 'x'), disc('c', 0.3))
    const [one, seven] = solveCell(spec, [contrast(1, 1, 0), contrast(7, 7, 0)]).problems
    expect(seven!.tensor[0][0] / one!.tensor[0][0]).toBeCloseTo(7, 9)
    expect(seven!.error / one!.error).toBeCloseTo(7, 3)
    expect(seven!.bounds.tortuosity![0]).toBeCloseTo(one!.bounds.tortuosity![0], 9)
  })

  it('inside bars of the same coefficient make no difference: borders between conductors are none', () => {
    const exact = 0.5584853859329129
    const [{ problems }, plain] = [
      solveCell(cell(64, bar('b', 'x'), bar('b', 'y'), disc('c', 0.3)), [
        contrast(1, 1, 0),
        { kind: 'stokes', fluid: 'a', also: ['b'] },
        contrast(1, 0, 0),
      ]),
      solveCell({ dimension: 2, background: 'a', resolution: 64, shapes: [disc('c', 0.3)] }, [
        { kind: 'perforated', phase: 'a' },
        { kind: 'stokes', fluid: 'a' },
      ]),
    ]
    const [through, flow, cut] = problems
    expect(Math.abs(through!.tensor[0][0] - exact)).toBeLessThan(5e-5)
    expect(Math.abs(through!.tensor[0][0] - exact)).toBeLessThanOrEqual(through!.error)
    const [, open] = plain.problems
    expect(Math.abs(flow!.tensor[0][0] / open!.tensor[0][0] - 1)).toBeLessThan(1e-3)
    expect(cut!.tensor.flat()).toEqual([0, 0, 0, 0])
    expect(cut!.error).toBe(0)
  })

  it('keep particles apart: each piece of the union has zero mean, and the exact corrector', () => {
    // A core in a shell, across the corner of the cell.
    const spec = cell(64, disc('b', 0.3, [0.02, 0.98]), disc('c', 0.15, [0.02, 0.98]))
    const { problems, mesh } = solveCell(spec, [contrast(0, 1, 50)])
    expect(problems[0].tensor.flat()).toEqual([0, 0, 0, 0])
    const chi = problems[0].correctors[0]
    for (let p = 0; p < chi.length; p++) {
      const x = (p % 64) / 64 + mesh.displacement[2 * p] - 0.02
      if (!Number.isNaN(chi[p])) expect(chi[p]).toBeCloseTo(-(x - Math.round(x)), 2)
    }
  })

  it('own up to gaps of the union that the mesh closes', () => {
    const spec = cell(64, disc('b', 0.495, [0.5, 0.5]), disc('c', 0.25, [0.5, 0.5]))
    const [union, matrix] = solveCell(spec, [contrast(0, 1, 1), { kind: 'perforated', phase: 'a' }]).problems
    expect(union!.tensor[0][0]).toBeLessThanOrEqual(union!.error)
    // Finer meshes: 0.0493.
    expect(Math.abs(matrix!.tensor[0][0] - 0.0493)).toBeLessThanOrEqual(matrix!.error)
  })
})

describe('three phases in a point', () => {
  it('are nodes where a bar ends on a disc: contacts are as long as they are', () => {
    const { interfaceMeasure, phases } = solveCell(cell(64, bar('b', 'x'), disc('c', 0.35, [0.5, 0.5])), [])
    const angle = 4 * Math.asin(0.03 / 0.35)
    expect(interfaceMeasure['b|c']).toBeCloseTo(0.35 * angle, 3)
    expect(interfaceMeasure['a|b']).toBeCloseTo(2 - 4 * Math.sqrt(0.35 ** 2 - 0.03 ** 2), 9)
    expect(phases.b!.fraction).toBeCloseTo(0.018051485, 4)
  })

  it('of one conductivity make the corner that is left', () => {
    // Two solid phases in turn around a square: the same as one, to the last digit but those of the solver.
    const box = (phase: string, size: number[]): ShapeSpec => ({ shape: 'box', phase, center: [0.5, 0.5], size })
    const [{ problems: apart }, { problems: one }] = [
      solveCell(cell(64, box('b', [0.5, 0.5]), box('c', [0.25, 0.5])), [contrast(1, 0, 0), contrast(0, 1, 1)]),
      solveCell(cell(64, box('b', [0.5, 0.5])), [{ kind: 'perforated', phase: 'a' }]),
    ]
    expect(apart[0].tensor[0][0]).toBeCloseTo(one[0].tensor[0][0], 6)
    expect(apart[1].tensor.flat()).toEqual([0, 0, 0, 0])
  })
})
