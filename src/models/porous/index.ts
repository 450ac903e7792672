/** The porous family: its card with its solvers. */
import type { ModelFamily } from '../family.ts'
import { GROUPS } from '../groups.ts'
import { card } from './card.ts'
import { classes } from './classes.ts'
import { comparePorous } from './compare.ts'
import { comparison } from './comparison.ts'
import { porousCurve, sweepTable } from './curves.ts'
import { porousGroups } from './groups.ts'
import type { PorousInput } from './input.ts'
import { macroModel } from './macro.ts'
import { microModel } from './micro.ts'
import { closureTable } from './table.ts'

export const porous: ModelFamily = {
  ...card,
  classes,
  macro: macroModel,
  resolved: microModel,
  comparison: { ...comparison, run: comparePorous },
  sweep: { ...card.sweep, run: sweepTable },
  *curve(request, input: PorousInput, cell) {
    if (request.name === GROUPS.name) return porousGroups(input)
    return yield* request.name === 'table' ? closureTable(input, cell) : porousCurve(request, input, cell)
  },
}
