/** The lithium foil: Butler-Volmer, I = i_Li c^m [ e^(-alpha Phi) - e^((1 - alpha) Phi) ]. */
import { offset } from '../laws/electrolyte.ts'
import { type Add, PHI } from '../layout.ts'
import type { Net } from './net.ts'
import type { CathodeSetting } from './setting.ts'

/** What it reads of the equations. */
interface AtFoil {
  readonly setting: CathodeSetting
  readonly net: Net
  readonly nodes: number
  readonly RHO: number
  cation(u: Float64Array, p: number): number
  lithiumPotential(u: Float64Array, p: number): number
}

/** Its current in the balances of charge and their Jacobian. */
export function foilRows(
  equations: AtFoil,
  u: Float64Array,
  out: Float64Array | undefined,
  add: Add | undefined,
): void {
  const { nodes: n, setting, RHO, net } = equations
  const { node, share } = net.foil
  const { form, delta } = setting.electrolyte
  for (let k = 0; k < node.length; k++) {
    const p = node[k]
    const row = PHI * n + p
    const phi = equations.lithiumPotential(u, p)
    const { current, byPhi, byC } = foilCurrent(setting.foil, share[k], equations.cation(u, p), phi, offset(form))
    if (out) out[row] += current
    add?.(row, row, byPhi)
    if (byC !== 0) add?.(row, p, byC)
    if (RHO >= 0) add?.(row, RHO * n + p, delta ** 2 * byC)
  }
}

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
