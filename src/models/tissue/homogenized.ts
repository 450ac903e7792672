/** The homogenized tissue as a model: what it knows beyond its equations. */
import type { Validity } from '../family.ts'
import type { TissueSetting } from './equations.ts'
import { TissueModel } from './model.ts'
import type { EffectiveTissue } from './net.ts'
import { tissueValidity } from './validity.ts'

/** The homogenized tissue, which knows the tensors of its cell and how far they may be trusted. */
export class HomogenizedTissue extends TissueModel {
  readonly tissue: EffectiveTissue

  constructor(
    setting: TissueSetting,
    tissue: EffectiveTissue,
    description: ConstructorParameters<typeof TissueModel>[1],
  ) {
    super(setting, description)
    this.tissue = tissue
  }

  validity(u: Float64Array, span: number, period: number): Validity {
    return tissueValidity(this, u, span, period)
  }
}
