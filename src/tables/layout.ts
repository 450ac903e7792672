/**
 * How a text lays out its table: which mark separates the cells, which line names the columns, where the rows begin.
 * Cyclers write a preamble first, of any length and form; a line of it that looks like a header is told from the header
 * by what its columns are for.
 */
import { t } from '../language/language.ts'
import { headingOf, unitIn } from '../models/columns.ts'
import { cellsOf, type Kind, kindOf, LONGEST_LINE, MARKS, type Mark } from './cells.ts'
import { suggest } from './roles.ts'

export interface Layout {
  mark: Mark
  /** Cells of most rows. */
  width: number
  /** As they are written; none where no line names the columns. */
  names?: readonly string[]
  /** Of a line of units between names and rows. */
  units?: readonly string[]
  /** Counted from 0. */
  header?: number
  first: number
  /** The header stands in a remark. */
  remark: boolean
}

/** The text holds no table; the message says what was got and what to try. */
export class TableError extends Error {}

/** What the layout is told from: characters and lines of the beginning. */
const SAMPLE = 500_000
const SAMPLE_LINES = 1500
/** Rows from which the width is told. */
const ENOUGH_ROWS = 400
/** Widths that are looked at under each mark. */
const WIDTHS = 3
/** Blanks also stand within cells: another mark that will do is meant. */
const BLANKS = 0.7

export function linesOf(text: string): string[] {
  const lines = text.slice(0, SAMPLE).split(/\r\n|[\n\r\u2028\u2029]/)
  // The last one may be cut.
  if (text.length > SAMPLE && lines.length > 1) lines.pop()
  return lines.slice(0, SAMPLE_LINES)
}

/** A mark behind it makes it the name of a column. */
const REMARK = /^ *(#+|%+|\/\/|\*+|!+) *(?![#%*!/\t;,| ])/

export function isRemark(line: string): boolean {
  return REMARK.test(line)
}

/** @throws TableError without rows of numbers in two columns */
export function layoutOf(text: string): Layout {
  const lines = linesOf(text)
  // A preamble may have more rows than the table, but no header that says what columns are for.
  const found = MARKS.flatMap((mark) => rowsUnder(lines, mark)).map((rows) => ({ rows, head: headOf(lines, rows) }))
  const named = found.filter(({ head }) => head.known >= 2)
  const [first, ...others] = named.length > 0 ? named : found
  if (!first) throw new TableError(noRows(text, lines))
  const { rows, head } = others.reduce((a, b) => (b.rows.score > a.rows.score ? b : a), first)
  if (rows.mark === ',' && !head.names && halved(lines, rows))
    throw new TableError(
      t(
        'got twice as many values in each row as columns: decimal commas cannot be told from separators; allowed are semicolons or tabs between values with decimal commas; try to save the table with ";"',
      ),
    )
  const { known: _, ...layout } = head
  return { mark: rows.mark, width: rows.width, ...layout }
}

/** Above the rows stands a header of half as many columns. */
function halved(lines: readonly string[], { width, at }: Rows): boolean {
  return lines.slice(0, at[0]).some((line) => {
    const cells = cellsOf(line.replace(REMARK, ''), ',')
    return 2 * cells.length === width && cells.some((cell) => suggest(headingOf(cell)) !== undefined)
  })
}

interface Rows {
  mark: Mark
  width: number
  /** Lines of rows of that width, counted from 0. */
  at: readonly number[]
  score: number
}

/** Lines that are rows under a mark, by their width: the more there are, and the more of their cells are values, the better. */
function rowsUnder(lines: readonly string[], mark: Mark): Rows[] {
  const byWidth = new Map<number, { at: number[]; values: number; cells: number }>()
  let found = 0
  for (let k = 0; k < lines.length && found < ENOUGH_ROWS; k++) {
    if (lines[k].length > LONGEST_LINE || isRemark(lines[k])) continue
    const cells = cellsOf(lines[k], mark)
    const kinds = cells.map((cell) => kindOf(cell, mark))
    if (!isRow(kinds)) continue
    found++
    const same = byWidth.get(cells.length) ?? { at: [], values: 0, cells: 0 }
    same.at.push(k)
    same.values += count(kinds, 'number') + count(kinds, 'clock') + count(kinds, 'date')
    same.cells += cells.length - count(kinds, 'empty')
    byWidth.set(cells.length, same)
  }
  return [...byWidth]
    .filter(([width]) => width >= 2)
    .map(([width, { at, values, cells }]) => ({
      mark,
      width,
      at,
      score: (mark === ' ' ? BLANKS : 1) * at.length * (values / cells),
    }))
    .sort((a, b) => b.score - a.score)
    .slice(0, WIDTHS)
}

const count = (kinds: readonly Kind[], kind: Kind) => kinds.filter((k) => k === kind).length

/** At least two cells, a value among them, none that the mark has torn. */
export function isRow(kinds: readonly Kind[]): boolean {
  const values = count(kinds, 'number') + count(kinds, 'clock') + count(kinds, 'date')
  return kinds.length >= 2 && values >= 1 && count(kinds, 'other') === 0 && 3 * values >= count(kinds, 'word')
}

type Head = Pick<Layout, 'names' | 'units' | 'header' | 'first' | 'remark'>

/** The line whose cells say most of what columns are for, with rows below it; else the words above the first row. */
function headOf(lines: readonly string[], { mark, width, at }: Rows): Head & { known: number } {
  let best: (Head & { known: number }) | undefined
  let next = 0
  const last = Math.min(lines.length, at[at.length - 1] + 1)
  for (let k = 0; k < last; k++) {
    while (at[next] !== undefined && at[next] <= k) next++
    const first = at[next]
    if (first === undefined || first - k > 4) continue
    const found = namesIn(lines[k], mark, width)
    if (!found) continue
    const known = found.reduce((sum, name) => sum + clarity(name), 0)
    const nearest = !best || (best.known === 0 && first === best.first)
    if (known > (best?.known ?? 0) || (known === 0 && nearest && first - k <= 2 && first === at[0]))
      best = { names: found, header: k, first, remark: isRemark(lines[k]), units: undefined, known }
  }
  if (!best) return { first: at[0], remark: false, known: 0 }
  return { ...best, units: unitsBetween(lines, best, mark) }
}

/** What a name says of its column: a unit alone says less, it may stand below the name. */
function clarity(name: string): number {
  const suggestion = suggest(headingOf(name))
  return suggestion === undefined ? 0 : suggestion.guessed ? 0.3 : 1
}

/** The cells of a line that may name columns; undefined for a row, a blank line, and what has another width. */
function namesIn(line: string, mark: Mark, width: number): string[] | undefined {
  if (line.length > LONGEST_LINE) return undefined
  const text = line.replace(REMARK, '')
  const cells = mark === ' ' ? wordsOf(text, width) : cellsOf(text, mark)
  const named = cells.filter((cell) => cell !== '')
  if (named.length < 2 || Math.abs(cells.length - width) > Math.max(1, width / 4)) return undefined
  return named.every((cell) => !['number', 'clock', 'date'].includes(kindOf(cell, mark))) ? cells : undefined
}

/** Names between blanks: by twos where single blanks stand within them, units in brackets belong to what is before. */
function wordsOf(line: string, width: number): string[] {
  const apart = line.trim().split(/\t+|\s{2,}/)
  if (apart.length === width) return apart
  const words = cellsOf(line, ' ')
  if (words.length === width) return words
  const joined: string[] = []
  for (const word of words) {
    const open = /[[(][^\])]*$/.test(joined.at(-1) ?? '')
    if (joined.length > 0 && (open || /^[[(]/.test(word))) joined.push(`${joined.pop()} ${word}`)
    else joined.push(word)
  }
  return joined
}

/** A line of units below the names: "s;V", "(s),(V)", with empty cells or single words where a column has none. */
function unitsBetween(lines: readonly string[], { header = 0, first }: Head, mark: Mark): string[] | undefined {
  for (let k = header + 1; k < first; k++) {
    const cells = cellsOf(lines[k].replace(REMARK, ''), mark).map((cell) => cell.replace(/^[[(<{]\s*|\s*[\])>}]$/g, ''))
    const named = cells.filter((cell) => cell !== '')
    const known = named.filter((cell) => unitIn(cell) ?? unitIn(cell, 'charge')).length
    if (known > 0 && 2 * known >= named.length) return cells
  }
  return undefined
}

function noRows(text: string, lines: readonly string[]): string {
  const example = t('write a header such as "time [s];voltage [V]" and a row of numbers a point')
  if (text.trim() === '') return t('got an empty file; allowed is a table; {example}', { example })
  const longest = lines.reduce((most, line) => Math.max(most, line.length), 0)
  if (longest > LONGEST_LINE)
    return t('got a line of {longest} characters; a table has lines of at most {most}; {example}', {
      longest,
      most: LONGEST_LINE,
      example,
    })
  const beginning = lines.find((line) => line.trim() !== '')?.trim() ?? ''
  const quoted = beginning.length > 40 ? `${beginning.slice(0, 40)}…` : beginning
  return t(
    'got no rows of numbers in two columns or more; the text begins "{quoted}"; allowed are columns separated by commas, semicolons, tabs or blanks; {example}',
    { quoted, example },
  )
}
