import type { ComparisonRow } from '../models/family.ts'

/**
 * Time until a list is done: the present N from its own fraction, the others from the last N whose time is known, as
 * the number of cells grows with the dimension of the box.
 */
export function secondsLeft(
  at: { list: readonly number[]; N: number; fraction: number; elapsed: number },
  rows: readonly ComparisonRow[],
  dimension: number,
): number | undefined {
  const { list, N, fraction, elapsed } = at
  const done = rows.filter((row) => row.N !== N).at(-1)
  // The first steps are short, and slow until the engine has compiled them.
  const measured = fraction > 0.1 ? { N, seconds: elapsed / fraction } : undefined
  const known = done ?? measured
  if (!known) return undefined
  const expected = (n: number) => known.seconds * (n / known.N) ** dimension
  const present = measured ? measured.seconds - elapsed : Math.max(0, expected(N) - elapsed)
  return list.slice(list.indexOf(N) + 1).reduce((sum, n) => sum + expected(n), present)
}
