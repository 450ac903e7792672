/** The cathode family: its card with its solvers. */
import type { ModelFamily } from '../family.ts'
import { card } from './card.ts'
import { classes } from './classes.ts'
import { macroModel } from './homogenized/macro.ts'
import type { CathodeInput } from './input.ts'
import { microModel } from './resolved/micro.ts'
import { separatorCells } from './resolved/resolvable.ts'
import { compareCathode } from './studies/compare.ts'
import { comparison } from './studies/comparison.ts'
import { cathodeCurve } from './studies/curves.ts'
import { discharge } from './studies/discharge.ts'

export const cathode: ModelFamily = {
  ...card,
  classes,
  macro: macroModel,
  resolved: microModel,
  plain: (input: CathodeInput) => Math.floor(separatorCells(input)),
  comparison: {
    ...comparison,
    *run(input: CathodeInput, cell, setup) {
      return { ...(yield* compareCathode(input, cell, setup)), quantities: {} }
    },
  },
  rates: { ...card.rates, discharge },
  curve: cathodeCurve,
}
