/** The structure of a cathode whose cell varies along it. */
import type { CellResult, CellTable, Tensor } from '../../../cell/cell.ts'
import { along } from '../../../cell/table.ts'
import { t } from '../../../language/language.ts'
import { InputError } from '../../../parameter.ts'
import type { CathodeStructure, StructureThere } from './quantities.ts'

/**
 * @param read the structure of a cell of the table
 * @throws InputError where a cell admits no model, or has other kinds of particles than the rest, with the place
 */
export function structureAlong(
  table: CellTable,
  read: (cell: CellResult) => CathodeStructure,
): { at: (place: number) => StructureThere; error: number } {
  const known = table.cells.map(read)
  const [first] = known
  const membersOf = ({ kinds }: CathodeStructure) =>
    JSON.stringify(kinds.map(({ pieces, a }) => [[...pieces].sort(), a > 0]))
  const numbers = along(table, (cell) => {
    const own = known[table.cells.indexOf(cell)]
    if (own.problems.length > 0) throw new InputError(own.problems)
    if (membersOf(own) !== membersOf(first))
      throw new InputError([
        {
          path: 'cell.shapes',
          message: t('the particles of one period are of other kinds than elsewhere; keep their sizes apart, or equal'),
        },
      ])
    const { p, q, a, T, Sigma, Ms, K, second, kinds } = own
    const tensors = [T, Sigma, Ms, K, ...(second ? [second.Ms] : [])]
    return [[p], [q], [a], ...kinds.flatMap((kind) => [[kind.q], [kind.a]]), ...tensors.map((tensor) => tensor.flat())]
  })
  const at = (place: number): StructureThere => {
    const values = [...numbers.at(place)]
    const next = (like: Tensor): Tensor => like.map((row) => values.splice(0, row.length))
    const [p, q, a] = values.splice(0, 3)
    const kinds = first.kinds.map((kind) => {
      const [own, area] = values.splice(0, 2)
      return { ...kind, q: own, a: area }
    })
    const [T, Sigma, Ms, K] = [next(first.T), next(first.Sigma), next(first.Ms), next(first.K)]
    return { p, q, a, kinds, T, Sigma, Ms, K, second: first.second && { Ms: next(first.second.Ms) } }
  }
  return { at, error: numbers.error }
}
