/** Solvers that fail say so in the language that is on: why, when, and what to try. */
import { afterEach, expect, it } from 'vitest'
import { finish } from '../../src/finish.ts'
import { speak } from '../../src/language/speak.ts'
import { Integrator } from '../../src/numerics/integrate.ts'
import { IntegrationError, makeConsistent } from '../../src/numerics/steps.ts'
import { DenseSystem } from '../numerics/dense-system.ts'

afterEach(() => speak('en'))

/** What a run of a system from one to `until` ends with. */
function failure(of: () => Generator<unknown, void>): IntegrationError {
  try {
    finish(of())
  } catch (error) {
    if (error instanceof IntegrationError) return error
    throw error
  }
  throw new Error('it did not fail')
}

const advance = (f: (u: number) => number, fixedStep?: number) => () => {
  const system = new DenseSystem({ mass: [1], initial: [1], f: (_, [u]) => [f(u)] })
  const state = { t: 0, u: system.initial(), integrals: new Float64Array(1), dt: 0 }
  return new Integrator(system, { rtol: 1e-4, fixedStep }).advance(state, 2)
}
const contradictory = () => {
  const system = new DenseSystem({ mass: [1, 0], initial: [1, 0], f: (_, [, v]) => [0, v * v + 1] })
  return makeConsistent(system, 3, system.initial(), 1e-4)
}

it.each([
  [
    'a blow-up',
    advance((u) => u * u),
    /^no step from t = [\d.]+ s succeeds/,
    /^von t = [\d.]+ s an gelingt kein Schritt/,
  ],
  ['no number', advance(() => Number.NaN, 0.1), /failed at .*is not a number$/, /misslungen: .* ist keine Zahl$/],
  ['no potentials', contradictory, /^no consistent potentials exist at t = 3.00000 s: \w/, /keine verträglichen/],
])('%s', async (_, of, english, german) => {
  const before = failure(of)
  expect(before.message).toMatch(english)
  await speak('de')
  const { message, advice } = failure(of)
  expect(message).toMatch(german)
  expect(message).not.toMatch(/\b(the|is|not|step)\b/)
  expect(advice.filter((line) => before.advice.includes(line))).toEqual([])
})
