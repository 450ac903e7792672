/** The registry of the families with their solvers: one line a family. */
import { registerCard } from './cards.ts'
import { cathode } from './cathode/index.ts'
import { entry } from './entries.ts'
import type { ModelFamily } from './family.ts'
import { porous } from './porous/index.ts'
import { tissue } from './tissue/index.ts'

const registered: ModelFamily[] = [tissue, porous, cathode]

export const families: readonly ModelFamily[] = registered

/**
 * Adds a family from outside, before scenarios of it are read.
 * @throws RangeError when there is one of that name
 */
export function registerFamily(family: ModelFamily): void {
  if (findFamily(family.name)) throw new RangeError(`got "${family.name}"; there is a family of that name already`)
  registered.push(family)
  registerCard(family)
}

/** @returns undefined for an unknown name */
export function findFamily(name: string): ModelFamily | undefined {
  return families.find((f) => f.name === name)
}

/** @throws RangeError for a name that `parseScenario` should have refused */
export function familyNamed(name: string): ModelFamily {
  return entry(families, name)
}
