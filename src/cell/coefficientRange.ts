/**
 * How large the coefficients of doubtful simplices may be. With the shares theta_s of the phases in one it lies between
 *
 *     1 / sum theta_s / k_s   (Reuss)     and     sum theta_s k_s   (Voigt).
 *
 * The tensor grows with every local coefficient, so two more solutions bracket it. Linear functions on the mesh are
 * admissible in the true geometry: with Voigt means of all simplices the energy is above the true one. (The variational
 * bounds are those of Z. Hashin and S. Shtrikman, J. Appl. Phys. 33 (1962) 3125, section 2.)
 */
import type { Tensor } from './cell.ts'
import { CLOSED, type Doubt, SHARPNESS } from './doubt.ts'

/** Coefficients of the doubtful simplices. */
export interface CoefficientRange {
  low: Float64Array
  high: Float64Array
  /** Whether a gap between different coefficients is closed, and whether one may be: edges are crossed. */
  gap: boolean
  crossed: boolean
}

/** Tensors with them. */
export interface Bracket {
  low: Tensor
  high: Tensor
  /** Whether the mesh has closed a gap, and whether it may have. */
  gap: boolean
  crossed: boolean
}

/**
 * Smallest and largest coefficient of every doubtful simplex; undefined where none differ.
 * @param coefficients by phase
 * @param labels phases of all simplices on the mesh
 */
export function coefficientRange(
  { simplices, shares, volumes, gaps, tolerated }: Doubt,
  coefficients: readonly number[],
  labels: Uint8Array,
): CoefficientRange | undefined {
  const phases = coefficients.length
  const low = new Float64Array(simplices.length)
  const high = new Float64Array(simplices.length)
  let differs = false
  let gap = false
  let crossed = false
  for (let k = 0; k < simplices.length; k++) {
    const part = shares.subarray(k * phases, (k + 1) * phases)
    const own = coefficients[labels[simplices[k]]]
    const present = coefficients.filter((_, s) => part[s] > 0)
    const [least, most] = [Math.min(...present), Math.max(...present)]
    const wrong = part.reduce((sum, share, s) => (coefficients[s] === own ? sum : sum + share), 0)
    low[k] = high[k] = own
    if (least === most || (gaps[k] === 0 && wrong * volumes[k] <= tolerated)) continue
    differs = true
    gap ||= gaps[k] === CLOSED
    crossed ||= gaps[k] > 0
    let [sum, resistance] = [0, 0]
    for (let s = 0; s < phases; s++) {
      if (part[s] === 0) continue
      sum += part[s] * coefficients[s]
      resistance += part[s] / coefficients[s]
    }
    // The points know the shares only so well.
    high[k] = Math.min(most, sum + SHARPNESS * (most - least))
    low[k] = least === 0 ? 0 : Math.max(least, 1 / (resistance + SHARPNESS * (1 / least - 1 / most)))
  }
  return differs ? { low, high, gap, crossed } : undefined
}
