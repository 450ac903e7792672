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
