/** A cell of its own for what is pumped: the permeability of Darcy's law is that of a second, larger cell. */
import { expect, it } from 'vitest'
import type { CellSpec } from '../../../src/cell/cell.ts'
import { cellReport } from '../../../src/cli/cell.ts'
import { loadScenario } from '../../../src/cli/input.ts'
import { finish } from '../../../src/finish.ts'
import { macroModel } from '../../../src/models/cathode/homogenized/macro.ts'
import { cathodeValidity } from '../../../src/models/cathode/homogenized/validity.ts'
import { effectiveTable } from '../../../src/models/cathode/structure/table.ts'
import { InputError } from '../../../src/parameter.ts'
import { solveCell } from '../../../src/simulation/cells.ts'
import { parseScenario } from '../../../src/simulation/parse.ts'
import { familyInput, type Scenario } from '../../../src/simulation/scenario.ts'
import { simulate } from '../../../src/simulation/simulate.ts'

const { scenario: pumped } = loadScenario('cathode-pumped')
const wired: Scenario['cell'] = {
  ...pumped.cell,
  resolution: 32,
  shapes: [
    { shape: 'bar', phase: 'carbon', axis: 'x', center: [0.5, 0.5], width: 0.1 },
    { shape: 'ball', phase: 'active', center: [0.5, 0.5], radius: 0.35 },
  ],
}
const FROM_CELL = {
  ...pumped.parameters,
  structure: 'cell',
  transport: 'cell',
  sigma_active: 1,
  carbon_permeable: false,
}
/** Walls of active material along x, the pore between them of this height. */
const channel = (height: number): CellSpec => ({
  dimension: 2,
  background: 'active',
  resolution: 32,
  shapes: [{ shape: 'layer', phase: 'electrolyte', axis: 'y', center: 0.5, thickness: height }],
})

function scenarioOf(more: Record<string, unknown> = {}, parameters: Record<string, unknown> = {}): Scenario {
  return parseScenario({ ...pumped, cell: wired, ...more, parameters: { ...FROM_CELL, ...parameters } })
}
const modelOf = (of: Scenario) => macroModel(familyInput(of), finish(solveCell(of)))
const flowOf = (of: Scenario) => modelOf(of).setting.flow
const framesOf = (of: Scenario) =>
  [...simulate({ ...of, time: { ...of.time, frames: 20 } })].flatMap((event) =>
    event.kind === 'frame' ? [event.frame] : [],
  )
function refused(of: () => unknown): string[] {
  try {
    of()
  } catch (error) {
    if (error instanceof InputError) return error.problems.map(({ path, message }) => `${path}: ${message}`)
    throw error
  }
  return []
}

it('equal to the first cell changes no bit of a run', () => {
  const own = framesOf(scenarioOf())
  const same = framesOf(scenarioOf({ filtration: wired }))
  expect(own.length).toBeGreaterThan(5)
  expect(same.map(({ t, fields, observables }) => [t, fields, observables])).toEqual(
    own.map(({ t, fields, observables }) => [t, fields, observables]),
  )
})

it('of the same shape and twice the period passes the same at a quarter of the pressure, to the last bit', () => {
  const { pressure } = pumped.parameters as { pressure: number }
  const own = flowOf(scenarioOf())
  const wide = flowOf(scenarioOf({ filtration: { ...wired, size: 2 * wired.size } }, { pressure: pressure / 4 }))
  expect(own?.velocity).toBeGreaterThan(0)
  expect(wide?.velocity).toBe(own?.velocity)
  // As the factor on the first cell does.
  expect(flowOf(scenarioOf({}, { darcy_size: 2, pressure: pressure / 4 }))?.velocity).toBe(own?.velocity)
})

it('that is a plane channel has K = h³ / (12 ℓ), and what else the cathode is made of stays that of the first', () => {
  const size = 4e-7
  const height = 0.5
  const model = modelOf(scenarioOf({ filtration: { ...channel(height), size } }))
  const { K: _, ...own } = modelOf(scenarioOf()).setting.cathode
  const { K: [K = 0] = [], ...rest } = model.setting.cathode
  expect(K / ((height * size) ** 3 / (12 * size))).toBeCloseTo(1, 5)
  expect(rest).toEqual(own)
  const { pressure, viscosity } = model.setting.flow ? scenarioOf().parameters : {}
  const law = (K * Number(pressure)) / (Number(viscosity) * model.setting.grid.cathode)
  expect(model.setting.flow?.velocity).toBe(law)
})

it('is what the table of effective parameters says of K', () => {
  const of = scenarioOf({ filtration: { ...channel(0.5), size: 4e-7 } })
  const table = finish(effectiveTable(familyInput(of), finish(solveCell(of)))).table
  const row = table?.rows.find(({ name }) => name === 'K')
  expect(row?.cells[0]).toBe(modelOf(of).setting.cathode.K?.[0])
  expect(row?.note).toMatch(/cell of the flow/)
  // The first cell's surface says nothing of it.
  expect(row?.cells[4]).toBeUndefined()
})

it('is reported beside the cell, and only there where it is', () => {
  const of = scenarioOf({ filtration: { ...channel(0.5), size: 4e-7 } })
  const { problems } = finish(solveCell(of)).filtration ?? {}
  expect(cellReport(of)).toMatchObject({ filtration: { problems: [{ kind: 'stokes', tensor: problems?.[0].tensor }] } })
  expect(cellReport(scenarioOf())).not.toHaveProperty('filtration')
})

it('keeps the budgets of salt, lithium and charge closed', () => {
  const frames = framesOf(scenarioOf({ filtration: { ...channel(0.5), size: 4e-7 } }))
  const [last] = frames.slice(-1)
  const model = modelOf(scenarioOf())
  const budgets = model.observables.flatMap(({ group }, k) => (group === 'budget' ? [k] : []))
  expect(budgets.length).toBeGreaterThan(0)
  for (const k of budgets) expect(Math.abs(last.observables[k]), model.observables[k].name).toBeLessThan(1e-9)
})

it('holds where the first cell varies, the same everywhere', () => {
  const graded = [
    {
      number: 'shapes[1].radius',
      along: [
        [0, 0.3],
        [1, 0.38],
      ],
    },
  ]
  const of = scenarioOf({ graded, filtration: { ...channel(0.5), size: 4e-7 } })
  const { along = [] } = modelOf(of).setting
  const K = modelOf(scenarioOf({ filtration: { ...channel(0.5), size: 4e-7 } })).setting.cathode.K?.[0] ?? 0
  expect(along[0].p).toBeGreaterThan(along.at(-1)?.p ?? 1)
  for (const electrode of along) expect((electrode.K?.[0] ?? 0) / K).toBeCloseTo(1, 12)
})

it('brings out of the scenario what its text says, and the first cell alone a fifth', () => {
  const { scenario } = loadScenario('cathode-channels')
  const { filtration: _, ...alone } = scenario
  const used = [scenario, parseScenario(alone)].map((of) => {
    const k = modelOf(of).observables.findIndex(({ name }) => name === 'utilisation')
    return framesOf(of).at(-1)?.observables[k] ?? 0
  })
  expect(used.map((share) => share.toFixed(2))).toEqual(['0.99', '0.19'])
  expect(scenario.description).toMatch(/19 % .* 99 %/)
})

it('says where its period is not small beside the cathode', () => {
  const numbers = (size: number) => {
    const model = modelOf(scenarioOf({ filtration: { ...wired, size } }))
    return cathodeValidity(model, model.initial(), wired.size).numbers
  }
  expect(numbers(4e-5).find(({ name }) => name === 'filtration')?.value).toBeCloseTo(0.2, 12)
  const model = modelOf(scenarioOf())
  const without = cathodeValidity(model, model.initial(), wired.size).numbers
  expect(without.map(({ name }) => name)).not.toContain('filtration')
})

it.each([
  [{}, { flow: 'none' }, /^filtration: .*nothing is pumped/],
  [{}, { structure: 'given', transport: 'bruggeman' }, /^filtration: .*given numbers have a permeability/],
  [{}, { flow: 'peclet' }, /^filtration: .*the Péclet number gives the velocity/],
  [{}, { darcy_size: 4 }, /^parameters.darcy_size: got 4 .*set it to 1/],
  [{ background: 'water' }, {}, /^filtration.shapes: got the phase water/],
  [{ background: 'active' }, {}, /^filtration.shapes: got only active, carbon: nothing flows/],
  [{ shapes: [] }, {}, /^filtration.shapes: got electrolyte, which the electrolyte passes everywhere/],
  [{ shapes: [wired.shapes[0]] }, { carbon_permeable: true }, /^filtration.shapes: got electrolyte, carbon, which/],
])('is refused where it cannot act: %j %j', (cell, parameters, message) => {
  expect(refused(() => scenarioOf({ filtration: { ...wired, ...cell } }, parameters))).toEqual([
    expect.stringMatching(message),
  ])
})

it('is refused where its pores are closed along the flow, and where it cannot be meshed', () => {
  const upright = { ...channel(0.5), size: 1e-6 }
  upright.shapes = [{ ...upright.shapes[0], axis: 'x' }]
  expect(refused(() => modelOf(scenarioOf({ filtration: upright })))).toEqual([
    expect.stringMatching(/^filtration.shapes: got pores that are closed along x/),
  ])
  const covered = { ...wired, shapes: [wired.shapes[1], { ...wired.shapes[1], phase: 'carbon', radius: 0.4 }] }
  expect(refused(() => modelOf(scenarioOf({ filtration: covered })))).toEqual([
    expect.stringMatching(/^filtration.shapes\[0\]: phase "active" has no volume/),
  ])
})
