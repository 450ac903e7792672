/** The homogenized tissue where its cell varies along the box. */
import type { CellTable, Tensor } from '../../cell/cell.ts'
import { keyOf } from '../../cell/graded.ts'
import { along } from '../../cell/table.ts'
import { t } from '../../language/language.ts'
import { InputError } from '../../parameter.ts'
import { effectiveTissue } from './effective.ts'
import type { TissueInput } from './input.ts'
import { type EffectiveCells, type EffectiveTissue, kindsIn } from './net.ts'

/**
 * The tissue at every place of the box, where its cell varies.
 * @throws InputError where a cell admits no model or has other kinds of cells than the rest, with the place
 */
export function tissueAlong(
  input: TissueInput,
  table: CellTable,
): { at: (place: number) => EffectiveTissue; error: number } {
  if (input.parameters.override)
    throw new InputError([
      {
        path: keyOf(table.graded),
        message: t(
          'got coefficients given by hand, which no cell stands for; set override to false, or leave {key} out',
          { key: keyOf(table.graded) },
        ),
      },
    ])
  const known = table.cells.map((cell) => effectiveTissue(input, cell))
  const [{ tissue: first }] = known
  const membersOf = ({ kinds }: (typeof known)[number]) =>
    JSON.stringify(kinds?.map(({ pieces }) => [...pieces].sort()))
  const numbers = along(table, (cell) => {
    const own = known[table.cells.indexOf(cell)]
    const { tissue, problems } = own
    if (problems.length > 0) throw new InputError(problems)
    if (membersOf(own) !== membersOf(known[0]))
      throw new InputError([
        {
          path: 'cell.shapes',
          message: t('the cells of one period are of other kinds than elsewhere; keep their sizes apart, or equal'),
        },
      ])
    return [
      [tissue.fractionE],
      tissue.tensorE.flat(),
      ...kindsIn(tissue).flatMap(({ fractionI, areaDensity, tensorI }) => [[fractionI], [areaDensity], tensorI.flat()]),
    ]
  })
  const at = (place: number): EffectiveTissue => {
    const values = [...numbers.at(place)]
    const next = (like: Tensor): Tensor => like.map((row) => values.splice(0, row.length))
    const fractionE = values.splice(0, 1)[0]
    const tensorE = next(first.tensorE)
    const [cells, ...others] = kindsIn(first).map((kind): EffectiveCells => {
      const [fractionI, areaDensity] = values.splice(0, 2)
      return { ...kind, fractionI, areaDensity, tensorI: next(kind.tensorI) }
    })
    return { ...cells, fractionE, tensorE, others, unequal: first.unequal }
  }
  return { at, error: numbers.error }
}
