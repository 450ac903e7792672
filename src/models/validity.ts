/** Assembling the numbers of validity: what each is, its worst value, and at which nodes it fails. */
import type { Validity, ValidityNumber } from './family.ts'

/** A number of the whole box (`value`), or one that every node has (`at`), whose worst value counts. */
export type Judged = Omit<ValidityNumber, 'value'> & ({ value: number } | { at: Float64Array })

/** The bit of `Validity.outside` that stands for the k-th number. */
const bitOf = (k: number): number => 1 << k

/** @param nodes of the homogenized box */
export function judge(nodes: number, list: readonly Judged[]): Validity {
  const outside = new Uint8Array(nodes)
  const numbers = list.map((entry, k): ValidityNumber => {
    if ('value' in entry) return entry
    const { at, ...number } = entry
    let value = 0
    for (let p = 0; p < nodes; p++) {
      value = Math.max(value, at[p])
      if (at[p] > number.threshold) outside[p] |= bitOf(k)
    }
    return { ...number, value }
  })
  return { numbers, outside }
}

/**
 * Per node whether the number of that name fails there.
 * @throws RangeError for a name that the validity does not have
 */
export function failing({ numbers, outside }: Validity, name: string): boolean[] {
  const k = numbers.findIndex((n) => n.name === name)
  if (k < 0) throw new RangeError(`got "${name}"; valid are ${numbers.map((n) => n.name).join(', ')}`)
  return Array.from(outside, (bits) => (bits & bitOf(k)) !== 0)
}
