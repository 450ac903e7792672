/** Transport of the three ions along the edges, and what sources and electrodes bring: see equations.ts. */
import { FARADAY } from '../constants.ts'
import type { Drive } from './drive.ts'
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
}

/** Fills g (field-major, rows Na_I, K_I, Q_I, Na_E, K_E, Q_E) with transport and sources of every node. */
export function gather(setting: TransportSetting, u: Float64Array, g: Float64Array): void {
  const { net, drive, diffusivity, fixedI, fixedE, membrane } = setting
  const { nodes: n, edges } = net
  const { from, to, weightI, weightE } = edges
  const f = membrane.f
  const [dNa, dK, dCl] = diffusivity
  g.fill(0)
  for (let e = 0; e < edges.count; e++) {
    const p = from[e]
    const q = to[e]
    const phiP = u[5 * n + p]
    const phiQ = u[5 * n + q]
    const wE = weightE[e]
    if (wE !== 0) {
      const half = 0.5 * f * (phiQ - phiP)
      const sP = u[3 * n + p]
      const sQ = u[3 * n + q]
      const kP = u[4 * n + p]
      const kQ = u[4 * n + q]
      const jNa = -dNa * wE * (sQ - sP + half * (sP + sQ))
      const jK = -dK * wE * (kQ - kP + half * (kP + kQ))
      const cP = sP + kP + fixedE
      const cQ = sQ + kQ + fixedE
      const jCl = -dCl * wE * (cQ - cP - half * (cP + cQ))
      const i = FARADAY * (jNa + jK - jCl)
      g[3 * n + p] -= jNa
      g[3 * n + q] += jNa
      g[4 * n + p] -= jK
      g[4 * n + q] += jK
      g[5 * n + p] -= i
      g[5 * n + q] += i
    }
    const wI = weightI[e]
    if (wI !== 0) {
      const half = 0.5 * f * (u[2 * n + q] + phiQ - u[2 * n + p] - phiP)
      const sP = u[p]
      const sQ = u[q]
      const kP = u[n + p]
      const kQ = u[n + q]
      const jNa = -dNa * wI * (sQ - sP + half * (sP + sQ))
      const jK = -dK * wI * (kQ - kP + half * (kP + kQ))
      const cP = sP + kP + fixedI
      const cQ = sQ + kQ + fixedI
      const jCl = -dCl * wI * (cQ - cP - half * (cP + cQ))
      const i = FARADAY * (jNa + jK - jCl)
      g[p] -= jNa
      g[q] += jNa
      g[n + p] -= jK
      g[n + q] += jK
      g[2 * n + p] -= i
      g[2 * n + q] += i
    }
  }
  for (let p = 0; p < n; p++) {
    g[3 * n + p] += drive.sodium[p]
    g[4 * n + p] += drive.potassium[p]
    g[5 * n + p] += FARADAY * (drive.sodium[p] + drive.potassium[p] - drive.chloride[p])
  }
  forElectrodes(setting, (p, current) => {
    g[5 * n + p] += current
    if (drive.electrode?.kind === 'bridge') {
      const [tNa, tK] = transportNumbers(setting, u, p)
      g[3 * n + p] += (tNa * current) / FARADAY
      g[4 * n + p] += (tK * current) / FARADAY
    }
  })
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
  { net, diffusivity, fixedE }: Pick<TransportSetting, 'net' | 'diffusivity' | 'fixedE'>,
  u: Float64Array,
  p: number,
): [number, number] {
  const n = net.nodes
  const na = diffusivity[0] * u[3 * n + p]
  const k = diffusivity[1] * u[4 * n + p]
  const cl = diffusivity[2] * (u[3 * n + p] + u[4 * n + p] + fixedE)
  const sum = na + k + cl
  return [na / sum, k / sum]
}
