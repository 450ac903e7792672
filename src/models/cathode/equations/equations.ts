/**
 * A cell as M du/dt = F(u) on a net (net.ts), per area of the cell [A/m²]; v are volumes, A = i(c, y, D, w) times the
 * area of reaction at a node, D = F (psi_s - Phi - V0)/RT:
 *
 *   salt        F c0 v dc/dt    = - div N-                        (anions: no reaction)
 *   ions        0               = - div i  + A                    Butler-Volmer at the foil
 *   electrons   0               = - div is - A                    psi = 0 at the collector
 *   lithium     F c_sm v dy/dt  = - F div Ns - A         (each kind of particles, with its own v, A and material)
 *   excess      0               = Omega (1 - 2y) - K div grad y - w      (with gradient energy)
 *
 * Salt and lithium close to round-off because Newton's iterations keep linear invariants: sum of lithium minus Q, sum of
 * anions. Where a field does not live its row is -u = 0. The homogenized cell adds flow and charge (homogenized/).
 */
import { FARADAY } from '../../constants.ts'
import { NeutralFlux, offset } from '../laws/electrolyte.ts'
import { logit } from '../laws/thermodynamics.ts'
import { type Add, C, GLOBAL_COUNT, GLOBALS, PHI, PSI, Y } from '../layout.ts'
import type { Step } from '../protocol/protocol.ts'
import { holdStep } from '../protocol/terminal.ts'
import { electronFlow, excessRows, ionFlow, lithiumFlow } from './flows.ts'
import { foilRows } from './foil.ts'
import { type Host, hostOf } from './host.ts'
import { heldAtCollector, type Net, type Particles } from './net.ts'
import type { CathodeSetting } from './setting.ts'

export class CathodeEquations {
  readonly setting: CathodeSetting
  readonly net: Net
  readonly nodes: number
  /** Fields per node. */
  readonly width: number
  /** Index of the field of w of the first kind and of rho; -1 where absent. */
  readonly W: number
  readonly RHO: number
  /** First of the unknowns of the whole cell. */
  readonly globals: number
  readonly size: number
  readonly mass: Float64Array
  /** 1 where a field lives. */
  readonly present: Uint8Array
  /** Kinds of particles in the order of the net. */
  readonly hosts: readonly [Host, ...Host[]]
  /** C/m². */
  readonly capacity: number
  readonly neutral: NeutralFlux
  /** dF/dV and d(sum of A)/du, as of the last `entries`. */
  readonly byV: Float64Array
  readonly sumByU: Float64Array
  private sumByV = 0
  private readonly terminalRow = { value: 0, bySum: 0, byV: 0 }
  /** Rows that only hold a value: absent unknowns, and the solid at the collector. */
  private readonly held: Int32Array
  /** 1 where the solid is held at the potential of the collector. */
  readonly atCollector: Uint8Array
  /** Conductance of double layers beside the reaction, S/m² (entries only). */
  private storing = 0
  private readonly rateOf = new Float64Array(5)
  /** Scratch of the flows. */
  readonly flux = new Float64Array(10)

  /** @param capacity C/m² */
  constructor(setting: CathodeSetting, net: Net, capacity: number) {
    const { electrolyte, reference, thermal } = setting
    const n = net.nodes
    this.setting = setting
    this.net = net
    this.nodes = n
    const [first, ...others] = net.particles
    const hasW = ({ gradient, material }: Particles) => gradient !== undefined && material.solid.gradient > 0
    this.W = hasW(first) ? 4 : -1
    this.RHO = electrolyte.form === 'E1' ? (this.W < 0 ? 4 : 5) : -1
    const base = 4 + (this.W >= 0 ? 1 : 0) + (this.RHO >= 0 ? 1 : 0)
    let width = base
    const further = others.map((kind) => (hasW(kind) ? width++ : -1))
    this.hosts = [hostOf(first, Y, this.W), ...others.map((kind, k) => hostOf(kind, width + k, further[k]))]
    this.width = width + others.length
    this.globals = this.width * n
    this.size = this.globals + GLOBAL_COUNT
    this.capacity = capacity
    this.neutral = new NeutralFlux(electrolyte, FARADAY * reference, thermal)
    this.mass = new Float64Array(this.size)
    this.byV = new Float64Array(this.globals)
    this.sumByU = new Float64Array(this.globals)
    this.present = new Uint8Array(this.globals)
    const square = 2 * electrolyte.delta ** 2
    for (let p = 0; p < n; p++) {
      this.mass[C * n + p] = FARADAY * reference * net.salt[p]
      for (const kind of this.hosts) this.mass[kind.Y * n + p] = FARADAY * kind.material.sites * kind.active[p]
      if (this.RHO >= 0) this.mass[this.RHO * n + p] = square * FARADAY * reference * net.charge[p]
    }
    for (let k = GLOBALS.Q; k < GLOBAL_COUNT; k++) this.mass[this.globals + k] = 1
    this.present.set(net.ions, C * n)
    this.present.set(net.ions, PHI * n)
    this.present.set(net.conducts, PSI * n)
    for (const kind of this.hosts) {
      this.present.set(kind.hosts, kind.Y * n)
      if (kind.W >= 0) this.present.set(kind.hosts, kind.W * n)
    }
    if (this.RHO >= 0) this.present.set(net.ions, this.RHO * n)
    this.atCollector = heldAtCollector(net)
    this.held = Int32Array.from(this.present.keys()).filter((k) => this.present[k] === 0 || this.isAtCollector(k))
  }

  private isAtCollector(k: number): boolean {
    return k >= PSI * this.nodes && k < Y * this.nodes && this.atCollector[k % this.nodes] === 1
  }

  step(u: Float64Array): Step | undefined {
    return this.setting.steps[u[this.globals + GLOBALS.STEP]]
  }

  /** F(t, u) into out. */
  residual(t: number, u: Float64Array, out: Float64Array): void {
    this.walk(t, u, out, undefined)
  }

  /**
   * Jacobian entries among the fields; those of the whole cell go to byV, sumByU and `border`.
   * @param storing conductance of double layers beside the reaction, S/m² of surface
   * @param measured small signals enter as a current, whatever the step holds
   */
  entries(t: number, u: Float64Array, add: Add, storing = 0, measured = false): void {
    this.storing = storing
    this.byV.fill(0)
    this.sumByU.fill(0)
    this.sumByV = 0
    this.walk(t, u, undefined, add, measured)
    this.storing = 0
  }

  /** dF_V/dV and dF_V/d(sum of A), and d(sum of A)/dV, as of the last `entries`. */
  border(): { byV: number; bySum: number; sumByV: number } {
    return { byV: this.terminalRow.byV, bySum: this.terminalRow.bySum, sumByV: this.sumByV }
  }

  /** Sum of A: minus the current, A/m². */
  reactionSum(u: Float64Array): number {
    let sum = 0
    for (const kind of this.hosts) for (const p of kind.reactive) sum += this.reaction(u, p, kind)
    return sum
  }

  /** Concentration of the ion that reacts, c0. */
  cation(u: Float64Array, p: number): number {
    const { RHO, nodes: n, setting } = this
    return RHO < 0 ? u[p] : u[p] + setting.electrolyte.delta ** 2 * u[RHO * n + p]
  }

  /** A of node p [A/m² of cell]; derivatives per area of reaction stay in `rateOf`. */
  reaction(u: Float64Array, p: number, kind: Host = this.hosts[0]): number {
    const { nodes: n, rateOf } = this
    const y = u[kind.Y * n + p]
    kind.material.kinetics.rate(this.cation(u, p), y, this.drive(u, p, kind), this.excess(u, p, kind), rateOf)
    return kind.area[p] * rateOf[0]
  }

  /** F (psi_s - Phi - V0) / RT with the shift of the particle. */
  drive(u: Float64Array, p: number, { shift }: Host = this.hosts[0]): number {
    const { setting } = this
    const solid = u[PSI * this.nodes + p] + u[this.globals + GLOBALS.V]
    return solid - this.lithiumPotential(u, p) - setting.standard / setting.thermal + shift[p]
  }

  /** Excess chemical potential of the reaction, RT. */
  excess(u: Float64Array, p: number, { Y, W, material }: Host = this.hosts[0]): number {
    const n = this.nodes
    const y = u[Y * n + p]
    // The gradient part is that of diffusion; the homogeneous part may differ as printed.
    if (W >= 0) return u[W * n + p] + (material.omega - material.solid.omega) * (1 - 2 * y)
    return material.omega * (1 - 2 * y)
  }

  /** Overpotential of particles at a node, RT/F. */
  overpotential(u: Float64Array, p: number, kind: Host = this.hosts[0]): number {
    return this.drive(u, p, kind) + this.excess(u, p, kind) + logit(u[kind.Y * this.nodes + p])
  }

  /** Potential measured by lithium, RT/F. */
  lithiumPotential(u: Float64Array, p: number): number {
    const s = offset(this.setting.electrolyte.form)
    return u[PHI * this.nodes + p] + (s === 0 ? 0 : s * Math.log(this.cation(u, p)))
  }

  /** Fall of the excess potential of diffusion from node a to node b, RT; without gradient energy w = Omega (1 - 2y). */
  excessFall(u: Float64Array, a: number, b: number, { Y, W, shift, material }: Host): number {
    const n = this.nodes
    const own = shift[a] - shift[b]
    if (W >= 0) return own + u[W * n + a] - u[W * n + b]
    return own + 2 * material.solid.omega * (u[Y * n + b] - u[Y * n + a])
  }

  /** Terminal voltage [V] for a given sum of A. */
  terminal(u: Float64Array, sum: number): number {
    return u[this.globals + GLOBALS.V] * this.setting.thermal + sum * this.setting.contact
  }

  private walk(
    t: number,
    u: Float64Array,
    out: Float64Array | undefined,
    add: Add | undefined,
    measured = false,
  ): void {
    out?.fill(0)
    this.ionFlow(u, out, add)
    electronFlow(this, u, out, add)
    lithiumFlow(this, u, out, add)
    excessRows(this, u, out, add)
    const sum = this.reactions(u, out, add)
    foilRows(this, u, out, add)
    this.ends(u, out, add)
    for (const k of this.held) {
      if (out) out[k] = -u[k]
      add?.(k, k, -1)
    }
    this.whole(t, u, sum, out, measured)
  }

  /** Salt and ionic current. */
  protected ionFlow(u: Float64Array, out: Float64Array | undefined, add: Add | undefined): void {
    ionFlow(this, u, out, add)
  }

  /** What enters and leaves at the ends beside the current. */
  protected ends(_u: Float64Array, _out: Float64Array | undefined, _add: Add | undefined): void {}

  /** Reactions of all nodes; returns their sum. */
  private reactions(u: Float64Array, out: Float64Array | undefined, add: Add | undefined): number {
    const { nodes: n, RHO, atCollector } = this
    const ionRow = RHO < 0 ? PHI : RHO
    let sum = 0
    for (const kind of this.hosts)
      for (const p of kind.reactive) {
        const A = this.reaction(u, p, kind)
        sum += A
        if (out) {
          out[ionRow * n + p] += A
          if (RHO >= 0) out[p] += 0.5 * A
          if (atCollector[p] === 0) out[PSI * n + p] -= A
          out[kind.Y * n + p] -= A
        }
        if (add) this.reactionEntries(u, p, kind, add)
      }
    return sum
  }

  /** Derivatives of A at node p, whose rate has just been evaluated, in the rows of ions, electrons and lithium. */
  private reactionEntries(u: Float64Array, p: number, kind: Host, add: Add): void {
    const { nodes: n, setting, rateOf, RHO, byV, sumByU } = this
    const { Y, W, material } = kind
    const area = kind.area[p]
    const { form, delta } = setting.electrolyte
    const s = offset(form) / this.cation(u, p)
    const ionRow = (RHO < 0 ? PHI : RHO) * n + p
    const free = this.atCollector[p] === 0
    const byD = area * rateOf[3]
    const byY = area * (rateOf[2] - 2 * (W < 0 ? material.omega : material.omega - material.solid.omega) * rateOf[4])
    // The double layer takes part in the balances of charge, not in that of lithium.
    const layer = area * this.storing * setting.thermal
    const entry = (column: number, reaction: number, stored: number) => {
      const both = reaction + stored
      add(ionRow, column, both)
      if (RHO >= 0) add(p, column, 0.5 * both)
      if (free) add(PSI * n + p, column, -both)
      add(Y * n + p, column, -reaction)
      sumByU[column] += both
    }
    const dC = area * rateOf[1] - s * byD
    entry(p, dC, -s * layer)
    entry(PHI * n + p, -byD, -layer)
    entry(PSI * n + p, byD, layer)
    entry(Y * n + p, byY, 0)
    if (W >= 0) entry(W * n + p, area * rateOf[4], 0)
    if (RHO >= 0) entry(RHO * n + p, delta ** 2 * dC, -(delta ** 2) * s * layer)
    byV[ionRow] += byD + layer
    if (RHO >= 0) byV[p] += 0.5 * (byD + layer)
    if (free) byV[PSI * n + p] -= byD + layer
    byV[Y * n + p] -= byD
    this.sumByV += byD + layer
  }

  /** Rows of the whole cell: what the step holds, charge passed; the protocol stands still between events. */
  private whole(t: number, u: Float64Array, sum: number, out: Float64Array | undefined, measured: boolean): void {
    const { setting, globals, terminalRow } = this
    const at = (k: number) => u[globals + k]
    const step = measured ? undefined : this.step(u)
    const [V, startV] = [at(GLOBALS.V) * setting.thermal, at(GLOBALS.V_START) * setting.thermal]
    holdStep(step, setting, t - at(GLOBALS.START), V, startV, sum, terminalRow)
    if (!out) return
    out[globals + GLOBALS.V] = terminalRow.value
    out[globals + GLOBALS.Q] = -sum / this.capacity
  }
}
