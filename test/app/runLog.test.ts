/** A changed run replays to the same numbers: through the worker as the page does, and as a generator as Node does. */
import { describe, expect, it } from 'vitest'
import type { Client } from '../../src/app/store/parts.ts'
import { RunLog } from '../../src/app/store/runLog.ts'
import opening from '../../src/scenarios/porous-opening.json' with { type: 'json' }
import { replay } from '../../src/simulation/course.ts'
import type { Frame } from '../../src/simulation/frame.ts'
import { parseScenario } from '../../src/simulation/parse.ts'
import type { Scenario } from '../../src/simulation/scenario.ts'
import type { Response } from '../../src/worker/protocol.ts'
import { SolverLoop } from '../../src/worker/worker.ts'

const base = parseScenario({
  ...opening,
  macro: { dimension: 1, size: [1e-6], nodes: [41] },
  time: { end: 1e-5, frames: 12, rtol: 1e-3 },
})
const with_ = (parameters: Scenario['parameters']): Scenario => ({
  ...base,
  parameters: { ...base.parameters, ...parameters },
})

/** A worker without a thread, behind a log. */
function bench() {
  const log = new RunLog()
  const frames: Frame[] = []
  let loop: SolverLoop
  const client: Client = log.through((onResponse) => {
    loop = new SolverLoop((response: Response) => onResponse(structuredClone(response)))
    return { post: (request) => loop.handle(structuredClone(request)), dispose: () => undefined }
  })((response) => {
    if (response.kind !== 'frame') return
    while ((frames.at(-1)?.index ?? -1) >= response.frame.index) frames.pop()
    frames.push(response.frame)
  })
  const work = () => {
    while (loop.busy) loop.slice()
  }
  return { log, frames, client, work }
}

const numbers = (frames: readonly Frame[]) => frames.map(({ index, t, observables }) => [index, t, ...observables])

/** Three frames, a change, two frames, two changes at one frame, three frames. */
function changedRun() {
  const made = bench()
  const { client, work } = made
  client.post({ kind: 'start', run: 1, scenario: base })
  client.post({ kind: 'credit', run: 1, frames: 3 })
  work()
  client.post({ kind: 'change', run: 1, scenario: with_({ D_1: 5e-10 }) })
  client.post({ kind: 'credit', run: 1, frames: 2 })
  work()
  client.post({ kind: 'change', run: 1, scenario: with_({ D_1: 7e-10 }) })
  work()
  client.post({ kind: 'change', run: 1, scenario: with_({ D_1: 9e-10 }) })
  client.post({ kind: 'credit', run: 1, frames: 3 })
  work()
  return made
}

describe('a run that was changed on its way', () => {
  it('is its scenarios, each from the frame at which it took over', () => {
    const { log } = changedRun()
    expect(log.course.map(({ frame, scenario }) => [frame, scenario.parameters.D_1])).toEqual([
      [0, base.parameters.D_1],
      [3, 5e-10],
      [5, 7e-10],
      [5, 9e-10],
    ])
  })

  it('replays to the same numbers, whatever the engine grants meanwhile', () => {
    const first = changedRun()
    const again = bench()
    let over = 0
    again.log.arm(first.log.course, { frame: 8 }, () => over++)
    again.client.post({ kind: 'start', run: 7, scenario: with_({ D_1: 9e-10 }) })
    again.client.post({ kind: 'credit', run: 7, frames: 1 })
    again.work()
    expect(over).toBe(1)
    expect(numbers(again.frames.slice(0, 9))).toEqual(numbers(first.frames))
    expect(again.frames.at(-1)?.index).toBe(9)
    expect(again.log.course).toEqual(first.log.course)
  })

  it('replays as a generator, beyond its last change to the end', () => {
    const { log, frames } = changedRun()
    const seen: Frame[] = []
    const run = replay(log.course)
    let next = run.next()
    for (; !next.done; next = run.next())
      if (next.value.kind === 'frame') {
        while ((seen.at(-1)?.index ?? -1) >= next.value.frame.index) seen.pop()
        seen.push(structuredClone(next.value.frame))
      }
    expect(numbers(seen.slice(0, 9))).toEqual(numbers(frames))
    expect(next.value.t).toBeCloseTo(base.time.end, 12)
  })

  it('forgets what showed nothing, and what was gone back behind', () => {
    const { log, client, work, frames } = changedRun()
    const { checkpoint } = frames[4]
    client.post({ kind: 'change', run: 1, scenario: with_({ D_1: 1e-9 }) })
    client.post({ kind: 'change', run: 1, scenario: with_({ D_1: 2e-9 }) })
    work()
    expect(log.course.slice(4).map(({ frame, scenario }) => [frame, scenario.parameters.D_1])).toEqual([[8, 2e-9]])
    client.post({ kind: 'start', run: 2, scenario: with_({ D_1: 3e-9 }), from: checkpoint, firstFrame: 4 })
    work()
    expect(log.course.map(({ frame }) => frame)).toEqual([0, 3, 4])
  })

  it('goes to the worker that has it, whatever other workers are asked', () => {
    const { log, client, work, frames } = bench()
    const others: string[] = []
    const other = log.through(() => ({ post: ({ kind }) => others.push(kind), dispose: () => undefined }))(
      () => undefined,
    )
    client.post({ kind: 'start', run: 1, scenario: base })
    other.post({ kind: 'ping' })
    client.post({ kind: 'credit', run: 1, frames: 2 })
    work()
    client.post({ kind: 'change', run: 1, scenario: with_({ D_1: 5e-10 }) })
    work()
    expect(others).toEqual(['ping'])
    expect(frames.map(({ index }) => index)).toEqual([0, 1, 2])
    expect(log.course.map(({ frame }) => frame)).toEqual([0, 2])
  })

  it('replays up to a time', () => {
    const again = bench()
    let over = 0
    again.log.arm([{ frame: 0, scenario: base }], { time: 0.45 * base.time.end }, () => over++)
    again.client.post({ kind: 'start', run: 1, scenario: base })
    again.work()
    expect(over).toBe(1)
    expect(again.frames.at(-1)?.index).toBe(6)
  })

  it('that somebody changes while it replays goes on from there', () => {
    const { log } = changedRun()
    const again = bench()
    let over = 0
    again.log.arm(log.course, { frame: 8 }, () => over++)
    again.client.post({ kind: 'start', run: 1, scenario: with_({ D_1: 9e-10 }) })
    again.client.post({ kind: 'change', run: 1, scenario: with_({ D_1: 4e-10 }) })
    again.work()
    expect(over).toBe(0)
    expect(again.log.replaying).toBe(false)
    expect(again.log.course.map(({ scenario }) => scenario.parameters.D_1)).toEqual([4e-10])
  })
})
