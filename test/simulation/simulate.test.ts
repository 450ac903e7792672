import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import { finish } from '../../src/finish.ts'
import type { Model } from '../../src/models/family.ts'
import { familyNamed } from '../../src/models/index.ts'
import { CellCache, solveCell } from '../../src/simulation/cells.ts'
import type { Frame, ModelDescription, SimulationEvent } from '../../src/simulation/frame.ts'
import { Run } from '../../src/simulation/run.ts'
import { familyInput, type Scenario } from '../../src/simulation/scenario.ts'
import { computeCurve, simulate } from '../../src/simulation/simulate.ts'

const cells = new CellCache()

/** The one-dimensional pulse, short. */
function pulse(changes: Partial<Scenario> = {}): Scenario {
  const { scenario } = loadScenario('tissue-b1-pulse')
  return {
    ...scenario,
    time: { end: 10, frames: 10, rtol: 1e-4 },
    macro: { dimension: 1, size: [1e-3], nodes: [51] },
    ...changes,
  }
}

function collect(scenario: Scenario, options = {}) {
  const events: SimulationEvent[] = [...simulate(scenario, { cells, ...options })]
  return {
    events,
    frames: events.flatMap((e) => (e.kind === 'frame' ? [e.frame] : [])),
    model: events.find((e): e is { kind: 'model'; model: ModelDescription } => e.kind === 'model')!.model,
    notices: events.flatMap((e) => (e.kind === 'notice' ? [e.notice] : [])),
  }
}

const finalState = (frames: Frame[]) => [...frames.at(-1)!.checkpoint.u]

describe('simulate', () => {
  it('gives the same numbers for the same scenario', () => {
    expect(finalState(collect(pulse()).frames)).toEqual(finalState(collect(pulse()).frames))
  })

  it('continues from a checkpoint to the same solution within the tolerance, with budgets intact', () => {
    const whole = collect(pulse()).frames
    const rest = collect(pulse(), { from: whole[4].checkpoint, firstFrame: 4 }).frames
    expect(rest[0].index).toBe(4)
    expect(rest.at(-1)!.index).toBe(10)
    expect(rest.at(-1)!.t).toBe(10)
    const [a, b] = [finalState(whole), finalState(rest)]
    a.forEach((v, k) => {
      expect(Math.abs(b[k] - v)).toBeLessThan(2e-3 * (Math.abs(v) + 0.01))
    })
    const names = collect(pulse()).model.observables.map((o) => o.name)
    expect(Math.abs(rest.at(-1)!.observables[names.indexOf('budget_K')])).toBeLessThan(1e-12)
  })

  it('says once where a balance is off by more than round-off', () => {
    const scenario = pulse()
    const real = familyNamed('tissue').macro(familyInput(scenario), finish(solveCell(scenario, cells)))
    const leaking: Model = Object.assign(Object.create(real), {
      observe: (t: number, ...rest: [Float64Array, Float64Array, Float64Array]) => {
        const seen = real.observe(t, ...rest)
        seen[real.observables.findIndex((o) => o.name === 'budget_K')] -= 1e-9 * t
        return seen
      },
    })
    const u = real.initial()
    const state = { t: 0, u, integrals: new Float64Array(real.rateCount), dt: 0 }
    const start = { state, baseline: real.contents(u), notices: [] }
    const run = new Run(scenario, leaking, undefined, start, { span: 10, period: 1e-5, firstFrame: 0 })
    const notices = [...run.begin(), ...run.go()].flatMap((e) => (e.kind === 'notice' ? [e.notice.message] : []))
    expect(notices).toEqual([expect.stringMatching(/^K balance error: -2\.0e-9 of the content at t = 2 s/)])
  })

  it('carries the state over a change of parameters without a jump in concentrations', () => {
    const first = collect(pulse()).frames
    const scenario = pulse()
    const changed = { ...scenario, parameters: { ...scenario.parameters, G_K: 1.6 } }
    const second = collect(changed, { from: first[5].checkpoint, firstFrame: 5 })
    expect([...second.frames[0].fields[1]]).toEqual([...first[5].fields[1]])
    expect(second.notices).toEqual([])
    expect(finalState(second.frames)).not.toEqual(finalState(first))
  })

  it('interpolates onto another mesh and says that budgets start again', () => {
    const first = collect(pulse()).frames
    const finer = pulse({ macro: { dimension: 1, size: [1e-3], nodes: [101] } })
    const second = collect(finer, { from: first[5].checkpoint, firstFrame: 5 })
    expect(second.notices.map((n) => n.level)).toEqual(['info'])
    expect(second.frames[0].fields[1][100 / 2]).toBeCloseTo(first[5].fields[1][25], 5)
  })

  it('moves a run into a bath: budgets start again, with a notice, and stay closed', () => {
    const first = collect(pulse()).frames
    const bath = (k: number) =>
      pulse({ experiment: { name: 'bath', values: { sides: 'both', bath_Na: 140.55, bath_K: k } } })
    const second = collect(bath(20), { from: first[5].checkpoint, firstFrame: 5 })
    expect(second.notices.map((n) => n.level)).toEqual(['info'])
    const third = collect(bath(40), { from: second.frames[2].checkpoint, firstFrame: 7 })
    expect(third.notices.map((n) => n.level)).toEqual(['info'])
    for (const { events } of [second, third]) {
      const end = events.at(-1)!
      if (end.kind !== 'end') throw new Error('no end')
      for (const [key, value] of Object.entries(end.summary.budgets))
        expect(value, key).toBeLessThan(key.startsWith('budget') ? 1e-12 : 1e-8)
    }
  })

  it('starts anew, with a notice, where the state has no meaning', () => {
    const first = collect(pulse()).frames
    const sheet = pulse({ macro: { dimension: 2, size: [1e-3, 1e-3], nodes: [9, 9] } })
    const second = collect(sheet, { from: first[5].checkpoint, firstFrame: 5 })
    expect(second.notices[0].message).toMatch(/starts anew/)
    expect(second.frames[0].t).toBe(0)
  })

  it('lets the cell choose the model class, and refuses a cell whose extracellular phase is cut off', () => {
    const strip = (width: number, axis: string) => ({
      ...pulse().cell,
      shapes: [{ shape: 'bar', phase: 'intracellular', axis, center: [0.5, 0.5], width }],
    })
    expect(collect(pulse()).model.modelClass).toBe('connected-disconnected')
    expect(collect(pulse({ cell: strip(0.5, 'x') })).model.modelClass).toBe('connected-connected')
    expect(() => collect(pulse({ cell: strip(0.5, 'y') }))).toThrow(/does not percolate along x/)
  })

  it('stops at the limiting current with words and advice', () => {
    const { scenario } = loadScenario('tissue-limiting-current')
    const short = { ...scenario, time: { ...scenario.time, rtol: 1e-3 } }
    const { events, notices, frames } = collect(short)
    expect(notices.at(-1)!.message).toMatch(/limiting current/)
    expect(notices.at(-1)!.advice!.length).toBeGreaterThan(0)
    const end = events.at(-1)!
    if (end.kind !== 'end') throw new Error('no end')
    expect(end.summary.stoppedBy).toBe('event')
    // The last frame is the moment of the stop, and the summary describes it.
    expect(frames.at(-1)!.t).toBe(end.summary.t)
    expect(end.summary.observables.K_E_max).toBe(frames.at(-1)!.observables[0])
    expect(end.summary.budgets.budget_Na).toBeGreaterThan(0)
  })

  it('computes a curve for any checkpoint', () => {
    const frames = collect(pulse()).frames
    const solving = computeCurve(pulse(), { name: 'membrane', node: 25 }, frames[3].checkpoint, cells)
    let next = solving.next()
    while (!next.done) next = solving.next()
    expect(next.value.traces.length).toBe(5)
  })
})
