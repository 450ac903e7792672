/**
 * Water that crosses the membrane (after van 't Hoff): per volume of the tissue
 *
 *   d theta_I / dt = a L_p R T (O_I - O_E),   theta_E = whole - theta_I,   O = Na + K + Cl + impermeant solutes
 *
 * Impermeant charges count as monovalent solutes; what the tissue then lacks on one side for no water to flow at the start
 * is a neutral solute there that cannot cross. Neither is made or lost, so each is in the inverse proportion of its volume.
 */
import { GAS_CONSTANT } from '../constants.ts'
import { K_E, K_I, NA_E, NA_I } from './layout.ts'
import type { Swelling } from './swelling.ts'

export interface Water {
  /** L_p R T, m⁴/(mol s). */
  permeability: number
  /** Impermeant solutes inside and outside over the volumes at rest, mol/m³. */
  soluteI: number
  soluteE: number
  swelling: Swelling
}

/**
 * @param permeability L_p, m/(s Pa)
 * @param initial state at the start, field-major
 * @param free nodes that no bath holds
 */
export function osmosis(
  { permeability, temperature, fixedI, fixedE }: Record<'permeability' | 'temperature' | 'fixedI' | 'fixedE', number>,
  initial: Float64Array,
  nodes: number,
  free: readonly number[],
  swelling: Swelling,
): Water {
  const mean = (k: number) => free.reduce((sum, p) => sum + initial[k * nodes + p], 0) / free.length
  const inside = Math.abs(fixedI) + ionsOf(mean(NA_I), mean(K_I), fixedI)
  const outside = Math.abs(fixedE) + ionsOf(mean(NA_E), mean(K_E), fixedE)
  const lacking = outside - inside
  return {
    permeability: permeability * GAS_CONSTANT * temperature,
    soluteI: Math.abs(fixedI) + Math.max(0, lacking),
    soluteE: Math.abs(fixedE) + Math.max(0, -lacking),
    swelling,
  }
}

/** Na + K + Cl beside an impermeant charge. */
export function ionsOf(sodium: number, potassium: number, fixed: number): number {
  return 2 * (sodium + potassium) + fixed
}
