/**
 * What people compare an effective tensor with. Volume fractions phi_s, coefficients k_s:
 *   Voigt  sum phi_s k_s,  Reuss  1 / sum (phi_s / k_s);
 *   Hashin-Shtrikman (two coefficients, statistically isotropic)  k_a + phi_b / (1/(k_b - k_a) + phi_a / (d k_a));
 *   Bruggeman  phi^1.5  and tortuosity  tau² = phi / D*_jj  for a phase, or several of one coefficient, that conducts alone.
 *
 * Sources: Z. Hashin and S. Shtrikman, J. Appl. Phys. 33 (1962) 3125; D. A. G. Bruggeman, Ann. Phys. 416 (1935) 636.
 */
import type { Bounds, Tensor } from './cell.ts'

/**
 * Bounds of the contrast problem.
 * @param fractions by phase, adding up to 1
 * @param coefficients by phase; zero allowed
 */
export function contrastBounds(
  fractions: readonly number[],
  coefficients: readonly number[],
  dimension: number,
): Bounds {
  const voigt = fractions.reduce((sum, phi, s) => sum + phi * coefficients[s], 0)
  const resistance = fractions.reduce((sum, phi, s) => (phi === 0 ? sum : sum + phi / coefficients[s]), 0)
  const reuss = resistance === Infinity ? 0 : 1 / resistance
  const shares = new Map<number, number>()
  fractions.forEach((phi, s) => {
    if (phi > 0) shares.set(coefficients[s], (shares.get(coefficients[s]) ?? 0) + phi)
  })
  const [first, second, ...more] = [...shares]
  if (!first || !second || more.length > 0) return { voigt, reuss }
  const end = ([k, phi]: [number, number], [kOther, phiOther]: [number, number]) =>
    k === 0 ? 0 : k + phiOther / (1 / (kOther - k) + phi / (dimension * k))
  const ends = [end(first, second), end(second, first)]
  return { voigt, reuss, hashinShtrikman: { lower: Math.min(...ends), upper: Math.max(...ends) } }
}

/**
 * Bounds of a problem where a region of volume fraction phi conducts with one coefficient and the rest not at all.
 * @param tensor its D*, for the tortuosity
 */
export function perforatedBounds(
  coefficient: number,
  fraction: number,
  tensor: Tensor,
  percolates: readonly boolean[],
): Bounds {
  const dimension = tensor.length
  const upper = (fraction * (dimension - 1)) / (dimension - fraction)
  return {
    voigt: coefficient * fraction,
    reuss: fraction === 1 ? coefficient : 0,
    hashinShtrikman: { lower: fraction === 1 ? coefficient : 0, upper: coefficient * (fraction === 1 ? 1 : upper) },
    bruggeman: coefficient * fraction ** 1.5,
    tortuosity: percolates.map((through, axis) => (through ? (coefficient * fraction) / tensor[axis][axis] : Infinity)),
  }
}
