/** The tissue family: its card with its solvers. */
import type { ModelFamily } from '../family.ts'
import { card } from './card.ts'
import { classes } from './classes.ts'
import { compareTissue } from './compare.ts'
import { comparison } from './comparison.ts'
import { tissueCurve } from './curves.ts'
import type { TissueInput } from './input.ts'
import { macroModel } from './macro.ts'
import { microModel } from './micro.ts'

export const tissue: ModelFamily = {
  ...card,
  classes,
  macro: macroModel,
  resolved: microModel,
  comparison: {
    ...comparison,
    *run(input: TissueInput, cell, setup) {
      return { ...(yield* compareTissue(input, cell, setup)), quantities: {} }
    },
  },
  curve: tissueCurve,
}
