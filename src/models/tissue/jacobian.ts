/**
 * The Jacobian dF/du of the tissue equations (equations.ts) as an action x -> J x, from per-edge and per-node
 * coefficients frozen at one state. Row and column layout as in equations.ts.
 */
import { FARADAY } from '../constants.ts'
import type { TissueEquations } from './equations.ts'
import { MembraneCurrents } from './membraneCurrents.ts'
import { forElectrodes } from './transport.ts'

/** Per-node derivative slots. */
const SLOTS = 16

export class TissueJacobian {
  private readonly equations: TissueEquations
  /** Per edge: f (phi_q - phi_p)/2 and f * mean concentration of Na, K, Cl, for I then E: 8 numbers. */
  private readonly edge: Float64Array
  private readonly node: Float64Array
  /** Conductance of every intracellular edge, A/V. */
  private readonly inner: Float64Array
  private readonly gained: Float64Array
  private readonly currents = new MembraneCurrents()
  private state: Float64Array = new Float64Array(0)

  constructor(equations: TissueEquations) {
    this.equations = equations
    const { net } = equations.setting
    this.edge = new Float64Array(8 * net.edges.count)
    this.node = new Float64Array(SLOTS * net.nodes)
    this.inner = new Float64Array(net.edges.count)
    this.gained = new Float64Array(6 * net.nodes)
  }

  /** Total membrane conductance dI/dV at node p, S/m² (for preconditioning). */
  conductance(p: number): number {
    const at = SLOTS * p
    return this.node[at + 3] + this.node[at + 8] + this.node[at + 12]
  }

  /** -d(ionic flux)/dC on the diagonal: membrane stiffness of Na_I, K_I, Na_E, K_E at node p, A m/mol. */
  exchange(p: number, out: Float64Array): void {
    const at = SLOTS * p
    out[0] = this.node[at]
    out[1] = this.node[at + 6]
    out[2] = -this.node[at + 1]
    out[3] = -this.node[at + 7]
  }

  update(u: Float64Array): void {
    const { net, membrane, fixedI, fixedE, diffusivity } = this.equations.setting
    const { nodes: n, edges, area } = net
    const { from, to } = edges
    const [dNa, dK, dCl] = diffusivity
    const f = membrane.f
    const { edge: c, node: d, currents: m } = this
    this.state = u
    for (let e = 0; e < edges.count; e++) {
      const p = from[e]
      const q = to[e]
      const at = 8 * e
      const phi = u[5 * n + q] - u[5 * n + p]
      c[at] = 0.5 * f * (u[2 * n + q] - u[2 * n + p] + phi)
      c[at + 1] = 0.5 * f * (u[p] + u[q])
      c[at + 2] = 0.5 * f * (u[n + p] + u[n + q])
      c[at + 3] = c[at + 1] + c[at + 2] + f * fixedI
      this.inner[e] = FARADAY * edges.weightI[e] * (dNa * c[at + 1] + dK * c[at + 2] + dCl * c[at + 3])
      c[at + 4] = 0.5 * f * phi
      c[at + 5] = 0.5 * f * (u[3 * n + p] + u[3 * n + q])
      c[at + 6] = 0.5 * f * (u[4 * n + p] + u[4 * n + q])
      c[at + 7] = c[at + 5] + c[at + 6] + f * fixedE
    }
    const gates = this.equations.width === 7
    for (let p = 0; p < n; p++) {
      if (area[p] === 0) continue
      const sI = u[p]
      const kI = u[n + p]
      const sE = u[3 * n + p]
      const kE = u[4 * n + p]
      const h = gates ? u[6 * n + p] : 0
      const modulation = this.equations.modulate(p)
      membrane.evaluate(sI, kI, sI + kI + fixedI, sE, kE, sE + kE + fixedE, u[2 * n + p], h, modulation, m)
      const at = SLOTS * p
      d[at] = m.sodiumBySodiumI
      d[at + 1] = m.sodiumBySodiumE
      d[at + 2] = m.sodiumByPotassiumE
      d[at + 3] = m.sodiumByV
      d[at + 4] = m.sodiumByGate
      d[at + 5] = m.potassiumBySodiumI
      d[at + 6] = m.potassiumByPotassiumI
      d[at + 7] = m.potassiumByPotassiumE
      d[at + 8] = m.potassiumByV
      d[at + 9] = m.gateByGate
      d[at + 10] = m.gateByV
      d[at + 11] = m.chlorideByChlorideI
      d[at + 12] = m.chlorideByV
      d[at + 13] = m.chlorideByChlorideE
    }
  }

  /** out = the intracellular part of J applied to an inner potential v alone: dQ_I/dphi_I v, A. */
  innerCurrent(v: Float64Array, out: Float64Array): void {
    const { from, to, count } = this.equations.setting.net.edges
    const { inner } = this
    out.fill(0)
    for (let e = 0; e < count; e++) {
      const i = inner[e] * (v[to[e]] - v[from[e]])
      out[from[e]] += i
      out[to[e]] -= i
    }
  }

  apply(x: Float64Array, out: Float64Array): void {
    const { net, diffusivity, membrane } = this.equations.setting
    const { nodes: n, edges, area, volumeI, volumeE } = net
    const { from, to, weightI, weightE } = edges
    const { edge: c, node: d, gained: g } = this
    const [dNa, dK, dCl] = diffusivity
    g.fill(0)
    for (let e = 0; e < edges.count; e++) {
      const p = from[e]
      const q = to[e]
      const at = 8 * e
      const wE = weightE[e]
      const phi = x[5 * n + q] - x[5 * n + p]
      if (wE !== 0) {
        const half = c[at + 4]
        const sP = x[3 * n + p]
        const sQ = x[3 * n + q]
        const kP = x[4 * n + p]
        const kQ = x[4 * n + q]
        const cP = sP + kP
        const cQ = sQ + kQ
        const jNa = -dNa * wE * (sQ - sP + half * (sP + sQ) + c[at + 5] * phi)
        const jK = -dK * wE * (kQ - kP + half * (kP + kQ) + c[at + 6] * phi)
        const jCl = -dCl * wE * (cQ - cP - half * (cP + cQ) - c[at + 7] * phi)
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
        const psi = x[2 * n + q] - x[2 * n + p] + phi
        const half = c[at]
        const sP = x[p]
        const sQ = x[q]
        const kP = x[n + p]
        const kQ = x[n + q]
        const cP = sP + kP
        const cQ = sQ + kQ
        const jNa = -dNa * wI * (sQ - sP + half * (sP + sQ) + c[at + 1] * psi)
        const jK = -dK * wI * (kQ - kP + half * (kP + kQ) + c[at + 2] * psi)
        const jCl = -dCl * wI * (cQ - cP - half * (cP + cQ) - c[at + 3] * psi)
        const i = FARADAY * (jNa + jK - jCl)
        g[p] -= jNa
        g[q] += jNa
        g[n + p] -= jK
        g[n + q] += jK
        g[2 * n + p] -= i
        g[2 * n + q] += i
      }
    }
    if (this.equations.setting.drive.electrode?.kind === 'bridge') this.addTransportNumbers(x)
    const share = membrane.parameters.share
    const gates = this.equations.width === 7
    for (let p = 0; p < n; p++) {
      const at = SLOTS * p
      const v = x[2 * n + p]
      const sI = x[p]
      const kI = x[n + p]
      const sE = x[3 * n + p]
      const kE = x[4 * n + p]
      let iNa = d[at] * sI + d[at + 1] * sE + d[at + 2] * kE + d[at + 3] * v
      const iK = d[at + 5] * sI + d[at + 6] * kI + d[at + 7] * kE + d[at + 8] * v
      const iCl = d[at + 11] * (sI + kI) + d[at + 13] * (sE + kE) + d[at + 12] * v
      if (gates) {
        const h = x[6 * n + p]
        iNa += d[at + 4] * h
        out[6 * n + p] = area[p] > 0 ? d[at + 9] * h + d[at + 10] * v : -h
      }
      const a = area[p]
      const qI = g[2 * n + p]
      const capacitive = qI - a * (iNa + iK + iCl)
      const crossNa = a === 0 ? 0 : (a * iNa + share[0] * capacitive) / FARADAY
      const crossK = a === 0 ? 0 : (a * iK + share[1] * capacitive) / FARADAY
      if (volumeI[p] > 0) {
        out[p] = g[p] - crossNa
        out[n + p] = g[n + p] - crossK
        out[2 * n + p] = capacitive
      } else for (let k = p; k < 3 * n; k += n) out[k] = -x[k]
      if (volumeE[p] > 0 && !this.equations.bathNode(p)) {
        out[3 * n + p] = g[3 * n + p] + crossNa
        out[4 * n + p] = g[4 * n + p] + crossK
        out[5 * n + p] = qI + g[5 * n + p]
      } else for (let k = 3 * n + p; k < 6 * n; k += n) out[k] = -x[k]
    }
  }

  /** Derivative of the electrodes' transport numbers with respect to the concentrations at the electrode nodes. */
  private addTransportNumbers(x: Float64Array): void {
    const { equations, gained: g, state: u } = this
    const { net, diffusivity, fixedE } = equations.setting
    const n = net.nodes
    const [dNa, dK, dCl] = diffusivity
    forElectrodes(equations.setting, (p, current) => {
      const s = u[3 * n + p]
      const k = u[4 * n + p]
      const sum = dNa * s + dK * k + dCl * (s + k + fixedE)
      const change = dNa * x[3 * n + p] + dK * x[4 * n + p] + dCl * (x[3 * n + p] + x[4 * n + p])
      g[3 * n + p] += ((dNa * x[3 * n + p] - (dNa * s * change) / sum) / sum) * (current / FARADAY)
      g[4 * n + p] += ((dK * x[4 * n + p] - (dK * k * change) / sum) / sum) * (current / FARADAY)
    })
  }
}
