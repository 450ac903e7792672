/** What is read off a comparison: orders, and estimated over true error. Needs no solver. */
import type { ComparisonRow } from '../models/family.ts'

/** Errors below this are round-off, and mean nothing. */
export const ROUND_OFF = 1e-9

/** Observed order in epsilon per norm, from the last two rows; empty with fewer. */
export function orders(rows: readonly ComparisonRow[]): Record<string, number> {
  if (rows.length < 2) return {}
  const [a, b] = rows.slice(-2)
  return Object.fromEntries(
    Object.keys(b.errors).map((norm) => [norm, Math.log(a.errors[norm] / b.errors[norm]) / Math.log(b.N / a.N)]),
  )
}

/** Estimated over true error, where there is an estimate and an error beyond round-off. */
export function ratios({
  errors,
  estimates = {},
}: Pick<ComparisonRow, 'errors' | 'estimates'>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(estimates).flatMap(([norm, estimate]) =>
      errors[norm] > ROUND_OFF ? [[norm, estimate / errors[norm]]] : [],
    ),
  )
}
