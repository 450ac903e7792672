/** A scenario as this family reads it: every value by name and type. */
import type { FamilyInput } from '../family.ts'
import type { CathodeValues } from './parameters/index.ts'
import type { CathodeExperiment } from './protocol/experiments.ts'

export type CathodeInput = FamilyInput<CathodeValues, CathodeExperiment>
