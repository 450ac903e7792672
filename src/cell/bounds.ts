/**
 * What people compare an effective tensor with. Volume fractions phi_s, coefficients k_s:
 *   Voigt  sum phi_s k_s,  Reuss  1 / sum (phi_s / k_s);
 *   Hashin-Shtrikman (two phases, statistically isotropic)  k_a + phi_b / (1/(k_b - k_a) + phi_a / (d k_a));
 *   Bruggeman  phi^1.5  and tortuosity  tau² = phi / D*_jj  for a phase that conducts alone.
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
  const voigt = fractions.reduce((sum, phi, s) => sum + phi * coefficients[s]!, 0)
  const resistance = fractions.reduce((sum, phi, s) => (phi === 0 ? sum : sum + phi / coefficients[s]!), 0)
  const reuss = resistance === Infinity ? 0 : 1 / resistance
  const present = fractions.map((_, s) => s).filter((s) => fractions[s]! > 0)
  if (present.length !== 2) return { voigt, reuss }
  const ends = present.map((s, m) => {
    const other = present[1 - m]!
    const [k, kOther] = [coefficients[s]!, coefficients[other]!]
    if (k === kOther || k === 0) return k
    return k + fractions[other]! / (1 / (kOther - k) + fractions[s]! / (dimension * k))
  })
  return { voigt, reuss, hashinShtrikman: { lower: Math.min(...ends), upper: Math.max(...ends) } }
}

/**
 * Bounds of the perforated problem of a phase with volume fraction phi.
 * @param tensor its D*, for the tortuosity
 */
export function perforatedBounds(fraction: number, tensor: Tensor, percolates: readonly boolean[]): Bounds {
  const dimension = tensor.length
  const upper = (fraction * (dimension - 1)) / (dimension - fraction)
  return {
    voigt: fraction,
    reuss: fraction === 1 ? 1 : 0,
    hashinShtrikman: { lower: fraction === 1 ? 1 : 0, upper: fraction === 1 ? 1 : upper },
    bruggeman: fraction ** 1.5,
    tortuosity: percolates.map((through, axis) => (through ? fraction / tensor[axis]![axis]! : Infinity)),
  }
}
