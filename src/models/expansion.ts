/**
 * Fields to second order in the period of the cell, at points (`SecondOrderTerms`). Gradients and curvatures are those of
 * homogenized fields; axes that the homogenized box does not have are left out of them.
 */
import type { SecondOrderTerms } from './field.ts'

type Values = ArrayLike<number>

/** Ten thermal voltages inside one cell: where layers are thinner than that the expansion says nothing, but stays a number. */
const LARGEST_EXPONENT = 10

/** A homogenized field at points: itself, [axis] and [axis][axis]. */
export interface Smooth {
  value: Values
  gradient: readonly Values[]
  curvature: readonly (readonly Values[])[]
}

/** Correctors at the same points: those of first order and the solution of second order. */
export interface Correctors {
  first: readonly Values[]
  curvature: readonly (readonly Values[])[]
  drift?: readonly (readonly Values[])[]
  surface?: Values
}

/** l chi . grad u + l² ( chi^kl d_kl u + q beta ): what a field is more than u. */
export function correction(
  { gradient, curvature }: Smooth,
  correctors: Correctors,
  l: number,
  { surface = 0 }: Pick<SecondOrderTerms, 'surface'> = {},
): Float64Array {
  const { first } = correctors
  return Float64Array.from(first[0], (_, p) => {
    let [one, two] = [0, surface * (correctors.surface?.[p] ?? 0)]
    for (let i = 0; i < gradient.length; i++) {
      one += first[i][p] * gradient[i][p]
      for (let j = 0; j < gradient.length; j++) two += correctors.curvature[i][j][p] * curvature[i][j][p]
    }
    return l * (one + l * two)
  })
}

/**
 * exp(-w (psi - psi0)) ( u + l chi . J + l² ( chi^kl d_k J_l + w b^kl d_k psi0 J_l ) ), J = grad u + w u grad psi0: a field
 * that diffuses and is carried by a potential.
 * @param carrier psi0, what psi is more than that (`correction`), and w
 */
export function carried(
  u: Smooth,
  carrier: { smooth: Smooth; correction: Values; weight: number },
  { first, curvature, drift = [] }: Correctors,
  l: number,
): Float64Array {
  const { smooth: psi, weight: w } = carrier
  const d = u.gradient.length
  const J = new Float64Array(d)
  return Float64Array.from(u.value, (value, p) => {
    for (let j = 0; j < d; j++) J[j] = u.gradient[j][p] + w * value * psi.gradient[j][p]
    let [one, two] = [0, 0]
    for (let j = 0; j < d; j++) {
      one += first[j][p] * J[j]
      for (let i = 0; i < d; i++) {
        const along = w * psi.gradient[i][p]
        const slope =
          u.curvature[i][j][p] + w * (u.gradient[i][p] * psi.gradient[j][p] + value * psi.curvature[i][j][p])
        two += curvature[i][j][p] * slope + drift[i][j][p] * along * J[j]
      }
    }
    const exponent = Math.max(-LARGEST_EXPONENT, Math.min(LARGEST_EXPONENT, -w * carrier.correction[p]))
    return Math.exp(exponent) * (value + l * (one + l * two))
  })
}
