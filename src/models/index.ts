/** The registry: one line a family. */
import { cathode } from './cathode/index.ts'
import { entry } from './entries.ts'
import type { ModelFamily } from './family.ts'
import { porous } from './porous/index.ts'
import { tissue } from './tissue/index.ts'

export const families: readonly ModelFamily[] = [tissue, porous, cathode]

/** @returns undefined for an unknown name */
export function findFamily(name: string): ModelFamily | undefined {
  return families.find((f) => f.name === name)
}

/** @throws RangeError for a name that `parseScenario` should have refused */
export function familyNamed(name: string): ModelFamily {
  return entry(families, name)
}
