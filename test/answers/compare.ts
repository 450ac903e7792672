/** Every built-in scenario of a family is well described, keeps its budgets, and comes to its answer. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { builtInNames, loadScenario } from '../../src/cli/input.ts'
import { checkValue } from '../../src/parameter.ts'
import type { Frame, ModelDescription } from '../../src/simulation/frame.ts'
import { settingOf, settings } from '../../src/simulation/scenario.ts'
import { type Answer, answer, type Course, ROUND_OFF } from './answer.ts'

/** Of an observable: relative to its last value, or to this part of its largest one where it has come near zero. */
const CLOSE = 1e-6
const NEAR_ZERO = 1e-3
/** And to less than this in its unit, which is round-off (the mean charge of a porous medium). */
const NOTHING = 1e-14
/** Of the counts of steps and iterations. */
const WORK = 0.1
const BUDGET = 1e-12
const BALANCE = 1e-8
const CURRENT = 1e-6

export function compareAnswers(family: string): void {
  describe.each(builtInNames().filter((name) => loadScenario(name).scenario.family === family))('%s', (name) => {
    it('is described and lies inside its own form', () => {
      const { scenario } = loadScenario(name)
      expect(scenario.title.length).toBeGreaterThan(5)
      expect(scenario.description.length).toBeGreaterThan(20)
      for (const { path, parameter } of settings(scenario))
        expect(checkValue(parameter, settingOf(scenario, path)), path.join('.')).toBeUndefined()
    })

    it('runs to its answer', { timeout: 300_000 }, () => {
      const expected: Answer = JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8'))
      const got = answer(name, checkFrame)
      expect({ frames: got.frames, stoppedBy: got.stoppedBy }).toEqual({
        frames: expected.frames,
        stoppedBy: expected.stoppedBy,
      })
      expect(Math.abs(got.t - expected.t)).toBeLessThanOrEqual(CLOSE * expected.t)
      sameCourse(got.homogenized, expected.homogenized)
      expect(got.resolved === undefined).toBe(expected.resolved === undefined)
      if (got.resolved && expected.resolved) sameCourse(got.resolved, expected.resolved)
    })
  })
}

function sameCourse(got: Course, expected: Course): void {
  expect(Object.keys(got.observables)).toEqual(Object.keys(expected.observables))
  for (const [name, { last, largest }] of Object.entries(expected.observables)) {
    const scale = Math.max(Math.abs(last), NEAR_ZERO * largest)
    expect(
      Math.abs(got.observables[name].last - last),
      `${name}: ${got.observables[name].last}, not ${last}`,
    ).toBeLessThanOrEqual(Math.max(CLOSE * scale, NOTHING))
  }
  for (const [count, value] of Object.entries(expected.work))
    expect(Math.abs(got.work[count as keyof Course['work']] - value), count).toBeLessThanOrEqual(
      Math.max(2, WORK * value),
    )
}

/** Budgets close to round-off; electroneutrality, and the continuity of currents at rest, to what tolerances leave. */
function bound(name: string, group: string): number {
  if (group !== 'budget') return CURRENT
  return name.startsWith('budget') ? BUDGET : BALANCE
}

function checkFrame(frame: Frame, model: ModelDescription): void {
  for (const [k, { name, group }] of model.observables.entries())
    if (ROUND_OFF.includes(group)) expect(Math.abs(frame.observables[k]), name).toBeLessThan(bound(name, group))
  frame.fields.forEach((field, k) => {
    const partial = model.fields[k].partial === true
    expect(
      field.every((v) => Number.isFinite(v) || (partial && Number.isNaN(v))),
      model.fields[k].name,
    ).toBe(true)
  })
}
