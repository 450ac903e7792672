/**
 * The homogenized tissue of a scenario: effective coefficients, the net of the box, membrane, forcing, initial
 * state. Xiao et al. 2023, eqs. (25)-(26) and (47)-(48), as corrected.
 */

import type { CellResult, CellTable } from '../../cell/cell.ts'
import { t } from '../../language/language.ts'
import { InputError } from '../../parameter.ts'
import { present } from '../../present.ts'
import { tableNotice, varies } from '../graded.ts'
import { tissueAlong } from './along.ts'
import { BreathingTissue } from './breathing.ts'
import { breathing } from './classes.ts'
import { effectiveTissue } from './effective.ts'
import { HomogenizedTissue } from './homogenized.ts'
import type { TissueInput } from './input.ts'
import { boxNet, type EffectiveTissue, filledParts, fractionsOf, radialNet } from './net.ts'
import { osmosis } from './osmosis.ts'
import { placesOf } from './period.ts'
import { settle } from './settle.ts'
import { Swelling, swellingNotice } from './swelling.ts'

/**
 * The homogenized model of a scenario.
 * @throws InputError when the extracellular phase is cut off, a phase is missing, or no resting state exists
 */
export function macroModel(input: TissueInput, cell: CellResult): HomogenizedTissue {
  const { tissue, modelClass, kinds, problems, notices } = effectiveTissue(input, cell)
  if (problems.length > 0) throw new InputError(problems)
  const v = input.parameters
  const { table, swelling } = cell
  if (swelling)
    return breathingModel(input, swelling, tissue, {
      modelClass,
      macro: input.macro,
      notices,
      kinds: kinds && placesOf(cell, kinds),
    })
  const along = table && tissueAlong(input, table)
  const net = (v.geometry === 'radial' ? radialNet : boxNet)(input.macro, along?.at ?? tissue)
  const { setting } = settle(input, net, along ? filledParts(net) : fractionsOf(tissue))
  return new HomogenizedTissue(setting, along ? along.at(0.5) : tissue, {
    modelClass,
    macro: input.macro,
    notices: table && along ? [tableNotice(table, along.error), ...notices] : notices,
    further: table ? [varies] : [],
    kinds: kinds && placesOf(cell, kinds),
    at: along?.at,
  })
}

/**
 * The same where its cells breathe.
 * @param table of the cell for all their volumes
 * @throws InputError where there are several kinds of them, or they do not grow all the way
 */
function breathingModel(
  input: TissueInput,
  table: CellTable,
  tissue: EffectiveTissue,
  description: ConstructorParameters<typeof HomogenizedTissue>[2],
): BreathingTissue {
  const kinds = 1 + tissue.others.length
  if (kinds > 1)
    throw new InputError([
      {
        path: 'breathing',
        message: t(
          'got a cell with {kinds} kinds of cells; water is shared out for one kind alone: make the cells alike, or leave breathing out',
          { kinds },
        ),
      },
    ])
  const { at, error } = tissueAlong(input, table)
  const { L_p, temperature, geometry } = input.parameters
  const net = (geometry === 'radial' ? radialNet : boxNet)(input.macro, tissue)
  const { setting } = settle(input, net, fractionsOf(tissue))
  const swelling = new Swelling(at, present(table.rest, 'where the cell is at rest'), tissue, input.macro.dimension)
  const { fixedI, fixedE, initial, drive } = setting
  const free = [...Array(net.nodes).keys()].filter((p) => !drive.bathNodes.includes(p))
  const water = osmosis({ permeability: L_p, temperature, fixedI, fixedE }, initial, net.nodes, free, swelling)
  const parts = [swelling.least, swelling.most].map((s) => s * tissue.fractionI)
  return new BreathingTissue({ ...setting, water }, tissue, {
    ...description,
    notices: [swellingNotice(table, error, parts), ...(description.notices ?? [])],
    further: breathing,
  })
}
