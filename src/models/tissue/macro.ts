/**
 * The homogenized tissue of a scenario: effective coefficients, the net of the box, membrane, forcing, initial
 * state. Xiao et al. 2023, eqs. (25)-(26) and (47)-(48), as corrected.
 */

import type { CellResult } from '../../cell/cell.ts'
import { InputError } from '../../parameter.ts'
import type { Validity } from '../family.ts'
import { tableNotice, varies } from '../graded.ts'
import { tissueAlong } from './along.ts'
import { effectiveTissue } from './effective.ts'
import type { TissueSetting } from './equations.ts'
import type { TissueInput } from './input.ts'
import { TissueModel } from './model.ts'
import { boxNet, type EffectiveTissue, filledParts, fractionsOf, radialNet } from './net.ts'
import { placesOf } from './period.ts'
import { settle } from './settle.ts'
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

/**
 * The homogenized model of a scenario.
 * @throws InputError when the extracellular phase is cut off, a phase is missing, or no resting state exists
 */
export function macroModel(input: TissueInput, cell: CellResult): HomogenizedTissue {
  const { tissue, modelClass, kinds, problems, notices } = effectiveTissue(input, cell)
  if (problems.length > 0) throw new InputError(problems)
  const v = input.parameters
  const { table } = cell
  const along = table && tissueAlong(input, table)
  const net = (v.geometry === 'radial' ? radialNet : boxNet)(input.macro, along?.at ?? tissue)
  const { setting } = settle(input, net, along ? filledParts(net) : fractionsOf(tissue))
  return new HomogenizedTissue(setting, along ? along.at(0.5) : tissue, {
    modelClass,
    macro: input.macro,
    notices: table && along ? [tableNotice(table, along.error), ...notices] : notices,
    further: table ? [varies] : [],
    kinds: kinds && placesOf(cell, kinds),
  })
}
