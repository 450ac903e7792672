/** Protocols inside a simulation: their own pace and end, and what a state in the middle of one is good for. */
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import { CellCache } from '../../src/simulation/cells.ts'
import type { Frame, Summary } from '../../src/simulation/frame.ts'
import type { Scenario } from '../../src/simulation/scenario.ts'
import { type SimulateOptions, simulate } from '../../src/simulation/simulate.ts'

const cells = new CellCache()
const { scenario } = loadScenario('cathode-tis2')

function collect(
  changes: Partial<Scenario>,
  options: SimulateOptions = {},
): { frames: Frame[]; summary: Summary; span: number } {
  const frames: Frame[] = []
  let span = 0
  const running = simulate({ ...scenario, ...changes }, { cells, ...options })
  for (;;) {
    const { done, value } = running.next()
    if (done) return { frames, summary: value, span }
    if (value.kind === 'frame') frames.push(value.frame)
    if (value.kind === 'model') span = value.model.span
  }
}

const rate = (current: number) => ({
  name: 'constant-current',
  values: { ...scenario.experiment.values, current },
})

describe('a protocol', () => {
  const whole = collect({})

  it('ends by itself, with its reason, and sooner than the longest it may take', () => {
    expect(whole.summary.stoppedBy).toBe('protocol')
    expect(whole.summary.ending).toMatch(/lower cut-off of 1.7 V/)
    expect(whole.summary.t).toBeLessThan(whole.span)
    const times = whole.frames.map((f) => f.t)
    expect(times).toEqual([...times].sort((a, b) => a - b))
  })

  it('gives the same numbers whatever frames are asked for', () => {
    const few = collect({ time: { ...scenario.time, frames: 3 } })
    expect(few.frames.length).toBeLessThan(whole.frames.length)
    expect(few.summary.observables.utilisation).toBe(whole.summary.observables.utilisation)
  })

  it('continues from a frame to the same end, within the tolerance', () => {
    const middle = whole.frames[Math.floor(whole.frames.length / 2)]
    const rest = collect({}, { from: middle.checkpoint })
    expect(rest.summary.observables.utilisation).toBeCloseTo(whole.summary.observables.utilisation!, 4)
    expect(rest.summary.budgets.budget_lithium).toBeLessThan(1e-12)
  })

  it('goes on at another current from where it stands, and begins anew when it is another protocol', () => {
    const middle = whole.frames[Math.floor(whole.frames.length / 2)]
    const slower = collect({ experiment: rate(2) }, { from: middle.checkpoint })
    expect(slower.summary.stoppedBy).toBe('protocol')
    expect(slower.summary.observables.utilisation!).toBeGreaterThan(whole.summary.observables.utilisation! + 0.1)
    const resting = collect({ experiment: { name: 'rest', values: { duration: 100 } } }, { from: middle.checkpoint })
    expect(resting.summary.t).toBeCloseTo(middle.t + 100, 3)
  })

  it('goes on at a current that would long have emptied the cell', () => {
    const late = collect({ experiment: rate(0.5) })
    const middle = late.frames[Math.floor(late.frames.length / 2)]
    const fast = collect({ experiment: rate(20) }, { from: middle.checkpoint })
    expect(fast.summary.stoppedBy).toBe('protocol')
    expect(fast.span).toBeGreaterThan(middle.t)
  })
})

describe('steps', () => {
  const told = (steps: string, changes: Partial<Scenario> = {}) => {
    const notices: string[] = []
    const running = simulate(
      { ...loadScenario('cathode-lfp').scenario, experiment: { name: 'steps', values: { steps } }, ...changes },
      { cells },
    )
    for (;;) {
      const { done, value } = running.next()
      if (done) return { summary: value, notices }
      if (value.kind === 'notice') notices.push(value.notice.message)
    }
  }

  it('that end early or take no time are named, with the reason', () => {
    const { summary, notices } = told('repeat 4 times: discharge at 1C for 0.5 h')
    expect(summary.steps?.map(({ outcome }) => outcome)).toEqual(['done', 'early', 'skipped', 'skipped'])
    const [first, second, third] = summary.steps ?? []
    expect(first.end - first.start).toBeCloseTo(1800, 6)
    expect(second).toMatchObject({ step: 2, start: first.end, reason: 'because the particles are full' })
    expect(third.end).toBe(third.start)
    expect(third.charge).toBe(0)
    expect(first.charge + second.charge).toBeCloseTo(summary.observables.capacity, 3)
    expect(notices).toEqual([
      expect.stringMatching(/^Step 2 .* ended early, after 17\d\d s, because the particles are full\.$/),
      expect.stringMatching(/^Steps 3 and 4 .* took no time: over as soon as begun, because the particles are full\.$/),
    ])
  })

  it('at a current that no cell carries are over at once, and the rest goes on', () => {
    const { summary, notices } = told('discharge at 1C for 30 min; discharge at 2000C for 1 s; rest 10 min')
    expect(summary.steps?.map(({ outcome }) => outcome)).toEqual(['done', 'skipped', 'done'])
    expect(notices).toHaveLength(1)
    expect(notices[0]).toMatch(
      /^Step 2 .*over as soon as begun, at the lower cut-off of 2.5 V, where the voltage would be/,
    )
    expect(summary.stoppedBy).toBe('protocol')
  })

  it('that ended as they were written are told by nobody but the list', () => {
    const { summary, notices } = told('discharge at 1C until 3.3 V or for 20 min; rest 10 min; charge at 1C')
    expect(summary.steps?.map(({ reason }) => reason)).toEqual([
      'after 1200 s',
      'after 600 s',
      expect.stringMatching(/upper cut-off|empty/),
    ])
    expect(notices).toEqual([])
  })

  it('that only wait for a current that has faded are no reason to warn', () => {
    const { summary, notices } = told('discharge at 1C for 10 min; charge at 1C; hold until C/50')
    expect(summary.steps?.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'idle'])
    expect(notices).toEqual([expect.stringMatching(/^Step 3 \(hold the voltage\) had nothing left to do/)])
  })

  it('of many kinds are told in four sentences', () => {
    const one = Array.from({ length: 9 }, (_, k) => `discharge at ${1 + k / 10}C for 1 min`).join('; ')
    const { notices } = told(`discharge at 1C; ${one}`)
    expect(notices).toHaveLength(4)
    expect(notices[3]).toBe('6 more steps ended early or took no time; the list of steps names all.')
  })

  it('say so where a loop gives up before its condition', () => {
    const text = (rounds: number) => `repeat ${rounds} times until SOC below 80%: discharge at 1C for 4 min; rest 1 s`
    expect(told(text(2)).notices).toEqual(['Step 4 (rest): its loop ended after 2 rounds without "SOC below 80%".'])
    const { summary, notices } = told(text(30))
    expect(notices).toEqual([])
    expect(summary.steps).toHaveLength(6)
    expect(summary.stoppedBy).toBe('protocol')
  })

  it('that take no time one after the other are one moment', () => {
    const experiment = { name: 'steps', values: { steps: 'repeat 300 times: discharge at 1C' } }
    const { frames, summary } = collect({ ...loadScenario('cathode-lfp').scenario, experiment })
    expect(summary.steps).toHaveLength(300)
    const last = frames.filter(({ t }) => t === summary.t)
    expect(last.length).toBeLessThanOrEqual(3)
    expect(last.at(-1)?.observables).toBeDefined()
    expect(summary.observables.step).toBe(300)
  })

  it('that the run did not come to are named', () => {
    const time = { ...loadScenario('cathode-lfp').scenario.time, end: 1000 }
    const { summary, notices } = told('discharge at 1C for 10 min; rest 30 min; charge at 1C; rest 1 s', { time })
    expect(summary.steps).toHaveLength(1)
    expect(notices.at(-1)).toMatch(/stopped in step 2 of 4 \(rest\); steps 3 to 4 were not begun/)
  })
})
