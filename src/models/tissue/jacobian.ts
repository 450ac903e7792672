/**
 * The Jacobian dF/du of the tissue equations (equations.ts) as an action x -> J x, from per-edge and per-node
 * coefficients frozen at one state. Row and column layout as in equations.ts.
 */
import { FARADAY } from '../constants.ts'
import type { TissueEquations } from './equations.ts'
import { type Cells, OUTSIDE_ROW, rowsOf } from './kinds.ts'
import { K_E, NA_E, PHI } from './layout.ts'
import { MembraneCurrents } from './membraneCurrents.ts'
import { forElectrodes } from './transport.ts'

/** Per-node derivative slots. */
const SLOTS = 14

/** Frozen coefficients of one phase: per edge f (phi_q - phi_p)/2 and f times the mean of Na, K, Cl; 4 numbers. */
interface Phase {
  na: number
  k: number
  /** Slot of what its potential is more than phi_E; absent outside. */
  v?: number
  row: number
  charge: Float64Array
  weight: Float64Array
  edge: Float64Array
}

/** A kind of cells: conductance of its edges (A/V) and derivatives of its membrane. */
interface Inside {
  kind: Cells
  phase: Phase
  conductance: Float64Array
  node: Float64Array
}

/** What changes beside the unknowns, where cells breathe. */
export interface Change {
  /** Impermeant charge of every kind of cells and outside, per node, mol/m³. */
  inside: readonly Float64Array[]
  outside: Float64Array
  /** Adds what that and other transmissibilities make of what is carried, in the rows of `gather`. */
  carry(g: Float64Array): void
}

export class TissueJacobian {
  private readonly equations: TissueEquations
  private readonly outside: Phase
  private readonly insides: readonly Inside[]
  private readonly gained: Float64Array
  private readonly currents = new MembraneCurrents()
  private state: Float64Array = new Float64Array(0)

  constructor(equations: TissueEquations) {
    this.equations = equations
    const { net } = equations.setting
    const { chargeE: charge } = equations
    const edge = () => new Float64Array(4 * net.edges.count)
    this.outside = { na: NA_E, k: K_E, row: OUTSIDE_ROW, charge, weight: net.edges.weightE, edge: edge() }
    this.insides = equations.cells.map((kind) => ({
      kind,
      phase: { ...kind.slots, row: kind.row, charge: kind.charge, weight: kind.weight, edge: edge() },
      conductance: new Float64Array(net.edges.count),
      node: new Float64Array(SLOTS * net.nodes),
    }))
    this.gained = new Float64Array(rowsOf(net) * net.nodes)
  }

  /** Total conductance dI/dV of the membrane of a kind of cells at node p, S/m² (for preconditioning). */
  conductance(kind: number, p: number): number {
    const { node } = this.insides[kind]
    const at = SLOTS * p
    return node[at + 3] + node[at + 8] + node[at + 12]
  }

  /** -d(ionic flux)/dC on the diagonal: stiffness of that membrane for Na_I, K_I, Na_E, K_E at node p, A m/mol. */
  exchange(kind: number, p: number, out: Float64Array): void {
    const { node } = this.insides[kind]
    const at = SLOTS * p
    out[0] = node[at]
    out[1] = node[at + 6]
    out[2] = -node[at + 1]
    out[3] = -node[at + 7]
  }

  /** Volumes that a preconditioner takes for the residual r, into x; none where cells do not breathe. */
  relax(_beta: number, _r: Float64Array, _x: Float64Array): void {}

  update(u: Float64Array): void {
    this.state = u
    this.freeze(this.outside, u)
    for (const { kind, phase, conductance, node } of this.insides) {
      this.freeze(phase, u, conductance)
      this.differentiate(kind, node, u)
    }
  }

  private freeze({ na, k, v, charge, weight, edge: c }: Phase, u: Float64Array, conductance?: Float64Array): void {
    const { net, diffusivity, membrane } = this.equations.setting
    const { nodes: n, edges } = net
    const [dNa, dK, dCl] = diffusivity
    const f = membrane.f
    for (let e = 0; e < edges.count; e++) {
      const p = edges.from[e]
      const q = edges.to[e]
      const at = 4 * e
      const phi = u[PHI * n + q] - u[PHI * n + p]
      c[at] = 0.5 * f * (v === undefined ? phi : u[v * n + q] - u[v * n + p] + phi)
      c[at + 1] = 0.5 * f * (u[na * n + p] + u[na * n + q])
      c[at + 2] = 0.5 * f * (u[k * n + p] + u[k * n + q])
      c[at + 3] = c[at + 1] + c[at + 2] + 0.5 * f * (charge[p] + charge[q])
      if (conductance) conductance[e] = FARADAY * weight[e] * (dNa * c[at + 1] + dK * c[at + 2] + dCl * c[at + 3])
    }
  }

  private differentiate({ slots, area, membrane, charge, glia }: Cells, d: Float64Array, u: Float64Array): void {
    const { setting, chargeE } = this.equations
    const { nodes: n } = setting.net
    const { currents: m } = this
    const gates = membrane.parameters.gates !== undefined
    for (let p = 0; p < n; p++) {
      if (area[p] === 0) continue
      const sI = u[slots.na * n + p]
      const kI = u[slots.k * n + p]
      const sE = u[NA_E * n + p]
      const kE = u[K_E * n + p]
      const h = gates ? u[slots.gate * n + p] : 0
      const modulation = this.equations.modulate(p, glia)
      const [cI, cE] = [sI + kI + charge[p], sE + kE + chargeE[p]]
      membrane.evaluate(sI, kI, cI, sE, kE, cE, u[slots.v * n + p], h, modulation, m)
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

  /** out = the intracellular part of J applied to an inner potential v alone: dQ_I/dphi_I v of a kind of cells, A. */
  innerCurrent(kind: number, v: Float64Array, out: Float64Array): void {
    const { from, to, count } = this.equations.setting.net.edges
    const { conductance } = this.insides[kind]
    out.fill(0)
    for (let e = 0; e < count; e++) {
      const i = conductance[e] * (v[to[e]] - v[from[e]])
      out[from[e]] += i
      out[to[e]] -= i
    }
  }

  /** out = J x, and what a change adds to it. */
  apply(x: Float64Array, out: Float64Array, change?: Change): void {
    const { equations, gained: g, insides } = this
    const { net, drive } = equations.setting
    const { nodes: n, volumeE } = net
    g.fill(0)
    this.carry(this.outside, x)
    for (const { phase } of insides) this.carry(phase, x)
    change?.carry(g)
    if (drive.electrode?.kind === 'bridge') this.addTransportNumbers(x, change?.outside)
    for (let p = 0; p < n; p++) {
      if (volumeE[p] > 0 && !equations.bathNode(p)) {
        out[NA_E * n + p] = g[NA_E * n + p]
        out[K_E * n + p] = g[K_E * n + p]
        out[PHI * n + p] = g[PHI * n + p]
      } else for (let k = NA_E * n + p; k <= PHI * n + p; k += n) out[k] = -x[k]
    }
    for (const [k, inside] of insides.entries()) this.cross(inside, x, out, change?.inside[k], change?.outside)
  }

  /** Rows of one kind of cells, and what crosses its membrane into those outside. */
  private cross(
    { kind, node: d }: Inside,
    x: Float64Array,
    out: Float64Array,
    chargeI?: Float64Array,
    chargeE?: Float64Array,
  ): void {
    const { equations, gained: g } = this
    const { nodes: n, volumeE } = equations.setting.net
    const { slots, held, row, volume, area, membrane } = kind
    const { share, gates } = membrane.parameters
    for (let p = 0; p < n; p++) {
      const at = SLOTS * p
      const v = x[slots.v * n + p]
      const sI = x[slots.na * n + p]
      const kI = x[slots.k * n + p]
      const sE = x[NA_E * n + p]
      const kE = x[K_E * n + p]
      let iNa = d[at] * sI + d[at + 1] * sE + d[at + 2] * kE + d[at + 3] * v
      const iK = d[at + 5] * sI + d[at + 6] * kI + d[at + 7] * kE + d[at + 8] * v
      const cI = sI + kI + (chargeI ? chargeI[p] : 0)
      const cE = sE + kE + (chargeE ? chargeE[p] : 0)
      const iCl = d[at + 11] * cI + d[at + 13] * cE + d[at + 12] * v
      if (gates) {
        const h = x[slots.gate * n + p]
        iNa += d[at + 4] * h
        out[slots.gate * n + p] = area[p] > 0 ? d[at + 9] * h + d[at + 10] * v : -h
      }
      const a = area[p]
      const charge = g[(row + 2) * n + p]
      const capacitive = charge - a * (iNa + iK + iCl)
      const crossNa = a === 0 ? 0 : (a * iNa + share[0] * capacitive) / FARADAY
      const crossK = a === 0 ? 0 : (a * iK + share[1] * capacitive) / FARADAY
      if (volume[p] > 0) {
        out[slots.na * n + p] = g[row * n + p] - crossNa
        out[slots.k * n + p] = g[(row + 1) * n + p] - crossK
        out[slots.v * n + p] = capacitive
      } else for (const k of held) out[k * n + p] = -x[k * n + p]
      if (volumeE[p] > 0 && !equations.bathNode(p)) {
        out[NA_E * n + p] += crossNa
        out[K_E * n + p] += crossK
        out[PHI * n + p] += charge
      }
    }
  }

  /** Adds what flows along the edges of a phase. */
  private carry({ na, k, v, row, weight, edge: c }: Phase, x: Float64Array): void {
    const { net, diffusivity } = this.equations.setting
    const { nodes: n, edges } = net
    const { from, to } = edges
    const { gained: g } = this
    const [dNa, dK, dCl] = diffusivity
    const [atNa, atK, atQ] = [row * n, (row + 1) * n, (row + 2) * n]
    for (let e = 0; e < edges.count; e++) {
      const w = weight[e]
      if (w === 0) continue
      const p = from[e]
      const q = to[e]
      const at = 4 * e
      const phi = x[PHI * n + q] - x[PHI * n + p]
      const psi = v === undefined ? phi : x[v * n + q] - x[v * n + p] + phi
      const half = c[at]
      const sP = x[na * n + p]
      const sQ = x[na * n + q]
      const kP = x[k * n + p]
      const kQ = x[k * n + q]
      const cP = sP + kP
      const cQ = sQ + kQ
      const jNa = -dNa * w * (sQ - sP + half * (sP + sQ) + c[at + 1] * psi)
      const jK = -dK * w * (kQ - kP + half * (kP + kQ) + c[at + 2] * psi)
      const jCl = -dCl * w * (cQ - cP - half * (cP + cQ) - c[at + 3] * psi)
      const i = FARADAY * (jNa + jK - jCl)
      g[atNa + p] -= jNa
      g[atNa + q] += jNa
      g[atK + p] -= jK
      g[atK + q] += jK
      g[atQ + p] -= i
      g[atQ + q] += i
    }
  }

  /** Derivative of the electrodes' transport numbers with respect to the concentrations at the electrode nodes. */
  private addTransportNumbers(x: Float64Array, chargeE?: Float64Array): void {
    const { equations, gained: g, state: u } = this
    const { net, diffusivity } = equations.setting
    const n = net.nodes
    const [dNa, dK, dCl] = diffusivity
    forElectrodes(equations.setting, (p, current) => {
      const s = u[3 * n + p]
      const k = u[4 * n + p]
      const sum = dNa * s + dK * k + dCl * (s + k + equations.chargeE[p])
      const chloride = x[3 * n + p] + x[4 * n + p] + (chargeE ? chargeE[p] : 0)
      const change = dNa * x[3 * n + p] + dK * x[4 * n + p] + dCl * chloride
      g[3 * n + p] += ((dNa * x[3 * n + p] - (dNa * s * change) / sum) / sum) * (current / FARADAY)
      g[4 * n + p] += ((dK * x[4 * n + p] - (dK * k * change) / sum) / sum) * (current / FARADAY)
    })
  }
}
