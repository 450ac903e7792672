/** A curve that is a comparison in rows. */
import { t, tName } from '../../language/language.ts'
import type { CurveTable } from '../../models/family.ts'
import { number, withUnit } from '../ground/format.ts'
import type { Sheet } from '../kit/Sheet.tsx'

export function ComparisonTable({ table, label, note }: { table: CurveTable; label: string; note: string }) {
  return (
    // A table wider than its panel is scrolled, so it must take the focus.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
    <section className="comparison-table" data-wide={table.columns.length > 5} tabIndex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t(table.rowTitle)}</th>
            {table.columns.map((column) => (
              <th key={column.label} scope="col">
                {withUnit(tName(column.label), column.unit)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => [
            <tr key={row.name} data-chosen={row.chosen}>
              <th scope="row">
                <Indexed label={t(row.label)} />
                {row.chosen && <span className="badge">{t('in use')}</span>}
              </th>
              {row.cells.map((value, k) => (
                <td key={table.columns[k].label}>
                  {value === undefined ? '–' : number(value / table.columns[k].factor)}
                </td>
              ))}
            </tr>,
            <tr key={`${row.name} note`} className="row-note" data-chosen={row.chosen}>
              <td colSpan={table.columns.length + 1}>
                <span>{t(row.note)}</span>
              </td>
            </tr>,
          ])}
        </tbody>
      </table>
      <p className="chart-note">{note}</p>
    </section>
  )
}

/**
 * As a file has it: values in the units of their columns under English headings, and behind them what is to be known about
 * each row, in the language that is on.
 */
export function comparisonSheet(name: string, { rowTitle, columns, rows }: CurveTable): Sheet {
  return {
    name,
    header: [rowTitle, ...columns.map(({ label, unit }) => withUnit(label, unit)), 'note'],
    rows: rows.map(({ label, cells, note }) => [
      label,
      ...cells.map((value, k) => (value === undefined ? '' : value / columns[k].factor)),
      note,
    ]),
  }
}

/** A symbol; what follows an underscore is its index. */
function Indexed({ label }: { label: string }) {
  const [symbol, ...indices] = label.split(/_(\p{L}+|\d+)/u)
  return (
    <>
      {symbol}
      {indices.map((part, k) => (k % 2 === 0 ? <sub key={`${k}${part}`}>{part}</sub> : part))}
    </>
  )
}
