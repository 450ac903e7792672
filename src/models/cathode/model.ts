/** The homogenized cell as a Model: fields on the nodes of the box, voltage, capacity, energy and budgets of a state. */
import { BlockTridiagonal } from '../../numerics/blocktridiagonal.ts'
import { makeConsistent } from '../../numerics/steps.ts'
import type { Linearisation } from '../../numerics/system.ts'
import { FARADAY } from '../constants.ts'
import type { Field, Layers, MacroSpec, Model, Notice } from '../family.ts'
import type { Port } from '../port.ts'
import { discontinuity, excessOf } from './balance.ts'
import { dissipationOf, energyOf } from './energy.ts'
import { C, CathodeEquations, type CathodeSetting, GLOBALS, PHI, PSI, Y } from './equations.ts'
import { explainFailure } from './failure.ts'
import { flowOfCharge } from './flow.ts'
import { layersOf } from './grid.ts'
import { BorderedLinearisation } from './linearise.ts'
import { cathodeFields, cathodeObservables } from './outputs.ts'
import { longestStep } from './pace.ts'
import { cathodePort } from './port.ts'
import { protocolEvents, resume } from './progress.ts'
import { type ProtocolEvents, planOf } from './protocol.ts'
import { sampleCells } from './sample.ts'
import { logit, openCircuit, spinodal } from './thermodynamics.ts'

/** Largest change of a potential in one Newton iteration, RT/F. */
const LEAP = 4
/** A full particle may pass y = 1 by this where the rate is smooth there: what is left to fill is below round-off. */
const OVERFULL = 1e-10
/** Typical magnitudes of salt and filling for tolerances. */
const TYPICAL = 0.1

export interface CathodeDescription {
  macro: MacroSpec
  modelClass: string
  notices: readonly Notice[]
  /** Those of a cell without carbon that ions pass, unless given. */
  fields?: readonly Field[]
  /** Density of the active material, kg/m³. */
  density: number
  /** Darcy mobility K / mu, m² / (Pa s). */
  mobility: number
  /** Capacitance of the double layer for impedances, F/m² of particle surface. */
  doubleLayer: number
  /** Time that the protocol is expected to take, s. */
  horizon: number
}

export class CathodeModel extends CathodeEquations implements Model {
  readonly modelClass: string
  readonly layout: string
  readonly macro: MacroSpec
  readonly fields: readonly Field[]
  readonly observables = cathodeObservables
  readonly notices: readonly Notice[]
  horizon: number
  readonly opening: string
  readonly stepLabels: readonly string[]
  readonly layers: Layers
  readonly scale: Float64Array
  readonly positive: Uint8Array
  readonly below: Float64Array
  readonly leap: Float64Array
  readonly balance: Uint8Array
  readonly breakpoints: readonly number[] = []
  readonly rateCount = 2
  readonly events: ProtocolEvents
  readonly description: CathodeDescription
  private solver: BorderedLinearisation | undefined

  constructor(setting: CathodeSetting, description: CathodeDescription) {
    super(setting)
    this.description = description
    this.modelClass = description.modelClass
    this.macro = description.macro
    this.fields = description.fields ?? cathodeFields
    this.notices = description.notices
    this.horizon = description.horizon
    // Where phases separate the fillings are what to look at.
    this.opening = spinodal(setting.omega) === undefined ? 'c' : 'y'
    const { nodes: n, globals: g, size, W, RHO } = this
    const { grid } = setting
    this.stepLabels = setting.steps.map((step) => step.label)
    this.layers = layersOf(grid)
    this.layout = `cathode/${grid.columns}x${grid.rows}/${grid.first}${W < 0 ? '' : 'w'}${RHO < 0 ? '' : 'r'}`
    this.scale = new Float64Array(size).fill(1)
    this.positive = new Uint8Array(size)
    this.below = new Float64Array(size).fill(Number.POSITIVE_INFINITY)
    this.leap = new Float64Array(size).fill(Number.POSITIVE_INFINITY)
    this.balance = new Uint8Array(size)
    const overfull = setting.kinetics.smooth && setting.cathode.Ms.every((m) => m === 0)
    for (let p = 0; p < n; p++) {
      this.scale[C * n + p] = TYPICAL
      this.positive[C * n + p] = 1
      // What the flow brings in is not linear in the state, so that Newton's iterations alone do not close the balance.
      if (setting.flow && this.mass[p] > 0) this.balance[C * n + p] = 1
      this.below[C * n + p] = setting.kinetics.limit
      this.leap[PHI * n + p] = LEAP
      if (!this.isCathode(p)) continue
      this.scale[Y * n + p] = TYPICAL
      this.positive[Y * n + p] = 1
      this.below[Y * n + p] = overfull ? 1 + OVERFULL : 1
    }
    this.leap[g + GLOBALS.V] = LEAP
    this.events = protocolEvents(this)
  }

  /** Uniform salt and filling, potentials at rest: the cell before the first step. */
  initial(): Float64Array {
    const { setting, nodes: n, globals: g, W } = this
    const u = new Float64Array(this.size)
    u.fill(setting.salt0, 0, n)
    const y = setting.filling0
    const offset = this.lithiumPotential(u, 0)
    for (let p = 0; p < n; p++) {
      u[PHI * n + p] = -offset
      if (!this.isCathode(p)) continue
      u[Y * n + p] = y
      if (W >= 0) u[W * n + p] = setting.solid.omega * (1 - 2 * y)
    }
    u[g + GLOBALS.V] = openCircuit(setting.standard, setting.omega, setting.thermal, y) / setting.thermal
    u[g + GLOBALS.V_START] = u[g + GLOBALS.V]
    u[g + GLOBALS.PLAN] = planOf(setting.steps)
    this.settleCharge(0, u)
    return u
  }

  /**
   * E1: the charge that goes with the potentials of the present step, as if it had no inertia; otherwise every step would
   * begin with a transient of the duration delta² L²/D.
   */
  settleCharge(t: number, u: Float64Array): void {
    if (this.RHO < 0) return
    const first = this.RHO * this.nodes
    const kept = this.mass.slice(first, first + this.nodes)
    this.mass.fill(0, first, first + this.nodes)
    try {
      const settling = makeConsistent(this, t, u, 1e-6)
      while (!settling.next().done);
    } finally {
      this.mass.set(kept, first)
    }
  }

  /** Afterwards the model answers small currents only: its voltage row is that of a given current, whatever the step. */
  port(t: number, u: Float64Array): Port {
    this.measured = true
    return cathodePort(this, t, u, this.description.doubleLayer)
  }

  enter(): void {}

  normalise(): void {}

  linearise(t: number, u: Float64Array): Linearisation {
    this.solver ??= new BorderedLinearisation(
      this,
      new BlockTridiagonal(this.setting.grid.columns, this.width * this.setting.grid.rows),
    )
    this.solver.update(t, u)
    return this.solver
  }

  /** Salt carried in and out by the flow, mol/(m² s); lithium leaves the solid only as charge passed. */
  rates(_t: number, u: Float64Array, out: Float64Array): void {
    out[0] = this.saltInflow(u) / FARADAY
    out[1] = 0
  }

  contents(u: Float64Array): Float64Array {
    const { nodes: n, mass, globals: g, RHO } = this
    const square = this.setting.electrolyte.delta ** 2
    let salt = 0
    let solid = 0
    for (let p = 0; p < n; p++) {
      salt += mass[C * n + p] * (u[p] - (RHO < 0 ? 0 : square * u[RHO * n + p]))
      solid += mass[Y * n + p] * u[Y * n + p]
    }
    return Float64Array.of(salt / FARADAY, (solid - this.capacity * u[g + GLOBALS.Q]) / FARADAY)
  }

  longestStep(_t: number, u: Float64Array): number {
    return longestStep(this, u)
  }

  /** Balances of charge, and the current that is held, are met to a part of the current, whatever the potentials allow. */
  unsettled(u: Float64Array, f: Float64Array): number {
    const { nodes: n, RHO, globals } = this
    let [worst, flow] = [Math.abs(f[globals + GLOBALS.V]), 0]
    for (let p = 0; p < n; p++) {
      // The foil's own row says how its overpotential goes with the current, however fast it is.
      if (this.isFoil(p)) continue
      worst = Math.max(worst, Math.abs(f[PSI * n + p]), RHO < 0 ? Math.abs(f[PHI * n + p]) : 0)
      if (this.reactive[p] > 0) flow += Math.abs(this.reaction(u, p))
    }
    return excessOf(worst, flow, this.capacity)
  }

  /** Charge passed since the start over the capacity. */
  utilisation(u: Float64Array): number {
    return u[this.globals + GLOBALS.Q]
  }

  meanFilling(u: Float64Array): number {
    const { nodes: n, mass } = this
    let sum = 0
    for (let p = 0; p < n; p++) sum += mass[Y * n + p] * u[Y * n + p]
    return sum / this.capacity
  }

  /** Charge passed per mass of active material, C/kg. */
  specificCharge(u: Float64Array): number {
    const { cathode, grid } = this.setting
    return (this.utilisation(u) * this.capacity) / (this.description.density * cathode.q * grid.cathode)
  }

  ending(): string | undefined {
    const words = this.events.ending?.words
    return words && words[0].toUpperCase() + words.slice(1)
  }

  explainFailure(_t: number, u: Float64Array) {
    return explainFailure(this, u)
  }

  adopt(from: { t?: number; u: Float64Array; layout: string; macro: MacroSpec }): Float64Array | undefined {
    if (from.layout !== this.layout) return undefined
    const u = Float64Array.from(from.u)
    const t = from.t ?? 0
    // Another protocol, or the same at larger currents, may take its whole time from here.
    if (resume(this, u, t) || t >= this.description.horizon) this.horizon = t + this.description.horizon
    return u
  }

  sample(_t: number, u: Float64Array): Float32Array[] {
    const { setting, nodes: n, macro, reactive, RHO } = this
    const { grid, thermal, reference } = setting
    const square = setting.electrolyte.delta ** 2
    const cell = (value: (p: number) => number) => sampleCells(grid, macro, value, 'cell')
    const mosaic = setting.omega > 2 && !(setting.cathode.Ms[0] > 0)
    const solid = (value: (p: number) => number) => sampleCells(grid, macro, value, 'cathode')
    const particle = (value: (p: number) => number) => sampleCells(grid, macro, value, mosaic ? 'particles' : 'cathode')
    return [
      cell((p) => u[p] * reference),
      particle((p) => u[Y * n + p]),
      cell((p) => this.lithiumPotential(u, p) * thermal),
      solid((p) => u[PSI * n + p] * thermal),
      particle((p) => (reactive[p] > 0 ? -this.reaction(u, p) / this.volume[p] : 0)),
      particle((p) => (this.drive(u, p) + this.excess(u, p) + logit(u[Y * n + p])) * thermal),
      cell((p) => (RHO < 0 ? 0 : 2 * square * u[RHO * n + p] * reference)),
    ]
  }

  observe(_t: number, u: Float64Array, integrals: Float64Array, baseline: Float64Array): Float64Array {
    const { setting, nodes: n, mass } = this
    const { thermal, reference } = setting
    const sum = this.reactionSum(u)
    const filling = this.meanFilling(u)
    const limit = spinodal(setting.omega)
    let [low, high, rich, unstable] = [Number.POSITIVE_INFINITY, 0, 0, 0]
    for (let p = 0; p < n; p++) {
      low = Math.min(low, u[p])
      high = Math.max(high, u[p])
      const y = u[Y * n + p]
      if (y > 0.5) rich += mass[Y * n + p]
      if (limit !== undefined && y > limit && y < 1 - limit) unstable += mass[Y * n + p]
    }
    const Q = this.utilisation(u)
    const now = this.contents(u)
    return Float64Array.of(
      this.terminal(u, sum),
      openCircuit(setting.standard, setting.omega, thermal, filling),
      -sum,
      Q,
      filling,
      Q * this.capacity,
      // C/kg; 3.6 C/g are 1 mAh/g, so that the display factor is 3600.
      this.specificCharge(u),
      rich / this.capacity,
      unstable / this.capacity,
      low * reference,
      high * reference,
      energyOf(this, u),
      dissipationOf(this, u),
      flowOfCharge(this, u, this.description.mobility),
      (now[0] - baseline[0] - integrals[0]) / baseline[0],
      ((now[1] - baseline[1] - integrals[1]) * FARADAY) / this.capacity,
      discontinuity(this, u),
      Math.min(u[this.globals + GLOBALS.STEP] + 1, setting.steps.length),
    )
  }
}
