/**
 * The electroneutral tissue equations on a net, as the System that the integrator sees.
 *
 * Unknowns per node, field-major u[k * nodes + p]:
 *   0 Na_I, 1 K_I [mol/m³], 2 V = phi_I - phi_E [V], 3 Na_E, 4 K_E [mol/m³], 5 phi_E [V], 6 h (with gates).
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
 * At bath nodes the extracellular rows are replaced by C_E = C_bath, phi_E = 0. Nodes that lack a phase (resolved
 * models) keep the slots of that phase at their initial values; inside a cell, away from its membrane, the slot of V
 * holds phi_I itself (phi_E being 0 there) and its row is Q_I = 0.
 */

import { t } from '../../language/language.ts'
import type { Linearisation, System } from '../../numerics/system.ts'
import { FARADAY } from '../constants.ts'
import { K_E, K_I, NA_E, NA_I, PHI, V } from './layout.ts'
import type { Modulation } from './membrane.ts'
import { MembraneCurrents } from './membraneCurrents.ts'
import { forElectrodes, gather, type TransportSetting, transportNumbers } from './transport.ts'

export interface TissueSetting extends TransportSetting {
  initial: Float64Array
}

/** Typical magnitudes: 5 mol/m³, 10 mV, gate 0.2. */
const SCALE = [5, 5, 0.01, 5, 5, 0.01, 0.2]

/** A concentration below this is called used up when no step succeeds, mol/m³. */
const DEPLETED = 0.5

/** A conductance below this part of another is none. */
const LEAKLESS = 1e-3

export abstract class TissueEquations implements System {
  readonly size: number
  readonly mass: Float64Array
  readonly scale: Float64Array
  readonly positive: Uint8Array
  readonly balance: Uint8Array
  readonly breakpoints: readonly number[]
  /** Inflow of Na, K, Cl into the tissue and of Cl into the intracellular space, mol/s. */
  readonly rateCount = 4
  /** Baths and resolved cells rely on algebraic charge rows for their budgets: these are met beyond the step tolerance. */
  readonly polish: number
  readonly width: number
  readonly setting: TissueSetting
  private readonly start: Float64Array
  private readonly isBath: Uint8Array
  private readonly currents = new MembraneCurrents()
  /** Result of `cross`: mol/s of each ion, A of capacitive current, dh/dt. */
  private readonly crossing = { sodium: 0, potassium: 0, chloride: 0, capacitive: 0, gate: 0 }
  private readonly modulation: Modulation = { pump: 1, sodium: 0, potassium: 0, chloride: 0 }
  /** B_is and Q_s per node: rows Na_I, K_I, Q_I, Na_E, K_E, Q_E. */
  private readonly gained: Float64Array

  constructor(setting: TissueSetting) {
    const { net, membrane, drive } = setting
    const n = net.nodes
    this.setting = setting
    this.width = membrane.parameters.gates ? 7 : 6
    this.size = this.width * n
    this.start = setting.initial
    this.breakpoints = drive.breakpoints
    this.polish = drive.bathNodes.length > 0 || net.volumeE.some((v) => v === 0) ? 8 : 0
    this.mass = new Float64Array(this.size)
    this.scale = new Float64Array(this.size)
    this.positive = new Uint8Array(this.size)
    this.balance = new Uint8Array(this.size)
    this.gained = new Float64Array(6 * n)
    this.isBath = new Uint8Array(n)
    for (const p of drive.bathNodes) this.isBath[p] = 1
    for (let p = 0; p < n; p++) {
      const masses = [
        net.volumeI[p],
        net.volumeI[p],
        net.area[p] * membrane.parameters.capacitance,
        this.isBath[p] ? 0 : net.volumeE[p],
        this.isBath[p] ? 0 : net.volumeE[p],
        0,
        net.area[p] > 0 ? 1 : 0,
      ]
      for (let k = 0; k < this.width; k++) {
        const at = k * n + p
        this.mass[at] = masses[k]
        this.scale[at] = SCALE[k]
        const ion = k === NA_I || k === K_I || k === NA_E || k === K_E
        this.positive[at] = ion ? 1 : 0
        this.balance[at] = ion && masses[k] > 0 ? 1 : 0
      }
    }
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
    const { nodes: n, volumeI, volumeE, area } = net
    const { gained, start, crossing: c } = this
    const gates = this.width === 7
    gather(this.setting, u, this.gained)
    for (let p = 0; p < n; p++) {
      this.cross(p, u)
      if (volumeI[p] > 0) {
        out[p] = gained[p] - c.sodium
        out[n + p] = gained[n + p] - c.potassium
        out[2 * n + p] = c.capacitive
      } else for (let k = p; k < 3 * n; k += n) out[k] = start[k] - u[k]
      if (this.isBath[p] && drive.bath) {
        out[3 * n + p] = drive.bath.sodium - u[3 * n + p]
        out[4 * n + p] = drive.bath.potassium - u[4 * n + p]
        out[5 * n + p] = -u[5 * n + p]
      } else if (volumeE[p] > 0) {
        out[3 * n + p] = gained[3 * n + p] + c.sodium
        out[4 * n + p] = gained[4 * n + p] + c.potassium
        out[5 * n + p] = gained[2 * n + p] + gained[5 * n + p]
      } else for (let k = 3 * n + p; k < 6 * n; k += n) out[k] = start[k] - u[k]
      if (gates) out[6 * n + p] = area[p] > 0 ? c.gate : start[6 * n + p] - u[6 * n + p]
    }
  }

  rates(_t: number, u: Float64Array, out: Float64Array): void {
    const { net, drive } = this.setting
    const { nodes: n, volumeI } = net
    const { gained, crossing: c } = this
    gather(this.setting, u, this.gained)
    out.fill(0)
    for (let p = 0; p < n; p++) {
      out[0] += drive.sodium[p]
      out[1] += drive.potassium[p]
      out[2] += drive.chloride[p]
      this.cross(p, u)
      const qI = gained[2 * n + p]
      // Chloride gained by the inside: transport sum_i z_i B_i = Q/F gives B_Cl = B_Na + B_K - Q/F; minus what crosses.
      if (volumeI[p] > 0) out[3] += gained[p] + gained[n + p] - qI / FARADAY - c.chloride
      if (this.isBath[p]) {
        // What the bath must supply to hold the node: the negative of the natural rows. It supplies neutral salt and
        // takes the charge of the sources; its own row of charge would add up the round-off that all others leave.
        const sodium = -(gained[3 * n + p] + c.sodium)
        const potassium = -(gained[4 * n + p] + c.potassium)
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
    const { net, fixedI, fixedE, drive } = this.setting
    const n = net.nodes
    const chloride = (na: number, k: number, fixed: number) => (p: number) => u[na * n + p] + u[k * n + p] + fixed
    const ions: [string, (p: number) => number][] = [
      ['Cl outside', chloride(NA_E, K_E, fixedE)],
      ['Na outside', (p) => u[NA_E * n + p]],
      ['K outside', (p) => u[K_E * n + p]],
      ['Cl inside', chloride(NA_I, K_I, fixedI)],
      ['Na inside', (p) => u[NA_I * n + p]],
      ['K inside', (p) => u[K_I * n + p]],
    ]
    for (const [name, concentration] of ions) {
      for (let p = 0; p < n; p++) {
        if (concentration(p) > DEPLETED) continue
        const electrode = drive.current !== 0
        const at = `x = ${(net.position[3 * p] * 1e6).toFixed(0)} µm`
        return {
          message: t('{name} is used up at {at}{what}', {
            name: t(name),
            at,
            what: electrode ? t(': the limiting current of the electrodes is reached') : '',
          }),
          advice: electrode
            ? [t('reduce the applied current'), t('use salt-bridge electrodes'), t('shorten the pulse')]
            : remedies(this.setting, name, time, p),
        }
      }
    }
    return undefined
  }

  /** Modulation of node p in the present step; the returned object is reused. */
  modulate(p: number): Modulation {
    const { drive } = this.setting
    const { modulation } = this
    modulation.pump = drive.pump[p]
    modulation.sodium = drive.conductanceNa[p]
    modulation.potassium = drive.conductanceK[p]
    modulation.chloride = drive.conductanceCl[p]
    return modulation
  }

  /** What crosses the membrane of node p from inside to outside, for the state whose transport `gather` has summed. */
  private cross(p: number, u: Float64Array): void {
    const { net, membrane, fixedI, fixedE } = this.setting
    const { nodes: n, area } = net
    const { currents: m, crossing: c } = this
    const a = area[p]
    const qI = this.gained[2 * n + p]
    if (a === 0) {
      c.sodium = c.potassium = c.chloride = c.gate = 0
      c.capacitive = qI
      return
    }
    const sI = u[p]
    const kI = u[n + p]
    const sE = u[3 * n + p]
    const kE = u[4 * n + p]
    const h = this.width === 7 ? u[6 * n + p] : 0
    const modulation = this.modulate(p)
    membrane.evaluate(sI, kI, sI + kI + fixedI, sE, kE, sE + kE + fixedE, u[2 * n + p], h, modulation, m)
    const { share } = membrane.parameters
    c.capacitive = qI - a * m.total
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
      const [tNa, tK] = bridge ? transportNumbers(this.setting, u, p) : [0, 0]
      out[0] += (tNa * current) / FARADAY
      out[1] += (tK * current) / FARADAY
      out[2] -= ((1 - tNa - tK) * current) / FARADAY
    })
  }
}

/** What refills what a membrane has used up at node p: the leak or the pump that is missing there, or a weaker stimulus. */
function remedies({ membrane, drive }: TissueSetting, ion: string, time: number, p: number): string[] {
  const list: string[] = []
  // The pump takes sodium out and potassium in; only leaks bring them back.
  if (ion === 'Na inside' && drive.conductanceNa[p] < LEAKLESS * drive.conductanceK[p])
    list.push(t('raise G_Na: without it the pump empties the cells of sodium'))
  if (ion === 'K outside' && drive.conductanceK[p] < LEAKLESS * drive.conductanceCl[p])
    list.push(t('raise G_K: without it the pump takes all potassium into the cells'))
  const pumped = drive.pump[p] > 0 && membrane.parameters.pump.some(({ maximum }) => maximum > 0)
  if (!pumped) list.push(t('restore the pump'))
  if (drive.disturbed(time)) list.push(t('reduce the stimulus'))
  return [...list, t('rewind and continue from an earlier moment')]
}
