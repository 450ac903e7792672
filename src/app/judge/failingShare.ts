/** Which numbers of the validity are beyond their limits, and in how much of the box. */
import type { Validity, ValidityNumber } from '../../models/family.ts'
import { failing } from '../../models/validity.ts'

/** A number that is not a number is not trusted. */
export function fails({ value, threshold }: ValidityNumber): boolean {
  return !(value <= threshold)
}

/** Share of the nodes at which the number of that name fails. */
export function failingShare(validity: Validity, name: string): number {
  const nodes = failing(validity, name)
  return nodes.length === 0 ? 0 : nodes.filter(Boolean).length / nodes.length
}
