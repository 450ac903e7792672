/** The lithium foil: Butler-Volmer, I = i_Li c^m [ e^(-alpha Phi) - e^((1 - alpha) Phi) ]. */
import type { CathodeSetting } from './setting.ts'

/**
 * @param share area over that of the cell
 * @param phi potential measured by lithium, RT/F
 * @param offset multiple of log c in it beyond the unknown
 * @returns A/m² of the cell, with derivatives by the unknown potential and the concentration
 */
export function foilCurrent(
  { exchange, alpha, order }: CathodeSetting['foil'],
  share: number,
  c: number,
  phi: number,
  offset: number,
): { current: number; byPhi: number; byC: number } {
  const front = exchange * share * c ** order
  const [down, up] = [Math.exp(-alpha * phi), Math.exp((1 - alpha) * phi)]
  // A fast foil has a small overpotential, and two exponentials close to 1 leave nothing but round-off.
  const current = front * (Math.expm1(-alpha * phi) - Math.expm1((1 - alpha) * phi))
  const byPhi = -front * (alpha * down + (1 - alpha) * up)
  return { current, byPhi, byC: (order * current + offset * byPhi) / c }
}
