/** Resolved strips of cells in space: against those of plane cells, and their surfaces against the cell's own. */
import { describe, expect, it } from 'vitest'
import type { ShapeSpec } from '../../../src/cell/cell.ts'
import { ofMesh } from '../../../src/cell/columns.ts'
import { solveCell } from '../../../src/cell/compute.ts'
import { finish } from '../../../src/finish.ts'
import { GLOBALS } from '../../../src/models/cathode/layout.ts'
import type { CathodeValues } from '../../../src/models/cathode/parameters/index.ts'
import { microModel } from '../../../src/models/cathode/resolved/micro.ts'
import { cathodeProblems } from '../../../src/models/cathode/structure/structure.ts'
import { compareCathode } from '../../../src/models/cathode/studies/compare.ts'
import { expectJacobian } from '../jacobian.ts'
import { cellOf, course, inputOf, observed, resolved } from './strip.ts'

const LENGTH = 1e-4
const BALL: ShapeSpec = { shape: 'ball', phase: 'active', center: [0.5, 0.5, 0.5], radius: 0.4 }
const ROD: ShapeSpec = { shape: 'bar', phase: 'carbon', axis: 'x', center: [0.5, 0.5, 0.5], radius: 0.2 }

const spatial = (shapes: ShapeSpec[], more: Partial<CathodeValues>) => {
  const { parameters } = inputOf({ cell: cellOf(8), more }, 4)
  const phases = ['electrolyte', ...new Set(shapes.map((s) => s.phase))]
  return solveCell(
    { dimension: 3, background: 'electrolyte', shapes, resolution: 8 },
    cathodeProblems(parameters, phases),
  )
}
const box = (more: Partial<CathodeValues>, N: number, current = 40) => {
  const input = inputOf({ cell: cellOf(8), more, experiment: { name: 'constant-current', values: { current } } }, N)
  return { ...input, macro: { dimension: 3 as const, size: [LENGTH, LENGTH / N, LENGTH / N], nodes: [81, 3, 3] } }
}
const setup = (N: number) => ({ repeat: [N, 1, 1], prepared: true, factor: 4 / N })

describe('cells in space', () => {
  it('that do not vary along z are the plane ones: straight layers', () => {
    const layers = (center: number | number[]) => ({
      shape: 'layer',
      phase: 'active',
      axis: 'y',
      center,
      thickness: 0.5,
    })
    const more = { sigma_active: 5, i_foil: 1e6 }
    const plane = resolved({ cell: cellOf(8, [layers(0.5)] as ShapeSpec[], more), more }, 2)
    const cell = spatial([layers(0.5)] as ShapeSpec[], more)
    const solid = finish(microModel(box(more, 2), cell, setup(2)))
    expect(solid.nodes).toBe(17 * 8 * 8)
    const voltages = [plane, solid].map((m) => {
      const [first, later] = course(m, [0, 20], 1e-6)
      return [first, later].map(({ u }) => m.terminal(u, m.reactionSum(u)))
    })
    expect(Math.abs(voltages[0][0] - voltages[1][0])).toBeLessThan(1e-10)
    expect(Math.abs(voltages[0][1] - voltages[1][1])).toBeLessThan(1e-6)
  })

  it('have the surface of their cell, also where simplices are flat, and the whole foil', () => {
    const cell = spatial(
      [
        { ...BALL, radius: 0.38 },
        { ...ROD, radius: 0.14 },
      ],
      {},
    )
    expect(cell.mesh.simplexPhase).toContain(255)
    const { tiling } = finish(microModel(box({}, 2), cell, setup(2)))
    const sum = (a: Float64Array) => a.reduce((x, y) => x + y, 0)
    const own = ofMesh(cell).interfaceMeasure['active|electrolyte']
    // Two cells, and a rate that goes with the period, which is twice that of the homogenized cell.
    expect(sum(tiling.area)).toBeCloseTo(4 * own, 10)
    expect(sum(tiling.foil.share)).toBeCloseTo(1, 12)
    for (const p of tiling.area.keys())
      if (tiling.area[p] > 0) expect(Math.min(tiling.salt[p], tiling.active[p])).toBeGreaterThan(0)
  })

  it('have the Jacobian that finite differences give, keep what they hold, and show it', () => {
    const more = { separator: 5e-5, i_foil: 1e6 }
    const m = finish(microModel(box(more, 2), spatial([BALL, ROD], more), setup(2)))
    const [{ u }] = course(m, [5], 1e-3)
    for (const name of ['budget_salt', 'budget_lithium', 'continuity'])
      expect(Math.abs(observed(m, u, name)), name).toBeLessThan(name === 'continuity' ? 1e-8 : 1e-12)
    expect(m.macro.nodes).toEqual([17, 9, 9])
    const [salt] = m.sample(0, u)
    expect(salt.length).toBe(17 * 81)
    expect(salt.subarray(17 * 72)).toEqual(salt.subarray(0, 17 * 9))
    m.scale.fill(0, m.globals + GLOBALS.STEP)
    expectJacobian(m, u, m.nodes, (k) => k >= m.size)
  })

  it('come nearer to the homogenized line with order two', () => {
    const more = { i_foil: 1e6, k0: 5 }
    const cell = spatial([BALL, ROD], more)
    const [a, b] = [2, 4].map(
      (N) => finish(compareCathode(box(more, N, 100), cell, { ...setup(N), end: 5, samples: 1, rtol: 1e-3 })).errors,
    )
    for (const name of ['voltage', 'salt_corrected']) expect(Math.log2(a[name] / b[name]), name).toBeGreaterThan(1.7)
    for (const name of ['salt', 'phi', 'filling']) expect(Math.log2(a[name] / b[name]), name).toBeGreaterThan(0.9)
  })
})
