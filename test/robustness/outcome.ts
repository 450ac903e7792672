/** What becomes of a scenario in bounded time. */
import { IntegrationError } from '../../src/numerics/steps.ts'
import { InputError } from '../../src/parameter.ts'
import type { Scenario } from '../../src/simulation/scenario.ts'
import { simulate } from '../../src/simulation/simulate.ts'

/**
 * finished, or still running well when time was up · stopped by the model with its cause · refused with a sentence ·
 * failed: the solvers gave up, or no frame came · wrong: not a number, a negative concentration, an unsaid balance
 */
export type Outcome = 'finished' | 'running' | 'stopped' | 'refused' | 'failed' | 'silent' | 'wrong'

/** Words of the solvers, where the model has none of its own. */
const NUMERICAL = /no step from|no consistent|Newton|did not converge/
/** Balances beyond this are to be said. */
const BUDGET = 1e-9

/** @param limit of wall time, s */
export function outcomeOf(scenario: Scenario, limit: number): { outcome: Outcome; words: string } {
  const until = performance.now() + 1000 * limit
  let frames = 0
  try {
    const running = simulate(scenario)
    let names: string[] = []
    let positive: number[] = []
    let everywhere: number[] = []
    let said = ''
    // A balance that was off in the frame before: what says so follows on it.
    let broken = ''
    for (;;) {
      const { done, value: event } = running.next()
      if (done)
        return broken && !/balance|budget/i.test(said)
          ? { outcome: 'wrong', words: broken }
          : { outcome: 'finished', words: '' }
      if (event.kind === 'model') {
        names = event.model.observables.map((o) => o.name)
        positive = event.model.fields.flatMap((f, k) => (f.group === 'concentration' ? [k] : []))
        everywhere = event.model.fields.flatMap((f, k) => (f.partial ? [] : [k]))
        said += event.model.notices.map((n) => n.message).join(' ')
      }
      if (event.kind === 'notice') said += event.notice.message
      if (event.kind === 'frame') {
        frames++
        const { fields, observables } = event.frame
        if (everywhere.some((k) => fields[k].some(Number.isNaN)) || observables.some(Number.isNaN))
          return { outcome: 'wrong', words: 'not a number' }
        if (positive.some((k) => fields[k].some((v) => v < 0)))
          return { outcome: 'wrong', words: 'a negative concentration' }
        if (broken && !/balance|budget/i.test(said)) return { outcome: 'wrong', words: broken }
        broken = names.find((name, k) => name.startsWith('budget') && Math.abs(observables[k]) > BUDGET) ?? ''
      }
      if (performance.now() > until) return { outcome: frames > 0 ? 'running' : 'silent', words: '' }
    }
  } catch (error) {
    if (error instanceof InputError) return { outcome: 'refused', words: error.message }
    if (error instanceof IntegrationError)
      return { outcome: NUMERICAL.test(error.message) ? 'failed' : 'stopped', words: error.message }
    throw error
  }
}
