/** Currents through the membrane at every node of a frame: those of the curve, of rest, of the balance of each ion. */
import { describe, expect, it } from 'vitest'
import type { CellResult } from '../../../src/cell/cell.ts'
import { loadScenario } from '../../../src/cli/input.ts'
import { finish } from '../../../src/finish.ts'
import { FARADAY } from '../../../src/models/constants.ts'
import { derivedAt, derivedColumns, derivedValues } from '../../../src/models/derived.ts'
import { evaluate, local } from '../../../src/models/tissue/clamp.ts'
import { tissueCurve } from '../../../src/models/tissue/curves.ts'
import type { TissueInput } from '../../../src/models/tissue/input.ts'
import { macroModel } from '../../../src/models/tissue/macro.ts'
import { MembraneCurrents } from '../../../src/models/tissue/membraneCurrents.ts'
import { present } from '../../../src/present.ts'
import type { Frame, ModelDescription } from '../../../src/simulation/frame.ts'
import { parseScenario } from '../../../src/simulation/parse.ts'
import { familyInput, type Scenario } from '../../../src/simulation/scenario.ts'
import { simulate } from '../../../src/simulation/simulate.ts'

const CURRENTS = ['Na', 'K', 'Cl', 'pump', 'total'] as const

function edited(name: string, { parameters = {}, ...change }: { parameters?: object; [key: string]: unknown }) {
  const { scenario } = loadScenario(name)
  const plain = JSON.parse(JSON.stringify(scenario))
  return parseScenario({ ...plain, ...change, parameters: { ...plain.parameters, ...parameters } })
}

function run(scenario: Scenario) {
  const frames: Frame[] = []
  let [model, cell]: [ModelDescription | undefined, CellResult | undefined] = [undefined, undefined]
  for (const event of simulate(scenario)) {
    if (event.kind === 'model') model = event.model
    if (event.kind === 'cell') cell = event.cell
    if (event.kind === 'frame') frames.push(event.frame)
  }
  return { frames, model: present(model, 'a model'), cell: present(cell, 'a cell') }
}

/** What a frame holds of a quantity that follows from it. */
function shown({ frame, model }: { frame: Frame; model: ModelDescription }, name: string) {
  const at = {
    values: (field: string) => frame.fields[model.fields.findIndex((one) => one.name === field)],
    macro: model.macro,
    t: frame.t,
  }
  const derived = present(
    model.derived?.find((one) => one.name === name),
    name,
  )
  return { values: present(derivedValues(derived, at), name), derived, at }
}

const soon = { time: { end: 0.4, frames: 2, rtol: 1e-4 } }
const block = {
  kind: 'block-pump',
  amount: 0.7,
  start: 0.1,
  end: 5,
  region: { shape: 'ball', center: [0.0001, 0.0001], radius: 0.0002 },
}

describe.each<[string, string, Parameters<typeof edited>[1], number]>([
  ['a line whose pump is blocked in its middle', 'tissue-pump-block', soon, 1],
  [
    'a plane with gates, under three stimuli at once',
    'tissue-d2-wave',
    {
      ...soon,
      macro: { dimension: 2, size: [0.001, 0.0006], nodes: [11, 7] },
      stimuli: ['open-Na', 'open-K', 'block-pump'].map((kind, k) => ({
        ...{ kind, amount: 0.5, start: 0, end: 2 },
        region: { shape: k === 1 ? 'ball' : 'gaussian', center: [0.0004, 0.0002], radius: 0.0002 },
      })),
    },
    1,
  ],
  ['currents after Goldman, Hodgkin and Katz', 'tissue-opening', { ...soon, parameters: { ghk: true } }, 1],
  ['core and shell of a ball', 'tissue-c1-lens', { ...soon, stimuli: [] }, 1],
  [
    'neurons with gates and glia',
    'tissue-neurons-glia',
    { ...soon, macro: { dimension: 2, size: [0.001, 0.001], nodes: [17, 17] }, stimuli: [block] },
    2,
  ],
  ['cells of two sizes', 'tissue-two-sizes', soon, 2],
  ['cells that vary along the box', 'tissue-oedema', soon, 1],
  ['cells that have begun to swell', 'tissue-swelling', soon, 1],
])('in %s', (_, name, change, kinds) => {
  const scenario = edited(name, change)
  const { frames, model, cell } = run(scenario)
  const solver = macroModel(familyInput<TissueInput>(scenario), cell)
  const frame = present(frames.at(-1), 'a frame')
  const { t, u: state } = frame.checkpoint

  it('every node has the currents that the solver evaluates there', () => {
    solver.enter(t, t)
    const u = solver.concentrations(state)
    const m = new MembraneCurrents()
    expect(solver.cells.length).toBe(kinds)
    for (let kind = 0; kind < kinds; kind++)
      for (const [k, current] of CURRENTS.entries()) {
        const { values, derived, at } = shown({ frame, model }, `membrane_${current}${kind > 0 ? `_${kind + 1}` : ''}`)
        expect(values.length).toBe(solver.setting.net.nodes)
        let worst = 0
        values.forEach((value, p) => {
          const here = local(solver, u, p, kind)
          evaluate(solver, p, here, here.v, m, kind)
          const own = [m.sodium - 3 * m.pump, m.potassium + 2 * m.pump, m.chloride, m.pump, m.total][k]
          // Frames hold fields to 24 bits: 10 nV of a potential and of what concentrations make of it.
          const slope = m.sodiumByV + m.potassiumByV + m.chlorideByV
          worst = Math.max(worst, Math.abs(value - own) / (1e-8 * slope + 1e-6 * m.pump))
          expect(derivedAt(derived, at, p)).toBeCloseTo(value, 7)
        })
        expect(worst).toBeLessThan(1)
      }
  })
})

describe('the curve "Membrane", read at the V of its node', () => {
  const scenario = edited('tissue-pump-block', soon)
  const { frames, model, cell } = run(scenario)
  const frame = present(frames.at(-1), 'a frame')

  it.each([0, 43, 50])('has at node %i what the picture has', (node) => {
    const curve = finish(
      tissueCurve({ name: 'membrane', node }, familyInput<TissueInput>(scenario), cell, {
        t: frame.t,
        u: frame.checkpoint.u,
      }),
    )
    const v = present(
      curve.marks.find(({ label }) => label === 'V'),
      'V',
    ).x
    CURRENTS.forEach((name, k) => {
      const { x, y } = curve.traces[k]
      // The lines are straight between the millivolts.
      const i = Math.floor((v - x[0]) / (x[1] - x[0]))
      const expected = y[i] + ((v - x[i]) / (x[i + 1] - x[i])) * (y[i + 1] - y[i])
      expect(Math.abs(shown({ frame, model }, `membrane_${name}`).values[node] - expected)).toBeLessThan(1e-8)
    })
  })
})

it.each(['tissue-b1-pulse', 'tissue-b2-pulse', 'tissue-neurons-glia'])(
  'at rest the channels carry what the pump does (%s)',
  (name) => {
    const { frames, model } = run(edited(name, { ...soon, stimuli: [] }))
    const [frame] = frames
    for (const kind of name === 'tissue-neurons-glia' ? ['', '_2'] : ['']) {
      const [na, k, cl, pump, total] = CURRENTS.map(
        (current) => shown({ frame, model }, `membrane_${current}${kind}`).values,
      )
      pump.forEach((value, p) => {
        expect(value).toBeGreaterThan(1e-3)
        for (const left of [na[p] + 3 * value, k[p] - 2 * value, cl[p], total[p]])
          expect(Math.abs(left)).toBeLessThan(3e-8)
      })
    }
  },
)

describe('over a closed box', () => {
  /** Trapezoid over a line. */
  const integral = (values: ArrayLike<number>) => {
    let sum = -(values[0] + values[values.length - 1]) / 2
    for (let p = 0; p < values.length; p++) sum += values[p]
    return sum / (values.length - 1)
  }

  it.each([
    ['K', 'tissue-b1-pulse', -2, 1],
    ['Na', 'tissue-b1-pulse', 3, 1],
    ['Cl', 'tissue-b1-pulse', 0, -1],
    ['K', 'tissue-b2-pulse', -2, 1],
  ] as const)(
    'the integral of a z F f is what the cells lose of %s, to second order in the time between frames (%s)',
    (ion, name, pumped, z) => {
      const share = { Na: 0.07, K: 0.87, Cl: 0.06 }[ion]
      const miss = (span: number) => {
        const scenario = edited(name, { time: { end: 3 + span, frames: (3 + span) / span, rtol: 1e-8 } })
        const { frames, model, cell } = run(scenario)
        const { tissue } = macroModel(familyInput<TissueInput>(scenario), cell)
        const [before, middle, after] = frames.slice(-3)
        expect(middle.t).toBeCloseTo(3, 9)
        const content = (frame: Frame) =>
          tissue.fractionI * integral(frame.fields[model.fields.findIndex(({ name }) => name === `${ion}_I`)])
        const [own, pump, total] = [ion, 'pump', 'total'].map(
          (name) => shown({ frame: middle, model }, `membrane_${name}`).values,
        )
        // No current leaves all cells together, so what ions carry out in all, the capacitance takes.
        const crossing = integral(own.map((value, p) => value + pumped * pump[p] - share * total[p]))
        const rate = (content(after) - content(before)) / (after.t - before.t)
        return { off: rate + (tissue.areaDensity * crossing) / (z * FARADAY), rate }
      }
      const [coarse, fine] = [miss(0.5), miss(0.25)]
      expect(Math.abs(fine.off / fine.rate)).toBeLessThan(2e-2)
      expect(Math.log2(Math.abs(coarse.off / fine.off))).toBeGreaterThan(1.8)
    },
  )
})

it('a frame holds no more than it did, and files have the currents behind the flows', () => {
  const { frames, model } = run(edited('tissue-pump-block', soon))
  const [frame] = frames
  expect(frame.fields.length).toBe(model.fields.length)
  expect(model.fields.map(({ name }) => name)).toEqual(['V', 'K_E', 'Na_E', 'Cl_E', 'phi_E', 'K_I', 'Na_I', 'Cl_I'])
  const { at } = shown({ frame, model }, 'membrane_total')
  const columns = derivedColumns(model.derived ?? [], at).map(({ name }) => name)
  expect(columns).toEqual([
    ...['flow_K_E', 'flow_Na_E', 'flow_Cl_E', 'current_E'],
    ...CURRENTS.map((name) => `membrane_${name}`),
  ])
})
