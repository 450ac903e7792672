/**
 * The electroneutral tissue equations on a net, as the System that the integrator sees.
 *
 * Unknowns per node, field-major u[k * nodes + p]:
 *   0 Na_I, 1 K_I [mol/m³], 2 V = phi_I - phi_E [V], 3 Na_E, 4 K_E [mol/m³], 5 phi_E [V], 6 h (with gates),
 * and again Na_I, K_I, V, h of every further kind of cells in the same period (layout.ts).
 * Chloride is not an unknown: Cl_s = Na_s + K_s + X_s (electroneutrality with impermeant charge X_s), and the charge
 * balances below are kept, so that chloride obeys its own balance exactly when they hold (index 1, no drift).
 *
 * Along an edge p -> q of phase s, with transmissibility w and f = F/RT (Xiao et al. 2023, eq. (2), (25), (47)):
 *
 *   N_i = -D_i w [ (C_q - C_p) + z_i (C_p + C_q)/2 f (phi_q - phi_p) ]        mol/s
 *
 * With B_is = -(divergence of N_i) + sources, Q_s = F sum_i z_i B_is (net current into phase s, A), membrane area a:
 *
 *   a c dV/dt    = Q_I - a sum_i I_i                     so that a I_cap = Q_I - a sum I
 *   v_I dC_I/dt  = B_iI - a f_i,   v_E dC_E/dt = B_iE + a f_i,   a f_i = (a I_i + lambda_i a I_cap)/(z_i F)
 *   0            = Q_I + Q_E
 *
 * with sums over the kinds of cells in the rows outside.
 *
 * At bath nodes the extracellular rows are replaced by C_E = C_bath, phi_E = 0. Nodes that lack a phase (resolved
 * models) keep the slots of that phase at their initial values; inside a cell, away from its membrane, the slot of V
 * holds phi_I itself (phi_E being 0 there) and its row is Q_I = 0.
 */

import type { Linearisation, System } from '../../numerics/system.ts'
import { FARADAY } from '../constants.ts'
import { usedUp } from './failure.ts'
import { type Cells, cellsOf, rowsOf } from './kinds.ts'
import { K_E, NA_E, PHI, V, widthOf } from './layout.ts'
import type { Modulation } from './membrane.ts'
import { MembraneCurrents } from './membraneCurrents.ts'
import type { Water } from './osmosis.ts'
import type { Swelling } from './swelling.ts'
import { forElectrodes, gather, type TransportSetting, transportNumbers } from './transport.ts'

export interface TissueSetting extends TransportSetting {
  initial: Float64Array
  /** Where cells breathe. */
  water?: Water
}

/** Typical magnitudes, mol/m³ and V. */
const SCALE = { concentration: 5, potential: 0.01, gate: 0.2, swelling: 0.1 }

export abstract class TissueEquations implements System {
  readonly size: number
  readonly mass: Float64Array
  readonly scale: Float64Array
  readonly positive: Uint8Array
  readonly below?: Float64Array
  readonly balance: Uint8Array
  readonly breakpoints: readonly number[]
  /** Inflow of Na, K, Cl into the tissue and of Cl into the intracellular space, mol/s. */
  readonly rateCount = 4
  /** Baths and resolved cells rely on algebraic charge rows for their budgets: these are met beyond the step tolerance. */
  readonly polish: number
  readonly width: number
  /** Where the swelling of cells stands, which breathe: after all other fields. */
  readonly volumeSlot: number
  readonly setting: TissueSetting
  readonly cells: readonly Cells[]
  /** Impermeant charge outside over the volume of now, per node, mol/m³. */
  readonly chargeE: Float64Array
  private readonly start: Float64Array
  private readonly isBath: Uint8Array
  private readonly currents = new MembraneCurrents()
  /** Result of `cross`: mol/s of each ion, A of capacitive current, dh/dt. */
  private readonly crossing = { sodium: 0, potassium: 0, chloride: 0, capacitive: 0, gate: 0 }
  protected readonly gates: boolean
  private readonly modulation: Modulation = { pump: 1, sodium: 0, potassium: 0, chloride: 0 }
  /** B_is and Q_s per node, see `gather`. */
  private readonly gained: Float64Array

  constructor(setting: TissueSetting) {
    const { net, membrane, drive } = setting
    const n = net.nodes
    this.setting = setting
    this.cells = cellsOf(setting)
    this.chargeE = new Float64Array(n).fill(setting.fixedE)
    this.gates = membrane.parameters.gates !== undefined
    this.volumeSlot = widthOf(this.cells.length, this.gates)
    this.width = setting.water ? this.volumeSlot + 1 : this.volumeSlot
    this.size = this.width * n
    this.start = setting.initial
    this.breakpoints = drive.breakpoints
    this.polish = drive.bathNodes.length > 0 || net.volumeE.some((v) => v === 0) ? 8 : 0
    this.mass = new Float64Array(this.size)
    this.scale = new Float64Array(this.size)
    this.positive = new Uint8Array(this.size)
    this.balance = new Uint8Array(this.size)
    this.gained = new Float64Array(rowsOf(net) * n)
    this.isBath = new Uint8Array(n)
    for (const p of drive.bathNodes) this.isBath[p] = 1
    const open = net.volumeE.map((volume, p) => (this.isBath[p] ? 0 : volume))
    this.describe(NA_E, SCALE.concentration, open, true)
    this.describe(K_E, SCALE.concentration, open, true)
    this.describe(PHI, SCALE.potential, new Float64Array(n), false)
    if (setting.water) this.below = this.describeVolume(net.volumeI, setting.water.swelling)
    for (const { slots, volume, area, membrane: of } of this.cells) {
      this.describe(slots.na, SCALE.concentration, volume, true)
      this.describe(slots.k, SCALE.concentration, volume, true)
      this.describe(
        slots.v,
        SCALE.potential,
        area.map((a) => a * of.parameters.capacitance),
        false,
      )
      if (this.gates)
        this.describe(
          slots.gate,
          SCALE.gate,
          area.map((a) => (a > 0 ? 1 : 0)),
          false,
        )
    }
  }

  /** Mass, scale and limits of what the cells have swollen beyond the least of a table. */
  private describeVolume(volume: Float64Array, { least, most }: Swelling): Float64Array {
    const [n, k] = [volume.length, this.volumeSlot]
    this.describe(k, SCALE.swelling, volume, true)
    return new Float64Array(this.size).fill(Number.POSITIVE_INFINITY).fill(most - least, k * n, (k + 1) * n)
  }

  /** Mass and scale of field k. @param held it stays positive, and its balance is kept where it has a mass */
  private describe(k: number, scale: number, mass: Float64Array, held: boolean): void {
    const n = this.setting.net.nodes
    this.mass.set(mass, k * n)
    this.scale.fill(scale, k * n, (k + 1) * n)
    if (!held) return
    this.positive.fill(1, k * n, (k + 1) * n)
    for (let p = 0; p < n; p++) this.balance[k * n + p] = mass[p] > 0 ? 1 : 0
  }

  initial(): Float64Array {
    return Float64Array.from(this.start)
  }

  enter(t0: number, t1: number): void {
    this.setting.drive.enter(t0, t1)
  }

  get hasBath(): boolean {
    return this.setting.drive.bathNodes.length > 0
  }

  normalise(u: Float64Array): void {
    if (this.hasBath) return
    const { nodes, volumeI, volumeE } = this.setting.net
    let mean = 0
    let total = 0
    for (let p = 0; p < nodes; p++) {
      mean += volumeE[p] * u[PHI * nodes + p]
      total += volumeE[p]
    }
    mean /= total
    for (let p = 0; p < nodes; p++) {
      if (volumeE[p] > 0) u[PHI * nodes + p] -= mean
      // Away from the membrane the slot of V holds phi_I itself.
      else if (volumeI[p] > 0) u[V * nodes + p] -= mean
    }
  }

  residual(_t: number, u: Float64Array, out: Float64Array): void {
    const { net, drive } = this.setting
    const { nodes: n, volumeE } = net
    const { gained, start, crossing: c, cells } = this
    gather(this.setting, cells, this.chargeE, u, this.gained)
    for (let p = 0; p < n; p++) {
      let sodium = 0
      let potassium = 0
      let charge = 0
      for (const kind of cells) {
        const { slots, held, row, volume, area } = kind
        this.cross(kind, p, u)
        sodium += c.sodium
        potassium += c.potassium
        charge += gained[(row + 2) * n + p]
        if (volume[p] > 0) {
          out[slots.na * n + p] = gained[row * n + p] - c.sodium
          out[slots.k * n + p] = gained[(row + 1) * n + p] - c.potassium
          out[slots.v * n + p] = c.capacitive
        } else for (const k of held) out[k * n + p] = start[k * n + p] - u[k * n + p]
        if (this.gates)
          out[slots.gate * n + p] = area[p] > 0 ? c.gate : start[slots.gate * n + p] - u[slots.gate * n + p]
      }
      if (this.isBath[p] && drive.bath) {
        out[3 * n + p] = drive.bath.sodium - u[3 * n + p]
        out[4 * n + p] = drive.bath.potassium - u[4 * n + p]
        out[5 * n + p] = -u[5 * n + p]
      } else if (volumeE[p] > 0) {
        out[3 * n + p] = gained[3 * n + p] + sodium
        out[4 * n + p] = gained[4 * n + p] + potassium
        out[5 * n + p] = charge + gained[5 * n + p]
      } else for (let k = 3 * n + p; k < 6 * n; k += n) out[k] = start[k] - u[k]
    }
  }

  rates(_t: number, u: Float64Array, out: Float64Array): void {
    const { net, drive } = this.setting
    const { nodes: n } = net
    const { gained, crossing: c, cells } = this
    gather(this.setting, cells, this.chargeE, u, this.gained)
    out.fill(0)
    for (let p = 0; p < n; p++) {
      out[0] += drive.sodium[p]
      out[1] += drive.potassium[p]
      out[2] += drive.chloride[p]
      let crossedNa = 0
      let crossedK = 0
      for (const kind of cells) {
        const { row, volume } = kind
        this.cross(kind, p, u)
        crossedNa += c.sodium
        crossedK += c.potassium
        const q = gained[(row + 2) * n + p]
        // Chloride gained by the inside: transport sum_i z_i B_i = Q/F gives B_Cl = B_Na + B_K - Q/F; minus what crosses.
        if (volume[p] > 0) out[3] += gained[row * n + p] + gained[(row + 1) * n + p] - q / FARADAY - c.chloride
      }
      if (this.isBath[p]) {
        // What the bath must supply to hold the node: the negative of the natural rows. It supplies neutral salt and
        // takes the charge of the sources; its own row of charge would add up the round-off that all others leave.
        const sodium = -(gained[3 * n + p] + crossedNa)
        const potassium = -(gained[4 * n + p] + crossedK)
        out[0] += sodium
        out[1] += potassium
        out[2] += sodium + potassium
      }
    }
    if (this.hasBath) for (let p = 0; p < n; p++) out[2] += drive.sodium[p] + drive.potassium[p] - drive.chloride[p]
    this.addElectrodeRates(u, out)
  }

  abstract linearise(t: number, u: Float64Array): Linearisation

  explainFailure(time: number, u: Float64Array): { message: string; advice: string[] } | undefined {
    return usedUp(this, time, u)
  }

  /** Modulation of the membranes at node p in the present step; the returned object is reused. */
  modulate(p: number, glia = false): Modulation {
    const { pump, conductanceNa, conductanceK, conductanceCl } = glia ? this.setting.drive.glia : this.setting.drive
    const { modulation } = this
    modulation.pump = pump[p]
    modulation.sodium = conductanceNa[p]
    modulation.potassium = conductanceK[p]
    modulation.chloride = conductanceCl[p]
    return modulation
  }

  /** What crosses the membrane of cells at node p from inside to outside, for the state whose transport `gather` has summed. */
  private cross({ slots, row, area, membrane, charge: own, glia }: Cells, p: number, u: Float64Array): void {
    const { nodes: n } = this.setting.net
    const { currents: m, crossing: c, chargeE } = this
    const a = area[p]
    const charge = this.gained[(row + 2) * n + p]
    if (a === 0) {
      c.sodium = c.potassium = c.chloride = c.gate = 0
      c.capacitive = charge
      return
    }
    const sI = u[slots.na * n + p]
    const kI = u[slots.k * n + p]
    const sE = u[NA_E * n + p]
    const kE = u[K_E * n + p]
    const h = this.gates ? u[slots.gate * n + p] : 0
    const modulation = this.modulate(p, glia)
    const [cI, cE] = [sI + kI + own[p], sE + kE + chargeE[p]]
    membrane.evaluate(sI, kI, cI, sE, kE, cE, u[slots.v * n + p], h, modulation, m)
    const { share } = membrane.parameters
    c.capacitive = charge - a * m.total
    c.sodium = (a * m.sodium + share[0] * c.capacitive) / FARADAY
    c.potassium = (a * m.potassium + share[1] * c.capacitive) / FARADAY
    c.chloride = -(a * m.chloride + share[2] * c.capacitive) / FARADAY
    c.gate = m.gateRate
  }

  bathNode(p: number): boolean {
    return this.isBath[p] === 1
  }

  private addElectrodeRates(u: Float64Array, out: Float64Array): void {
    const bridge = this.setting.drive.electrode?.kind === 'bridge'
    forElectrodes(this.setting, (p, current) => {
      const [tNa, tK] = bridge ? transportNumbers(this.setting, this.chargeE, u, p) : [0, 0]
      out[0] += (tNa * current) / FARADAY
      out[1] += (tK * current) / FARADAY
      out[2] -= ((1 - tNa - tK) * current) / FARADAY
    })
  }
}
