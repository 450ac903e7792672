/** A run that was changed on its way, computed again: its frames, and what of a line a new frame leaves. */
import { describe, expect, it } from 'vitest'
import { finish } from '../../src/finish.ts'
import opening from '../../src/scenarios/porous-opening.json' with { type: 'json' }
import { replay, type Stretch } from '../../src/simulation/course.ts'
import { type Frame, keptBefore, type ModelDescription, type SimulationEvent } from '../../src/simulation/frame.ts'
import { parseScenario } from '../../src/simulation/parse.ts'
import type { Scenario } from '../../src/simulation/scenario.ts'
import { simulate } from '../../src/simulation/simulate.ts'

const base = parseScenario({
  ...opening,
  macro: { dimension: 1, size: [1e-6], nodes: [41] },
  time: { end: 1e-5, frames: 6, rtol: 1e-3 },
})
const slower: Scenario = { ...base, parameters: { ...base.parameters, D_1: 5e-10 } }

const framesOf = (events: Iterable<SimulationEvent>): Frame[] =>
  [...events].flatMap((event) => (event.kind === 'frame' ? [structuredClone(event.frame)] : []))
const numbers = ({ index, t, observables }: Frame) => [index, t, ...observables]

describe('a course', () => {
  it('of one scenario is its run', () => {
    const [alone, replayed] = [framesOf(simulate(base)), framesOf(replay([{ frame: 0, scenario: base }]))]
    expect(replayed.map(numbers)).toEqual(alone.map(numbers))
  })

  it('goes on from the frame at which the next scenario took over, and ends with the last', () => {
    const course: Stretch[] = [
      { frame: 0, scenario: base },
      { frame: 3, scenario: slower },
    ]
    const first = framesOf(simulate(base)).slice(0, 4)
    const rest = framesOf(simulate(slower, { from: first[3].checkpoint, firstFrame: 3 }))
    expect(framesOf(replay(course)).map(numbers)).toEqual([...first, ...rest].map(numbers))
    expect(finish(replay(course)).t).toBeCloseTo(base.time.end, 12)
  })

  it('ends early where a scenario ends before the next takes over', () => {
    const course: Stretch[] = [
      { frame: 0, scenario: base },
      { frame: 99, scenario: slower },
    ]
    expect(framesOf(replay(course)).map(numbers)).toEqual(framesOf(simulate(base)).map(numbers))
    expect(finish(replay(course))).toMatchObject({ stoppedBy: 'end', frames: 6 })
  })

  it('without a scenario is refused', () => {
    expect(() => finish(replay([]))).toThrow('at least one')
  })
})

describe('a line of frames', () => {
  const [model, another] = [{}, {}] as ModelDescription[]
  const line = (times: readonly number[]) => times.map((t, index) => ({ index, t, model }))

  it('keeps all that is before a new frame', () => {
    expect(keptBefore([], { index: 0, t: 0 }, model)).toBe(0)
    expect(keptBefore(line([0, 1, 2]), { index: 3, t: 3 }, model)).toBe(3)
  })

  it('loses an abandoned future: the same index and later ones', () => {
    expect(keptBefore(line([0, 1, 2, 3]), { index: 2, t: 2.5 }, model)).toBe(2)
  })

  it('loses what is of a later time, as a change that begins again at zero', () => {
    expect(keptBefore(line([0, 1, 2]), { index: 3, t: 0 }, another)).toBe(0)
    expect(keptBefore(line([0, 1, 2]), { index: 3, t: 1.5 }, model)).toBe(2)
  })

  it('keeps the frame before an event, and not that of another model at its time', () => {
    expect(keptBefore(line([0, 1, 2]), { index: 3, t: 2 }, model)).toBe(3)
    expect(keptBefore(line([0, 1, 2]), { index: 3, t: 2 }, another)).toBe(2)
    expect(keptBefore(line([0, 1, 2]), { index: 4, t: 2 }, model)).toBe(2)
  })
})
