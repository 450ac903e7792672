/** Transients that the steady solver finds easy: strong fields, thin layers, long times. */
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../../src/cli/input.ts'
import { finish } from '../../../src/finish.ts'
import { FARADAY } from '../../../src/models/constants.ts'
import { familyNamed } from '../../../src/models/index.ts'
import type { PorousModel } from '../../../src/models/porous/model.ts'
import type { Values } from '../../../src/parameter.ts'
import { solveCell } from '../../../src/simulation/cells.ts'
import { parseScenario } from '../../../src/simulation/parse.ts'
import { familyInput, type Scenario } from '../../../src/simulation/scenario.ts'
import { simulate } from '../../../src/simulation/simulate.ts'
import { sweep } from '../../../src/simulation/sweep.ts'

function run(scenario: Scenario) {
  const { observables: last } = { observables: {} as Record<string, number> }
  let names: string[] = []
  let t = 0
  finish(simulate(scenario), (event) => {
    if (event.kind === 'model') names = event.model.observables.map((o) => o.name)
    if (event.kind !== 'frame') return
    t = event.frame.t
    names.forEach((name, k) => {
      last[name] = event.frame.observables[k]
    })
  })
  return { t, last }
}

const modelOf = (scenario: Scenario) =>
  familyNamed('porous').macro(familyInput(scenario), finish(solveCell(scenario))) as PorousModel

const film = (experiment: Scenario['experiment'], more: Partial<Scenario['time']> = {}): Scenario => {
  const { scenario } = loadScenario('porous-opening')
  return parseScenario({
    ...scenario,
    cell: { ...scenario.cell, size: 0.0625 },
    parameters: { screening: 'lambda2', D_1: 1, D_2: 1, contrast: 0.025, c_start: 1, lambda2: 0.01 },
    macro: { dimension: 1, size: [1], nodes: [201] },
    experiment,
    time: { end: 10, frames: 10, rtol: 1e-4, ...more },
  })
}
const reservoirs = (right: number) => ({
  name: 'reservoirs',
  values: { voltage: 1, c1_left: 1, c2_left: 1, c1_right: right, c2_right: right },
})

describe('39 thermal voltages', () => {
  it('between equal reservoirs: at rest from the first instant, the current of a uniform conductor', () => {
    const { t, last } = run(film(reservoirs(1)))
    expect(t).toBe(10)
    // T_xx 2 D c F² V / (RT L), with the tensor of disc 0.3.
    const thermal = 0.0256925791
    expect(last.current / ((0.558485386 * 2 * FARADAY) / thermal)).toBeCloseTo(1, 3)
    expect(Math.max(Math.abs(last.budget_1), Math.abs(last.budget_2))).toBeLessThan(1e-12)
  })

  it('between unequal ones: to the steady current', () => {
    const scenario = film(reservoirs(0.2))
    const { t, last } = run(scenario)
    expect(t).toBe(10)
    const { rows } = finish(sweep(scenario, [1]))
    expect(last.current / FARADAY / rows[0][0]).toBeCloseTo(1, 4)
    expect(Math.max(Math.abs(last.budget_1), Math.abs(last.budget_2))).toBeLessThan(1e-9)
  })
})

it('electrodes that block, at 0.3 V on 201 nodes: charged to the end, ions kept', () => {
  const { t, last } = run(film({ name: 'blocking', values: { voltage: 0.3 } }))
  expect(t).toBe(10)
  expect(Math.abs(last.current / FARADAY)).toBeLessThan(1e-4)
  expect(Math.max(Math.abs(last.budget_1), Math.abs(last.budget_2))).toBeLessThan(1e-12)
})

it('a time a million million times that of diffusion', () => {
  const { scenario } = loadScenario('porous-opening')
  const { t, last } = run(parseScenario({ ...scenario, time: { end: 1e6, frames: 50, rtol: 1e-3 } }))
  expect(t).toBe(1e6)
  const { rows } = finish(sweep(scenario, [0.05138515824298745]))
  expect(last.current / rows[0][0]).toBeCloseTo(1, 4)
})

it('a film without a solid is open electrolyte: the concentration at its electrodes', () => {
  const open = film({ name: 'blocking', values: { voltage: 0.05138515824298749 } }, { rtol: 1e-6 })
  let first = 0
  finish(simulate({ ...open, cell: { ...open.cell, shapes: [] } }), (event) => {
    if (event.kind === 'frame') first = event.frame.fields[0][0]
  })
  // Boundary value problem, solved by collocation.
  expect(Math.abs(first - 0.354882)).toBeLessThan(1e-3)
})

describe('walls and starts that are not balanced', () => {
  const charged = (fixed_charge: number, more: Values = {}): Scenario => {
    const scenario = film({
      name: 'reservoirs',
      values: { voltage: 0.10277031648599497, c1_left: 1, c2_left: 1, c1_right: 1, c2_right: 1 },
    })
    const parameters = { ...scenario.parameters, lambda2: 1e-4, fixed_charge, ...more }
    return parseScenario({ ...scenario, parameters, time: { end: 2, frames: 50, rtol: 1e-4 } })
  }

  it('100 mM of walls in 1 mM of salt starts in local equilibrium and comes to the steady current', () => {
    const { t, last } = run(charged(-100))
    expect(t).toBe(2)
    expect(last.current / 27577960).toBeCloseTo(1, 6)
  })

  it('is neutral then, ion by ion as Donnan has it', () => {
    const { setting } = modelOf(charged(-100))
    const [n, share] = [setting.net.nodes, 1 - Math.PI * 0.09]
    const [plus, minus] = [n / 2, n + n / 2].map((k) => setting.initial[Math.floor(k)])
    expect(share * (plus - minus)).toBeCloseTo(100, 0)
    expect(plus * minus).toBeCloseTo(1, 10)
  })

  it('a weak imbalance is kept, as its potential is', () => {
    const { setting, notices } = modelOf(charged(-0.01))
    expect(setting.initial[5]).toBe(setting.initial[6 + setting.net.nodes])
    expect(notices).toEqual([])
  })
})

describe('a step that cannot succeed', () => {
  it('names layers that the mesh does not resolve, and the steady start', () => {
    const model = modelOf(film(reservoirs(1)))
    expect(model.explainFailure(0, model.initial())).toBeUndefined()
    const thin = modelOf({ ...film(reservoirs(1)), parameters: { ...film(reservoirs(1)).parameters, lambda2: 1e-9 } })
    const { message, advice } = thin.explainFailure(0, thin.initial())!
    // sqrt(λ² / 2p) of the box, for two ions of c₀ in pores of fraction p.
    const layer = Math.sqrt(1e-9 / (2 * (1 - Math.PI * 0.09)))
    expect(message).toContain(`charge layers of ${Number(layer.toPrecision(2))} L`)
    expect(advice[0]).toBe('set parameters.start to "steady"')
  })

  it('names a jump of the potential', () => {
    const model = modelOf(film(reservoirs(1)))
    const u = model.initial()
    const n = model.setting.net.nodes
    for (let p = 0; p < n; p++) u[2 * n + p] = p < 100 ? 0 : 2
    expect(model.explainFailure(0, u)!.message).toMatch(/jumps by 77\.\d thermal voltages within the mesh width/)
  })
})
