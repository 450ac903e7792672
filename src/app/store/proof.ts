/** What the error plot of a scenario is made of: the comparison of its family. */
import type { ComparisonCard, ComparisonRow, Norm } from '../../models/family.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import { cards, familyOf } from '../ground/house.ts'

export type Proof = ComparisonCard

/** Undefined where the family has no resolved model. */
export function proofOf(scenario: Scenario): Proof | undefined {
  return familyOf(scenario).comparison
}

/** The norms that a comparison of these rows has. */
export function measured({ norms }: Proof, rows: readonly ComparisonRow[]): Norm[] {
  return norms.filter(({ name }) => rows.some(({ errors }) => name in errors))
}

/** What is drawn until someone chooses. */
export const USUAL: readonly string[] = cards.flatMap(
  ({ comparison }) => comparison?.norms.flatMap(({ name, usual }) => (usual ? [name] : [])) ?? [],
)
