/** Protocols: the grammar of steps, what experiments stand for, and how runs obey them. */
import { describe, expect, it } from 'vitest'
import { GLOBALS } from '../../../src/models/cathode/layout.ts'
import { experiments, horizon, stepsOf } from '../../../src/models/cathode/protocol/experiments.ts'
import { readProtocol } from '../../../src/models/cathode/protocol/grammar.ts'
import type { Step } from '../../../src/models/cathode/protocol/protocol.ts'
import { stepsFrom } from '../../../src/models/cathode/protocol/steps.ts'
import { checkValue, defaults } from '../../../src/parameter.ts'
import { advance, begin, cellOf, current, held, LFP, TEACHING, TIS2, voltage } from './setup.ts'

const limits = { lowest: 2.5, highest: 4.2, capacity: 36000 }
const read = (text: string) => stepsFrom(readProtocol(text).items, limits)

describe('steps as text', () => {
  it.each([
    ['discharge at 1C until 2.7 V', { hold: 'current', value: 10, until: { below: 2.7 } }],
    ['charge at C/2', { hold: 'current', value: -5, until: { above: 4.2 } }],
    ['Discharge at 0,5 mA/cm2 for 30 min', { hold: 'current', value: 5, until: { below: 2.5, duration: 1800 } }],
    ['discharge at 3 A/m² for 2 h or until 3 V', { hold: 'current', value: 3, until: { below: 3, duration: 7200 } }],
    ['rest 1 h', { hold: 'current', value: 0, until: { duration: 3600 } }],
    ['rest for 90 s', { hold: 'current', value: 0, until: { duration: 90 } }],
    ['hold 3.6 V until C/50', { hold: 'voltage', value: 3.6, until: { taper: 0.2 } }],
    ['hold until C/50', { hold: 'voltage', value: undefined, until: { taper: 0.2 } }],
    ['hold at 3600 mV for 1 d', { hold: 'voltage', value: 3.6, until: { duration: 86400 } }],
    ['power 40 W/m2', { hold: 'power', value: 40, until: { below: 2.5 } }],
    ['sweep to 3.1 V at 0.1 mV/s', { hold: 'voltage', value: undefined, ramp: 1e-4, until: { reach: 3.1 } }],
  ])('%s', (text, step) => {
    expect(read(text)[0]).toMatchObject(step)
  })

  it('reads several lines, semicolons and remarks', () => {
    expect(read('rest 1 s; rest 2 s # twice\n\n# nothing\ncharge at 1C')).toHaveLength(3)
  })

  it.each([
    ['', /no step/],
    ['discharge', /not a current/],
    ['rest', /begins with|needs a time/],
    ['rest 3 parsecs', /needs a time/],
    ['wait 3 s', /begins with/],
    ['hold 3.6 V', /until the current fades/],
    ['discharge at -1C', /not a current/],
    ['discharge at 1C until tomorrow', /not a condition/],
    ['rest 1 s\ncharge at 5 V', /step 2/],
    ['sweep to 3 V', /its rate/],
  ])('refuses "%s" with what is allowed', (text, message) => {
    expect(readProtocol(text).problem).toMatch(message)
    const parameter = experiments.find((e) => e.name === 'steps')!.parameters[0]
    expect(checkValue(parameter, text)).toMatch(message)
  })
})

it.each(experiments.map((e) => [e.name, e] as const))('%s stands for steps that end', (_name, experiment) => {
  const steps = stepsOf({ name: experiment.name, values: defaults(experiment.parameters) }, limits)
  expect(steps.length).toBeGreaterThan(0)
  for (const step of steps) expect(Object.values(step.until).some((v) => v !== undefined)).toBe(true)
  const time = horizon(steps, limits)
  expect(time).toBeGreaterThan(0)
  expect(Number.isFinite(time)).toBe(true)
})

it('a load takes longer the higher the voltage stays', () => {
  const [power] = read('power 40 W/m2')
  // 36000 C/m² at the 4.2 V that are never passed.
  expect(horizon([power!], limits)).toBeGreaterThan((36000 * 4.2) / 40)
})

describe('runs', () => {
  it('follow their steps: charge passed, rests, held voltage, fading current', () => {
    const steps = [
      current(30, { passed: 0.3 }),
      current(0, { duration: 60 }),
      current(-20, { above: 3.5 }),
      held(3.5, { taper: 1 }),
    ]
    const model = cellOf(TEACHING, { values: { Omega: -3, noise: 0 }, steps })
    const run = begin(model)
    const ends: { t: number; V: number; I: number; Q: number }[] = []
    for (const accepted of run.integrator.advance(run.state, 1e6)) {
      if (!accepted || !run.integrator.atEvent) continue
      const I = -model.reactionSum(run.state.u)
      ends.push({ t: run.state.t, V: voltage(run), I, Q: model.utilisation(run.state.u) })
    }
    // Each event is seen twice, before and after its change; the last one ends the run.
    expect(ends[0].Q).toBeCloseTo(0.3, 7)
    expect(ends[2].t - ends[1].t).toBeCloseTo(60, 5)
    expect(ends[4].V).toBeCloseTo(3.5, 6)
    expect(ends.at(-1)!.I).toBeCloseTo(-1, 5)
    expect(ends.at(-1)!.V).toBeCloseTo(3.5, 7)
    expect(run.state.stopped).toBe(true)
    expect(model.ending()).toMatch(/Hold ended with the current down to 1 A/)
  })

  it.each([
    ['TiS2 at a hundredth of its usual current', TIS2, 0.1, {}],
    ['fast kinetics', LFP, 1.27, { noise: 0, Omega: 1.5, k0: 1000 }],
    ['a mosaic', LFP, 1.27, { noise: 0.02 }],
  ] as const)('meet a held current at every step, however fast the kinetics: %s', (_name, preset, I, values) => {
    const run = begin(cellOf(preset, { cells: 40, grading: 1, values, steps: [current(I, { below: 1.7 })] }), 1e-4)
    let worst = 0
    advance(run, 1e9, (_t, u) => {
      worst = Math.max(worst, Math.abs(run.model.reactionSum(u) / I + 1))
    })
    expect(worst).toBeLessThan(1e-6)
  })

  it('go on after full particles: a rest is a rest', () => {
    const model = cellOf(LFP, { cells: 10, values: { noise: 0 }, steps: [current(1), current(0, { duration: 600 })] })
    const run = begin(model, 1e-4)
    advance(run, 1e9)
    expect(model.ending()).toMatch(/Current ended after 600 s/)
  })

  it('end at a state of charge, and leave a loop when its condition is met', () => {
    const text =
      'discharge at 30 A/m2 until 80% SOC; (discharge at 30 A/m2 for 60 s; rest 10 s) until SOC below 60%; charge at 30 A/m2 until 70% SOC'
    const steps = stepsFrom(readProtocol(text).items, { ...limits, lowest: 1 })
    const run = begin(cellOf(TEACHING, { values: { Omega: -3, noise: 0 }, steps }))
    const ends: { step: number; soc: number }[] = []
    const { u } = run.state
    for (const accepted of run.integrator.advance(run.state, 1e6)) {
      if (!accepted || !run.integrator.atEvent) continue
      ends.push({ step: u[run.model.globals + GLOBALS.STEP], soc: 1 - run.model.meanFilling(u) })
    }
    expect(run.state.stopped).toBe(true)
    expect(ends[0].soc).toBeCloseTo(0.8, 7)
    expect(ends.at(-1)!.soc).toBeCloseTo(0.7, 7)
    // 60 s at this current are 8 % of the capacity: three rounds, and none below 60 %.
    const rests = ends.filter(({ step }) => step % 2 === 0 && step < 201 && step > 0)
    expect(rests.at(-1)!.soc).toBeLessThan(0.6)
    expect(rests.at(-3)!.soc).toBeGreaterThan(0.6)
    expect(ends.at(-1)!.step).toBe(201)
  })

  it('are recorded at least as often as they say', () => {
    const steps = stepsFrom(readProtocol('discharge at 30 A/m2 for 100 s (5 s period); rest 100 s').items, limits)
    const times: number[] = []
    advance(begin(cellOf(TEACHING, { values: { Omega: -3, noise: 0 }, steps })), 1e4, (t) => times.push(t))
    const gaps = times.map((t, k) => t - (times[k - 1] ?? 0))
    expect(Math.max(...gaps.filter((_, k) => times[k] <= 100))).toBeLessThanOrEqual(5 + 1e-9)
    expect(Math.max(...gaps.filter((_, k) => times[k] > 101))).toBeGreaterThan(6)
  })

  it('E1 takes its charge along at the steps, at a physical Debye length', () => {
    const steps = [current(30, { duration: 60 }), current(0, { duration: 60 }), current(-30, { duration: 60 })]
    const [charged, neutral] = (['E1', 'E2'] as const).map((electrolyte) => {
      const values = { Omega: -3, noise: 0, electrolyte, delta: 1e-6 }
      return voltage(advance(begin(cellOf(TEACHING, { values, steps }), 1e-6), 150))
    })
    expect(Math.abs(charged! - neutral!)).toBeLessThan(1e-5)
  })

  it('exchanged in the middle begin anew from the state, changed in amount go on', () => {
    const values = { Omega: -3, noise: 0 }
    const run = begin(
      cellOf(TEACHING, { values, steps: [current(30, { below: 3 }), current(-30, { above: 3.8 })] }),
      1e-6,
    )
    advance(run, 100)
    const { u, t } = run.state
    const from = (model: ReturnType<typeof cellOf>) => ({ t, u, layout: model.layout, macro: model.macro })
    const sweep = cellOf(TEACHING, {
      values,
      steps: [{ label: 'sweep', hold: 'voltage', value: undefined, ramp: 1e-4, until: { reach: 3.2 } }],
    })
    const exchanged = sweep.adopt(from(sweep))!
    expect(exchanged[sweep.globals + GLOBALS.START]).toBe(t)
    expect(exchanged[sweep.globals + GLOBALS.V_START] * sweep.setting.thermal).toBeCloseTo(voltage(run), 9)
    const faster = cellOf(TEACHING, { values, steps: [current(60, { below: 3 }), current(-60, { above: 3.8 })] })
    expect(faster.adopt(from(faster))![faster.globals + GLOBALS.START]).toBe(0)
  })

  it('hold a power: current times voltage', () => {
    const steps = [{ label: 'power', hold: 'power' as const, value: 60, until: { below: 2.5 } }]
    const model = cellOf(LFP, { cells: 20, values: { noise: 0, Omega: 1 }, steps })
    const run = begin(model)
    let worst = 0
    advance(run, 1e9, (_t, u) => {
      const sum = model.reactionSum(u)
      worst = Math.max(worst, Math.abs((-sum * model.terminal(u, sum)) / 60 - 1))
    })
    // As well as Newton's iterations are converged at this tolerance.
    expect(worst).toBeLessThan(1e-4)
    expect(run.state.stopped).toBe(true)
  })

  it('continue from a state in the middle of a step as if nothing had happened', () => {
    const steps = [current(30, { duration: 100 }), current(0, { duration: 50 }), current(-30, { duration: 100 })]
    const whole = begin(cellOf(TEACHING, { values: { Omega: -3, noise: 0 }, steps }), 1e-7)
    advance(whole, 240)
    const first = begin(cellOf(TEACHING, { values: { Omega: -3, noise: 0 }, steps }), 1e-7)
    advance(first, 120)
    expect(first.state.u[first.model.globals + GLOBALS.STEP]).toBe(1)
    const second = begin(cellOf(TEACHING, { values: { Omega: -3, noise: 0 }, steps }), 1e-7, first.state.u.slice())
    second.state.t = 120
    advance(second, 240)
    expect(Math.abs(voltage(second) - voltage(whole))).toBeLessThan(2e-6)
  })

  it('contact resistance is a resistance', () => {
    const bare = begin(cellOf(LFP, { steps: [current(10)] }), 1e-9)
    const contact = begin(cellOf(LFP, { values: { contact: 1e-3 }, steps: [current(10)] }), 1e-9)
    expect(voltage(bare) - voltage(contact)).toBeCloseTo(0.01, 9)
  })

  it('a sweep that has filled the particles empties them again', () => {
    const down: Step = { label: 'down', hold: 'voltage', value: undefined, ramp: -1e-4, until: { below: 2.6 } }
    const up: Step = { label: 'up', hold: 'voltage', value: undefined, ramp: 1e-4, until: { above: 4.1 } }
    const run = begin(cellOf(LFP, { cells: 10, separatorCells: 4, steps: [down, up] }), 1e-4)
    advance(run, 1e5)
    expect(run.state.t).toBeGreaterThan(4000)
    expect(run.model.meanFilling(run.state.u)).toBeLessThan(0.02)
  })

  it('two dimensions with a tab along the whole collector are one dimension', () => {
    const steps = [current(30)]
    const line = begin(cellOf(TEACHING, { cells: 20, separatorCells: 6, values: { Omega: -3, noise: 0 }, steps }), 1e-8)
    const base = cellOf(TEACHING, { cells: 20, separatorCells: 6, values: { Omega: -3, noise: 0 }, steps })
    const sheet = begin(
      cellOf(TEACHING, { rows: 4, height: 1e-4, cells: 20, separatorCells: 6, values: { Omega: -3, noise: 0 }, steps }),
      1e-8,
    )
    advance(line, 50)
    advance(sheet, 50)
    expect(Math.abs(voltage(sheet) - voltage(line))).toBeLessThan(1e-10)
    const half = begin(
      cellOf(TEACHING, {
        rows: 4,
        height: 1e-4,
        cells: 20,
        separatorCells: 6,
        values: { Omega: -3, noise: 0, tab: 0.25 },
        structure: { Sigma: 0.02 },
        steps,
      }),
      1e-6,
    )
    advance(half, 50)
    expect(voltage(half)).toBeLessThan(voltage(line) - 0.005)
    expect(half.model.meanFilling(half.state.u)).toBeCloseTo(line.model.meanFilling(line.state.u), 6)
    expect(base.nodes).toBe(27)
  })
})
