/** Runs whose workers are harmed at random moments, and the same without harm. */
import { isDeepStrictEqual } from 'node:util'
import { loadScenario } from '../../src/cli/input.ts'
import type { Frame } from '../../src/simulation/frame.ts'
import type { Scenario } from '../../src/simulation/scenario.ts'
import type { Response } from '../../src/worker/protocol.ts'
import { random } from '../fuzz/inputs.ts'
import { type Harm, type World, world } from './world.ts'

export const HARMS: readonly Harm[] = ['silent', 'error', 'hang']

export function short(changes: Partial<Scenario> = {}): Scenario {
  const { scenario } = loadScenario('tissue-b1-pulse')
  return {
    ...scenario,
    time: { end: 20, frames: 20, rtol: 1e-3 },
    macro: { dimension: 1, size: [1e-3], nodes: [31] },
    ...changes,
  }
}

export const frames = (responses: readonly Response[]) =>
  responses.flatMap((r) => (r.kind === 'frame' ? [r.frame] : []))
export const lastIndex = ({ responses }: World) => frames(responses).at(-1)?.index ?? -1
/** A frame but for what tells how long it took. */
export const numbers = ({ index, t, fields, observables, checkpoint, resolved }: Frame) => ({
  index,
  t,
  fields,
  observables,
  checkpoint,
  resolved: resolved && { fields: resolved.fields, observables: resolved.observables },
})

/**
 * A run with a change in its middle, harmed at random moments.
 * @returns the frames as they came, the index of the one that was changed at, and how often a worker was harmed
 */
function run(before: Scenario, after: Scenario, middle: number, last: number, seed?: number) {
  const w = world()
  const { supervisor, responses } = w
  const draw = random(seed ?? 0)
  const over = () => responses.some((r) => r.kind === 'end' || r.kind === 'failed')
  let kills = 0
  // The third in a row, without a frame in between, would be the named end.
  const seen = { frames: 0, workers: 1 }
  const harm = () => {
    const there = frames(responses).length
    if (there > seen.frames) Object.assign(seen, { frames: there, workers: w.workers.length })
    if (seed === undefined || draw() > 0.2 || w.worker().state !== 'alive' || w.workers.length > seen.workers + 1)
      return
    w.worker().harm(HARMS[Math.floor(draw() * HARMS.length)])
    kills++
  }
  const runTo = (index: number) => {
    while (lastIndex(w) < index && !over()) {
      const known = lastIndex(w)
      supervisor.post({ kind: 'credit', run: 1, frames: seed === undefined ? 1 : 1 + Math.floor(draw() * 2) })
      w.until(() => {
        harm()
        return lastIndex(w) > known || over()
      })
    }
    // Credits that are left bring frames that nobody asks for by name.
    for (let k = 0; k < 50; k++) w.turn()
  }
  supervisor.post({ kind: 'start', run: 1, scenario: before })
  w.until(() => lastIndex(w) >= 0)
  runTo(middle)
  const turned = lastIndex(w)
  supervisor.post({ kind: 'change', run: 1, scenario: after })
  runTo(last)
  return { frames: frames(responses), turned, kills, responses }
}

/** Runs to try: what is changed in their middle, the frames of the change and of the end. */
export function cases() {
  const tissue = short()
  const { scenario: cathode } = loadScenario('cathode-teaching')
  const judge = short({ micro: { repeat: 4, resolution: 8 } })
  return [
    ['a tissue', tissue, { ...tissue, parameters: { ...tissue.parameters, G_K: 2 } }, 4, 10, 12],
    ['a cathode under its protocol', cathode, { ...cathode, time: { ...cathode.time, rtol: 1e-4 } }, 5, 12, 6],
    ['a tissue with its cells beside', judge, judge, 2, 4, 4],
  ] as const
}

/**
 * A harmed run beside a calm one with the same change at the same frame, and nothing else.
 * @returns how often a worker was harmed, pairs of frames compared, and those that differ
 */
export function duel(before: Scenario, after: Scenario, middle: number, last: number, seed: number) {
  const harmed = run(before, after, middle, last, seed)
  const calm = run(before, after, harmed.turned, last)
  const key = (all: readonly Frame[], k: number) =>
    `${all.slice(0, k + 1).filter((f) => f.index === harmed.turned).length > 1 ? 'after' : 'before'} ${all[k].index}`
  const expected = new Map(calm.frames.map((frame, k) => [key(calm.frames, k), numbers(frame)]))
  const pairs = harmed.frames.flatMap((frame, k) => {
    const calmly = expected.get(key(harmed.frames, k))
    return calmly ? [[numbers(frame), calmly] as const] : []
  })
  return {
    kills: harmed.kills,
    compared: pairs.length,
    different: pairs.filter((pair) => !isDeepStrictEqual(...pair)),
    failed: harmed.responses.filter((r) => r.kind === 'failed'),
    reached: harmed.frames.at(-1)?.index ?? -1,
  }
}
