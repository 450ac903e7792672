/**
 * The resolved cell as a Model: one row of reference cells between lithium foil and collector (tiling.ts). It follows the
 * protocol on its own: its steps end at its own voltages, a little before or after those of the homogenized cell.
 */
import { tileMark } from '../../cell/tile.ts'
import { CompactBlocks } from '../../numerics/compact.ts'
import type { Linearisation } from '../../numerics/system.ts'
import { FARADAY } from '../constants.ts'
import type { Field, MacroSpec, Notice, ResolvedModel } from '../family.ts'
import { excessOf } from './balance.ts'
import { offset } from './electrolyte.ts'
import { C, type CathodeSetting, GLOBALS, PHI, Y } from './equations.ts'
import { BorderedLinearisation } from './linearise.ts'
import { dissipationOf, energyOf } from './microEnergy.ts'
import { ResolvedEquations } from './microEquations.ts'
import { ResolvedSampler } from './microSample.ts'
import { cathodeObservables } from './outputs.ts'
import { protocolEvents, resume } from './progress.ts'
import { type ProtocolEvents, planOf } from './protocol.ts'
import { openCircuit, spinodal } from './thermodynamics.ts'
import type { CathodeTiling } from './tiling.ts'

/** Longest step over the time in which the capacity passes. */
const COARSEST = 0.02
/** Largest change of a potential in one Newton iteration, RT/F. */
const LEAP = 4
/** Typical magnitudes of salt and filling for tolerances. */
const TYPICAL = 0.1
/** Salt below this part of the reference is exhausted. */
const EXHAUSTED = 0.02
/** A surface that full, or that empty, takes or gives nothing more. */
const SATED = 1e-3

export interface ResolvedDescription {
  modelClass: string
  macro: MacroSpec
  notices: readonly Notice[]
  fields: readonly Field[]
  /** Density of the active material, kg/m³. */
  density: number
  /** Instead of the uniform start. */
  start?: Float64Array
}

export class ResolvedCathode extends ResolvedEquations implements ResolvedModel {
  readonly modelClass: string
  readonly layout: string
  readonly macro: MacroSpec
  readonly repeat: readonly number[]
  readonly plain: number
  readonly fields: readonly Field[]
  readonly observables = cathodeObservables
  readonly notices: readonly Notice[]
  readonly scale: Float64Array
  readonly positive: Uint8Array
  readonly below: Float64Array
  readonly leap: Float64Array
  readonly balance: Uint8Array
  readonly breakpoints: readonly number[] = []
  readonly rateCount = 2
  readonly events: ProtocolEvents
  private readonly description: ResolvedDescription
  private solver: BorderedLinearisation | undefined
  private sampler: ResolvedSampler | undefined

  constructor(setting: CathodeSetting, tiling: CathodeTiling, description: ResolvedDescription) {
    super(setting, tiling)
    this.description = description
    this.modelClass = description.modelClass
    this.macro = description.macro
    this.notices = description.notices
    this.fields = description.fields
    this.repeat = [tiling.cells, 1]
    this.plain = tiling.separatorCells
    const share = tiling.salt.map((v, p) => v / (v + tiling.solid[p]))
    this.layout = `cathode-resolved${this.W < 0 ? '' : '-w'}/${tiling.cells}/${tiling.separatorCells}/${tileMark(tiling.resolution, share)}`
    const { nodes: n, size, present, globals } = this
    this.scale = new Float64Array(size).fill(1)
    this.positive = new Uint8Array(size)
    this.below = new Float64Array(size).fill(Number.POSITIVE_INFINITY)
    this.leap = new Float64Array(size).fill(Number.POSITIVE_INFINITY)
    this.balance = new Uint8Array(size)
    for (let p = 0; p < n; p++) {
      this.leap[PHI * n + p] = LEAP
      for (const [k, limit] of [
        [C * n + p, setting.kinetics.limit],
        [Y * n + p, 1],
      ]) {
        if (present[k] === 0) continue
        this.scale[k] = TYPICAL
        this.positive[k] = 1
        this.below[k] = limit
      }
    }
    this.leap[globals + GLOBALS.V] = LEAP
    this.events = protocolEvents(this)
  }

  /** Uniform salt and filling, potentials at rest, unless the cell joins a run. */
  initial(): Float64Array {
    const { setting, nodes: n, globals: g, present, description } = this
    if (description.start) return Float64Array.from(description.start)
    const u = new Float64Array(this.size)
    const values = [
      setting.salt0,
      -offset(setting.electrolyte.form) * Math.log(setting.salt0),
      0,
      setting.filling0,
      setting.solid.omega * (1 - 2 * setting.filling0),
    ]
    for (let k = 0; k < g; k++) if (present[k] === 1) u[k] = values[Math.floor(k / n)]
    const open = openCircuit(setting.standard, setting.omega, setting.thermal, setting.filling0)
    u[g + GLOBALS.V] = open / setting.thermal
    u[g + GLOBALS.V_START] = u[g + GLOBALS.V]
    u[g + GLOBALS.PLAN] = planOf(setting.steps)
    return u
  }

  enter(): void {}

  normalise(): void {}

  linearise(t: number, u: Float64Array): Linearisation {
    this.solver ??= new BorderedLinearisation(this, new CompactBlocks(this.tiling.counts[0], this.present))
    this.solver.update(t, u)
    return this.solver
  }

  /** Nothing enters or leaves: the foil turns ions into lithium, which is charge passed. */
  rates(_t: number, _u: Float64Array, out: Float64Array): void {
    out.fill(0)
  }

  contents(u: Float64Array): Float64Array {
    const { nodes: n, mass, globals, capacity } = this
    let salt = 0
    for (let p = 0; p < n; p++) salt += mass[C * n + p] * u[p]
    const solid = this.meanFilling(u) - u[globals + GLOBALS.Q]
    return Float64Array.of(salt / FARADAY, (solid * capacity) / FARADAY)
  }

  longestStep(_t: number, u: Float64Array): number {
    return (COARSEST * this.capacity) / Math.max(Math.abs(this.reactionSum(u)), 1e-12)
  }

  meanFilling(u: Float64Array): number {
    const { nodes: n, mass } = this
    let sum = 0
    for (let p = 0; p < n; p++) sum += mass[Y * n + p] * u[Y * n + p]
    return sum / this.capacity
  }

  /** Terminal voltage [V] for a given sum of reactions. */
  terminal(u: Float64Array, sum: number): number {
    return u[this.globals + GLOBALS.V] * this.setting.thermal + sum * this.setting.contact
  }

  ending(): string | undefined {
    return this.events.ending?.words
  }

  explainFailure(_t: number, u: Float64Array): { message: string; advice: string[] } | undefined {
    const { low, at } = this.saltRange(u)
    const { setting, tiling, nodes: n } = this
    const place = (p: number) => `at x = ${(1e6 * tiling.position[3 * p]).toPrecision(3)} µm`
    if (low < EXHAUSTED)
      return {
        message: `the salt is used up in a pore (${(low * setting.reference).toPrecision(2)} mM ${place(at)})`,
        advice: ['take a smaller current', 'a thinner cathode, wider pores or more salt'],
      }
    const mean = this.meanFilling(u)
    const sated = this.reactive.find((p) => Math.min(u[Y * n + p], 1 - u[Y * n + p]) < SATED)
    if (sated === undefined) return undefined
    return {
      message: `particles of this size do not fill through: the surface ${place(sated)} has come to a filling of ${u[Y * n + sated].toPrecision(3)}, while the mean is ${mean.toPrecision(3)}`,
      advice: ['take more, smaller cells', 'a smaller current', 'a larger diffusivity D_s in the solid'],
    }
  }

  private saltRange(u: Float64Array): { low: number; high: number; at: number } {
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

  adopt(from: { t?: number; u: Float64Array; layout: string }): Float64Array | undefined {
    if (from.layout !== this.layout) return undefined
    const u = Float64Array.from(from.u)
    resume(this, u, from.t ?? 0)
    return u
  }

  sample(_t: number, u: Float64Array): Float32Array[] {
    this.sampler ??= new ResolvedSampler(this)
    return this.sampler.sample(u)
  }

  observe(_t: number, u: Float64Array, integrals: Float64Array, baseline: Float64Array): Float64Array {
    const { setting, nodes: n, mass, capacity, globals } = this
    const { thermal, reference } = setting
    const sum = this.reactionSum(u)
    const filling = this.meanFilling(u)
    const { low, high } = this.saltRange(u)
    const limit = spinodal(setting.omega)
    let [rich, unstable] = [0, 0]
    for (let p = 0; p < n; p++) {
      const y = u[Y * n + p]
      if (y > 0.5) rich += mass[Y * n + p]
      if (limit !== undefined && y > limit && y < 1 - limit) unstable += mass[Y * n + p]
    }
    const charge = u[globals + GLOBALS.Q] * capacity
    const now = this.contents(u)
    const values: Record<string, number> = {
      voltage: this.terminal(u, sum),
      open_circuit: openCircuit(setting.standard, setting.omega, thermal, filling),
      current: -sum,
      utilisation: charge / capacity,
      filling,
      capacity: charge,
      specific: (charge / capacity) * ((FARADAY * setting.sites) / this.description.density),
      rich: rich / capacity,
      unstable: unstable / capacity,
      salt_min: low * reference,
      salt_max: high * reference,
      energy: energyOf(this, u),
      dissipation: dissipationOf(this, u),
      step: u[globals + GLOBALS.STEP] + 1,
      budget_salt: (now[0] - baseline[0] - integrals[0]) / baseline[0],
      budget_lithium: ((now[1] - baseline[1] - integrals[1]) * FARADAY) / capacity,
      continuity: this.chargeBalance(u),
    }
    // No flow is resolved.
    return Float64Array.from(cathodeObservables, ({ name }) => values[name] ?? 0)
  }

  /** Balances of charge, and the current that is held, are met to a part of the current. */
  unsettled(u: Float64Array, f: Float64Array): number {
    const { globals, capacity } = this
    return excessOf(Math.max(Math.abs(f[globals + GLOBALS.V]), this.chargeError(f)), this.turnover(u), capacity)
  }

  /** Largest deviation of a balance of charge at a node, over the current that reacts. */
  private chargeBalance(u: Float64Array): number {
    const f = new Float64Array(this.size)
    this.residual(0, u, f)
    const flow = this.turnover(u)
    return flow > 0 ? this.chargeError(f) / flow : 0
  }

  /** Largest residual of a balance of ions or electrons, A/m². */
  private chargeError(f: Float64Array): number {
    let worst = 0
    for (let k = PHI * this.nodes; k < Y * this.nodes; k++) worst = Math.max(worst, Math.abs(f[k]))
    return worst
  }

  /** Sum of the sizes of all reactions, A/m². */
  private turnover(u: Float64Array): number {
    let sum = 0
    for (const p of this.reactive) sum += Math.abs(this.reaction(u, p))
    return sum
  }
}
