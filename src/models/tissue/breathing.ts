/**
 * The homogenized tissue whose cells swell and shrink as water follows osmosis (osmosis.ts). Unknowns are what is
 * conserved, so that masses are constant and every ion balances to round-off:
 *
 *   (theta/theta_rest) C  of every ion on both sides,  s - s_least  with s = theta_I/theta_I(rest)
 *
 * and theta_E is what the cells leave. Each residual takes the concentrations, impermeant charges and transmissibilities of
 * its own state (nothing lags), and gives them to the equations of the tissue. The membrane is neither made nor lost: its
 * area per volume of the tissue stays.
 */
import { resample } from '../../numerics/resample.ts'
import { present } from '../../present.ts'
import { observable } from '../entries.ts'
import type { Field, Observable, Validity } from '../family.ts'
import { BreathingJacobian } from './breathingJacobian.ts'
import type { TissueSetting } from './equations.ts'
import { atLimit } from './failure.ts'
import { volumeFields } from './fields.ts'
import { HomogenizedTissue } from './homogenized.ts'
import type { TissueJacobian } from './jacobian.ts'
import { widthOf } from './layout.ts'
import { OBSERVABLES } from './model.ts'
import { unitWeights } from './net.ts'
import type { Water } from './osmosis.ts'
import { type readLayout, sharesOf, tissueLayout } from './states.ts'
import { componentsOf } from './swelling.ts'
import { Volumes } from './volumes.ts'

const LEAST_SPACE = observable('theta_E_min', 'Space between the cells, least', '1', 1, 'global')

export class BreathingTissue extends HomogenizedTissue {
  override readonly layout: string
  override readonly fields: readonly Field[]
  override readonly observables: readonly Observable[]
  readonly water: Water
  private readonly volumes: Volumes

  constructor(
    { water, ...setting }: TissueSetting & { water: Water },
    tissue: HomogenizedTissue['tissue'],
    description: ConstructorParameters<typeof HomogenizedTissue>[2],
  ) {
    const { initial, net } = setting
    const { least } = water.swelling
    const started = new Float64Array(initial.length + net.nodes).fill(1 - least)
    started.set(initial)
    super({ ...setting, water, initial: started }, tissue, description)
    this.water = water
    const { macro } = description
    this.volumes = new Volumes(this, water, unitWeights(net, macro, tissue, componentsOf(macro.dimension)))
    this.layout = tissueLayout(this.gates, macro, sharesOf(this.cells), least)
    this.fields = [...this.shown.map(({ field }) => field), ...volumeFields]
    this.observables = [...OBSERVABLES, LEAST_SPACE]
  }

  override concentrations(u: Float64Array): Float64Array {
    return this.volumes.load(u)
  }

  override volumeAt(kind: number, node: number): number {
    return super.volumeAt(kind, node) * this.volumes.inside[node]
  }

  override residual(t: number, u: Float64Array, out: Float64Array): void {
    super.residual(t, this.volumes.load(u), out)
    this.volumes.flow(out)
  }

  override rates(t: number, u: Float64Array, out: Float64Array): void {
    const { volumes } = this
    const { bath, bathNodes } = this.setting.drive
    super.rates(t, volumes.load(u), out)
    if (!bath) return
    // What a bath holds in concentration follows the space: it fills what the cells leave.
    for (const p of bathNodes) {
      const left = -volumes.flowAt(p)
      out[0] += left * bath.sodium
      out[1] += left * bath.potassium
      out[2] += left * (bath.sodium + bath.potassium)
    }
  }

  protected override jacobian(): TissueJacobian {
    return new BreathingJacobian(this, this.volumes)
  }

  override sample(t: number, u: Float64Array): Float32Array[] {
    const samples = super.sample(t, u)
    const { inside } = this.volumes
    const { fractionI, fractionE } = this.tissue
    const cells = Float32Array.from(inside, (s) => s * fractionI)
    return [...samples, Float32Array.from(inside, (s) => fractionE + fractionI * (1 - s)), cells]
  }

  override observe(t: number, u: Float64Array, integrals: Float64Array, baseline: Float64Array): Float64Array {
    const seen = super.observe(t, u, integrals, baseline)
    return Float64Array.of(...seen, this.tissue.fractionE * Math.min(...this.volumes.outside))
  }

  override validity(u: Float64Array, span: number, period: number): Validity {
    return super.validity(this.concentrations(u), span, period)
  }

  override explainFailure(time: number, u: Float64Array): { message: string; advice: string[] } | undefined {
    const concentrations = this.concentrations(u)
    const { fractionI, fractionE } = this.tissue
    const parts = { inside: fractionI, outside: fractionE }
    return atLimit(this.setting, this.volumes, this.water.swelling, parts) ?? super.explainFailure(time, concentrations)
  }

  override adopt(from: Parameters<HomogenizedTissue['adopt']>[0]): Float64Array | undefined {
    const out = super.adopt(from)
    const below = present(this.below, 'limits of volumes')
    // Another range may have no room for the cells as they are.
    const within = (v: number, k: number) => k < this.volumeSlot * this.setting.net.nodes || (v > 0 && v < below[k])
    return out?.every(within) ? out : undefined
  }

  /** A bath holds a concentration, and its node the amount that fills what the cells leave there. */
  protected override heldByBath(k: number, p: number, u: Float64Array): number {
    const s = this.water.swelling.least + u[this.volumeSlot * this.setting.net.nodes + p]
    return super.heldByBath(k, p, u) * this.volumes.spaceBeside(p, s)
  }

  protected override carried(
    from: Parameters<HomogenizedTissue['adopt']>[0],
    before: NonNullable<ReturnType<typeof readLayout>>,
  ): Float64Array {
    const out = super.carried(from, before)
    const { nodes: n } = this.setting.net
    const at = this.volumeSlot * n
    if (before.least === undefined) out.set(this.initial().subarray(at), at)
    else {
      const old = from.macro.nodes.reduce((a, b) => a * b, 1)
      const slot = widthOf(before.shares.length, before.gates)
      const swollen = new Float64Array(n)
      resample(from.u.subarray(slot * old, (slot + 1) * old), from.macro.nodes, swollen, this.macro.nodes)
      const shift = before.least - this.water.swelling.least
      for (let p = 0; p < n; p++) out[at + p] = swollen[p] + shift
    }
    return out
  }
}
