/**
 * The homogenized cell as a Model: finite volumes of a grid (grid.ts) as its net, with through-flow and charge in the
 * electrolyte (E1), fields on the nodes of the box, and how far it may be trusted.
 */

import { t } from '../../../language/language.ts'
import { BlockTridiagonal } from '../../../numerics/blocktridiagonal.ts'
import type { Blocks } from '../../../numerics/onNodes.ts'
import { makeConsistent } from '../../../numerics/steps.ts'
import { FARADAY } from '../../constants.ts'
import type { Derived, Layers, Model, Validity } from '../../family.ts'
import type { Port } from '../../port.ts'
import { layersOf, placeOf } from '../equations/grid.ts'
import { materialsOf, meanSites } from '../equations/materials.ts'
import { type CellDescription, CellModel } from '../equations/model.ts'
import type { CathodeSetting } from '../equations/setting.ts'
import { spinodal } from '../laws/thermodynamics.ts'
import { type Add, C, PHI, PSI } from '../layout.ts'
import { fieldsOf, PRESSURE } from '../outputs.ts'
import { carryMaterials, kindsMark, readKinds } from './carry.ts'
import { chargedFaces } from './charged.ts'
import { flowOfCharge } from './chargeFlow.ts'
import { pressuresShown, velocityOf } from './darcy.ts'
import { explainFailure } from './failure.ts'
import { gridNet } from './net.ts'
import { longestStep } from './pace.ts'
import { cathodePort } from './port.ts'
import { type PumpedEnds, pumpedEnds, pumpedIn, pumpedRows } from './pumped.ts'
import { sampleCells } from './sample.ts'
import { cathodeValidity } from './validity.ts'

/** A full particle may pass y = 1 by this where the rate is smooth there: what is left to fill is below round-off. */
const OVERFULL = 1e-10

export interface CathodeDescription extends Omit<CellDescription, 'fields'> {
  /** Those of a cell without carbon that ions pass, unless given. */
  fields?: CellDescription['fields']
  /** Darcy mobility K / mu, m² / (Pa s). */
  mobility: number
  /** Capacitance of the double layer for impedances, F/m² of particle surface. */
  doubleLayer: number
  /** Radius of the particles, m: how fast they even out inside; of the second material where there is one. */
  radius: number
  radius2?: number
  /** How much particles of one kind differ: largest over smallest surface per volume, less 1. */
  spread?: number
  /** Time that the protocol is expected to take, s. */
  horizon: number
}

export class CathodeModel extends CellModel implements Model {
  readonly layout: string
  horizon: number
  readonly kinked: boolean
  readonly opening: string
  readonly stepLabels: readonly string[]
  readonly layers: Layers
  readonly derived: readonly Derived[]
  /** Of a scenario's model: whether its protocol can begin (opening.ts). */
  obstacles?: Model['obstacles']
  readonly description: CathodeDescription
  private readonly pumped: PumpedEnds | undefined

  constructor(setting: CathodeSetting, description: CathodeDescription) {
    const { cathode, grid } = setting
    const materials = materialsOf(setting)
    const overfull = materials.every(({ kinetics, Ms }) => kinetics.smooth && Ms.every((m) => m === 0))
    const fields = description.fields ?? fieldsOf(cathode.kinds)
    super(
      setting,
      gridNet(setting),
      cathode.q * meanSites(setting) * FARADAY * grid.cathode,
      { ...description, fields: setting.flow?.field ? [...fields, PRESSURE] : fields },
      overfull ? 1 + OVERFULL : 1,
    )
    this.description = description
    this.derived = velocityOf(setting, description.macro)
    this.pumped = pumpedEnds(setting)
    this.horizon = description.horizon
    this.kinked = setting.steps.some(({ hold }) => hold === 'profile')
    // Where phases separate the fillings are what to look at.
    this.opening = materials.every(({ omega }) => spinodal(omega) === undefined) ? 'c' : 'y'
    this.stepLabels = setting.steps.map((step) => step.label)
    this.layers = layersOf(grid)
    this.layout = `cathode/${grid.columns}x${grid.rows}/${grid.first}${this.hosts.map(({ W }) => (W < 0 ? '' : 'w')).join('')}${this.RHO < 0 ? '' : 'r'}${kindsMark(cathode.kinds)}`
    // What the flow brings in is not linear in the state, so that Newton's iterations alone do not close the balance.
    if (setting.flow) for (let p = 0; p < this.nodes; p++) if (this.mass[p] > 0) this.balance[C * this.nodes + p] = 1
  }

  /** Other kinds of particles take their fillings by volume. */
  override adopt(from: { t?: number; u: Float64Array; layout: string }): Float64Array | undefined {
    const [theirs, own] = [readKinds(from.layout), readKinds(this.layout)]
    if (theirs.base !== own.base || theirs.second.length > 0 !== own.second.length > 0) return undefined
    const u = carryMaterials(from.u, this.nodes, theirs, own)
    return super.adopt({ ...from, u, layout: this.layout })
  }

  carriedOver({ layout }: { layout: string }): string | undefined {
    const [before, now] = [layout, this.layout].map((of) => {
      const { parts, second } = readKinds(of)
      return parts.length + second.length
    })
    if (before === now) return undefined
    return t(
      'The change makes {now, plural, one {one kind} other {# kinds}} of particles of {before}: their fillings are carried over by volume, and the budgets start again from here.',
      { now, before },
    )
  }

  protected place(p: number): readonly number[] {
    return placeOf(this.setting.grid, p)
  }

  override initial(): Float64Array {
    const u = super.initial()
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

  protected override ionFlow(u: Float64Array, out: Float64Array | undefined, add: Add | undefined): void {
    if (this.RHO < 0) super.ionFlow(u, out, add)
    else chargedFaces(this, u, out, add)
  }

  /** Pumped electrolyte. */
  protected override ends(u: Float64Array, out: Float64Array | undefined, add: Add | undefined): void {
    if (this.pumped) pumpedRows(this.pumped, this.neutral, u, out, add)
  }

  /** Salt carried in and out by the flow, mol/(m² s); lithium leaves the solid only as charge passed. */
  override rates(_t: number, u: Float64Array, out: Float64Array): void {
    out[0] = this.saltInflow(u) / FARADAY
    out[1] = 0
  }

  /** Salt that the flow brings in less what it takes out, times F: A/m². */
  private saltInflow(u: Float64Array): number {
    const { nodes: n, flux, net, pumped } = this
    if (!pumped) return 0
    const { from, to, face } = net.electrolyte
    let sum = 0
    for (let k = 0; k < from.length; k++) {
      const [a, b] = [from[k], to[k]]
      if (a % net.columns !== 0 || pumped.held.length === 0) continue
      this.neutral.write(face[k], u[a], u[PHI * n + a], u[b], u[PHI * n + b], flux)
      sum += flux[5]
    }
    return sum + pumpedIn(pumped, this.neutral, u)
  }

  blocks(): Blocks {
    const { columns, rows } = this.setting.grid
    return new BlockTridiagonal(columns, this.width * rows)
  }

  port(t: number, u: Float64Array): Port {
    return cathodePort(this, t, u, this.description.doubleLayer)
  }

  validity(u: Float64Array, _span: number, period: number): Validity {
    return cathodeValidity(this, u, period)
  }

  protected coarsest(u: Float64Array): number {
    return longestStep(this, u)
  }

  explainFailure(_t: number, u: Float64Array) {
    return explainFailure(this, u)
  }

  /** Another protocol, or the same at larger currents, may take its whole time from here. */
  protected override resumed(anew: boolean, t: number): void {
    if (anew || t >= this.description.horizon) this.horizon = t + this.description.horizon
  }

  /** Of ionic plus electronic current, or with charge in the electrolyte, which can store current, the electronic one. */
  protected continuity(u: Float64Array): number {
    const { nodes: n, RHO, hosts, capacity } = this
    const f = new Float64Array(this.size)
    this.residual(0, u, f)
    let error = 0
    for (const { reactive } of hosts)
      for (const p of reactive) error = Math.max(error, Math.abs(f[PSI * n + p] + (RHO < 0 ? f[PHI * n + p] : 0)))
    // At rest nothing but round-off flows.
    return error / Math.max(this.turnover(u), 1e-6 * (capacity / 3600))
  }

  protected override own(u: Float64Array): { peclet: number } {
    return { peclet: flowOfCharge(this, u, this.description.mobility) }
  }

  sample(_t: number, u: Float64Array): Float32Array[] {
    const { setting, nodes: n, macro, RHO, hosts } = this
    const { grid, thermal, reference } = setting
    const square = setting.electrolyte.delta ** 2
    const mosaic = materialsOf(setting).some(({ omega, Ms }) => omega > 2 && !(Ms[0] > 0))
    const cell = (value: (p: number) => number) => sampleCells(grid, macro, value, 'cell')
    const solid = (value: (p: number) => number) => sampleCells(grid, macro, value, 'cathode')
    const particle = (value: (p: number) => number) => sampleCells(grid, macro, value, mosaic ? 'particles' : 'cathode')
    const [first, ...others] = hosts
    const rate = (p: number) => {
      let sum = 0
      for (const kind of hosts) if (kind.area[p] > 0) sum += this.reaction(u, p, kind)
      return sum === 0 ? 0 : -sum / (grid.width[p % grid.columns] * grid.share)
    }
    return [
      cell((p) => u[p] * reference),
      particle((p) => u[first.Y * n + p]),
      cell((p) => this.lithiumPotential(u, p) * thermal),
      solid((p) => u[PSI * n + p] * thermal),
      particle(rate),
      particle((p) => this.overpotential(u, p) * thermal),
      cell((p) => (RHO < 0 ? 0 : 2 * square * u[RHO * n + p] * reference)),
      ...others.map(({ Y }) => particle((p) => u[Y * n + p])),
      ...others
        .filter(({ reactive }) => reactive.length > 0)
        .map((kind) => particle((p) => this.overpotential(u, p, kind) * thermal)),
      ...pressuresShown(setting, macro),
    ]
  }
}
