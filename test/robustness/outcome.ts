/** What becomes of a scenario in bounded time. */
import { IntegrationError } from '../../src/numerics/steps.ts'
import { InputError } from '../../src/parameter.ts'
import type { Scenario } from '../../src/simulation/scenario.ts'
import { simulate } from '../../src/simulation/simulate.ts'

/**
 * finished, or still running well when time was up · stopped by the model with its cause · refused with a sentence ·
 * failed: the solvers gave up · silent: no frame and no word of progress for SILENCE · wrong: not a number, a negative
 * concentration, an unsaid balance
 */
export type Outcome = 'finished' | 'running' | 'stopped' | 'refused' | 'failed' | 'silent' | 'wrong'

/** Words of the solvers, where the model has none of its own. */
const NUMERICAL = /no step from|no consistent|Newton|did not converge/
/** s */
const SILENCE = 20
/** Balances beyond this are to be said. */
const BUDGET = 1e-9

export interface Became {
  outcome: Outcome
  words: string
  /** What a stopped run advises. */
  advice?: readonly string[]
}

/** The scenario with the first advice of the form "set parameters.NAME to VALUE" followed; undefined without one. */
export function advised(scenario: Scenario, advice: readonly string[]): Scenario | undefined {
  for (const line of advice) {
    const [, name, value] = /set parameters\.(\w+) to "?([\w.+-]+)"?/.exec(line) ?? []
    if (name === undefined) continue
    const was = scenario.parameters[name]
    return {
      ...scenario,
      parameters: { ...scenario.parameters, [name]: typeof was === 'number' ? Number(value) : value },
    }
  }
  return undefined
}

/** @param limit of wall time, s */
export function outcomeOf(scenario: Scenario, limit: number): Became {
  const until = performance.now() + 1000 * limit
  let heard = performance.now()
  try {
    const running = simulate(scenario)
    let names: string[] = []
    let positive: number[] = []
    let everywhere: number[] = []
    let said = ''
    let last = ''
    let advice: readonly string[] = []
    // A balance that was off in the frame before: what says so follows on it.
    let broken = ''
    for (;;) {
      const { done, value: event } = running.next()
      const now = performance.now()
      if (now - heard > 1000 * SILENCE) return { outcome: 'silent', words: '' }
      heard = now
      if (done) {
        if (broken && !/balance|budget/i.test(said)) return { outcome: 'wrong', words: broken }
        return event.stoppedBy === 'event'
          ? { outcome: 'stopped', words: last, advice }
          : { outcome: 'finished', words: '' }
      }
      if (event.kind === 'model') {
        names = event.model.observables.map((o) => o.name)
        positive = event.model.fields.flatMap((f, k) => (f.group === 'concentration' ? [k] : []))
        everywhere = event.model.fields.flatMap((f, k) => (f.partial ? [] : [k]))
        said += event.model.notices.map((n) => n.message).join(' ')
      }
      if (event.kind === 'notice') {
        last = event.notice.message
        advice = event.notice.advice ?? []
        said += last
      }
      if (event.kind === 'frame') {
        const { fields, observables } = event.frame
        if (everywhere.some((k) => fields[k].some(Number.isNaN)) || observables.some(Number.isNaN))
          return { outcome: 'wrong', words: 'not a number' }
        if (positive.some((k) => fields[k].some((v) => v < 0)))
          return { outcome: 'wrong', words: 'a negative concentration' }
        if (broken && !/balance|budget/i.test(said)) return { outcome: 'wrong', words: broken }
        broken = names.find((name, k) => name.startsWith('budget') && Math.abs(observables[k]) > BUDGET) ?? ''
      }
      if (now > until) return { outcome: 'running', words: '' }
    }
  } catch (error) {
    if (error instanceof InputError) return { outcome: 'refused', words: error.message }
    if (error instanceof IntegrationError)
      return { outcome: NUMERICAL.test(error.message) ? 'failed' : 'stopped', words: error.message }
    throw error
  }
}
