/**
 * Published and independently computed numbers of the tissue model, by the labels of its verification suite.
 * Reference runs used 100 (or 200) cell-centred volumes and the exact geometry of the cells; so do these.
 */
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import { card } from '../../src/models/tissue/card.ts'
import { holdCurrent } from '../../src/models/tissue/clamp.ts'
import { dropUnderCurrent, electrotonic, tissueCurve } from '../../src/models/tissue/curves.ts'
import type { TissueInput } from '../../src/models/tissue/input.ts'
import { macroModel } from '../../src/models/tissue/macro.ts'
import { Membrane } from '../../src/models/tissue/membrane.ts'
import { MembraneCurrents } from '../../src/models/tissue/membraneCurrents.ts'
import { TissueModel } from '../../src/models/tissue/model.ts'
import type { TissueNet } from '../../src/models/tissue/net.ts'
import { membraneParameters } from '../../src/models/tissue/parameters.ts'
import { settle } from '../../src/models/tissue/settle.ts'
import { IntegrationError } from '../../src/numerics/steps.ts'
import { familyInput } from '../../src/simulation/scenario.ts'
import { imexOf, rest } from '../models/tissue/imex-setup.ts'
import {
  cellCentredModel,
  drain,
  exactCell,
  exactTissue,
  injection,
  input,
  run,
  start,
  values,
} from '../models/tissue/setup.ts'

const mm = 1e-3
const mV = 1e-3

const NO_PUMP = { Imax1: 0, Imax2: 0 }
const everywhere = (kind: string, amount: number) => ({
  kind,
  amount,
  start: 0,
  end: 1e6,
  region: { shape: 'everywhere' as const },
})

/** Relative or absolute closeness, whichever is looser. */
function near(actual: number, expected: number, tolerance: number): void {
  expect(Math.abs(actual - expected), `${actual} against ${expected}`).toBeLessThanOrEqual(
    tolerance * Math.max(Math.abs(expected), 1e-30),
  )
}

describe('T0 resting states (closed 0-D system, exact geometry)', () => {
  it.each([
    ['A1', 11.984519, 138.015481, 146.02707, 3.97293, -70.423425, 1.82993e-3],
    ['A2', 4.277111, 24.849541, 143.7669, 4.263086, -43.451166, 9.159541e-4],
    ['A3', 11.978799, 138.021201, 146.025167, 3.974833, -70.411624, 1.829939e-3],
    ['B1', 9.271595, 130.019411, 140.549668, 3.966059, -68.56025, 9.885365e-3],
    ['B2', 11.027833, 129.542007, 144.028065, 4.543654, -83.907744, 3.662021e-3],
  ])('%s', (preset, naI, kI, naE, kE, v, pump) => {
    const r = rest(preset)
    near(r.sodiumI, naI, 1e-6)
    near(r.potassiumI, kI, 1e-6)
    near(r.sodiumE, naE, 1e-6)
    near(r.potassiumE, kE, 1e-6)
    near(r.v / mV, v, 1e-6)
    near(r.pump, pump, 1e-6)
  })

  it('D1, with its gate', () => {
    const r = rest('D1')
    near(r.v / mV, -68.102859, 1e-6)
    near(r.gate, 0.9550378, 1e-6)
    near(r.sodiumI, 9.403509, 1e-6)
    near(r.potassiumE, 3.965972, 1e-6)
  })

  it('obeys the pump-free formula of Mullins and Noda', () => {
    const r = rest('A1')
    const membrane = new Membrane(membraneParameters(values('A1')))
    const eNa = membrane.nernst(1, r.sodiumI, r.sodiumE)
    const eK = membrane.nernst(1, r.potassiumI, r.potassiumE)
    near(r.v, (2 * 0.04 * eNa + 3 * 0.15 * eK) / (2 * 0.04 + 3 * 0.15), 1e-10)
  })
})

describe('T7 without a pump', () => {
  it.each([
    ['A1', 0],
    ['A2', 0],
    ['A3', 0],
    ['B1', -14.944503],
    ['B2', -14.326413],
  ])('%s ends at %f mV', (preset, v) => {
    expect(Math.abs(rest(preset, NO_PUMP).v / mV - v)).toBeLessThan(1e-4)
  })

  it('A1 with chloride channels rests at -12.299298 mV', () => {
    const r = rest('A1', { G_Cl: 0.1 })
    near(r.v / mV, -12.299298, 1e-6)
    near(r.potassiumE, 36.548, 1e-4)
  })
})

describe('T1 potassium injection', () => {
  it('converges to the independent solution of A1', () => {
    const model = cellCentredModel('A1', 100, mm, { stimuli: [injection([0.5 * mm], 60e-6)] })
    const { state } = run(model, 10, { rtol: 1e-3, fixedStep: 0.01 })
    const [k, v] = model.observe(10, state.u, state.integrals, model.contents(model.initial()))
    near(k, 10.41774, 1e-6)
    near(v / mV, -53.63146, 1e-6)
  })

  const table: [string, number, number, number | undefined][] = [
    ['A1', 10.424049, -53.561497, undefined],
    ['A3', 10.002787, -64.158412, 0.04185],
    ['B2', 9.787084, -75.166107, 0.20159],
  ]
  it.each(table)('T1b: the linearly implicit second route gives the published values for %s', (preset, k, v, phi) => {
    const s = imexOf(preset, 0.1, 100)
    near(Math.max(...s.outside[1]), k, 1e-6)
    near(Math.max(...s.V), v, 1e-6)
    if (phi) near(Math.max(...s.phi) - Math.min(...s.phi), phi, 3e-4)
  })

  it.each(table)('and converges to the same solution as the program for %s', (preset) => {
    const model = cellCentredModel(preset, 100, mm, { stimuli: [injection([0.5 * mm], 60e-6)] })
    const { state } = run(model, 10, { rtol: 1e-6 })
    const centre = state.u[4 * 100 + 49]
    const error = [0.1, 0.05].map((dt) => imexOf(preset, dt, Math.round(10 / dt)).outside[1][49] - centre)
    // First order: half the step, half the difference.
    near(error[0] / error[1], 2, 0.03)
    expect(Math.abs(error[1])).toBeLessThan(0.01)
  })

  it('T8: shares that sum to 0.9 destroy electroneutrality in the second route; 1.0 does not', () => {
    const broken = imexOf('A1', 0.01, 200, [0.1, 0.8, 0], 20)
    const sound = imexOf('A1', 0.01, 200, [0.1, 0.9, 0], 20)
    const charge = (c: Float64Array[]) => Math.abs(c[0][50] + c[1][50] - c[2][50])
    near(charge(broken.inside), 9e-5, 0.1)
    near(charge(broken.outside), 1.6e-4, 0.1)
    expect(charge(sound.inside)).toBeLessThan(1e-10)
    expect(charge(sound.outside)).toBeLessThan(1e-10)
  })
})

describe('T3 diffusion without a membrane', () => {
  it.each([
    ['A1', 0.0079953877],
    ['A3', 0.0092017569],
  ])('%s: a cosine of K against Na decays at its rate', (preset, rate) => {
    const model = cellCentredModel(preset, 100, mm, {
      parameters: values(preset, { ...NO_PUMP, G_Na: 1e-12, G_K: 1e-12, G_Cl: 0, start: 'nominal' }),
    })
    const state = start(model)
    const n = 100
    for (let p = 0; p < n; p++) {
      const c = Math.cos((Math.PI * (p + 0.5)) / n)
      state.u[3 * n + p] -= c
      state.u[4 * n + p] += c
    }
    const before = state.u[4 * n] - state.u[5 * n - 1]
    run(model, 60, { rtol: 1e-7 }, state)
    near(Math.log(before / (state.u[4 * n] - state.u[5 * n - 1])) / 60, rate, 2e-4)
  })
})

it('T4 the membrane charges with its time constant', () => {
  const model = cellCentredModel('A1', 3, mm)
  const state = start(model)
  const before = state.u[7]
  for (let p = 6; p < 9; p++) state.u[p] += 10 * mV
  run(model, 0.0526316, { rtol: 1e-7 }, state)
  near((state.u[7] - before) / mV, 3.67879, 1e-3)
})

describe('T5 electrotonic spread', () => {
  it.each([
    ['B1', 1, 3.649369, undefined, undefined],
    ['B2', 1, 2.390971, 168.852, [0.4088, 0.01437]],
    ['A3', 1, 2.147001, 2291.26, [0.4617, 0.5918]],
    ['B2', 2, 4.754113, 168.852, undefined],
    ['A3', 2, 4.188303, 2291.26, undefined],
  ])('%s, L = %i mm: %f mV per A/m²', (preset, length, drop, lambda, conductivity) => {
    const given = input(preset, [length * mm], [length * 100 + 1])
    const cell = exactCell(preset)
    const model = macroModel(given, cell)
    const theory = electrotonic(model, given, cell, model.initial())
    near(theory.drop / mV, drop, 1e-3)
    if (lambda) near(theory.length * 1e6, lambda, 1e-4)
    if (conductivity) {
      near(theory.conductivityE, conductivity[0], 4e-4)
      near(theory.conductivityI, conductivity[1], 4e-4)
    }
    const computed = drain(dropUnderCurrent(given, cell, model.initial(), 1, 0.1))
    near(computed, theory.drop, 1e-3)
  })

  it('hyperpolarises the end where current is injected: V(0) - V0 = -lambda_e I tanh(L / 2 lambda_e) / kE', () => {
    const given = input('B2', [mm], [201], {
      experiment: { name: 'current', values: { density: 1, on: 0, off: 1, electrode: 'bridge' } },
    })
    const cell = exactCell('B2')
    const model = macroModel(given, cell)
    const { state } = run(model, 0.1, { rtol: 1e-6 })
    const theory = electrotonic(model, given, cell, model.initial())
    const end = (-theory.length / theory.conductivityE) * Math.tanh(mm / (2 * theory.length))
    near(state.u[2 * 201] - model.initial()[2 * 201], end, 3e-3)
    near(end / mV, -0.407, 0.02)
  })
})

it('T9 equal diffusivities and isolated cells: no extracellular potential at all', () => {
  const model = cellCentredModel('A1', 100, mm, { stimuli: [injection([0.3 * mm], 60e-6)] })
  const { state } = run(model, 10, { rtol: 1e-4 })
  for (let p = 500; p < 600; p++) expect(Math.abs(state.u[p] / mV)).toBeLessThan(1e-10)
})

describe('T11 ion-specific diffusivities', () => {
  const specific = { D_Na: 1.33e-9, D_K: 1.96e-9, D_Cl: 2.03e-9 }

  it('NaCl spreads with the ambipolar diffusivity', () => {
    const model = cellCentredModel('A1', 100, mm, {
      parameters: values('A1', {
        ...specific,
        ...NO_PUMP,
        G_Na: 1e-12,
        G_K: 1e-12,
        start: 'nominal',
        Na_E: 150,
        K_E: 0.01,
        Cl_E: 150.01,
      }),
    })
    const state = start(model)
    const n = 100
    for (let p = 0; p < n; p++) state.u[3 * n + p] += 0.1 * Math.cos((Math.PI * (p + 0.5)) / n)
    const before = state.u[3 * n] - state.u[4 * n - 1]
    run(model, 60, { rtol: 1e-7 }, state)
    near(Math.log(before / (state.u[3 * n] - state.u[4 * n - 1])) / 60, 0.0085661695, 1e-3)
  })

  it.each([
    ['B1', 6.07563, 0.05215],
    ['B2', 7.23018, -0.06202],
  ])('%s: injection, 20 s', (preset, k, phi) => {
    const model = cellCentredModel(preset, 100, mm, {
      parameters: values(preset, specific),
      stimuli: [injection([0.5 * mm], 60e-6)],
    })
    const { state } = run(model, 20, { rtol: 1e-6 })
    const u = state.u
    // The published numbers carry the first-order error of their step 0.1 s.
    near(Math.max(...u.subarray(400, 500)), k, 1e-3)
    near((0.5 * (u[549] + u[550]) - u[500]) / mV, phi, 5e-3)
  })
})

it('T12 the wave of spreading depression crosses -40 mV on time', { timeout: 120_000 }, () => {
  const model = cellCentredModel('D1', 200, 4 * mm, {
    stimuli: [
      { kind: 'inject-KCl', amount: 40, start: 0, end: 2, region: { shape: 'ball', center: [0], radius: 0.2 * mm } },
    ],
  })
  const state = start(model)
  const crossing: number[] = []
  for (let t = 0.25; t <= 49; t += 0.25) {
    run(model, t, { rtol: 3e-3 }, state)
    const want = [40, 80][crossing.length]
    if (want !== undefined && state.u[2 * 200 + want] > -40 * mV) crossing.push(t)
    if (crossing.length === 2) break
  }
  near(crossing[0], 20.897, 0.05)
  near((0.8 * mm) / (crossing[1] - crossing[0]), 29.9e-6, 0.05)
})

it('T13 the lens: standing currents in the steady state', () => {
  const n = 80
  const h = 20e-6
  const parameters = values('A1', {
    G_Na: 2.2e-3,
    G_K: 0.08,
    G_Cl: 2.2e-3,
    temperature: 300,
    share_Na: 0.1,
    share_K: 0.8,
    Imax1: 2.39e-3,
    Imax2: 3.25e-4,
    start: 'nominal',
    V0: -0.065,
    Na_I: 10,
    K_I: 100,
    Cl_I: 15,
    Na_E: 107,
    K_E: 2.5,
    Cl_E: 109.5,
    shell: 80e-6,
    core_G_K: 0,
    core_pump: 0,
  })
  const r = Float64Array.from({ length: n }, (_, p) => (p + 0.5) * h)
  const volume = r.map((x) => x * x * h + h ** 3 / 12)
  const faces = Float64Array.from({ length: n - 1 }, (_, p) => ((p + 1) * h) ** 2 / h)
  const net: TissueNet = {
    nodes: n,
    position: Float64Array.from({ length: 3 * n }, (_, k) => (k % 3 === 0 ? r[k / 3] : 0)),
    width: h,
    volumeI: volume.map((v) => 0.98 * v),
    volumeE: volume.map((v) => 0.02 * v),
    area: volume.map((v) => 6e5 * v),
    edges: {
      count: n - 1,
      from: Int32Array.from({ length: n - 1 }, (_, p) => p),
      to: Int32Array.from({ length: n - 1 }, (_, p) => p + 1),
      weightI: faces.map((w) => 0.05 * w),
      weightE: faces.map((w) => 0.01 * w),
    },
    others: [],
    chain: true,
    left: { node: Int32Array.of(0), face: Float64Array.of(0) },
    right: { node: Int32Array.of(n - 1), face: Float64Array.of(1) },
  }
  const given = {
    ...input('A1', [1.6 * mm], [n], {
      experiment: { name: 'bath', values: { sides: 'right', bath_Na: 107, bath_K: 2.5 } },
    }),
    parameters,
  }
  const { setting } = settle(given, net, { fractionI: 0.98, fractionE: 0.02 })
  const model = new TissueModel(setting, { modelClass: 'connected-connected', macro: given.macro })
  const { state } = run(model, 1e9, { rtol: 1e-4 })
  const table: [number, number, number, number, number][] = [
    [0, -68.78794087, -5.710676649, 17.3700654, 84.68586782],
    [19, -69.28287705, -5.338498578, 16.94228871, 86.0035025],
    [39, -70.81289758, -4.196729746, 15.57771099, 90.15792],
    [59, -73.36106621, -2.324913605, 13.15758365, 97.3532],
    [75, -76.12364352, -0.338226183, 10.31219277, 105.5495],
    [79, -76.60026767, 0, 9.797840537, 107],
  ]
  for (const [p, v, phi, naI, naE] of table) {
    expect(Math.abs(state.u[2 * n + p] / mV - v), `V at ${p}`).toBeLessThan(1e-4 * 76)
    expect(Math.abs(state.u[5 * n + p] / mV - phi), `phi at ${p}`).toBeLessThan(1e-4 * 76)
    near(state.u[p], naI, 1e-4)
    near(state.u[3 * n + p], naE, 1e-4)
  }
})

it('T13 again, by the program as it is delivered: vertices, a shell of full thickness, the override of the cell', () => {
  const { scenario } = loadScenario('tissue-c1-lens')
  const centre = [41, 81].map((nodes) => {
    const given = familyInput<TissueInput>({ ...scenario, macro: { ...scenario.macro, nodes: [nodes] } })
    const model = macroModel(given, exactCell('A1'))
    const { state } = run(model, 1e7, { rtol: 1e-4 })
    return [state.u[2 * nodes] / mV, state.u[3 * nodes - 1] / mV, state.u[5 * nodes] / mV]
  })
  const published = [-68.788, -76.6, -5.711]
  for (const [k, v] of published.entries()) {
    expect(Math.abs(centre[1][k] - v)).toBeLessThan(0.02)
    expect(Math.abs(centre[1][k] - v)).toBeLessThan(Math.abs(centre[0][k] - v) + 1e-3)
  }
})

describe('current-voltage curves', () => {
  const zeroes = (x: number[], y: number[]) =>
    x.flatMap((v, k) => (k > 0 && y[k - 1] * y[k] < 0 ? [v - ((v - x[k - 1]) * y[k]) / (y[k] - y[k - 1])] : []))

  it('B1 as published is a straight line through rest', () => {
    const given = input('B1', [mm], [11])
    const cell = exactCell('B1')
    const u = macroModel(given, cell).initial()
    const curve = drain(tissueCurve({ name: 'membrane', node: 5 }, given, cell, { t: 0, u }))
    const total = curve.traces.find((t) => t.name === 'total')!
    near(total.y[0], -0.154834, 1e-5)
    near(total.y.at(-1)!, 0.326766, 1e-5)
    near(zeroes(total.x, total.y)[0], -0.0685602496, 1e-6)
  })

  it('isochronal B1: visibly curved and less than half as steep after 60 s', () => {
    const given = input('B1', [mm], [11])
    const cell = exactCell('B1')
    const u = macroModel(given, cell).initial()
    const curve = drain(tissueCurve({ name: 'isochronal', node: 5 }, given, cell, { t: 0, u }))
    const [now, later] = curve.traces
    near(now.y[0], -0.154834, 1e-5)
    const slope = (t: typeof now, k: number) => (t.y[k] - t.y[k - 1]) / (t.x[k] - t.x[k - 1])
    const rest = now.x.findIndex((v) => v > -68.56 * mV)
    expect(slope(later, rest)).toBeLessThan(0.5 * slope(now, rest))
    expect(slope(later, now.x.length - 1)).toBeGreaterThan(1.5 * slope(later, rest))
  })

  it('D1 is N-shaped: rest, threshold and a third zero', () => {
    const given = input('D1', [mm], [11])
    const cell = exactCell('D1')
    const model = macroModel(given, cell)
    const m = new MembraneCurrents()
    const u = model.initial()
    const total = (v: number) => {
      const { membrane, fixedI, fixedE } = model.setting
      membrane.evaluate(
        u[0],
        u[11],
        u[0] + u[11] + fixedI,
        u[33],
        u[44],
        u[33] + u[44] + fixedE,
        v,
        u[66],
        membrane.unmodulated(),
        m,
      )
      return m.total
    }
    const x = Array.from({ length: 6001 }, (_, k) => (-75 + 0.00675 * k) * mV)
    const y = x.map(total)
    const [a, b, c] = zeroes(x, y)
    near(a / mV, -68.102859, 1e-6)
    near(b / mV, -50.730356, 1e-6)
    near(c / mV, -39.05994, 1e-6)
    const window = y.slice(
      x.findIndex((v) => v > a),
      x.findIndex((v) => v > c),
    )
    near(Math.max(...window), 0.020949, 1e-4)
    near(Math.min(...window), -0.07013, 1e-4)
  })

  it('T15: a clamp without a carrier destroys electroneutrality, with K as carrier it does not', () => {
    const model = macroModel(input('B1', [mm], [11]), exactCell('B1'))
    model.enter(0, 0)
    const u = model.initial()
    const local = { sI: u[0], kI: u[11], sE: u[33], kE: u[44], v: u[22], gate: 0 }
    near(holdCurrent(model, 5, local, -40 * mV, 60, { carrier: false }).neutrality, -16.5, 0.01)
    expect(Math.abs(holdCurrent(model, 5, local, -40 * mV, 60).neutrality)).toBeLessThan(1e-9)
  })

  it('offers every curve that it names', () => {
    const given = input('B2', [mm], [21])
    const cell = exactCell('B2')
    const u = macroModel(given, cell).initial()
    for (const { name } of card.curves) {
      const curve = drain(tissueCurve({ name, node: 10 }, given, cell, { t: 0, u }))
      for (const trace of curve.traces) expect(trace.y.every(Number.isFinite)).toBe(true)
    }
  })
})

describe('what the teaching presets show', () => {
  it.each([
    [
      'A1',
      'block-pump',
      1,
      [
        [1, -60.64],
        [10, -58.87],
        [60, -51.54],
        [300, -35.78],
        [1200, -18.81],
        [3600, -7.04],
      ],
    ],
    [
      'B1',
      'block-pump',
      1,
      [
        [1, -64.99],
        [10, -62.27],
        [60, -52.86],
        [300, -33.83],
        [1200, -17.74],
        [3600, -14.97],
      ],
    ],
    [
      'A1',
      'open-Cl',
      0.1,
      [
        [0.2, -46.3],
        [10, -45.4],
        [300, -36],
        [1200, -22.6],
        [7200, -12.6],
      ],
    ],
  ] as const)('%s with %s everywhere', (preset, kind, amount, table) => {
    const model = cellCentredModel(preset, 3, mm, { stimuli: [everywhere(kind, amount)] })
    const state = start(model)
    for (const [t, v] of table) {
      run(model, t, { rtol: 1e-5 }, state)
      // The published values come from a first-order scheme with steps of 0.1 s, good to about 0.1 mV.
      expect(Math.abs(state.u[7] / mV - v), `${t} s`).toBeLessThan(0.12)
    }
  })

  it.each([
    ['B2', 0.005, 5.7],
    ['B2', 0.05, 5.439],
    ['B2', 1, 5.153],
  ])('%s, gap %f: spatial buffering leaves %f mM after two minutes', (preset, gap, k) => {
    const tissue = exactTissue(preset, gap)
    const stimuli = [injection([mm], 1e-4, 20, 10)]
    const given = input(preset, [2 * mm], [201], { stimuli, parameters: values(preset, { gap }) })
    const model = macroModel(given, exactCell(preset))
    expect(model.setting.net.volumeE[1]).toBeCloseTo(tissue.fractionE * 1e-5, 12)
    const { state } = run(model, 120, { rtol: 1e-5 })
    near(Math.max(...state.u.subarray(4 * 201, 5 * 201)), k, 2e-3)
  })

  it('B1 between silver electrodes at 50 A/m² reaches its limiting current after 11.3 s, and says so', () => {
    const model = cellCentredModel('B1', 100, mm, {
      experiment: { name: 'current', values: { density: 50, on: 0, off: 60, electrode: 'silver' } },
    })
    const state = start(model)
    let error: unknown
    try {
      run(model, 30, { rtol: 1e-4 }, state)
    } catch (e) {
      error = e
    }
    expect(error).toBeInstanceOf(IntegrationError)
    near(state.t, 11.3, 0.05)
    expect((error as IntegrationError).message).toContain('limiting current')
  })
})
