/**
 * A cell as a Model, homogenized or resolved: limits of its unknowns, its start, and the numbers of a state. Each follows
 * the protocol on its own, at its own voltages.
 */
import type { Blocks } from '../../../numerics/onNodes.ts'
import type { Linearisation } from '../../../numerics/system.ts'
import { FARADAY } from '../../constants.ts'
import { inOrder } from '../../entries.ts'
import type { Equation, Field, MacroSpec, Notice, Observable, StepReport } from '../../family.ts'
import { spinodal } from '../laws/thermodynamics.ts'
import { C, GLOBALS, PHI, PSI } from '../layout.ts'
import { cathodeObservables, fillingObservables } from '../outputs.ts'
import { protocolEvents, resume } from '../protocol/progress.ts'
import { longestWithin, type ProtocolEvents, planOf } from '../protocol/protocol.ts'
import { dissipationOf, energyOf } from './energy.ts'
import { CathodeEquations } from './equations.ts'
import type { Host } from './host.ts'
import { BorderedLinearisation } from './linearise.ts'
import { kineticLimit, meanSites, mixedOf, openingVoltage, restingVoltage } from './materials.ts'
import type { Net } from './net.ts'
import type { CathodeSetting } from './setting.ts'
import { bringToRest, fillStart } from './start.ts'

/** Largest change of a potential in one Newton iteration, RT/F. */
const LEAP = 4
/** Typical magnitudes of salt and filling for tolerances. */
const TYPICAL = 0.1
/** Part of the current to which balances of charge are met, and the least current that counts, over 1C. */
const MET = 1e-8
const FEEBLE = 1e-4

export interface CellDescription {
  macro: MacroSpec
  modelClass: string
  notices: readonly Notice[]
  /** What it adds to the equations of its class. */
  further?: readonly Equation[]
  fields: readonly Field[]
  /** Density of all active material, kg/m³. */
  density: number
}

export abstract class CellModel extends CathodeEquations {
  abstract readonly layout: string
  readonly modelClass: string
  readonly macro: MacroSpec
  readonly fields: readonly Field[]
  readonly observables: readonly Observable[]
  readonly notices: readonly Notice[]
  readonly further: readonly Equation[]
  readonly scale: Float64Array
  readonly positive: Uint8Array
  readonly below: Float64Array
  readonly leap: Float64Array
  readonly balance: Uint8Array
  readonly breakpoints: readonly number[] = []
  readonly rateCount = 2
  readonly events: ProtocolEvents
  private readonly density: number
  private solver: BorderedLinearisation | undefined

  /** @param full filling that particles stay below */
  constructor(setting: CathodeSetting, net: Net, capacity: number, description: CellDescription, full = 1) {
    super(setting, net, capacity)
    this.modelClass = description.modelClass
    this.macro = description.macro
    this.fields = description.fields
    this.notices = description.notices
    this.further = description.further ?? []
    this.observables = [...cathodeObservables, ...fillingObservables(setting.cathode.kinds)]
    this.density = description.density
    const { nodes: n, globals, size, present } = this
    this.scale = new Float64Array(size).fill(1)
    this.positive = new Uint8Array(size)
    this.below = new Float64Array(size).fill(Number.POSITIVE_INFINITY)
    this.leap = new Float64Array(size).fill(Number.POSITIVE_INFINITY)
    this.balance = new Uint8Array(size)
    const mostSalt = kineticLimit(setting)
    for (let p = 0; p < n; p++) {
      this.leap[PHI * n + p] = LEAP
      for (const [k, limit] of [[C * n + p, mostSalt], ...this.hosts.map(({ Y }) => [Y * n + p, full])]) {
        if (present[k] === 0) continue
        this.scale[k] = TYPICAL
        this.positive[k] = 1
        this.below[k] = limit
      }
    }
    this.leap[globals + GLOBALS.V] = LEAP
    this.events = protocolEvents(this)
  }

  /** A matrix for the derivatives of the fields by the fields. */
  abstract blocks(): Blocks
  /** Longest step that the state allows, s. */
  protected abstract coarsest(u: Float64Array): number
  abstract explainFailure(t: number, u: Float64Array): { message: string; advice: string[] } | undefined
  /** Error of the conservation of charge, over the current. */
  protected abstract continuity(u: Float64Array): number

  /** Where a node is in the box, parts of its sides; for its filling, where that of its particle counts. */
  protected abstract place(p: number, filling: boolean): readonly number[]

  /** Salt and fillings, uniform or as they vary, and potentials at rest with them: the cell before the first step. */
  initial(): Float64Array {
    const { setting, globals: g } = this
    const u = new Float64Array(this.size)
    fillStart(this, (p, filling) => this.place(p, filling), u)
    u[g + GLOBALS.V] = openingVoltage(setting) / setting.thermal
    u[g + GLOBALS.V_START] = u[g + GLOBALS.V]
    if (setting.start) bringToRest(this, u)
    u[g + GLOBALS.PLAN] = planOf(setting.steps)
    return u
  }

  /** As the state and the step of the protocol allow. */
  longestStep(t: number, u: Float64Array): number {
    const step = this.step(u)
    const within = step ? longestWithin(step, t - u[this.globals + GLOBALS.START]) : Number.POSITIVE_INFINITY
    return Math.min(this.coarsest(u), within)
  }

  enter(): void {}

  normalise(): void {}

  linearise(t: number, u: Float64Array): Linearisation {
    this.solver ??= new BorderedLinearisation(this, this.blocks())
    this.solver.update(t, u)
    return this.solver
  }

  /** Nothing enters or leaves: the foil turns ions into lithium, which is charge passed. */
  rates(_t: number, _u: Float64Array, out: Float64Array): void {
    out.fill(0)
  }

  /** Salt by its anions, and lithium less the charge passed: mol/m². */
  contents(u: Float64Array): Float64Array {
    const { nodes: n, globals: g, RHO, capacity, net, setting } = this
    const square = setting.electrolyte.delta ** 2
    let salt = 0
    for (let p = 0; p < n; p++) salt += net.salt[p] * u[p] - (RHO < 0 ? 0 : square * net.charge[p] * u[RHO * n + p])
    return Float64Array.of(setting.reference * salt, (capacity * (this.meanFilling(u) - u[g + GLOBALS.Q])) / FARADAY)
  }

  meanFilling(u: Float64Array): number {
    let sum = 0
    for (const kind of this.hosts) sum += this.charge(u, kind)
    return sum / this.capacity
  }

  /** Mean filling of each material. */
  materialFillings(u: Float64Array): number[] {
    const { setting, hosts, capacity } = this
    if (!setting.second) return [this.meanFilling(u)]
    const whole = (of: number) => mixedOf(setting)[of].share * capacity
    const held = (second: boolean) =>
      hosts.reduce((sum, kind) => sum + ((kind.material === setting.second) === second ? this.charge(u, kind) : 0), 0)
    return [held(false) / whole(0), held(true) / whole(1)]
  }

  /** Mean filling of each kind of particles. */
  fillings(u: Float64Array): number[] {
    const { nodes: n, mass } = this
    return this.hosts.map((kind) => {
      const room = mass.subarray(kind.Y * n, (kind.Y + 1) * n).reduce((a, b) => a + b, 0)
      return this.charge(u, kind) / room
    })
  }

  /** Charge of the lithium in a kind of particles, C/m². */
  private charge(u: Float64Array, { Y }: Host): number {
    const { nodes: n, mass } = this
    let sum = 0
    for (let p = 0; p < n; p++) sum += mass[Y * n + p] * u[Y * n + p]
    return sum
  }

  /** Charge passed since the start over the capacity. */
  utilisation(u: Float64Array): number {
    return u[this.globals + GLOBALS.Q]
  }

  /** Charge passed per mass of active material, C/kg. */
  specificCharge(u: Float64Array): number {
    return (this.utilisation(u) * FARADAY * meanSites(this.setting)) / this.density
  }

  /** Sum of the sizes of all reactions, A/m². */
  protected turnover(u: Float64Array): number {
    let sum = 0
    for (const kind of this.hosts) for (const p of kind.reactive) sum += Math.abs(this.reaction(u, p, kind))
    return sum
  }

  /** Balances of charge, and the current that is held, are met to a part of the current, whatever potentials allow. */
  unsettled(u: Float64Array, f: Float64Array): number {
    const { nodes: n, RHO, globals, net, capacity } = this
    let worst = Math.abs(f[globals + GLOBALS.V])
    for (let p = 0; p < n; p++) {
      // The row of a foil without volume says how its overpotential goes with the current, however fast it is.
      if (RHO < 0 && net.salt[p] > 0) worst = Math.max(worst, Math.abs(f[PHI * n + p]))
      worst = Math.max(worst, Math.abs(f[PSI * n + p]))
    }
    return worst / (MET * Math.max(this.turnover(u), (FEEBLE * capacity) / 3600))
  }

  /** How the last step of the protocol ended, in words. */
  ending(): string | undefined {
    const words = this.events.ending?.words
    return words && words[0].toUpperCase() + words.slice(1)
  }

  stepReports(): readonly StepReport[] {
    return this.events.reports
  }

  adopt(from: { t?: number; u: Float64Array; layout: string }): Float64Array | undefined {
    if (from.layout !== this.layout) return undefined
    const u = Float64Array.from(from.u)
    this.resumed(resume(this, u, from.t ?? 0), from.t ?? 0)
    return u
  }

  /** A state has been taken over at a time; `anew` where its protocol begins there. */
  protected resumed(_anew: boolean, _t: number): void {}

  /** Smallest and largest salt concentration [c0], and the node of the smallest. */
  protected saltRange(u: Float64Array): { low: number; high: number; at: number } {
    let [low, high, at] = [Number.POSITIVE_INFINITY, 0, 0]
    for (let p = 0; p < this.nodes; p++) {
      if (this.present[p] === 0) continue
      high = Math.max(high, u[p])
      if (u[p] >= low) continue
      low = u[p]
      at = p
    }
    return { low, high, at }
  }

  /** Parts of the active material that are more than half full, and inside the spinodal. */
  private phases(u: Float64Array): { rich: number; unstable: number } {
    const { nodes: n, mass, capacity } = this
    let [rich, unstable] = [0, 0]
    for (const { Y, material } of this.hosts) {
      const limit = spinodal(material.omega)
      for (let p = 0; p < n; p++) {
        const y = u[Y * n + p]
        if (y > 0.5) rich += mass[Y * n + p]
        if (limit !== undefined && y > limit && y < 1 - limit) unstable += mass[Y * n + p]
      }
    }
    return { rich: rich / capacity, unstable: unstable / capacity }
  }

  /** What of the observables a cell of this kind has beyond the common ones. */
  protected own(_u: Float64Array): { peclet: number } {
    return { peclet: 0 }
  }

  observe(_t: number, u: Float64Array, integrals: Float64Array, baseline: Float64Array): Float64Array {
    const { setting, capacity, globals } = this
    const { reference } = setting
    const sum = this.reactionSum(u)
    const filling = this.meanFilling(u)
    const { low, high } = this.saltRange(u)
    const now = this.contents(u)
    const common = inOrder(cathodeObservables, {
      voltage: this.terminal(u, sum),
      open_circuit: restingVoltage(setting, filling),
      current: -sum,
      utilisation: this.utilisation(u),
      filling,
      capacity: this.utilisation(u) * capacity,
      // C/kg; 3.6 C/g are 1 mAh/g, so that the display factor is 3600.
      specific: this.specificCharge(u),
      ...this.phases(u),
      salt_min: low * reference,
      salt_max: high * reference,
      energy: energyOf(this, u),
      dissipation: dissipationOf(this, u),
      budget_salt: (now[0] - baseline[0] - integrals[0]) / baseline[0],
      budget_lithium: ((now[1] - baseline[1] - integrals[1]) * FARADAY) / capacity,
      continuity: this.continuity(u),
      step: Math.min(u[globals + GLOBALS.STEP] + 1, setting.steps.length),
      ...this.own(u),
    })
    return setting.cathode.kinds.length === 1 ? common : Float64Array.of(...common, ...this.fillings(u))
  }
}
