/** A scenario as this family reads it: every value by name and type. */
import type { FamilyInput } from '../family.ts'
import type { TissueExperiment } from './experiments.ts'
import type { TissueValues } from './parameters.ts'

export type TissueInput = FamilyInput<TissueValues, TissueExperiment>
