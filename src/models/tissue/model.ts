/** The tissue equations as a Model: what is shown of a state, what is counted, how a state moves to another mesh. */

import { t } from '../../language/language.ts'
import { resample } from '../../numerics/resample.ts'
import type { Linearisation } from '../../numerics/system.ts'
import { present } from '../../present.ts'
import { inOrder, observable } from '../entries.ts'
import type { Equation, Field, Model, Notice, Observable } from '../family.ts'
import type { Port } from '../port.ts'
import { kindsOfCells } from './classes.ts'
import { TissueEquations, type TissueSetting } from './equations.ts'
import { type TissueField, tissueFields } from './fields.ts'
import type { TissueInput } from './input.ts'
import { TissueJacobian } from './jacobian.ts'
import type { Cells } from './kinds.ts'
import { inSlots, K_E, NA_E, PHI, slotsOf } from './layout.ts'
import { linearise } from './linearise.ts'
import type { PlacedKind } from './period.ts'
import { tissuePort } from './port.ts'
import { readLayout, type Share, shareOut, sharesOf, tissueLayout } from './states.ts'

export const OBSERVABLES = [
  observable('K_E_max', 'K outside, maximum', 'mM', 1, 'global'),
  observable('V_max', 'V, maximum', 'mV', 1e-3, 'global'),
  observable('V_min', 'V, minimum', 'mV', 1e-3, 'global'),
  observable('V_mean', 'V, mean over the membrane', 'mV', 1e-3, 'global'),
  observable('phi_E_range', 'Extracellular potential, range', 'mV', 1e-3, 'global'),
  observable('potential_drop', 'phi_E(left) - phi_E(right)', 'mV', 1e-3, 'global'),
  observable('budget_Na', 'Na balance error', '1', 1, 'budget'),
  observable('budget_K', 'K balance error', '1', 1, 'budget'),
  observable('budget_Cl', 'Cl balance error', '1', 1, 'budget'),
  observable('neutrality_I', 'Charge inside', 'mM', 1, 'budget'),
  observable('neutrality_E', 'Charge outside', 'mM', 1, 'budget'),
] as const

export class TissueModel extends TissueEquations implements Model {
  readonly modelClass: string
  readonly further: readonly Equation[]
  readonly layout: string
  readonly macro: TissueInput['macro']
  readonly fields: readonly Field[]
  protected readonly shown: readonly TissueField[]
  /** As the fields tell them apart; none where there is one. */
  protected readonly kinds: readonly PlacedKind[]
  private readonly shares: readonly Share[]
  readonly observables: readonly Observable[] = OBSERVABLES
  readonly notices: readonly Notice[]
  private solver: Linearisation | undefined

  constructor(
    setting: TissueSetting,
    description: {
      modelClass: string
      macro: TissueInput['macro']
      notices?: readonly Notice[]
      kinds?: readonly PlacedKind[]
      /** What it adds to the equations of its class, beside those of kinds of cells. */
      further?: readonly Equation[]
    },
  ) {
    super(setting)
    this.modelClass = description.modelClass
    this.further = [...(this.cells.length > 1 ? kindsOfCells : []), ...(description.further ?? [])]
    this.macro = description.macro
    this.notices = description.notices ?? []
    this.kinds = description.kinds ?? []
    this.shown = tissueFields(this.gates, this.kinds)
    this.fields = this.shown.map(({ field }) => field)
    this.shares = sharesOf(this.cells)
    this.layout = tissueLayout(this.gates, description.macro, this.shares)
  }

  /** The state in concentrations: as it is, unless its unknowns are amounts. */
  concentrations(u: Float64Array): Float64Array {
    return u
  }

  /** Volume of a kind of cells at a node in the state whose concentrations were asked for last, m³. */
  volumeAt(kind: number, node: number): number {
    return this.cells[kind].volume[node]
  }

  sample(_t: number, state: Float64Array): Float32Array[] {
    const u = this.concentrations(state)
    const { nodes: n } = this.setting.net
    return this.shown.map(({ of, kind, fixed }) => {
      const cells = kind === undefined ? undefined : this.cellsShown(kind)
      const [first, second] = of.map((k) => n * (cells ? inSlots(cells.slots, k) : k))
      if (second === undefined) return Float32Array.from(u.subarray(first, first + n))
      const charge = fixed ? (cells?.charge ?? this.chargeE) : undefined
      const out = new Float32Array(n)
      for (let p = 0; p < n; p++) out[p] = u[first + p] + u[second + p] + (charge?.[p] ?? 0)
      return out
    })
  }

  /** The unknowns that show a kind of cells. */
  protected cellsShown(kind: number): Cells {
    return present(this.cells[kind], 'cells')
  }

  linearise(_t: number, u: Float64Array): Linearisation {
    this.solver = linearise(this, u, this.solver, () => this.jacobian())
    return this.solver
  }

  protected jacobian(): TissueJacobian {
    return new TissueJacobian(this)
  }

  adopt(from: { u: Float64Array; layout: string; macro: TissueInput['macro'] }): Float64Array | undefined {
    const { net, drive, fixedE } = this.setting
    const n = net.nodes
    let out: Float64Array
    if (from.layout === this.layout) out = Float64Array.from(from.u)
    else {
      const before = readLayout(from.layout)
      if (!before || from.macro.dimension !== this.macro.dimension) return undefined
      out = this.carried(from, before)
    }
    for (const p of drive.bathNodes) for (const k of [NA_E, K_E]) out[k * n + p] = this.heldByBath(k, p, out)
    // Other impermeant charge may leave less than no chloride: such a state has no meaning here.
    const positive = (na: number, k: number, fixed: number) => {
      for (let p = 0; p < n; p++) if (!(out[na * n + p] + out[k * n + p] + fixed > 0)) return false
      return true
    }
    const valid = this.cells.every(({ slots, fixed }) => positive(slots.na, slots.k, fixed))
    return valid && positive(NA_E, K_E, fixedE) ? out : undefined
  }

  carriedOver({ layout }: { layout: string }): string | undefined {
    const read = readLayout(layout)
    if (!read) return undefined
    if (read.least !== undefined && !this.setting.water)
      return t(
        'The cells have the volumes of the reference cell again: what they hold is carried over, and the budgets start again from here.',
      )
    const [before, now] = [read.shares, this.shares]
    if (now.some(({ glia }) => glia) && !before.some(({ glia }) => glia))
      return t(
        'The change brings glia into the cells: it begins as at the start of a run, all else goes on, and the budgets start again from here.',
      )
    if (before.length === now.length) return undefined
    return t(
      'The change makes {now, plural, one {one kind} other {# kinds}} of cells of {before}: what they hold is carried over by volume, and the budgets start again from here.',
      { now: now.length, before: before.length },
    )
  }

  /** A state on another mesh, with other kinds of cells, or without gates: each kind has what its volume held. */
  protected carried(
    from: { u: Float64Array; macro: TissueInput['macro'] },
    before: NonNullable<ReturnType<typeof readLayout>>,
  ): Float64Array {
    const { net, membrane } = this.setting
    const n = net.nodes
    const old = from.macro.nodes.reduce((a, b) => a * b, 1)
    const out = new Float64Array(this.size)
    const add = (source: number, target: number, weight: number) => {
      const values = new Float64Array(n)
      resample(from.u.subarray(source * old, (source + 1) * old), from.macro.nodes, values, this.macro.nodes)
      for (let p = 0; p < n; p++) out[target * n + p] += weight * values[p]
    }
    for (const k of [NA_E, K_E, PHI]) add(k, k, 1)
    const weights = shareOut(before.shares, this.shares)
    this.cells.forEach(({ slots }, kind) => {
      if (weights[kind].every((weight) => weight === 0))
        // Glia that was not there before begins as it would at the start.
        for (const k of [slots.na, slots.k, slots.v, ...(this.gates ? [slots.gate] : [])])
          for (let p = 0; p < n; p++) out[k * n + p] = this.initialValue(k, p)
      weights[kind].forEach((weight, other) => {
        if (weight === 0) return
        const source = slotsOf(other, before.gates)
        for (const name of ['na', 'k', 'v'] as const) add(source[name], slots[name], weight)
        if (this.gates && before.gates) add(source.gate, slots.gate, weight)
      })
      if (this.gates && !before.gates)
        for (let p = 0; p < n; p++) out[slots.gate * n + p] = membrane.steadyGate(out[slots.v * n + p])
    })
    return out
  }

  port(_t: number, u: Float64Array): Port | undefined {
    return tissuePort(this, this.concentrations(u))
  }

  /** What a bath holds of field k at its node p in state u, in the unit of the unknowns. */
  protected heldByBath(k: number, p: number, _u: Float64Array): number {
    return this.initialValue(k, p)
  }

  private initialValue(k: number, p: number): number {
    return this.setting.initial[k * this.setting.net.nodes + p]
  }

  /** Na, K, Cl in the whole tissue, Na + K + X inside, and X inside and outside: mol. */
  contents(u: Float64Array): Float64Array {
    const { net, fixedE } = this.setting
    const n = net.nodes
    const out = new Float64Array(6)
    for (let p = 0; p < n; p++) {
      const vE = net.volumeE[p]
      let [sodium, potassium, chloride, volume] = [0, 0, 0, 0]
      for (const { slots, volume: volumes, fixed } of this.cells) {
        const vI = volumes[p]
        const na = u[slots.na * n + p]
        const k = u[slots.k * n + p]
        sodium += vI * na
        potassium += vI * k
        chloride += vI * (na + k + fixed)
        volume += vI
      }
      out[0] += sodium + vE * u[3 * n + p]
      out[1] += potassium + vE * u[4 * n + p]
      out[2] += chloride + vE * (u[3 * n + p] + u[4 * n + p] + fixedE)
      out[3] += chloride
      out[4] += volume
      out[5] += vE
    }
    return out
  }

  observe(_t: number, state: Float64Array, integrals: Float64Array, baseline: Float64Array): Float64Array {
    const { nodes: n } = this.setting.net
    const now = this.contents(state)
    const u = this.concentrations(state)
    let kMax = Number.NEGATIVE_INFINITY
    let vMax = Number.NEGATIVE_INFINITY
    let vMin = Number.POSITIVE_INFINITY
    let phiMax = Number.NEGATIVE_INFINITY
    let phiMin = Number.POSITIVE_INFINITY
    let vSum = 0
    let areas = 0
    for (let p = 0; p < n; p++) {
      kMax = Math.max(kMax, u[K_E * n + p])
      for (const { slots, area } of this.cells) {
        const v = u[slots.v * n + p]
        vMax = Math.max(vMax, v)
        vMin = Math.min(vMin, v)
        vSum += area[p] * v
        areas += area[p]
      }
      phiMax = Math.max(phiMax, u[PHI * n + p])
      phiMin = Math.min(phiMin, u[PHI * n + p])
    }
    const error = (k: number) => (now[k] - baseline[k] - integrals[k]) / baseline[k]
    // Chloride is computed from electroneutrality; what its own balance says it should be is independent of that.
    const excess = now[2] - baseline[2] - integrals[2]
    const excessI = now[3] - baseline[3] - integrals[3]
    return inOrder(OBSERVABLES, {
      K_E_max: kMax,
      V_max: vMax,
      V_min: vMin,
      V_mean: vSum / areas,
      phi_E_range: phiMax - phiMin,
      potential_drop: this.potentialDrop(u),
      budget_Na: error(0),
      budget_K: error(1),
      budget_Cl: error(2),
      neutrality_I: excessI / now[4],
      neutrality_E: (excess - excessI) / now[5],
    })
  }

  /** phi_E averaged over the left side minus over the right side, V. */
  potentialDrop(u: Float64Array): number {
    const { net } = this.setting
    const mean = (side: { node: Int32Array; face: Float64Array }) => {
      let s = 0
      let w = 0
      side.node.forEach((p, k) => {
        s += side.face[k] * u[PHI * net.nodes + p]
        w += side.face[k]
      })
      return w > 0 ? s / w : u[PHI * net.nodes + side.node[0]]
    }
    return mean(net.left) - mean(net.right)
  }
}
