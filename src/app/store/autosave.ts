/** The scenario outlives the tab: saved a moment after each edit, restored on the next visit. */
import { get, set } from 'idb-keyval'
import type { Scenario } from '../../simulation/scenario.ts'
import { openScenario } from '../ground/house.ts'
import type { Lab } from './lab.ts'

const KEY = 'scenario'
/** Says without opening the database whether there is something to wait for. */
const FLAG = 'twoscale-saved'
const DELAY = 600
/** A blocked database must not hold back the first paint for ever, ms. */
const PATIENCE = 2000

export function keepSaved(lab: Lab): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  lab.subscribe((state, before) => {
    if (state.scenario === before.scenario) return
    clearTimeout(timer)
    timer = setTimeout(() => save(state.scenario), DELAY)
  })
}

async function save(scenario: Scenario): Promise<void> {
  try {
    await set(KEY, scenario)
    localStorage.setItem(FLAG, '1')
  } catch {
    // Private windows may refuse to store anything: then there is nothing to restore, and nothing else is lost.
  }
}

/** The saved scenario, or undefined where there is none that this version can read. */
export async function restoreSaved(): Promise<Scenario | undefined> {
  try {
    if (localStorage.getItem(FLAG) === null) return undefined
    const late = new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE))
    const saved = await Promise.race([get<unknown>(KEY), late])
    return saved === undefined ? undefined : openScenario(saved).scenario
  } catch {
    return undefined
  }
}
