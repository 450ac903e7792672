/** Small promises of the page: pace, strokes, units, and that a form allows what a scenario may be. */
import { describe, expect, it } from 'vitest'
import { timeUnit } from '../../src/app/ground/format.ts'
import { scenarioProblems } from '../../src/app/ground/house.ts'
import { presets } from '../../src/app/ground/presets.ts'
import { settings } from '../../src/app/page/settings.ts'
import { stroke } from '../../src/app/stage/show.ts'
import { Pace } from '../../src/app/store/pace.ts'
import { settings as schemas, withSetting } from '../../src/simulation/scenario.ts'

describe('the pace', () => {
  it('owes no more after a long pause than after a short one: a pause is not caught up', () => {
    const [short, long] = [new Pace(), new Pace()]
    const speed = 30
    short.due(1, speed)
    long.due(1000, speed)
    const rest = (pace: Pace) => {
      let frames = 0
      // Every frame granted comes at once, and no time passes.
      for (let k = 0; k < 100; k++) {
        while (pace.outstanding > 0) pace.arrived()
        frames += pace.due(0, speed)
      }
      return frames
    }
    expect(rest(long)).toBe(rest(short))
    expect(new Pace().due(1000, speed)).toBeLessThanOrEqual(speed / 15)
  })

  it('grants as many frames a second as the speed says', () => {
    const pace = new Pace()
    let frames = 0
    for (let k = 0; k < 600; k++) {
      frames += pace.due(1 / 60, 12)
      while (pace.outstanding > 0) pace.arrived()
    }
    expect(frames).toBe(120)
  })
})

it('a stroke acts from now on for the duration of the brush', () => {
  const brush = { active: true, kind: 'potassium', amount: 3, radius: 1e-4, duration: 0.25 }
  const { start, end, region, amount } = stroke({ brush, time: 2 }, [1e-3])
  expect([start, end, amount]).toEqual([2, 2.25, 3])
  expect(region).toEqual({ shape: 'gaussian', center: [1e-3], radius: 1e-4 })
})

it('units of time are what they are called', () => {
  const seconds = { h: 3600, s: 1, ms: 1e-3, µs: 1e-6 }
  for (const span of [1e5, 20, 2e-3, 1e-6]) {
    const { unit, factor } = timeUnit(span)
    expect(factor).toBe(seconds[unit as keyof typeof seconds])
  }
})

describe('the form of settings', () => {
  it.each(presets().map(({ name, scenario }) => [name, scenario] as const))('%s lies inside it', (_, scenario) => {
    for (const { parameter, value } of settings(scenario, false)) {
      if (parameter.kind !== 'number') continue
      expect(value, parameter.name).toBeGreaterThanOrEqual(parameter.min)
      expect(value, parameter.name).toBeLessThanOrEqual(parameter.max)
    }
  })

  it('its limits are those of a scenario: what is just outside is refused there too', () => {
    const [{ scenario }] = presets()
    for (const { path, parameter } of schemas(scenario)) {
      if (parameter.kind !== 'number') continue
      for (const outside of [parameter.min - Math.max(1, Math.abs(parameter.min)), parameter.max * 2 + 1]) {
        const problems = scenarioProblems(withSetting(scenario, path, outside))
        expect(
          problems.map((p) => p.path),
          `${path.join('.')} = ${outside}`,
        ).toContainEqual(expect.stringContaining(String(path[0])))
      }
    }
  })
})
