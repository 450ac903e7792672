/**
 * The homogenized cell as M du/dt = F(u), finite volumes on the cells of grid.ts. Per cell and in A/m² of the cell:
 *
 *   salt        F p c0 h dc/dt      = N-|in - N-|out                       (anions: no reaction)
 *   ions        0                   = i|in - i|out + A h
 *   electrons   0                   = is|in - is|out - A h
 *   lithium     F q c_sm h dy/dt    = F Ns|in - F Ns|out - A h
 *   excess      0                   = Omega (1 - 2y) - K div grad y - w    (with gradient energy)
 *
 * A = a i(c, y, D, w), D = F (psi_s - Phi - V0)/RT. E1 adds the scaled charge rho: salt and ions become the mean and the
 * difference of both ions' balances, and the potential obeys -L² T div grad psi = p rho.
 *
 * Unknowns, field-major: c [c0], phi [RT/F], psi = psi_s - V [RT/F], y, (w), (rho); then those of the whole cell: V [RT/F],
 * charge passed Q [capacity], and where the protocol stands (step, its start [s], Q and V at its start, and which it is). Salt and lithium
 * close to round-off because Newton's iterations keep linear invariants: sum of lithium minus Q, sum of anions.
 */
import { FARADAY } from '../constants.ts'
import { lithiumFoil, outflow } from './boundary.ts'
import { chargedFaces } from './charged.ts'
import { type Electrolyte, type Face, NeutralFlux, offset } from './electrolyte.ts'
import type { Grid } from './grid.ts'
import type { RateLaw } from './kinetics.ts'
import type { Step } from './protocol.ts'
import { SolidFaces } from './solid.ts'
import { holdStep } from './terminal.ts'

export const C = 0
export const PHI = 1
export const PSI = 2
export const Y = 3

/** Unknowns of the whole cell, after the fields. */
export const GLOBALS = { V: 0, Q: 1, STEP: 2, START: 3, Q_START: 4, V_START: 5, PLAN: 6 } as const
const GLOBAL_COUNT = Object.keys(GLOBALS).length

export interface CathodeSetting {
  grid: Grid
  /** RT/F, V. */
  thermal: number
  /** Reference salt concentration c0 and initial one over it; initial filling. */
  reference: number
  salt0: number
  filling0: number
  separator: { p: number; T: number[] }
  /** Fractions, area a [1/m], tensors' diagonals: T, Sigma [S/m], Ms. */
  cathode: { p: number; q: number; a: number; T: number[]; Sigma: number[]; Ms: number[] }
  electrolyte: Electrolyte
  /** Site density, mol/m³. */
  sites: number
  kinetics: RateLaw
  /** Standard voltage V0 [V] and interaction Omega of the voltage. */
  standard: number
  omega: number
  solid: SolidLaw
  foil: { exchange: number; alpha: number; order: number }
  /** Shift of the voltage [RT/F] and factor of the area, per cathode cell. */
  shift: Float64Array
  spread: Float64Array
  /** Through-flow V [m/s] of electrolyte with concentration c_in [c0]. */
  flow?: { velocity: number; inlet: number }
  /** Contact resistance, Ohm m². */
  contact: number
  steps: readonly Step[]
}

export interface SolidLaw {
  law: 'fickian' | 'thermodynamic'
  /** D_s, m²/s. */
  diffusivity: number
  mobility: 'y(1-y)' | '1/4'
  /** Interaction in the free energy of diffusion; that of the voltage unless as printed. */
  omega: number
  /** Gradient coefficient K = kappa_g Ms / (q c_sm RT), m²; 0 without gradient energy. */
  gradient: number
}

/** Receives entries of the Jacobian, indices into the state. */
export type Add = (row: number, column: number, value: number) => void

export class CathodeEquations {
  readonly setting: CathodeSetting
  readonly nodes: number
  /** Fields per cell. */
  readonly width: number
  /** Index of the field of w and rho; -1 where absent. */
  readonly W: number
  readonly RHO: number
  /** First of the unknowns of the whole cell. */
  readonly globals: number
  readonly size: number
  readonly mass: Float64Array
  readonly volume: Float64Array
  /** Area of reaction times volume, m² per m² of cell; 0 outside the cathode. */
  readonly reactive: Float64Array
  /** Capacity, C/m². */
  readonly capacity: number
  /** The derivative of the cell's voltage row: by sum of A h and by V. */
  private readonly voltageRow = { value: 0, bySum: 0, byV: 0 }
  /** dF/dV and d(sum A h)/du, as of the last `linearise`. */
  readonly byV: Float64Array
  readonly sumByU: Float64Array
  private sumByV = 0
  /** Conductance of double layers beside the reaction, S/m² (entries only). */
  private storing = 0
  /** Small signals enter as a current, whatever the step holds. */
  protected measured = false
  readonly faces: readonly Face[]
  readonly solidFaces: SolidFaces
  readonly neutral: NeutralFlux
  private readonly rateOf = new Float64Array(5)
  private readonly flux = new Float64Array(10)
  /** Weight of Poisson's rows (E1), A/m³. */
  readonly poisson: number

  constructor(setting: CathodeSetting) {
    this.setting = setting
    const { grid, electrolyte, separator, cathode } = setting
    this.nodes = grid.nodes
    this.W = setting.solid.gradient > 0 ? 4 : -1
    this.RHO = electrolyte.form === 'E1' ? (this.W < 0 ? 4 : 5) : -1
    this.width = 4 + (this.W >= 0 ? 1 : 0) + (this.RHO >= 0 ? 1 : 0)
    this.globals = this.width * this.nodes
    this.size = this.globals + GLOBAL_COUNT
    const charge = FARADAY * setting.reference
    this.neutral = new NeutralFlux(electrolyte, charge, setting.thermal)
    this.poisson = (charge * electrolyte.plus) / grid.cathode ** 2
    this.capacity = cathode.q * setting.sites * FARADAY * grid.cathode
    this.volume = new Float64Array(this.nodes)
    this.reactive = new Float64Array(this.nodes)
    this.mass = new Float64Array(this.size)
    this.byV = new Float64Array(this.globals)
    this.sumByU = new Float64Array(this.globals)
    for (let j = 0; j < grid.rows; j++)
      for (let i = 0; i < grid.columns; i++) {
        const p = i + grid.columns * j
        const volume = grid.width[i] * grid.share
        this.volume[p] = volume
        const inside = i >= grid.first
        const pore = (inside ? cathode.p : separator.p) * volume
        this.mass[C * this.nodes + p] = charge * pore
        if (this.RHO >= 0) this.mass[this.RHO * this.nodes + p] = 2 * electrolyte.delta ** 2 * charge * pore
        if (!inside) continue
        const cell = i - grid.first + (grid.columns - grid.first) * j
        this.reactive[p] = cathode.a * setting.spread[cell] * volume
        this.mass[Y * this.nodes + p] = FARADAY * cathode.q * setting.sites * volume
      }
    for (let k = GLOBALS.Q; k < GLOBAL_COUNT; k++) this.mass[this.globals + k] = 1
    if (setting.flow) for (let j = 0; j < grid.rows; j++) this.mass[grid.columns * j] = 0
    const T = (p: number, axis: number) => (this.isCathode(p) ? cathode.T : separator.T)[axis]
    const { faces } = grid
    this.faces = Array.from({ length: faces.count }, (_, k): Face => {
      const [a, b, axis, area] = [faces.from[k], faces.to[k], faces.axis[k], faces.area[k]]
      return {
        left: { resistance: faces.before[k] / (T(a, axis) * area), distance: faces.before[k] },
        right: { resistance: faces.after[k] / (T(b, axis) * area), distance: faces.after[k] },
        flow: axis === 0 && setting.flow ? charge * setting.flow.velocity * area : 0,
      }
    })
    this.solidFaces = new SolidFaces(setting)
  }

  isCathode(p: number): boolean {
    return p % this.setting.grid.columns >= this.setting.grid.first
  }

  isFoil(p: number): boolean {
    return p % this.setting.grid.columns === 0
  }

  step(u: Float64Array): Step | undefined {
    return this.setting.steps[u[this.globals + GLOBALS.STEP]]
  }

  /** F(t, u) into out. */
  residual(t: number, u: Float64Array, out: Float64Array): void {
    this.walk(t, u, out, undefined)
  }

  /** Jacobian entries among the fields; those of the whole cell go to byV, sumByU and `border`. */
  entries(t: number, u: Float64Array, add: Add, storing = 0): void {
    this.storing = storing
    this.byV.fill(0)
    this.sumByU.fill(0)
    this.sumByV = 0
    this.walk(t, u, undefined, add)
    this.storing = 0
  }

  /** dF_V/dV and dF_V/d(sum A h), and d(sum A h)/dV, as of the last `entries`. */
  border(): { byV: number; bySum: number; sumByV: number } {
    return { byV: this.voltageRow.byV, bySum: this.voltageRow.bySum, sumByV: this.sumByV }
  }

  /** Sum of A h: minus the current, A/m². */
  reactionSum(u: Float64Array): number {
    let sum = 0
    for (let p = 0; p < this.nodes; p++) if (this.reactive[p] > 0) sum += this.reaction(u, p)
    return sum
  }

  /** A h of node p [A/m²]; derivatives stay in `rateOf`. */
  reaction(u: Float64Array, p: number): number {
    const { setting, nodes: n, rateOf, reactive, RHO } = this
    const c = RHO < 0 ? u[p] : u[p] + setting.electrolyte.delta ** 2 * u[RHO * n + p]
    const y = u[Y * n + p]
    setting.kinetics.rate(c, y, this.drive(u, p), this.excess(u, p), rateOf)
    return reactive[p] * rateOf[0]
  }

  /** F (psi_s - Phi - V0) / RT with the shift of the particle. */
  drive(u: Float64Array, p: number): number {
    const { setting, nodes: n } = this
    const solid = u[PSI * n + p] + u[this.globals + GLOBALS.V]
    return solid - this.lithiumPotential(u, p) - setting.standard / setting.thermal + this.shiftOf(p)
  }

  /** Shift of the voltage of the particle at cathode node p, RT/F. */
  shiftOf(p: number): number {
    const { columns, first } = this.setting.grid
    return this.setting.shift[(p % columns) - first + (columns - first) * Math.floor(p / columns)]
  }

  /** Excess chemical potential of the reaction, RT. */
  excess(u: Float64Array, p: number): number {
    const { setting, nodes: n, W } = this
    const y = u[Y * n + p]
    // The gradient part is that of diffusion; the homogeneous part may differ as printed.
    if (W >= 0) return u[W * n + p] + (setting.omega - setting.solid.omega) * (1 - 2 * y)
    return setting.omega * (1 - 2 * y)
  }

  /** Potential measured by lithium, RT/F. */
  lithiumPotential(u: Float64Array, p: number): number {
    const { nodes: n, RHO, setting } = this
    const { form, delta } = setting.electrolyte
    const c = RHO < 0 ? u[p] : u[p] + delta ** 2 * u[RHO * n + p]
    const s = offset(form)
    return u[PHI * n + p] + (s === 0 ? 0 : s * Math.log(c))
  }

  private walk(t: number, u: Float64Array, out: Float64Array | undefined, add: Add | undefined): void {
    if (out) out.fill(0)
    if (this.RHO < 0) this.neutralFaces(u, out, add)
    else chargedFaces(this, u, out, add)
    this.solidFaces.walk(this, u, out, add)
    const sum = this.reactions(u, out, add)
    lithiumFoil(this, u, out, add)
    outflow(this, u, out, add)
    this.whole(t, u, sum, out)
  }

  private neutralFaces(u: Float64Array, out: Float64Array | undefined, add: Add | undefined): void {
    const { nodes: n, flux } = this
    const { flow, grid } = this.setting
    const { from, to } = grid.faces
    for (let k = 0; k < this.faces.length; k++) {
      const [a, b] = [from[k], to[k]]
      this.neutral.write(this.faces[k], u[a], u[PHI * n + a], u[b], u[PHI * n + b], flux)
      // No anions pass the foil: its own row says so, and its neighbour does not see the rest of an iteration. With
      // flow the concentration is held there instead and anions come in.
      const atFoil = this.isFoil(a)
      const [leaving, arriving] = [!(atFoil && flow), !atFoil || flow !== undefined]
      spreadFlux(n, flux, a, b, leaving, arriving, out, add)
    }
  }

  /** Reactions of all cathode nodes; returns the sum of A h. */
  private reactions(u: Float64Array, out: Float64Array | undefined, add: Add | undefined): number {
    const { nodes: n, W, RHO } = this
    const ionRow = RHO < 0 ? PHI : RHO
    let sum = 0
    for (let p = 0; p < n; p++) {
      if (!this.isCathode(p)) {
        // No solid in the separator: its unknowns are pinned.
        for (const f of W < 0 ? [PSI, Y] : [PSI, Y, W]) {
          if (out) out[f * n + p] = -u[f * n + p]
          add?.(f * n + p, f * n + p, -1)
        }
        continue
      }
      const A = this.reaction(u, p)
      sum += A
      if (out) {
        out[ionRow * n + p] += A
        if (RHO >= 0) out[p] += 0.5 * A
        out[PSI * n + p] -= A
        out[Y * n + p] -= A
      }
      if (add) this.reactionEntries(u, p, add)
    }
    return sum
  }

  /** Derivatives of A h at node p, whose rate has just been evaluated, in the rows of ions, electrons and lithium. */
  private reactionEntries(u: Float64Array, p: number, add: Add): void {
    const { nodes: n, setting, rateOf, W, RHO, byV, sumByU } = this
    const area = this.reactive[p]
    const { form, delta } = setting.electrolyte
    const c = RHO < 0 ? u[p] : u[p] + delta ** 2 * u[RHO * n + p]
    const s = offset(form) / c
    const ionRow = (RHO < 0 ? PHI : RHO) * n + p
    const byD = area * rateOf[3]
    const byY = area * (rateOf[2] - 2 * (W < 0 ? setting.omega : setting.omega - setting.solid.omega) * rateOf[4])
    // The double layer takes part in the balances of charge, not in that of lithium.
    const layer = area * this.storing * setting.thermal
    const entry = (column: number, reaction: number, stored: number) => {
      const both = reaction + stored
      add(ionRow, column, both)
      if (RHO >= 0) add(p, column, 0.5 * both)
      add(PSI * n + p, column, -both)
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
    byV[PSI * n + p] -= byD + layer
    byV[Y * n + p] -= byD
    this.sumByV += byD + layer
  }

  /** Salt that the flow brings in less what it takes out, times F: A/m². */
  saltInflow(u: Float64Array): number {
    const { nodes: n, flux, setting } = this
    const { grid, flow, reference } = setting
    if (!flow) return 0
    const v = FARADAY * reference * flow.velocity * grid.share
    let sum = 0
    for (let k = 0; k < this.faces.length; k++) {
      const [a, b] = [grid.faces.from[k], grid.faces.to[k]]
      if (!this.isFoil(a)) continue
      this.neutral.write(this.faces[k], u[a], u[PHI * n + a], u[b], u[PHI * n + b], flux)
      sum += flux[5]
    }
    for (let j = 0; j < grid.rows; j++) sum -= v * u[grid.columns - 1 + grid.columns * j]
    return sum
  }

  /** Rows of the whole cell: voltage, charge passed; the protocol stands still between events. */
  private whole(t: number, u: Float64Array, sum: number, out: Float64Array | undefined): void {
    const row = this.voltage(t, u, sum)
    if (!out) return
    out[this.globals + GLOBALS.V] = row.value
    out[this.globals + GLOBALS.Q] = -sum / this.capacity
  }

  /** What the present step holds, in A/m². */
  private voltage(t: number, u: Float64Array, sum: number) {
    const { setting, globals, voltageRow: row } = this
    const { thermal } = setting
    const at = (k: number) => u[globals + k]
    const elapsed = t - at(GLOBALS.START)
    const step = this.measured ? undefined : this.step(u)
    holdStep(step, setting, elapsed, at(GLOBALS.V) * thermal, at(GLOBALS.V_START) * thermal, sum, row)
    return row
  }

  /** Terminal voltage [V] for a given sum of A h. */
  terminal(u: Float64Array, sum: number): number {
    return u[this.globals + GLOBALS.V] * this.setting.thermal + sum * this.setting.contact
  }
}

/**
 * What NeutralFlux has written for a face from node a to node b, in the balances of anions and charge on both sides.
 * @param leaving whether the anions count at a, and `arriving` at b
 */
export function spreadFlux(
  n: number,
  flux: Float64Array,
  a: number,
  b: number,
  leaving: boolean,
  arriving: boolean,
  out: Float64Array | undefined,
  add: Add | undefined,
): void {
  if (out) {
    if (leaving) out[a] -= flux[5]
    if (arriving) out[b] += flux[5]
    out[PHI * n + a] -= flux[0]
    out[PHI * n + b] += flux[0]
  }
  if (!add) return
  for (let q = 0; q < 4; q++) {
    const column = (q % 2 === 0 ? 0 : PHI * n) + (q < 2 ? a : b)
    add(PHI * n + a, column, -flux[1 + q])
    add(PHI * n + b, column, flux[1 + q])
    if (leaving) add(a, column, -flux[6 + q])
    if (arriving) add(b, column, flux[6 + q])
  }
}
