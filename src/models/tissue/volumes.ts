/**
 * The volumes of cells that breathe at one state: concentrations, impermeant charges and transmissibilities that follow
 * from its amounts, the flow of water, and how all of that changes with the state.
 */
import type { TissueEquations } from './equations.ts'
import type { Change } from './jacobian.ts'
import { K_E, NA_E } from './layout.ts'
import { ionsOf, type Water } from './osmosis.ts'
import type { Swollen } from './swelling.ts'

/** What transmissibilities and impermeant charges change by. */
export interface VolumeChange extends Pick<Change, 'outside'> {
  inside: readonly [Float64Array]
  weightE: Float64Array
  weightI: Float64Array
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
  /** Factors of the transmissibilities at the nodes, and their derivatives. */
  private readonly factors: Readonly<Record<keyof Swollen, Float64Array>>
  private readonly weightsE: Float64Array
  private readonly weightsI: Float64Array
  private readonly equations: TissueEquations
  private readonly water: Water

  constructor(equations: TissueEquations, water: Water) {
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
    this.factors = { outside: perNode(), outsideBy: perNode(), inside: perNode(), insideBy: perNode() }
    this.weightsE = Float64Array.from(edges.weightE)
    this.weightsI = Float64Array.from(edges.weightI)
  }

  /** Takes volumes, charges and transmissibilities of a state; the concentrations are overwritten by the next one. */
  load(u: Float64Array): Float64Array {
    const { equations, water, now, slot, inside, outside, ratio, factors } = this
    const { setting, cells, chargeE } = equations
    const { nodes: n, edges } = setting.net
    const [{ charge, fixed }] = cells
    const swollen: Swollen = { outside: 0, outsideBy: 0, inside: 0, insideBy: 0 }
    now.set(u)
    for (let p = 0; p < n; p++) {
      const s = water.swelling.least + u[slot * n + p]
      const e = 1 + ratio[p] * (1 - s)
      inside[p] = s
      outside[p] = e
      charge[p] = fixed / s
      chargeE[p] = setting.fixedE / e
      water.swelling.evaluate(s, swollen)
      factors.outside[p] = swollen.outside
      factors.outsideBy[p] = swollen.outsideBy
      factors.inside[p] = swollen.inside
      factors.insideBy[p] = swollen.insideBy
    }
    for (const [side, volume] of [inside, outside].entries())
      for (const k of this.ions[side]) for (let p = 0; p < n; p++) now[k * n + p] /= volume[p]
    for (let e = 0; e < edges.count; e++) {
      const [p, q] = [edges.from[e], edges.to[e]]
      edges.weightE[e] = (this.weightsE[e] * (factors.outside[p] + factors.outside[q])) / 2
      edges.weightI[e] = (this.weightsI[e] * (factors.inside[p] + factors.inside[q])) / 2
    }
    this.loaded = u
    return now
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
    const { equations, now, slot, inside, outside, ratio, factors } = this
    const { setting, cells } = equations
    const { nodes: n, edges } = setting.net
    const s = x.subarray(slot * n, (slot + 1) * n)
    y.set(x)
    const relative = [(p: number) => s[p] / inside[p], (p: number) => (-ratio[p] * s[p]) / outside[p]]
    for (const [side, volume] of [inside, outside].entries())
      for (const k of this.ions[side])
        for (let p = 0; p < n; p++) {
          const q = k * n + p
          y[q] = x[q] / volume[p] - now[q] * relative[side](p)
        }
    for (let p = 0; p < n; p++) {
      charge[p] = -cells[0].charge[p] * relative[0](p)
      chargeE[p] = -equations.chargeE[p] * relative[1](p)
    }
    for (let e = 0; e < edges.count; e++) {
      const [p, q] = [edges.from[e], edges.to[e]]
      weightE[e] = (this.weightsE[e] * (factors.outsideBy[p] * s[p] + factors.outsideBy[q] * s[q])) / 2
      weightI[e] = (this.weightsI[e] * (factors.insideBy[p] * s[p] + factors.insideBy[q] * s[q])) / 2
    }
  }
}
