/** Flows and numbers that follow from fields: exact ones, their order, and the currents and budgets of models they belong to. */
import { describe, expect, it } from 'vitest'
import { solveCell } from '../../src/cell/compute.ts'
import { loadScenario } from '../../src/cli/input.ts'
import type { Derived, FlowPart } from '../../src/models/derived.ts'
import { derivedAt, derivedColumns, derivedValues, flowOf } from '../../src/models/derived.ts'
import type { MacroSpec } from '../../src/models/family.ts'
import { type Law, registerLaws } from '../../src/models/law.ts'
import { card } from '../../src/models/tissue/card.ts'
import { electrotonic } from '../../src/models/tissue/curves.ts'
import type { TissueInput } from '../../src/models/tissue/input.ts'
import { macroModel } from '../../src/models/tissue/macro.ts'
import { present } from '../../src/present.ts'
import type { Frame, ModelDescription } from '../../src/simulation/frame.ts'
import { parseScenario } from '../../src/simulation/parse.ts'
import { familyInput, type Scenario } from '../../src/simulation/scenario.ts'
import { simulate } from '../../src/simulation/simulate.ts'

const words = { name: 'j', label: 'J', symbol: 'J', unit: '1', factor: 1, group: 'flow' }
const flow = (...parts: FlowPart[]): Derived => ({ ...words, flow: parts })

/** Nodal values of a function on a box. */
function nodal({ nodes, size }: MacroSpec, f: (x: number, y: number) => number): Float64Array {
  const [nx, ny = 1] = nodes
  return Float64Array.from({ length: nx * ny }, (_, p) =>
    f(((p % nx) / (nx - 1)) * size[0], ny > 1 ? (Math.floor(p / nx) / (ny - 1)) * (size[1] ?? 0) : 0),
  )
}

const box = (n: number): MacroSpec => ({ dimension: 2, size: [1, 2], nodes: [n, n] })

describe('a flow', () => {
  const T = [
    [0.8, 0.3],
    [0.3, 0.5],
  ]
  const part: FlowPart = {
    carried: 'c',
    by: ['phi', 'V'],
    valence: 2,
    weight: 3,
    diffusion: { tensors: [T] },
    drift: { tensors: [T] },
  }

  it('down a straight slope is the tensor times it, at every node', () => {
    const macro = box(5)
    const c = nodal(macro, (x, y) => 1 + 2 * x - y)
    const flat = nodal(macro, () => 0.7)
    const [jx, jy] = present(
      flowOf(flow(part), (name) => (name === 'c' ? c : flat), macro),
      'the flow',
    )
    for (const j of jx) expect(j).toBeCloseTo(-3 * (0.8 * 2 - 0.3), 5)
    for (const j of jy) expect(j).toBeCloseTo(-3 * (0.3 * 2 - 0.5), 5)
    const length = present(
      derivedValues(flow(part), { values: (name) => (name === 'c' ? c : flat), macro, t: 0 }),
      'its length',
    )
    for (const j of length) expect(j).toBeCloseTo(Math.hypot(3.9, 0.3), 5)
  })

  it('vanishes in equilibrium, however steep, and differs from the exact one by the square of the mesh width', () => {
    const error = (n: number, sinks: boolean) => {
      const macro = box(n)
      const phi = nodal(macro, (x, y) => 3 * x + y * y)
      const c = nodal(macro, (x, y) => Math.exp(-3 * x - y * y) * (sinks ? 1 + x * y : 1))
      const none = phi.map(() => 0)
      const values = (name: string) => ({ c, phi, V: none })[name]
      const one = flow({ ...part, valence: 1, weight: 1 })
      const [jx] = present(flowOf(one, values, macro), 'the flow')
      // At the middle node: -exp(-psi) T grad(1 + x y).
      const p = (n * n - 1) / 2
      const exact = sinks ? -Math.exp(-2.5) * (0.8 * 1 + 0.3 * 0.5) : 0
      return Math.abs(jx[p] - exact)
    }
    expect(error(17, false)).toBeLessThan(1e-6)
    expect(Math.log2(error(17, true) / error(33, true))).toBeGreaterThan(1.9)
  })

  it('takes its tensor by the place, or by a field', () => {
    const macro: MacroSpec = { dimension: 1, size: [2], nodes: [5] }
    const c = nodal(macro, (x) => x)
    const theta = nodal(macro, (x) => 0.2 + 0.1 * x)
    const along = { tensors: [[[1]], [[2]], [[3]], [[4]], [[5]]] }
    const by = { tensors: [[[1]], [[5]]], over: { field: 'theta', from: 0.2, to: 0.4 } }
    for (const medium of [along, by]) {
      const one = flow({ ...part, weight: 1, by: [], diffusion: medium, drift: medium })
      const [j] = present(
        flowOf(one, (name) => ({ c, theta })[name], macro),
        'the flow',
      )
      expect([...j]).toEqual([-1.5, -2, -3, -4, -4.5].map((v) => expect.closeTo(v, 5)))
    }
  })

  it('of what is not carried is a conductor’s; without values there is none', () => {
    const macro: MacroSpec = { dimension: 1, size: [2], nodes: [3] }
    const psi = nodal(macro, (x) => 4 * x)
    const one = flow({ ...part, carried: undefined, by: ['psi'], drift: { tensors: [[[5]]] } })
    expect([...present(derivedValues(one, { values: () => psi, macro, t: 0 }), 'the flow')]).toEqual([-60, -60, -60])
    expect(derivedValues(one, { values: () => undefined, macro, t: 0 })).toBeUndefined()
  })
})

it('a number adds up fields and their logarithms', () => {
  const macro: MacroSpec = { dimension: 1, size: [1], nodes: [2] }
  const sum: Derived = {
    ...words,
    sum: [
      { of: 'c', weight: 2, over: 10 },
      { of: 'phi', weight: -1 },
    ],
  }
  const values = (name: string) => ({ c: [10, 20], phi: [1, 3] })[name]
  const found = present(derivedValues(sum, { values, macro, t: 0 }), 'the number')
  expect([...found]).toEqual([expect.closeTo(-1, 6), expect.closeTo(2 * Math.log(2) - 3, 6)])
})

it('a number by a law is that of its family at each node, and only what a card has is one', () => {
  const macro: MacroSpec = { dimension: 1, size: [1], nodes: [3] }
  const twice: Law = (given, which, { values, t }) => {
    const own = values(which)
    return own && ((p) => Number(given) * own[p] + t)
  }
  registerLaws({ twice })
  registerLaws({ twice })
  const at = { values: (name: string) => (name === 'c' ? [1, 2, 3] : undefined), macro, t: 0.5 }
  const by = (law: string, which: string): Derived => ({ ...words, law: { law, which, given: 2 } })
  expect([...present(derivedValues(by('twice', 'c'), at), 'the number')]).toEqual([2.5, 4.5, 6.5])
  expect(derivedAt(by('twice', 'c'), at, 1)).toBe(4.5)
  expect(derivedColumns([by('twice', 'c')], at).map(({ name }) => name)).toEqual(['j'])
  expect(derivedValues(by('twice', 'b'), at)).toBeUndefined()
  expect(() => derivedValues(by('thrice', 'c'), at)).toThrow(/got the law "thrice"; valid are .*twice/)
  expect(() => registerLaws({ twice: () => undefined })).toThrow(/one of that name already/)
})

describe('at one node and in files', () => {
  const macro: MacroSpec = { dimension: 2, size: [1, 2], nodes: [6, 4] }
  const c = nodal(macro, (x, y) => 1 + x * x + y)
  const phi = nodal(macro, (x, y) => x * y)
  const values = (name: string) => ({ c, phi })[name]
  const tensors = [1, 2, 3, 4, 5, 6].map((k) => [
    [k, 0.5],
    [0.5, 1],
  ])
  const medium = { tensors }
  const one = flow({ carried: 'c', by: ['phi'], valence: 2, weight: 3, diffusion: medium, drift: medium })

  it('a node has what the whole box gives it', () => {
    const whole = present(derivedValues(one, { values, macro, t: 0 }), 'all')
    for (const [p, value] of whole.entries()) expect(derivedAt(one, { values, macro, t: 0 }, p)).toBeCloseTo(value, 5)
  })

  it('a flow is written by its components, whose length the picture shows', () => {
    const [x, y] = derivedColumns([one], { values, macro, t: 0 })
    expect([x.name, y.name]).toEqual(['j_x', 'j_y'])
    const whole = present(derivedValues(one, { values, macro, t: 0 }), 'all')
    for (const [p, value] of whole.entries()) expect(Math.hypot(x.values[p], y.values[p]) / value).toBeCloseTo(1, 6)
  })
})

/** The last frame of a scenario. */
function last(scenario: Scenario): { frame: Frame; model: ModelDescription } {
  let [frame, model]: [Frame | undefined, ModelDescription | undefined] = [undefined, undefined]
  for (const event of simulate(scenario)) {
    if (event.kind === 'model') model = event.model
    if (event.kind === 'frame') frame = event.frame
  }
  return { frame: present(frame, 'a frame'), model: present(model, 'a model') }
}

function shown({ frame, model }: ReturnType<typeof last>, name: string): Float32Array {
  const derived = present(
    model.derived?.find((one) => one.name === name),
    name,
  )
  const values = (field: string) => frame.fields[model.fields.findIndex((one) => one.name === field)]
  return present(derivedValues(derived, { values, macro: model.macro, t: frame.t }), name)
}

const edited = (name: string, change: object) => {
  const { scenario } = loadScenario(name)
  return parseScenario({ ...JSON.parse(JSON.stringify(scenario)), ...change })
}

describe('of models', () => {
  it('in a steady film every node carries the flux and the current that its budget has', () => {
    const whole = last(edited('porous-reversal', { time: { end: 20, frames: 2, rtol: 1e-6 } }))
    const observed = (name: string) =>
      whole.frame.observables[whole.model.observables.findIndex((o) => o.name === name)]
    for (const [flux, name] of [
      ['flux_1', 'flow_1'],
      ['flux_2', 'flow_2'],
      ['current', 'current'],
    ]) {
      const expected = observed(flux)
      expect(Math.abs(expected)).toBeGreaterThan(0)
      for (const value of shown(whole, name)) expect(Math.abs(value / expected - 1)).toBeLessThan(2e-3)
    }
  })

  it('what is applied to a syncytium crosses each section, outside, inside and between them', () => {
    const whole = last(edited('tissue-current', { time: { end: 1, frames: 1, rtol: 1e-6 } }))
    const [all, outside, inside] = ['current', 'current_E', 'current_I'].map((name) => shown(whole, name))
    for (const value of all) expect(Math.abs(value / 10 - 1)).toBeLessThan(1e-3)
    // The part that crosses into the cells and out again, by the theory for frozen concentrations.
    const scenario = loadScenario('tissue-current').scenario
    const input = familyInput<TissueInput>(scenario)
    const { size: _, ...spec } = scenario.cell
    const cell = solveCell(spec, card.cellProblems(scenario.parameters, ['extracellular', 'intracellular']))
    const { length, conductivityE, conductivityI } = electrotonic(
      macroModel(input, cell),
      input,
      cell,
      whole.frame.checkpoint.u,
    )
    const share = conductivityI / (conductivityI + conductivityE)
    const size = input.macro.size[0]
    for (const k of [10, 25, 50]) {
      const x = (size * k) / (all.length - 1)
      const expected = share * (1 - Math.cosh((x - size / 2) / length) / Math.cosh(size / 2 / length))
      expect(Math.abs(inside[k] / (10 * expected) - 1)).toBeLessThan(0.05)
      expect(outside[k] + inside[k]).toBeCloseTo(all[k], 4)
    }
  })

  it('between cells that have swollen ions move as their balance says', () => {
    const scenario = edited('tissue-swelling', { time: { end: 6, frames: 6, rtol: 1e-5 } })
    const frames: Frame[] = []
    let model: ModelDescription | undefined
    for (const event of simulate(scenario)) {
      if (event.kind === 'model') model = event.model
      if (event.kind === 'frame') frames.push(event.frame)
    }
    const described = present(model, 'a model')
    expect(described.derived?.map(({ name }) => name)).toContain('flow_K_E')
    const [nodes] = described.macro.nodes
    // No current in the whole tissue of isolated cells: what the ions carry outside cancels.
    const at = { frame: present(frames.at(-1), 'a frame'), model: described }
    const [flowK, flowNa, flowCl] = ['flow_K_E', 'flow_Na_E', 'flow_Cl_E'].map((name) => shown(at, name))
    const largest = Math.max(...flowK.map(Math.abs))
    expect(largest).toBeGreaterThan(1e-7)
    for (let p = 0; p < nodes; p++) expect(Math.abs(flowK[p] + flowNa[p] - flowCl[p])).toBeLessThan(2e-3 * largest)
  })
})
