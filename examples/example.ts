/** What every numbered example is: a published number, the few lines that compute it, and a scenario to look at it. */
import { parseScenario, type Scenario } from '../src/index.ts'

export interface Example {
  title: string
  /** Where the number is published or follows from. */
  source: string
  published: number
  unit: string
  /** Largest relative difference that the mesh of the example leaves. */
  within: number
  /** Opens in the page by a link (`npm run examples`). */
  scenario: Scenario
  compute(): number
}

/** A built-in scenario, changed. @throws InputError where the change makes no sense */
export function scenario(json: object, change: Partial<Record<keyof Scenario, unknown>> = {}): Scenario {
  return parseScenario({ ...json, ...change })
}
