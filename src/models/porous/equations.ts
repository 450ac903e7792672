/**
 * Poisson-Nernst-Planck equations on a PorousNet, as the System that the integrator sees.
 *
 * Unknowns, field-major u[k * nodes + p]: concentrations c_r [mol/m³], r = 0 … S-1, then the potential phi [V].
 *
 *   pore_p dc_r/dt = - sum_q J_pq,   J = d_r w [ B(psi) c_p - B(-psi) c_q ],  psi = z_r f (w_drift / w)(phi_q - phi_p)
 *   0 = eps sum_q w_eps (phi_q - phi_p) + F ( pore_p sum_r z_r c_r + walls_p rho - volume_p <charge> )
 *
 * (Schmuck 2013, eqs. (25), (67), as corrected; J is the physical flux.) Where the weight of an edge is not positive
 * (full tensors, or a closure that drifts where nothing diffuses) the flux is the plain linear-element one,
 * J = -d_r [ w (c_q - c_p) + z_r f w_drift (c_p + c_q)/2 (phi_q - phi_p) ].
 *
 * At the sides x = 0 and x = L concentrations and the potential may be held. With no potential held (ABC of the paper)
 * the mean charge <charge> is projected out and phi has zero mean. Nodes without pore volume keep their concentrations.
 */

import type { Linearisation, System } from '../../numerics/system.ts'
import { FARADAY } from '../constants.ts'
import type { ReducedUnits } from '../reduced.ts'
import { bernoulli } from '../transport.ts'
import type { PorousNet } from './net.ts'

export interface Species {
  valence: number
  /** m²/s. */
  diffusivity: number
}

/** What is held at one side: concentrations [mol/m³] and the potential at each of its nodes [V]. */
export interface SideCondition {
  concentrations: readonly (number | undefined)[]
  potential: Float64Array | undefined
  /** Derivative of the potential by the applied voltage at each of its nodes; one everywhere if absent. */
  profile?: Float64Array
}

export interface PorousSetting {
  net: PorousNet
  species: readonly Species[]
  /** F / RT, 1/V. */
  f: number
  /** Permittivity of the fluid, F/m. */
  permittivity: number
  /** Fixed charge of the walls per total volume, mol/m³. */
  fixedCharge: number
  left: SideCondition
  right: SideCondition
  /** Typical concentration, mol/m³. */
  concentration: number
  initial: Float64Array
  /** In which its words are, where the medium has no sizes of its own. */
  units?: ReducedUnits
}

/** No side holds the potential: its mean is zero and the mean charge is projected out. */
export function isFloating({ left, right }: Pick<PorousSetting, 'left' | 'right'>): boolean {
  return left.potential === undefined && right.potential === undefined
}

export abstract class PorousEquations implements System {
  readonly setting: PorousSetting
  readonly size: number
  readonly width: number
  readonly mass: Float64Array
  readonly scale: Float64Array
  readonly positive: Uint8Array
  readonly balance: Uint8Array
  readonly shared: number
  readonly breakpoints: readonly number[] = []
  readonly polish: number
  /** Inflow of each species through the sides, mol/s. */
  readonly rateCount: number
  /** 1 where the row of u is "stay at the given value". */
  readonly held: Uint8Array
  readonly given: Float64Array
  /** No side holds the potential: its mean is zero and the mean charge is projected out. */
  readonly floating: boolean
  /** Net inflow per row without held values, scratch of residual and rates. */
  private readonly gained: Float64Array

  constructor(setting: PorousSetting) {
    const { net, species, concentration } = setting
    const n = net.nodes
    const S = species.length
    this.setting = setting
    this.width = S + 1
    this.size = this.width * n
    this.rateCount = S
    this.held = new Uint8Array(this.size)
    this.given = Float64Array.from(setting.initial)
    for (const [side, condition] of [
      [net.left, setting.left],
      [net.right, setting.right],
    ] as const)
      side.node.forEach((p, k) => {
        condition.concentrations.forEach((c, r) => {
          if (c !== undefined && net.pore[p] > 0) this.hold(r * n + p, c)
        })
        if (condition.potential) this.hold(S * n + p, condition.potential[k])
      })
    this.floating = isFloating(setting)
    for (let p = 0; p < n; p++)
      if (net.pore[p] === 0) for (let r = 0; r < S; r++) this.hold(r * n + p, setting.initial[r * n + p])
    this.mass = new Float64Array(this.size)
    this.scale = new Float64Array(this.size)
    this.positive = new Uint8Array(this.size)
    this.balance = new Uint8Array(this.size)
    this.shared = n
    for (let k = 0; k < this.size; k++) {
      const ion = k < S * n
      const free = this.held[k] === 0
      this.mass[k] = ion && free ? net.pore[k % n] : 0
      this.scale[k] = ion ? 0.05 * concentration : 1 / setting.f
      this.positive[k] = ion && free ? 1 : 0
      this.balance[k] = ion && free ? 1 : 0
    }
    this.polish = this.held.some((h, k) => h === 1 && k < S * n && net.pore[k % n] > 0) ? 2 : 0
    this.gained = new Float64Array(this.size)
  }

  private hold(row: number, value: number): void {
    this.held[row] = 1
    this.given[row] = value
  }

  initial(): Float64Array {
    return Float64Array.from(this.given)
  }

  enter(): void {}

  /** Flux of species r along edge k from its first to its second node, mol/s. */
  flux(u: Float64Array, r: number, k: number): number {
    const { net, species, f } = this.setting
    const { from, to, diffusion, drift } = net.edges
    const n = net.nodes
    const { valence, diffusivity } = species[r]
    const [a, b] = [from[k], to[k]]
    const w = diffusion[k]
    const rise = valence * f * (u[(this.width - 1) * n + b] - u[(this.width - 1) * n + a])
    const ca = u[r * n + a]
    const cb = u[r * n + b]
    if (!fitted(w, drift[k])) return -diffusivity * (w * (cb - ca) + drift[k] * rise * 0.5 * (ca + cb))
    const psi = (drift[k] / w) * rise
    return diffusivity * w * (bernoulli(psi) * ca - bernoulli(-psi) * cb)
  }

  residual(_t: number, u: Float64Array, out: Float64Array): void {
    this.gain(u, out)
    for (let k = 0; k < this.size; k++) if (this.held[k] === 1) out[k] = this.given[k] - u[k]
  }

  rates(_t: number, u: Float64Array, out: Float64Array): void {
    const { gained, held, setting, rateCount } = this
    const n = setting.net.nodes
    this.gain(u, gained)
    for (let r = 0; r < rateCount; r++) {
      out[r] = 0
      for (let p = 0; p < n; p++) if (held[r * n + p] === 1 && setting.net.pore[p] > 0) out[r] -= gained[r * n + p]
    }
  }

  normalise(u: Float64Array): void {
    if (!this.floating) return
    const { nodes, volume } = this.setting.net
    const at = (this.width - 1) * nodes
    let mean = 0
    let total = 0
    for (let p = 0; p < nodes; p++) {
      mean += volume[p] * u[at + p]
      total += volume[p]
    }
    for (let p = 0; p < nodes; p++) u[at + p] -= mean / total
  }

  /** Charge per total volume averaged over the box, mol/m³; of the ions alone where the walls are not to count. */
  meanCharge(u: Float64Array, walls = true): number {
    const { net, fixedCharge } = this.setting
    let sum = 0
    let total = 0
    for (let p = 0; p < net.nodes; p++) {
      sum += this.ionCharge(u, p)
      total += net.volume[p]
    }
    return sum / total + (walls ? fixedCharge : 0)
  }

  /** Charge of node p with that of its walls, mol. */
  charge(u: Float64Array, p: number): number {
    return this.ionCharge(u, p) + this.setting.net.walls[p] * this.setting.fixedCharge
  }

  private ionCharge(u: Float64Array, p: number): number {
    const { net, species } = this.setting
    let ions = 0
    for (let r = 0; r < species.length; r++) ions += species[r].valence * u[r * net.nodes + p]
    return net.pore[p] * ions
  }

  /** Divergence of all fluxes, as if nothing were held. */
  private gain(u: Float64Array, out: Float64Array): void {
    const { net, permittivity } = this.setting
    const { from, to, count, displacement } = net.edges
    const n = net.nodes
    const S = this.width - 1
    out.fill(0)
    for (let k = 0; k < count; k++) {
      const a = from[k]
      const b = to[k]
      for (let r = 0; r < S; r++) {
        const j = this.flux(u, r, k)
        out[r * n + a] -= j
        out[r * n + b] += j
      }
      const d = permittivity * displacement[k] * (u[S * n + b] - u[S * n + a])
      out[S * n + a] += d
      out[S * n + b] -= d
    }
    const mean = this.floating ? this.meanCharge(u) : 0
    for (let p = 0; p < n; p++) out[S * n + p] += FARADAY * (this.charge(u, p) - net.volume[p] * mean)
  }

  abstract linearise(t: number, u: Float64Array): Linearisation
}

/** Whether exponential fitting applies to an edge. */
export function fitted(diffusion: number, drift: number): boolean {
  return diffusion > 1e-6 * Math.abs(drift)
}
