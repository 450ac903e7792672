/** Every built-in scenario is valid, starts, and keeps its budgets over its first frames. */
import { describe, expect, it } from 'vitest'
import { builtInNames, loadScenario } from '../../src/cli/input.ts'
import { CellCache } from '../../src/simulation/cells.ts'
import type { SimulationEvent } from '../../src/simulation/frame.ts'
import { simulate } from '../../src/simulation/simulate.ts'

const cells = new CellCache()

describe.each(builtInNames())('%s', (name) => {
  it('is valid, described, and keeps its budgets over the first frames', { timeout: 60_000 }, () => {
    const { scenario } = loadScenario(name)
    expect(scenario.title.length).toBeGreaterThan(5)
    expect(scenario.description.length).toBeGreaterThan(20)
    // Three frames of the whole run suffice here; the command line runs all of them.
    const protocol = scenario.family === 'cathode'
    const short = {
      ...scenario,
      time: protocol
        ? {
            ...scenario.time,
            rtol: 1e-3,
            end: Math.min(scenario.time.end, scenario.micro?.repeat ? 100 : Number.POSITIVE_INFINITY),
          }
        : { ...scenario.time, end: (2 * scenario.time.end) / scenario.time.frames, frames: 2 },
    }
    const events: SimulationEvent[] = []
    for (const event of simulate(short, { cells })) events.push(event)
    const kinds = events.map((e) => e.kind)
    expect(kinds.indexOf('cell')).toBeLessThan(kinds.indexOf('model'))
    const frames = events.filter((e) => e.kind === 'frame').length
    const model = events.find((e) => e.kind === 'model')!.model
    // Protocols set their own pace and run to their end, but for the beginning of resolved ones.
    if (protocol) expect(frames).toBeGreaterThanOrEqual(3)
    else expect(frames).toBe(3)
    const end = events.at(-1)!
    if (end.kind !== 'end') throw new Error(`ended with ${end.kind}`)
    for (const [key, value] of Object.entries(end.summary.budgets))
      expect(value, key).toBeLessThan(key.startsWith('budget') ? 1e-12 : 1e-8)
    for (const event of events)
      if (event.kind === 'frame')
        event.frame.fields.forEach((field, k) => {
          const partial = model.fields[k].partial === true
          expect(field.every((v) => Number.isFinite(v) || (partial && Number.isNaN(v)))).toBe(true)
        })
  })
})
