/**
 * The volumes of cells that breathe at one state: concentrations, impermeant charges and transmissibilities that follow
 * from its amounts, the flow of water, and how all of that changes with the state.
 */
import type { TissueEquations } from './equations.ts'
import type { Change } from './jacobian.ts'
import { K_E, NA_E } from './layout.ts'
import { ionsOf, type Water } from './osmosis.ts'

/** What transmissibilities and impermeant charges change by. */
export interface VolumeChange extends Pick<Change, 'outside'> {
  inside: readonly [Float64Array]
  weightE: Float64Array
  weightI: Float64Array
}

/** A component of a tensor: what it multiplies along the edges, and its values and derivatives at the nodes. */
interface Part {
  part: Float64Array
  values: Float64Array
  slopes: Float64Array
}

interface Conductor {
  weight: Float64Array
  parts: readonly Part[]
}

export class Volumes {
  /** The state that everything here is of, and its concentrations. */
  loaded: Float64Array | undefined
  readonly now: Float64Array
  /** Fields of amounts inside and outside. */
  readonly ions: readonly [readonly [number, number], readonly [number, number]]
  /** Field of the swelling beyond the least. */
  private readonly slot: number
  /** theta over that at rest, inside and outside. */
  readonly inside: Float64Array
  readonly outside: Float64Array
  /** How the second falls with the first. */
  private readonly ratio: Float64Array
  /** Outside and inside: what conducts. */
  private readonly conductors: readonly Conductor[]
  private readonly components: Float64Array
  private readonly equations: TissueEquations
  private readonly water: Water

  /** @param parts of the transmissibilities per component of a tensor: what it multiplies */
  constructor(equations: TissueEquations, water: Water, parts: readonly Float64Array[]) {
    const { nodes: n, volumeI, volumeE, edges } = equations.setting.net
    const perNode = () => new Float64Array(n)
    this.equations = equations
    this.water = water
    const [{ slots }] = equations.cells
    this.ions = [
      [slots.na, slots.k],
      [NA_E, K_E],
    ]
    this.slot = equations.volumeSlot
    this.now = new Float64Array(equations.size)
    this.inside = perNode()
    this.outside = perNode()
    this.ratio = volumeI.map((v, p) => v / volumeE[p])
    this.conductors = [edges.weightE, edges.weightI].map((weight) => ({
      weight,
      parts: weight.some((w) => w !== 0) ? parts.map((part) => ({ part, values: perNode(), slopes: perNode() })) : [],
    }))
    this.components = new Float64Array(4 * parts.length)
  }

  /** Takes volumes, charges and transmissibilities of a state; the concentrations are overwritten by the next one. */
  load(u: Float64Array): Float64Array {
    const { equations, water, now, slot, inside, outside, components, conductors } = this
    const { setting, cells, chargeE } = equations
    const { nodes: n } = setting.net
    const [{ charge, fixed }] = cells
    now.set(u)
    for (let p = 0; p < n; p++) {
      const s = water.swelling.least + u[slot * n + p]
      const e = this.spaceBeside(p, s)
      inside[p] = s
      outside[p] = e
      charge[p] = fixed / s
      chargeE[p] = setting.fixedE / e
      water.swelling.evaluate(s, components)
      for (const [side, { parts }] of conductors.entries())
        for (const [c, { values, slopes }] of parts.entries()) {
          const at = side * (components.length / 2) + 2 * c
          values[p] = components[at]
          slopes[p] = components[at + 1]
        }
    }
    for (const [side, volume] of [inside, outside].entries())
      for (const k of this.ions[side]) for (let p = 0; p < n; p++) now[k * n + p] /= volume[p]
    for (const { weight, parts } of conductors) this.conduct(parts, ({ values }) => values, weight)
    this.loaded = u
    return now
  }

  /** What cells of the swelling s leave beside them at node p, over that at rest. */
  spaceBeside(p: number, s: number): number {
    return 1 + this.ratio[p] * (1 - s)
  }

  /** Writes the row of water, m³/s, for the state that is loaded. */
  flow(out: Float64Array): void {
    const { slot } = this
    const { nodes: n } = this.equations.setting.net
    for (let p = 0; p < n; p++) out[slot * n + p] = this.flowAt(p)
  }

  /** Water into the cells of node p, m³/s, in the state that is loaded. */
  flowAt(p: number): number {
    return this.conductance(p) * (this.osmolarity(0, p) - this.osmolarity(1, p))
  }

  /** Writes the derivative of that row along x. */
  flowChange(x: Float64Array, out: Float64Array): void {
    const { slot, inside, outside, ratio, ions } = this
    const { nodes: n } = this.equations.setting.net
    const added = ([na, k]: readonly [number, number], p: number) => 2 * (x[na * n + p] + x[k * n + p])
    for (let p = 0; p < n; p++) {
      const s = x[slot * n + p]
      const byInside = (added(ions[0], p) - this.osmolarity(0, p) * s) / inside[p]
      const byOutside = (added(ions[1], p) + this.osmolarity(1, p) * ratio[p] * s) / outside[p]
      out[slot * n + p] = this.conductance(p) * (byInside - byOutside)
    }
  }

  /** Solves the row of water for the volumes alone: amounts as they are. */
  relax(beta: number, r: Float64Array, x: Float64Array): void {
    const { slot, inside, outside, ratio, equations } = this
    const { nodes: n } = equations.setting.net
    for (let p = 0; p < n; p++) {
      const k = slot * n + p
      const stiffness = this.osmolarity(0, p) / inside[p] + (this.osmolarity(1, p) * ratio[p]) / outside[p]
      x[k] = r[k] / (equations.mass[k] + beta * this.conductance(p) * stiffness)
    }
  }

  /** Water that an osmolarity drives into the cells of node p, m⁶/(mol s). */
  private conductance(p: number): number {
    return this.equations.cells[0].area[p] * this.water.permeability
  }

  /** Inside (0) or outside (1) at node p, mol/m³. */
  private osmolarity(side: number, p: number): number {
    const { now, water, equations, ions } = this
    const n = equations.setting.net.nodes
    const [na, k] = ions[side]
    const charge = side === 0 ? equations.cells[0].charge : equations.chargeE
    const solute = side === 0 ? water.soluteI / this.inside[p] : water.soluteE / this.outside[p]
    return ionsOf(now[na * n + p], now[k * n + p], charge[p]) + solute
  }

  /** What concentrations (into y), charges and transmissibilities change by along x. */
  change(
    x: Float64Array,
    y: Float64Array,
    { inside: [charge], outside: chargeE, weightE, weightI }: VolumeChange,
  ): void {
    const { equations, now, slot, inside, outside, ratio, conductors } = this
    const { setting, cells } = equations
    const { nodes: n } = setting.net
    const s = x.subarray(slot * n, (slot + 1) * n)
    y.set(x)
    for (const k of this.ions[0])
      for (let p = 0; p < n; p++) y[k * n + p] = (x[k * n + p] - now[k * n + p] * s[p]) / inside[p]
    for (const k of this.ions[1])
      for (let p = 0; p < n; p++) y[k * n + p] = (x[k * n + p] + now[k * n + p] * ratio[p] * s[p]) / outside[p]
    for (let p = 0; p < n; p++) {
      charge[p] = (-cells[0].charge[p] * s[p]) / inside[p]
      chargeE[p] = (equations.chargeE[p] * ratio[p] * s[p]) / outside[p]
    }
    for (const [side, weight] of [weightE, weightI].entries())
      this.conduct(conductors[side].parts, ({ slopes }) => slopes, weight, s)
  }
  /** Transmissibilities into `weight`: an edge has the mean of its nodes. @param times factors at the nodes */
  private conduct(
    parts: readonly Part[],
    of: (part: Part) => Float64Array,
    weight: Float64Array,
    times?: Float64Array,
  ): void {
    const { from, to } = this.equations.setting.net.edges
    weight.fill(0)
    for (const part of parts) {
      const values = of(part)
      for (let e = 0; e < weight.length; e++) {
        const [p, q] = [from[e], to[e]]
        const both = times ? values[p] * times[p] + values[q] * times[q] : values[p] + values[q]
        weight[e] += (part.part[e] * both) / 2
      }
    }
  }
}
