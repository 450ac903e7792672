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
    const short = {
      ...scenario,
      time: { ...scenario.time, end: (2 * scenario.time.end) / scenario.time.frames, frames: 2 },
    }
    const events: SimulationEvent[] = [...simulate(short, { cells })]
    const kinds = events.map((e) => e.kind)
    expect(kinds.indexOf('cell')).toBeLessThan(kinds.indexOf('model'))
    expect(events.filter((e) => e.kind === 'frame')).toHaveLength(3)
    const end = events.at(-1)!
    if (end.kind !== 'end') throw new Error(`ended with ${end.kind}`)
    for (const [key, value] of Object.entries(end.summary.budgets))
      expect(value, key).toBeLessThan(key.startsWith('budget') ? 1e-12 : 1e-8)
    for (const event of events)
      if (event.kind === 'frame')
        for (const field of event.frame.fields) expect(field.every(Number.isFinite)).toBe(true)
  })
})
