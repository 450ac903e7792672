/** The norms of `compare` as they are estimated without the resolved model (models/estimate.ts), from the homogenized one. */
import type { CellResult } from '../../../cell/cell.ts'
import { finish } from '../../../finish.ts'
import { type ErrorEstimate, type ErrorEstimator, estimator } from '../../estimate.ts'
import type { CathodeModel } from '../homogenized/model.ts'
import type { ResolvedCathode } from '../resolved/model.ts'

export class EstimatedNorms {
  /** Largest in time. */
  readonly errors: Record<string, number> = {}
  private readonly model: CathodeModel
  private readonly estimator: ErrorEstimator
  private readonly micro: ResolvedCathode
  /** Part of the salt that is in the cathode. */
  private readonly inside: number

  private constructor(model: CathodeModel, found: ErrorEstimator, micro: ResolvedCathode) {
    this.model = model
    this.estimator = found
    this.micro = micro
    const { salt, counts, separatorCells, resolution } = micro.tiling
    const own = (counted: (column: number) => boolean) =>
      salt.reduce((sum, volume, p) => sum + (counted(p % counts[0]) ? volume : 0), 0)
    this.inside = own((column) => column >= separatorCells * resolution) / own(() => true)
  }

  static *of(model: CathodeModel, cell: CellResult, micro: ResolvedCathode): Generator<number, EstimatedNorms> {
    return new EstimatedNorms(model, yield* estimator(cell, model), micro)
  }

  /** Takes the state of the homogenized model at a time into the maxima. */
  add(u: Float64Array, t: number): void {
    const { fields, setting } = this.model
    const { thermal, reference } = setting
    const found = finish(this.estimator.of(this.model.sample(t, u), this.micro.tiling.size))
    const named = (name: string) => found[fields.findIndex((field) => field.name === name)]
    // The reaction meets other potentials on the contact than the mean ones; the solid is held at the collector.
    const met = (named('phi')?.shift ?? 0) + (named('psi')?.shift ?? 0)
    for (const [name, of, unit, share, moved] of [
      ['salt', 'c', reference, this.inside, 0],
      ['phi', 'phi', thermal, this.inside, met],
      ['psi', 'psi', thermal, 1, 0],
    ] as const) {
      const own = named(of)
      if (!own) continue
      this.note(name, (Math.hypot(own.plain, moved) * Math.sqrt(share)) / unit)
      this.note(`${name}_corrected`, (Math.hypot(own.corrected, moved) * Math.sqrt(share)) / unit)
    }
    this.voltage(named('phi'), named('psi'))
  }

  /** What the reaction meets on the contact, and what the currents lose more than the mean ones. */
  private voltage(electrolyte: ErrorEstimate | undefined, solid: ErrorEstimate | undefined): void {
    if (!electrolyte) return
    const own = [electrolyte, ...(solid ? [solid] : [])]
    const lost = own.reduce((sum, { flow, variation, shift }) => sum + flow * variation + shift, 0)
    this.note('voltage', lost / this.model.setting.thermal)
  }

  private note(name: string, value: number): void {
    this.errors[name] = Math.max(this.errors[name] ?? 0, value)
  }
}
