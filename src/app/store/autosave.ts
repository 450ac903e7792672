/** The scenario outlives the tab: saved a moment after each edit, restored on the next visit. */
import { get, set } from 'idb-keyval'
import type { Scenario } from '../../simulation/scenario.ts'
import { parseScenario } from '../house.ts'
import type { Lab } from './lab.ts'

const KEY = 'scenario'
const DELAY = 600
/** A blocked database must not hold back the first paint, ms. */
const PATIENCE = 250

export function keepSaved(lab: Lab): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  lab.subscribe((state, before) => {
    if (state.scenario === before.scenario) return
    clearTimeout(timer)
    // Private windows may refuse the database: then there is nothing to restore, and nothing else is lost.
    timer = setTimeout(() => set(KEY, state.scenario).catch(() => undefined), DELAY)
  })
}

/** The saved scenario, or undefined where there is none that this version can read. */
export async function restoreSaved(): Promise<Scenario | undefined> {
  try {
    const late = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE))
    const saved = await Promise.race([get<unknown>(KEY), late])
    return saved === undefined ? undefined : parseScenario(saved)
  } catch {
    return undefined
  }
}
