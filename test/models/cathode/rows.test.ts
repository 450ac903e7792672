/** Resolved boxes of several rows: closed sides, a tab on part of the height, against the strip and the homogenized sheet. */
import { describe, expect, it } from 'vitest'
import type { CellResult, ShapeSpec } from '../../../src/cell/cell.ts'
import { ofMesh } from '../../../src/cell/columns.ts'
import { finish } from '../../../src/finish.ts'
import { macroModel } from '../../../src/models/cathode/homogenized/macro.ts'
import { GLOBALS, Y } from '../../../src/models/cathode/layout.ts'
import type { CathodeValues } from '../../../src/models/cathode/parameters/index.ts'
import { microModel } from '../../../src/models/cathode/resolved/micro.ts'
import type { ResolvedCathode } from '../../../src/models/cathode/resolved/model.ts'
import { compareCathode } from '../../../src/models/cathode/studies/compare.ts'
import { InputError } from '../../../src/parameter.ts'
import { expectJacobian } from '../jacobian.ts'
import { BAR, cellOf, course, DISC, inputOf, observed, resolved, type Strip } from './strip.ts'

/** Electrons and ions cross in both directions. */
const ACROSS: ShapeSpec = { ...BAR, axis: 'y' }
const OPEN: Partial<CathodeValues> = { carbon_permeable: true, i_foil: 1e6, k0: 5, sigma_active: 10 }
const crossed = cellOf(12, [DISC, BAR, ACROSS], OPEN)

const LENGTH = 1e-4
const box = (cell: CellResult, more: Partial<CathodeValues>, N: number, rows: number, current = 100) => {
  const input = inputOf({ cell, more, experiment: { name: 'constant-current', values: { current } } }, N)
  const macro = { dimension: 2 as const, size: [LENGTH, (LENGTH * rows) / N], nodes: [33, 4 * rows + 1] }
  return { ...input, macro }
}
const setup = (N: number, rows: number) => ({ repeat: [N, rows], prepared: true, factor: 4 / N })
const sheet = (cell: CellResult, more: Partial<CathodeValues>, N: number, rows: number): ResolvedCathode =>
  finish(microModel(box(cell, more, N, rows), cell, setup(N, rows)))

describe('rows of cells', () => {
  it('that are alike come to the numbers of the strip, where the mesh of the cell is its own mirror image', () => {
    const layers = { shape: 'layer', phase: 'active', axis: 'y', center: 0.5, thickness: 0.5 }
    const more = { sigma_active: 5, i_foil: 1e6 }
    const strip: Strip = { cell: cellOf(8, [layers], more), more }
    const [one, three] = [
      resolved(strip, 4),
      finish(microModel(box(strip.cell, more, 4, 3, 40), strip.cell, setup(4, 3))),
    ]
    expect(three.nodes).toBe(33 * 25)
    expect(three.capacity / one.capacity).toBeCloseTo(1, 12)
    // A state that is its own mirror image; volumes at the ends are not, which is why states are not compared.
    const some = course(one, [30])[0].u
    const mirrored = (k: number) => k - (k % one.nodes) + (k % 33) + 33 * ((8 - Math.floor((k % one.nodes) / 33)) % 8)
    const u = some.map((value, k) => (k < one.globals ? 0.5 * (value + some[mirrored(k)]) : value))
    const v = new Float64Array(three.size)
    v.set(u.subarray(one.globals), three.globals)
    const strip0 = (k: number) => (k % 33) + 33 * (Math.floor((k % three.nodes) / 33) % 8)
    const field = (k: number) => Math.floor(k / three.nodes)
    for (let k = 0; k < three.globals; k++) v[k] = u[field(k) * one.nodes + strip0(k)]
    const [f, g] = [new Float64Array(one.size), new Float64Array(three.size)]
    one.residual(0, u, f)
    three.residual(0, v, g)
    const scale = Math.max(...f.map(Math.abs))
    for (let k = 0; k < three.globals; k++) {
      const row = Math.floor((k % three.nodes) / 33)
      // Nodes on the closed sides have half of a row.
      const share = row === 0 || row === 24 ? 6 : 3
      expect(Math.abs(share * g[k] - f[field(k) * one.nodes + strip0(k)])).toBeLessThan(1e-11 * scale)
    }
    expect(Math.abs(g[three.globals] - f[one.globals])).toBeLessThan(1e-10)
    const first = [one, three].map((m) => ({ m, u: course(m, [0])[0].u }))
    const [a, b] = first.map(({ m, u: at }) => m.terminal(at, m.reactionSum(at)))
    expect(Math.abs(a - b)).toBeLessThan(1e-10)
  })

  it('fall short of the homogenized sheet by less and less, with a tab on half of the height', () => {
    const more = { ...OPEN, tab: 0.5 }
    const errors = [2, 4].map((N) => {
      const running = compareCathode(box(crossed, more, N, N), crossed, {
        ...setup(N, N),
        end: 10,
        samples: 1,
        rtol: 1e-3,
      })
      return finish(running).errors
    })
    expect(Object.keys(errors[0])).not.toContain('voltage_bruggeman')
    for (const name of ['voltage', 'salt', 'phi', 'psi', 'filling'])
      expect(Math.log2(errors[0][name] / errors[1][name]), name).toBeGreaterThan(0.9)
    expect(Math.log2(errors[0].salt_corrected / errors[1].salt_corrected)).toBeGreaterThan(1.7)
  })

  it('have the Jacobian that finite differences give, and keep salt and lithium', () => {
    const m = sheet(crossed, { ...OPEN, tab: 0.5, separator: 2.5e-5 }, 4, 2)
    const [{ u }] = course(m, [20], 1e-4)
    // The place in the protocol is not varied.
    m.scale.fill(0, m.globals + GLOBALS.STEP)
    expectJacobian(m, u, m.nodes, (k) => k >= m.size)
    for (const name of ['budget_salt', 'budget_lithium', 'continuity'])
      expect(Math.abs(observed(m, u, name)), name).toBeLessThan(name === 'continuity' ? 1e-8 : 1e-12)
    // Electrons leave by the upper row alone.
    const { collector, position, size, repeat } = m.tiling
    expect(repeat).toEqual([4, 2])
    expect(Math.min(...Array.from(collector, (p) => position[3 * p + 1]))).toBeGreaterThanOrEqual(size * (1 - 1e-12))
    const [salt, filling] = m.sample(0, u)
    expect(m.macro.nodes).toEqual([49, 25])
    expect(salt.length).toBe(49 * 25)
    expect(filling[3]).toBeNaN()
  })

  it('join a run of the homogenized sheet, row by row', () => {
    const more = { ...OPEN, tab: 0.5, sigma_active: 1, sigma_carbon: 10 }
    const given = box(crossed, more, 4, 4, 300)
    const macro = macroModel({ ...given, macro: { ...given.macro, nodes: [25, 13] } }, ofMesh(crossed))
    const [{ u, t }] = course(macro, [40])
    const from = { u, t, macro: macro.macro, layout: macro.layout }
    const m = finish(microModel(given, crossed, { ...setup(4, 4), from, layout: macro.layout }))
    const start = m.initial()
    expect(start.subarray(m.globals)).toEqual(u.subarray(macro.globals))
    expect(Math.abs(m.meanFilling(start) - macro.meanFilling(u))).toBeLessThan(1e-4)
    const [{ u: settled }] = course(m, [0])
    expect(
      Math.abs(m.terminal(settled, m.reactionSum(settled)) - macro.terminal(u, macro.reactionSum(u))),
    ).toBeLessThan(5e-3)
    // Beside the tab particles are fuller, in the mean of a row of cells by a little less than at its end.
    const { active, position, size } = m.tiling
    const mean = (row: number) => {
      const own = [...active.keys()].filter((p) => active[p] > 0 && Math.floor(position[3 * p + 1] / size) === row)
      return own.reduce((sum, p) => sum + start[Y * m.nodes + p], 0) / own.length
    }
    const y = macro.sample(0, u)[1]
    const line = (j: number) => y.subarray(25 * j, 25 * (j + 1)).reduce((sum, v) => sum + v / 25, 0)
    const fuller = line(12) - line(0)
    expect(fuller).toBeGreaterThan(1e-5)
    expect((mean(3) - mean(0)) / fuller).toBeGreaterThan(0.6)
    expect((mean(3) - mean(0)) / fuller).toBeLessThan(1.1)
  })

  it.each([
    [0.3, /a tab on 0.3 of the height, which is 0.6 of 2 rows.*try 0.5, or/],
    [0.75, /1.5 of 2 rows.*try 0.5 \/ 1, or/],
  ])('want a tab at whole cells: %f', (tab, message) => {
    let said = ''
    try {
      sheet(crossed, { ...OPEN, tab }, 2, 2)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      said = error.problems.map((p) => p.message).join()
    }
    expect(said).toMatch(message)
  })
})
