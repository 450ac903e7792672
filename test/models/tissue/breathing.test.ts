/** Cells that swell and shrink: derivatives, balances, van 't Hoff's volume, an independent integration, other models. */

import { describe, expect, it } from 'vitest'
import { finish } from '../../../src/finish.ts'
import { FARADAY, GAS_CONSTANT } from '../../../src/models/constants.ts'
import type { BreathingTissue } from '../../../src/models/tissue/breathing.ts'
import { K_E, K_I, NA_E, NA_I, V } from '../../../src/models/tissue/layout.ts'
import { macroModel } from '../../../src/models/tissue/macro.ts'
import { Membrane } from '../../../src/models/tissue/membrane.ts'
import { MembraneCurrents } from '../../../src/models/tissue/membraneCurrents.ts'
import { membraneParameters } from '../../../src/models/tissue/parameters.ts'
import { solveCell } from '../../../src/simulation/cells.ts'
import { familyInput } from '../../../src/simulation/scenario.ts'
import { base, breathing, filled, modelOf, salt, scenario, TIGHT } from './breathing.ts'
import { expectJacobian } from './derivatives.ts'
import { run, start } from './setup.ts'

/** A state away from rest, the same for every run. */
function disturbed(m: BreathingTissue): Float64Array {
  const u = m.initial()
  for (let k = 0; k < u.length; k++) u[k] += m.scale[k] * 0.1 * Math.sin(12.9898 * (k + 1))
  return u
}

const unequal = { D_Na: 1.33e-9, D_K: 1.96e-9, D_Cl: 2.03e-9 }

/** Its tensor is no multiple of that at rest. */
const SHEET = {
  cell: {
    ...base.cell,
    resolution: 32,
    shapes: [{ shape: 'ellipsoid', phase: 'intracellular', center: [0.5, 0.5], radii: [0.45, 0.3], rotation: 20 }],
  },
  breathing: [{ number: 'shapes[0].radii[1]', range: [0.2, 0.4] }],
  macro: { dimension: 2, size: [1e-3, 5e-4], nodes: [9, 7] },
}
const BLOCK = {
  cell: {
    ...base.cell,
    dimension: 3,
    resolution: 16,
    shapes: [{ shape: 'ball', phase: 'intracellular', center: [0.5, 0.5, 0.5], radius: 0.4 }],
  },
  breathing: [{ number: 'shapes[0].radius', range: [0.35, 0.43] }],
  macro: { dimension: 3, size: [1e-3, 5e-4, 5e-4], nodes: [5, 4, 3] },
}

describe.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  ['isolated cells with gates', {}, {}],
  ['unequal diffusivities', {}, { ...unequal, gates: false }],
  ['a bath', { experiment: { name: 'bath', values: { sides: 'left', bath_Na: 120, bath_K: 4 } } }, unequal],
  ['bridges', { experiment: { name: 'current', values: { density: 2, off: 10 } } }, { ...unequal, ghk: true }],
  [
    'joined cells',
    {
      cell: {
        ...base.cell,
        resolution: 32,
        shapes: [{ shape: 'bar', phase: 'intracellular', axis: 'x', center: [0.5, 0.5], width: 0.7 }],
      },
      breathing: [{ number: 'shapes[0].width', range: [0.6, 0.8] }],
    },
    unequal,
  ],
  [
    'cells that grow as a number falls',
    {
      cell: {
        ...base.cell,
        resolution: 32,
        background: 'intracellular',
        shapes: [{ shape: 'layer', phase: 'extracellular', axis: 'y', center: 0.5, thickness: 0.2 }],
      },
      breathing: [{ number: 'shapes[0].thickness', range: [0.1, 0.3] }],
    },
    unequal,
  ],
  ['a sheet of oblong cells', SHEET, unequal],
  ['a block of balls', BLOCK, { ...unequal, gates: false }],
])('%s', (_, changes, parameters) => {
  it('have the Jacobian that finite differences give', () => {
    const m = modelOf(scenario(changes, parameters))
    m.enter(0, 1)
    const u = disturbed(m)
    expectJacobian(m, u)
  })
})

describe('a tissue at rest', () => {
  it('has no flow of water', () => {
    const m = modelOf(scenario())
    const { state } = run(m, 200, { rtol: 1e-6 })
    expect(Math.abs(filled(m, state.u) / m.tissue.fractionI - 1)).toBeLessThan(1e-9)
  })

  it('holds impermeant charge as monovalent solutes, and what then lacks as a neutral one', () => {
    const of = (parameters: Record<string, unknown>) => modelOf(scenario({}, { ...TIGHT, ...parameters })).water
    const { Na_I, K_I, Cl_I, Na_E, K_E: kE, Cl_E } = base.parameters as Record<string, number>
    const { soluteI, soluteE } = of({})
    expect(soluteE).toBeCloseTo(Na_E + kE - Cl_E, 9)
    expect(soluteI + Na_I + K_I + Cl_I).toBeCloseTo(soluteE + Na_E + kE + Cl_E, 9)
    expect(soluteI).toBeGreaterThan(Na_I + K_I - Cl_I)
    // Thin fluid outside: there the neutral solute is.
    const thin = of({ Na_E: 60, Cl_E: 60 })
    expect(thin.soluteI).toBeCloseTo(Na_I + K_I - Cl_I, 9)
    expect(thin.soluteE).toBeGreaterThan(4)
  })
})

describe('tensors by volume', () => {
  it('are those of the cell at that volume, with their slopes', () => {
    const m = modelOf(scenario({ cell: base.cell }))
    const { swelling } = m.water
    const near = (s: number) => {
      const out = new Float64Array(4)
      swelling.evaluate(s, out)
      return out
    }
    expect(near(1)[0]).toBeCloseTo(m.tissue.tensorE[0][0], 9)
    for (const radius of [0.41, 0.437, 0.472]) {
      const shapes = [{ ...base.cell.shapes[0], radius }]
      const { tissue } = modelOf(scenario({ cell: { ...base.cell, shapes } }))
      const s = tissue.fractionI / m.tissue.fractionI
      expect(Math.abs(near(s)[0] / tissue.tensorE[0][0] - 1)).toBeLessThan(3e-4)
      const slope = (near(s + 1e-5)[0] - near(s - 1e-5)[0]) / 2e-5
      expect(near(s)[1] / slope).toBeCloseTo(1, 5)
      expect(near(s).subarray(2)).toEqual(new Float64Array(2))
    }
  })
})

describe('salt between tight cells', () => {
  it.each([10, 30])('of %s mM leaves them with the volume of van ’t Hoff’s law', (amount) => {
    const m = modelOf(scenario({ stimuli: salt(amount) }, { ...TIGHT, L_p: 1e-11 }))
    const { state } = run(m, 400, { rtol: 1e-6 })
    const { fractionI: cells, fractionE: space } = m.tissue
    const { Na_I, K_I, Cl_I, Na_E, K_E: kE, Cl_E } = base.parameters as Record<string, number>
    // Solutes of both sides at rest are the same per volume; then: N_I / theta = (N_E + salt) / (1 - theta).
    const outside = Na_E + kE + Cl_E + (Na_E + kE - Cl_E)
    const [held, left] = [cells * outside, space * (outside + 2 * amount)]
    expect(held).toBeGreaterThan(cells * (Na_I + K_I + Cl_I))
    const exact = ((cells + space) * held) / (held + left)
    expect(filled(m, state.u) / exact).toBeCloseTo(1, 8)
  })

  it('is taken by water with the order of the integrator', () => {
    const after = (fixedStep: number) => {
      const m = modelOf(scenario({ stimuli: salt(10) }, { ...TIGHT, L_p: 1e-12 }))
      return filled(m, run(m, 8, { rtol: 1e-9, fixedStep }).state.u)
    }
    const [coarse, middle, fine, exact] = [0.25, 0.125, 0.0625, 2 ** -7].map(after)
    expect(Math.log2((coarse - exact) / (middle - exact))).toBeGreaterThan(1.9)
    expect(Math.log2((middle - exact) / (fine - exact))).toBeGreaterThan(1.9)
  })
})

it('a uniform tissue is what Runge and Kutta make of its ordinary differential equations', () => {
  const of = scenario({ stimuli: salt(20) }, { L_p: 2e-12, gates: false })
  const m = modelOf(of)
  const { state } = run(m, 30, { rtol: 1e-9 })
  const { setting, tissue, water } = m
  const n = setting.net.nodes
  const membrane = new Membrane(membraneParameters(familyInput(of).parameters as never))
  const { capacitance, share, temperature } = membrane.parameters
  const currents = new MembraneCurrents()
  const a = tissue.areaDensity
  const whole = tissue.fractionI + tissue.fractionE
  // Amounts per volume of tissue: Na, K and Cl inside, Na, K and Cl outside; V; theta.
  const first = m.initial()
  const at = (k: number) => first[k * n]
  const [xI, xE] = [setting.fixedI, setting.fixedE]
  const inside = [at(NA_I), at(K_I), at(NA_I) + at(K_I) + xI].map((c) => tissue.fractionI * c)
  const outside = [at(NA_E), at(K_E), at(NA_E) + at(K_E) + xE].map((c) => tissue.fractionE * c)
  const [soluteI, soluteE] = [water.soluteI * tissue.fractionI, water.soluteE * tissue.fractionE]
  const rate = (t: number, y: readonly number[]): number[] => {
    const [v, theta] = [y[6], y[7]]
    const [sI, kI, cI] = y.slice(0, 3).map((amount) => amount / theta)
    const [sE, kE, cE] = y.slice(3, 6).map((amount) => amount / (whole - theta))
    membrane.evaluate(sI, kI, cI, sE, kE, cE, v, 0, membrane.unmodulated(), currents)
    const ionic = [currents.sodium, currents.potassium, currents.chloride]
    const sum = ionic[0] + ionic[1] + ionic[2]
    const flux = ionic.map((i, k) => ((k === 2 ? -1 : 1) * (i - share[k] * sum)) / FARADAY)
    const osmolarity = sI + kI + cI + soluteI / theta - (sE + kE + cE + soluteE / (whole - theta))
    const source = t < 1 ? 20 * tissue.fractionE : 0
    return [
      ...flux.map((f) => -a * f),
      ...flux.map((f, k) => a * f + (k > 0 ? source : 0)),
      -sum / capacitance,
      a * 2e-12 * GAS_CONSTANT * temperature * osmolarity,
    ]
  }
  let y = [...inside, ...outside, at(V), tissue.fractionI]
  const h = 1e-3
  for (let step = 0; step < 30_000; step++) {
    // The source ends between two steps.
    const t = step * h + h / 2
    const k1 = rate(t, y)
    const k2 = rate(
      t,
      y.map((v, i) => v + (h / 2) * k1[i]),
    )
    const k3 = rate(
      t,
      y.map((v, i) => v + (h / 2) * k2[i]),
    )
    const k4 = rate(
      t,
      y.map((v, i) => v + h * k3[i]),
    )
    y = y.map((v, i) => v + (h / 6) * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]))
  }
  const now = m.concentrations(state.u)
  expect(now[K_E * n] / (y[4] / (whole - y[7]))).toBeCloseTo(1, 5)
  expect(now[NA_I * n] / (y[0] / y[7])).toBeCloseTo(1, 6)
  expect(now[V * n] / y[6]).toBeCloseTo(1, 5)
  expect(filled(m, state.u) / y[7]).toBeCloseTo(1, 6)
  // Far from where it began.
  expect(Math.abs(y[7] / tissue.fractionI - 1)).toBeGreaterThan(0.003)
})

describe('a wave of potassium', () => {
  const injected = [
    { kind: 'inject-KCl', amount: 40, start: 0, end: 2, region: { shape: 'ball', center: [0], radius: 2e-4 } },
  ]
  const box = { macro: { dimension: 1, size: [1e-3], nodes: [51] }, stimuli: injected }

  it('keeps every ion and the charge, and fills no more than there is', () => {
    const m = modelOf(scenario(box, { ...unequal, L_p: 1e-12 }))
    const baseline = m.contents(m.initial())
    const { state } = run(m, 15, { rtol: 1e-3 })
    const seen = m.observe(15, state.u, state.integrals, baseline)
    const named = Object.fromEntries(m.observables.map(({ name }, k) => [name, seen[k]]))
    for (const name of ['budget_Na', 'budget_K', 'budget_Cl', 'neutrality_I', 'neutrality_E'])
      expect(Math.abs(named[name]), name).toBeLessThan(1e-12)
    const samples = m.sample(15, state.u)
    const [space, cells] = ['theta_E', 'theta_I'].map((name) => samples[m.fields.findIndex((f) => f.name === name)])
    for (const [p, part] of space.entries()) expect(part + cells[p]).toBeCloseTo(1, 6)
    expect(Math.min(...space)).toBeCloseTo(named.theta_E_min, 6)
    expect(named.theta_E_min).toBeLessThan(0.95 * m.tissue.fractionE)
    // Less space lets less through.
    const narrow = space.indexOf(Math.min(...space))
    const wide = modelOf(scenario(box)).setting.net.edges.weightE
    expect(m.setting.net.edges.weightE[Math.min(narrow, 49)] / wide[0]).toBeLessThan(0.95)
  })

  it('along a sheet is that along a line', () => {
    const across = [{ ...injected[0], region: { shape: 'everywhere' }, end: 1 }]
    const bath = { experiment: { name: 'bath', values: { sides: 'left', bath_Na: 150, bath_K: 4 } }, stimuli: across }
    const line = modelOf(scenario({ ...bath, macro: { dimension: 1, size: [1e-3], nodes: [17] } }, { gates: false }))
    const sheet = modelOf(
      scenario({ ...bath, macro: { dimension: 2, size: [1e-3, 2e-4], nodes: [17, 4] } }, { gates: false }),
    )
    const [one, two] = [line, sheet].map((m) => run(m, 10, { rtol: 1e-6 }).state.u)
    for (let p = 0; p < 17; p++) expect(filled(sheet, two, p + 17) / filled(line, one, p)).toBeCloseTo(1, 4)
    expect(Math.abs(filled(line, one) / line.tissue.fractionI - 1)).toBeGreaterThan(0.01)
  })

  it('without permeability is that of cells that do not breathe', () => {
    const still = modelOf(scenario(box, { L_p: 0 }))
    const without = scenario({ ...box, breathing: [] })
    const plain = macroModel(familyInput(without), finish(solveCell(without)))
    const ends = [still, plain].map((m) => run(m, 5, { rtol: 1e-6 }, start(m)).state.u)
    for (let k = 0; k < ends[1].length; k++)
      expect(Math.abs(ends[0][k] - ends[1][k])).toBeLessThan(1e-5 * (Math.abs(ends[1][k]) + plain.scale[k]))
  })

  it('comes nearer to that with less permeability, in proportion', () => {
    const space = (L_p: number) => {
      const m = modelOf(scenario(box, { L_p }))
      const { u } = run(m, 5, { rtol: 1e-6 }).state
      return Math.max(...Array.from({ length: 51 }, (_, p) => Math.abs(filled(m, u, p) - m.tissue.fractionI)))
    }
    const [large, small] = [4e-16, 2e-16].map(space)
    expect(large / small).toBeCloseTo(2, 1)
  })
})

describe('a bath', () => {
  const held = { experiment: { name: 'bath', values: { sides: 'both', bath_Na: 155, bath_K: 5 } } }

  it('leaves a state as it is that goes on, with its balances', () => {
    const of = (changes = {}, parameters = {}) =>
      modelOf(scenario({ ...held, ...changes }, { gates: false, ...parameters }))
    const m = of()
    const baseline = m.contents(m.initial())
    const { state } = run(m, 10, { rtol: 1e-3 })
    const from = { ...state, layout: m.layout, macro: m.macro }
    const n = m.setting.net.nodes
    // The same model and one of other membranes; one of another range counts volumes from elsewhere.
    for (const [next, fields] of [
      [of(), m.width],
      [of({}, { L_p: 1e-13 }), m.width],
      [of({ breathing: [{ ...breathing[0], range: [0.39, 0.48] }] }), m.volumeSlot],
    ] as const) {
      const u = next.adopt(from)!
      for (let k = 0; k < fields * n; k++) expect(Math.abs(u[k] - state.u[k])).toBeLessThan(1e-12 * m.scale[k])
      const { state: later } = run(next, 15, { rtol: 1e-3 }, { ...state, u, integrals: state.integrals.slice() })
      const seen = next.observe(15, later.u, later.integrals, baseline)
      for (const [k, { name, group }] of next.observables.entries())
        if (group === 'budget') expect(Math.abs(seen[k]), name).toBeLessThan(1e-12)
    }
  })

  it('fills the space that the cells leave: every balance closes', () => {
    const m = modelOf(scenario(held, { gates: false }))
    const baseline = m.contents(m.initial())
    const { state } = run(m, 10, { rtol: 1e-3 })
    const seen = m.observe(10, state.u, state.integrals, baseline)
    expect(Math.abs(filled(m, state.u) / m.tissue.fractionI - 1)).toBeGreaterThan(0.02)
    for (const [k, { name, group }] of m.observables.entries())
      if (group === 'budget') expect(Math.abs(seen[k]), name).toBeLessThan(1e-12)
  })
})

it('cells at both ends of their range are told apart', () => {
  const m = modelOf(scenario())
  const u = m.initial()
  const { least, most } = m.water.swelling
  const swells = (at: number, s: number) => {
    u[m.volumeSlot * m.setting.net.nodes + at] = s - least
  }
  swells(8, least + 1e-9)
  expect(m.explainFailure(1, u)?.message).toMatch(/^the cells at x = 800 µm have lost water/)
  expect(m.explainFailure(1, u)?.advice).toContain('let the range of breathing go on to smaller cells')
  swells(3, most - 1e-9)
  expect(m.explainFailure(1, u)?.message).toMatch(/^the cells at x = 300 µm have swollen .* they fill 72\.\d % /)
})

describe('a state that moves on', () => {
  const box = { stimuli: salt(20) }
  const breathingModel = modelOf(scenario(box, { gates: false }))
  const { u } = run(breathingModel, 5, { rtol: 1e-4 }).state
  const { layout, macro } = breathingModel
  const without = scenario({ ...box, breathing: [] }, { gates: false })
  const plain = macroModel(familyInput(without), finish(solveCell(without)))

  it('to cells that keep their volumes and back takes along what the cells hold', () => {
    const still = plain.adopt({ u, layout, macro })
    expect(still?.length).toBe(plain.size)
    expect(plain.contents(still!)).toEqual(breathingModel.contents(u))
    expect(plain.carriedOver({ layout })).toMatch(/volumes of the reference cell again/)
    const again = breathingModel.adopt({ u: plain.initial(), layout: plain.layout, macro })
    expect(again).toEqual(breathingModel.initial())
  })

  it('to another range keeps the volumes, where it has room for them', () => {
    const of = (range: number[]) =>
      modelOf(scenario({ ...box, breathing: [{ ...breathing[0], range }] }, { gates: false }))
    const wider = of([0.35, 0.48])
    expect(filled(wider, wider.adopt({ u, layout, macro })!)).toBeCloseTo(filled(breathingModel, u), 5)
    expect(filled(breathingModel, u)).toBeLessThan(breathingModel.tissue.fractionI)
    expect(of([0.4499, 0.48]).adopt({ u, layout, macro })).toBeUndefined()
    expect(breathingModel.adopt({ u, layout, macro })).toEqual(u)
  })

  it('to another mesh too', () => {
    const fine = modelOf(scenario({ ...box, macro: { dimension: 1, size: [1e-3], nodes: [21] } }, { gates: false }))
    expect(filled(fine, fine.adopt({ u, layout, macro })!, 7)).toBeCloseTo(filled(breathingModel, u), 9)
  })
})
