/** The homogenized tissue as a model: what it knows beyond its equations. */
import type { Derived } from '../derived.ts'
import type { Validity } from '../family.ts'
import type { Wave } from '../wave.ts'
import type { TissueSetting } from './equations.ts'
import { tissueFlows } from './flows.ts'
import type { TissueInput } from './input.ts'
import { TissueModel } from './model.ts'
import type { EffectiveTissue } from './net.ts'
import { throughMembranes } from './throughMembranes.ts'
import { tissueValidity } from './validity.ts'

/** A wave of spreading depression has come where the membrane is above this, V. */
const DEPOLARISED = -0.04

/** The homogenized tissue, which knows the tensors of its cell and how far they may be trusted. */
export class HomogenizedTissue extends TissueModel {
  readonly tissue: EffectiveTissue
  readonly wave: Wave | undefined
  private readonly description: { macro: TissueInput['macro']; at?: (place: number) => EffectiveTissue }

  /** @param at the tissue at a place, a fraction of the length of the box, where it varies */
  constructor(
    setting: TissueSetting,
    tissue: EffectiveTissue,
    description: ConstructorParameters<typeof TissueModel>[1] & { at?: (place: number) => EffectiveTissue },
  ) {
    super(setting, description)
    this.tissue = tissue
    this.description = description
    this.wave = this.gates ? { field: 'V', level: DEPOLARISED } : undefined
  }

  /** Made when a run tells what its model is; curves make models by the dozen that nobody asks. */
  get derived(): readonly Derived[] {
    const { setting, tissue, description } = this
    const { water, diffusivity, membrane, drive } = setting
    const conducting = water ? { tissue, swelling: water.swelling } : { tissue, at: description.at }
    return [
      ...tissueFlows(conducting, this.shown, description.macro, diffusivity, membrane.f),
      ...throughMembranes(this.cells, this.shown, drive),
    ]
  }

  validity(u: Float64Array, span: number, period: number): Validity {
    return tissueValidity(this, u, span, period)
  }
}
