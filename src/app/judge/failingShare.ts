/** Which numbers of the validity are beyond their limits, and in how much of the box. */
import type { Validity, ValidityNumber } from '../../models/family.ts'

/** A number that is not a number is not trusted. */
export function fails({ value, threshold }: ValidityNumber): boolean {
  return !(value <= threshold)
}

/** Share of the nodes at which number k fails. */
export function failingShare({ outside }: Validity, k: number): number {
  if (outside.length === 0) return 0
  return outside.reduce((count, bits) => count + ((bits >> k) & 1), 0) / outside.length
}
