/** Transport of the three ions along the edges, and what sources and electrodes bring: see equations.ts. */
import { FARADAY } from '../constants.ts'
import type { Drive } from './drive.ts'
import { type Cells, type Material, OUTSIDE_ROW } from './kinds.ts'
import { K_E, NA_E, PHI, type Slots } from './layout.ts'
import type { Membrane } from './membrane.ts'
import type { TissueNet } from './net.ts'

export interface TransportSetting {
  net: TissueNet
  membrane: Membrane
  drive: Drive
  /** Na, K, Cl, m²/s. */
  diffusivity: readonly [number, number, number]
  /** Impermeant charge inside and outside, mol/m³. */
  fixedI: number
  fixedE: number
  /** What glia is made of, where there is some. */
  glia?: Material
}

/**
 * Fills g (field-major, rows of `cells` and Na_E, K_E, Q_E) with transport and sources of every node.
 * @param chargeE impermeant charge outside per node, mol/m³
 */
export function gather(
  setting: TransportSetting,
  cells: readonly Cells[],
  chargeE: Float64Array,
  u: Float64Array,
  g: Float64Array,
): void {
  const { net, drive } = setting
  const { nodes: n } = net
  g.fill(0)
  carry(setting, net.edges.weightE, { na: NA_E, k: K_E }, chargeE, u, OUTSIDE_ROW, g)
  for (const { weight, slots, charge, row } of cells) carry(setting, weight, slots, charge, u, row, g)
  for (let p = 0; p < n; p++) {
    g[3 * n + p] += drive.sodium[p]
    g[4 * n + p] += drive.potassium[p]
    g[5 * n + p] += FARADAY * (drive.sodium[p] + drive.potassium[p] - drive.chloride[p])
  }
  forElectrodes(setting, (p, current) => {
    g[5 * n + p] += current
    if (drive.electrode?.kind === 'bridge') {
      const [tNa, tK] = transportNumbers(setting, chargeE, u, p)
      g[3 * n + p] += (tNa * current) / FARADAY
      g[4 * n + p] += (tK * current) / FARADAY
    }
  })
}

/**
 * What flows along the edges of one phase: N_i = -D_i w [ C_q - C_p + z_i f (C_p + C_q)/2 (phi_q - phi_p) ].
 * @param v slot of what the potential of the phase is more than phi_E; absent outside
 * @param charge impermeant charge of the phase per node, mol/m³
 */
export function carry(
  { net, diffusivity, membrane }: TransportSetting,
  weight: Float64Array,
  { na, k, v }: Pick<Slots, 'na' | 'k'> & Partial<Slots>,
  charge: Float64Array,
  u: Float64Array,
  row: number,
  g: Float64Array,
): void {
  const { nodes: n, edges } = net
  const { from, to } = edges
  const f = membrane.f
  const [dNa, dK, dCl] = diffusivity
  const [atNa, atK, atQ] = [row * n, (row + 1) * n, (row + 2) * n]
  for (let e = 0; e < edges.count; e++) {
    const w = weight[e]
    if (w === 0) continue
    const p = from[e]
    const q = to[e]
    const vP = v === undefined ? 0 : u[v * n + p]
    const vQ = v === undefined ? 0 : u[v * n + q]
    const half = 0.5 * f * (vQ + u[PHI * n + q] - vP - u[PHI * n + p])
    const sP = u[na * n + p]
    const sQ = u[na * n + q]
    const kP = u[k * n + p]
    const kQ = u[k * n + q]
    const jNa = -dNa * w * (sQ - sP + half * (sP + sQ))
    const jK = -dK * w * (kQ - kP + half * (kP + kQ))
    const cP = sP + kP + charge[p]
    const cQ = sQ + kQ + charge[q]
    const jCl = -dCl * w * (cQ - cP - half * (cP + cQ))
    const i = FARADAY * (jNa + jK - jCl)
    g[atNa + p] -= jNa
    g[atNa + q] += jNa
    g[atK + p] -= jK
    g[atK + q] += jK
    g[atQ + p] -= i
    g[atQ + q] += i
  }
}

/** Calls back with the current (A) entering each electrode node during the present step. */
export function forElectrodes(
  { net, drive }: Pick<TransportSetting, 'net' | 'drive'>,
  visit: (node: number, current: number) => void,
): void {
  if (drive.current === 0) return
  for (const [side, sign] of [
    [net.left, 1],
    [net.right, -1],
  ] as const)
    for (let k = 0; k < side.node.length; k++) visit(side.node[k], sign * drive.current * side.face[k])
}

/** Transport numbers of Na and K outside at node p: t_i = D_i C_i / sum_k D_k C_k. */
export function transportNumbers(
  { net, diffusivity }: Pick<TransportSetting, 'net' | 'diffusivity'>,
  chargeE: Float64Array,
  u: Float64Array,
  p: number,
): [number, number] {
  const n = net.nodes
  const na = diffusivity[0] * u[3 * n + p]
  const k = diffusivity[1] * u[4 * n + p]
  const cl = diffusivity[2] * (u[3 * n + p] + u[4 * n + p] + chargeE[p])
  const sum = na + k + cl
  return [na / sum, k / sum]
}
