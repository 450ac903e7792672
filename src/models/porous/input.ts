/** A scenario as this family reads it: every value by name and type. */
import type { FamilyInput } from '../family.ts'
import type { PorousExperiment } from './experiments.ts'
import type { PorousValues } from './parameters.ts'

export type PorousInput = FamilyInput<PorousValues, PorousExperiment>

/** Numbers of the ions that take part, from 1. */
export function ions({ species }: Pick<PorousValues, 'species'>): readonly (1 | 2 | 3)[] {
  return species === '3' ? [1, 2, 3] : [1, 2]
}
