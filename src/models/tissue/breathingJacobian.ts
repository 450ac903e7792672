/**
 * The Jacobian of a tissue whose cells breathe: that of concentrations (jacobian.ts) after the chain rule, with what a
 * change of volumes makes of impermeant charge and transmissibilities, and the row of water.
 */
import type { TissueEquations } from './equations.ts'
import { type Change, TissueJacobian } from './jacobian.ts'
import { OUTSIDE_ROW } from './kinds.ts'
import { K_E, NA_E } from './layout.ts'
import { carry, type TransportSetting } from './transport.ts'
import type { VolumeChange, Volumes } from './volumes.ts'

const OUTSIDE = { na: NA_E, k: K_E }

export class BreathingJacobian extends TissueJacobian {
  private readonly volumes: Volumes
  private frozen: Float64Array = new Float64Array(0)
  /** The potentials of the frozen state, without ions: what impermeant charge is carried by. */
  private readonly bare: Float64Array
  private readonly changed: Float64Array
  private readonly change: Change & VolumeChange

  constructor(equations: TissueEquations, volumes: Volumes) {
    super(equations)
    this.volumes = volumes
    const { setting, size } = equations
    const { nodes, edges } = setting.net
    this.bare = new Float64Array(size)
    this.changed = new Float64Array(size)
    this.change = {
      inside: [new Float64Array(nodes)],
      outside: new Float64Array(nodes),
      weightE: new Float64Array(edges.count),
      weightI: new Float64Array(edges.count),
      carry: (g) => this.carryChange(equations, setting, g),
    }
  }

  override update(u: Float64Array): void {
    const { volumes, bare, change } = this
    this.frozen = u
    const concentrations = volumes.load(u)
    super.update(Float64Array.from(concentrations))
    bare.set(concentrations)
    const { length: n } = change.outside
    for (const field of volumes.ions.flat()) bare.fill(0, field * n, (field + 1) * n)
  }

  override apply(x: Float64Array, out: Float64Array): void {
    const { volumes, change, changed } = this
    if (volumes.loaded !== this.frozen) volumes.load(this.frozen)
    volumes.change(x, changed, change)
    super.apply(changed, out, change)
    volumes.flowChange(x, out)
  }

  override relax(beta: number, r: Float64Array, x: Float64Array): void {
    const { volumes } = this
    if (volumes.loaded !== this.frozen) volumes.load(this.frozen)
    volumes.relax(beta, r, x)
  }

  private carryChange({ cells, chargeE }: TissueEquations, setting: TransportSetting, g: Float64Array): void {
    const { change, bare } = this
    const { now } = this.volumes
    const [{ slots, charge, weight, row }] = cells
    carry(setting, change.weightE, OUTSIDE, chargeE, now, OUTSIDE_ROW, g)
    carry(setting, setting.net.edges.weightE, OUTSIDE, change.outside, bare, OUTSIDE_ROW, g)
    carry(setting, change.weightI, slots, charge, now, row, g)
    carry(setting, weight, slots, change.inside[0], bare, row, g)
  }
}
