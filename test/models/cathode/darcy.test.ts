/** Pumped boxes of two dimensions: Darcy's law with full tensors, salt that is carried along and across, budgets. */
import { describe, expect, it } from 'vitest'
import { finish } from '../../../src/finish.ts'
import { type Grid, makeGrid } from '../../../src/models/cathode/equations/grid.ts'
import type { FlowField, PorousElectrode, Tensor2 } from '../../../src/models/cathode/equations/setting.ts'
import { darcyFlow } from '../../../src/models/cathode/homogenized/darcy.ts'
import { macroModel } from '../../../src/models/cathode/homogenized/macro.ts'
import { GLOBALS } from '../../../src/models/cathode/layout.ts'
import { flowOf } from '../../../src/models/derived.ts'
import tab from '../../../src/scenarios/cathode-tab.json' with { type: 'json' }
import { solveCell } from '../../../src/simulation/cells.ts'
import { parseScenario } from '../../../src/simulation/parse.ts'
import { familyInput } from '../../../src/simulation/scenario.ts'
import { expectJacobian } from '../jacobian.ts'
import { advance, begin, type CellOptions, cellOf, current, TEACHING } from './setup.ts'

const K: Tensor2 = [3e-16, 2e-16, 1.2e-16]
const grid = makeGrid({
  separator: 25e-6,
  cathode: 100e-6,
  separatorCells: 4,
  cathodeCells: 9,
  grading: 5,
  rows: 6,
  height: 80e-6,
})

/** Largest sum of flows at a node over the mean flow of a face. */
function unbalanced({ faces, nodes }: Grid, { faces: flows, enter, leave }: FlowField, left: boolean): number {
  const out = new Float64Array(nodes)
  flows.forEach((flow, k) => {
    out[faces.from[k]] -= flow
    out[faces.to[k]] += flow
  })
  const inner = left ? [] : enter
  for (const { node, flow } of inner) out[node] += flow
  for (const { node, flow } of leave) out[node] -= flow
  // The foil feeds the rows of the separator.
  return Math.max(...out.map((value, p) => (left && p % grid.columns === 0 ? 0 : Math.abs(value)))) / (1 / grid.rows)
}

describe('Darcy flow', () => {
  it.each(['along', 'across'] as const)('has no sources, to round-off: %s', (direction) => {
    const of = (i: number): Tensor2 => [K[0] * (1 + 0.1 * i), K[1], i % 2 === 0 ? K[2] : -K[2]]
    const { field } = darcyFlow(grid, of, direction, 1)
    expect(unbalanced(grid, field, direction === 'along')).toBeLessThan(1e-13)
    const into = field.enter.reduce((sum, { flow }) => sum + flow, 0)
    expect(field.leave.reduce((sum, { flow }) => sum + flow, 0)).toBeCloseTo(into, 12)
  })

  it('is in every column what its own permeability takes, where nothing is mixed', () => {
    const of = (i: number): Tensor2 => [K[0], K[1] * (1 + i), 0]
    const { field, mobility } = darcyFlow(grid, of, 'across', 1)
    for (const { node, flow } of field.enter) {
      const i = node % grid.columns
      const v = (of(i)[1] / grid.height) * (grid.width[i] / grid.height)
      expect((flow * mobility) / v).toBeCloseTo(1, 12)
    }
    expect(field.enter.length).toBe(grid.columns - grid.first)
    expect(Math.max(...field.faces.map((flow, k) => (grid.faces.axis[k] === 0 ? Math.abs(flow) : 0)))).toBeLessThan(
      1e-13,
    )
    const along = darcyFlow(grid, of, 'along', 1)
    const inSeries =
      grid.cathode /
      Array.from(grid.width.keys())
        .filter((i) => i >= grid.first)
        .reduce((sum, i) => sum + grid.width[i] / of(i)[0], 0)
    expect(along.mobility / (inSeries / grid.cathode)).toBeCloseTo(1, 12)
  })

  it('is that between walls where the box is thin across the flow', () => {
    const between = (a: number, b: number) => a - K[2] ** 2 / b
    const thin = { separator: 0, cathode: 1e-4, separatorCells: 0, cathodeCells: 12, grading: 1, rows: 12 }
    const along = darcyFlow(makeGrid({ ...thin, height: 1e-7 }), () => K, 'along', 1)
    const across = darcyFlow(makeGrid({ ...thin, height: 1e-1 }), () => K, 'across', 1)
    expect((along.mobility * 1e-4) / between(K[0], K[1])).toBeCloseTo(1, 5)
    expect((across.mobility * 1e-1) / between(K[1], K[0])).toBeCloseTo(1, 5)
  })

  it('is the same along and across in a box that is turned', () => {
    const apart = [8, 16, 32].map((n) => {
      const square = makeGrid({
        separator: 0,
        cathode: 1,
        separatorCells: 0,
        cathodeCells: n,
        grading: 1,
        rows: n,
        height: 1,
      })
      const [along, across] = [
        darcyFlow(square, () => [3, 2, 1.2], 'along', 1),
        darcyFlow(square, () => [2, 3, 1.2], 'across', 1),
      ]
      return Math.abs(along.mobility / across.mobility - 1)
    })
    // At corners between a held and a closed end, seen obliquely, fields go as r^a, and the error as h^2a.
    const a = Math.PI / 2 / Math.acos(-1.2 / Math.sqrt(6))
    expect(apart[2]).toBeLessThan(1e-4)
    expect(Math.log2(apart[0] / apart[1])).toBeCloseTo(2 * a, 1)
    expect(Math.log2(apart[1] / apart[2])).toBeCloseTo(2 * a, 1)
  })
})

/** A cell of two dimensions that is pumped. */
function pumpedCell(flow: string, own: Partial<PorousElectrode>, options: CellOptions, pressure: number) {
  const values = { ...options.values, flow, pressure }
  const { setting } = cellOf(TEACHING, { ...options, values, K: own.K })
  return cellOf(TEACHING, { ...options, values, K: own.K, setting: { cathode: { ...setting.cathode, ...own } } })
}

describe('a cell with pumped electrolyte', () => {
  const T: Tensor2 = [0.35, 0.25, 0.12]
  const options: CellOptions = {
    cells: 10,
    separatorCells: 4,
    grading: 3,
    rows: 5,
    height: 80e-6,
    steps: [current(60)],
    values: { Omega: -3, noise: 0, tab: 0.4, c_in: 1300 },
  }

  it.each([
    ['along', 'pumped', { K }, 'E2'],
    ['along, oblique salt', 'pumped', { K, T }, 'E3'],
    ['along, oblique salt, one velocity', 'pumped', { K: [K[0], K[1], 0], T }, 'E2'],
    ['across', 'across', { K }, 'E3'],
    ['across, oblique salt', 'across', { K, T }, 'E4'],
  ] as const)('linearises as it flows and closes its budgets: %s', (_, flow, own, electrolyte) => {
    const model = pumpedCell(flow, own, { ...options, values: { ...options.values, electrolyte } }, 2000)
    const velocity = model.setting.flow?.velocity ?? 0
    const Pe = (velocity * model.setting.grid.cathode) / 5e-10
    expect(Pe).toBeGreaterThan(0.5)
    const run = begin(model)
    const rough = run.state.u.slice()
    for (let k = 0; k < model.globals; k++) if (model.present[k] === 1) rough[k] *= 1 + 0.05 * Math.sin(7 * k)
    const scale = model.scale.slice()
    model.scale.fill(0, model.globals + GLOBALS.STEP)
    expectJacobian(model, rough, model.nodes, (k) => k >= model.size)
    model.scale.set(scale)
    advance(run, 40)
    const { u, integrals } = run.state
    const now = model.contents(u)
    expect(Math.abs(integrals[0])).toBeGreaterThan(1e-3 * run.baseline[0])
    expect(Math.abs(now[0] - run.baseline[0] - integrals[0])).toBeLessThan(1e-12 * run.baseline[0])
    expect(Math.abs(now[1] - run.baseline[1])).toBeLessThan(1e-12 * Math.abs(run.baseline[1]))
  })

  it('rests with the salt of the reservoir everywhere', () => {
    for (const flow of ['pumped', 'across']) {
      const values = { ...options.values, c_in: 1000 }
      const model = pumpedCell(flow, { K, T }, { ...options, steps: [current(0)], values }, 5000)
      const { u } = advance(begin(model), 1000).state
      const salt = u.subarray(0, model.nodes)
      expect(Math.max(...salt.map((c) => Math.abs(c - 1)))).toBeLessThan(1e-11)
    }
  })

  it('carries a front of salt across as along', () => {
    const n = 12
    // Nothing reacts, not even the foil, which uneven salt would drive, and the reservoir has twice the salt.
    const values = { noise: 0, k0: 1e-14, i_foil: 1e-8, c_in: 2000, electrolyte: 'E3' }
    const bare = { separator: 0, cathode: 1e-4, separatorCells: 0, steps: [current(0)], values }
    const own = { K: [3e-16, 3e-16, 0], T: [0.3, 0.3, 0] }
    const along = pumpedCell('pumped', own, { ...bare, cells: n, rows: 2, height: 1e-5 }, 10000)
    const across = pumpedCell('across', own, { ...bare, cathode: 4e-4, cells: 4, rows: n, height: 1e-4 }, 10000)
    const [v, w] = [along, across].map(({ setting }) => setting.flow?.velocity ?? Number.NaN)
    expect(w / v).toBeCloseTo(1, 12)
    const [here, there] = [along, across].map((model) => advance(begin(model, 1e-8), 0.8).state.u)
    // Away from the foil, whose own salt is not flushed.
    const { columns } = across.setting.grid
    let steep = 0
    for (let k = 0; k < n; k++) {
      const c = here[1 + k]
      steep = Math.max(steep, c)
      expect(Math.abs(there[columns - 1 + columns * k] - c)).toBeLessThan(1e-6)
    }
    expect(steep).toBeGreaterThan(1.8)
    expect(here[n]).toBeLessThan(1.2)
  })
})

const barred = {
  ...tab.cell,
  resolution: 32,
  shapes: [
    { shape: 'ellipsoid', phase: 'active', center: [0.5, 0.5], radii: [0.45, 0.2], rotation: 30 },
    { shape: 'bar', phase: 'carbon', center: [0.5, 0.5], axis: 'x', width: 0.06 },
  ],
}

describe('a scenario that is pumped across', () => {
  const scenarioOf = (parameters: object, more: object = {}) =>
    parseScenario({
      ...tab,
      cell: {
        ...tab.cell,
        resolution: 32,
        shapes: [{ shape: 'ellipsoid', phase: 'active', center: [0.5, 0.5], radii: [0.45, 0.2], rotation: 30 }],
      },
      parameters: { ...tab.parameters, flow: 'across', pressure: 1e4, K: 1e-15, ...parameters },
      ...more,
    })
  const modelOf = (of: ReturnType<typeof scenarioOf>) => macroModel(familyInput(of), finish(solveCell(of)))

  /** Pressure and velocity at the nodes of the box, without the first column of the cathode, which a picture has half. */
  const shown = (model: ReturnType<typeof modelOf>) => {
    const sampled = model.sample(0, model.initial())
    expect(sampled.length).toBe(model.fields.length)
    const values = (name: string) => sampled[model.fields.findIndex((field) => field.name === name)]
    const [velocity] = model.derived
    const flow = flowOf(velocity, values, model.macro) ?? []
    const inside = (of: Float32Array) => of.filter((v) => !Number.isNaN(v))
    return { P: inside(values('pressure')), flow: flow.map(inside) }
  }

  it('shows pressure and velocity in the cathode', () => {
    const model = modelOf(scenarioOf({}))
    const { P, flow } = shown(model)
    // K/mu of the pressure over the height.
    const v = (1e-15 / 1e-3) * (1e4 / tab.macro.size[1])
    expect((model.setting.flow?.velocity ?? 0) / v).toBeCloseTo(1, 10)
    expect([Math.min(...P), Math.max(...P)]).toEqual([0, 1e4])
    for (const value of flow[1]) expect(value / v).toBeCloseTo(1, 4)
    expect(Math.max(...flow[0].map(Math.abs))).toBeLessThan(1e-4 * v)
  })

  it('turns with oblique particles, and carries the permeability of the cell', () => {
    const model = modelOf(
      scenarioOf({ structure: 'cell', sigma_active: 1, transport: 'cell', carbon_permeable: true }, { cell: barred }),
    )
    const { K: own = [], T } = model.setting.cathode
    expect((own[2] ?? 0) / own[0]).toBeGreaterThan(0.05)
    expect(T[2]).toBeGreaterThan(0.02)
    const v = model.setting.flow?.velocity ?? 0
    const { flow } = shown(model)
    // From below to above and to the side that the particles point to, until the wall turns it.
    expect(Math.max(...flow[0])).toBeGreaterThan(0.02 * v)
    expect(Math.min(...flow[1])).toBeGreaterThan(0.2 * v)
    // Half way up it has turned along the collector: what crosses that is small beside what crosses the middle.
    const { nodes } = model.macro
    const values = (name: string) =>
      model.sample(0, model.initial())[model.fields.findIndex((field) => field.name === name)]
    const [x] = flowOf(model.derived[0], values, model.macro) ?? []
    const row = nodes[0] * Math.floor((nodes[1] ?? 1) / 2)
    expect(Math.abs(x[row + nodes[0] - 1])).toBeLessThan(
      0.25 * Math.max(...x.slice(row, row + nodes[0]).filter(Number.isFinite)),
    )
    expect(modelOf(scenarioOf({ flow: 'pumped' })).derived).toEqual([])
  })

  it('is refused on a line, and where nothing passes from below to above', () => {
    const line = () => scenarioOf({}, { macro: { dimension: 1, size: [tab.macro.size[0]], nodes: [33] } })
    expect(line).toThrow(/take a box of two dimensions/)
    const layers = {
      ...tab.cell,
      resolution: 32,
      shapes: [{ shape: 'bar', phase: 'active', center: [0.5, 0.5], axis: 'x', width: 0.5 }],
    }
    expect(() =>
      modelOf(scenarioOf({ structure: 'cell', sigma_active: 1, transport: 'cell' }, { cell: layers })),
    ).toThrow(/nothing passes from below/)
  })
})
