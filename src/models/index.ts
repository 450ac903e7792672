/** The registry: one line a family. */
import type { ModelFamily } from './family.ts'
import { porous } from './porous/index.ts'
import { tissue } from './tissue/index.ts'

export const families: readonly ModelFamily[] = [tissue, porous]

/** @returns undefined for an unknown name */
export function findFamily(name: string): ModelFamily | undefined {
  return families.find((f) => f.name === name)
}
