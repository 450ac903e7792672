/** Models advanced to the same times, to be compared there. */
import { Integrator } from '../numerics/integrate.ts'
import { makeConsistent } from '../numerics/steps.ts'
import type { ComparisonTime, Model } from './family.ts'

/**
 * Runs the models from their own starts over [0, end], each with the steps that the tolerance asks for. Yields the
 * fraction done.
 * @param measure called with their states at 0 and at equal distances up to the end
 */
export function* sideBySide(
  models: readonly Model[],
  { end, samples, rtol }: ComparisonTime,
  measure: (states: readonly Float64Array[], t: number) => void,
): Generator<number, void> {
  const runs = models.map((model) => ({
    model,
    integrator: new Integrator(model, { rtol }),
    state: { t: 0, u: model.initial(), integrals: new Float64Array(model.rateCount), dt: 0 },
  }))
  const states = runs.map(({ state }) => state.u)
  for (const { model, state } of runs) {
    model.enter(0, end / samples)
    for (const _ of makeConsistent(model, 0, state.u, rtol)) yield 0
  }
  measure(states, 0)
  for (let k = 1; k <= samples; k++) {
    const t = (end * k) / samples
    for (const { integrator, state } of runs) for (const _ of integrator.advance(state, t)) yield (k - 1) / samples
    measure(states, t)
  }
}
