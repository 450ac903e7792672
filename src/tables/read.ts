/**
 * Tables of measurements as text: preamble, header, units, then a row a point. Every column becomes numbers; what they are
 * for is said in mapping.ts. What was assumed or left out is told.
 */
import { t } from '../language/language.ts'
import { clockIn, dateIn, headingOf, numberIn } from '../models/columns.ts'
import { clip } from '../models/tokens.ts'
import { cellsOf, kindOf, MARK_NAMES } from './cells.ts'
import { columnKind, commasIn, dateOrderIn, shortClocksIn } from './conventions.ts'
import { isRemark, isRow, type Layout, layoutOf, TableError } from './layout.ts'
import { type Column, type Doubt, linesNamed, NAMED, type Note, type ReadOptions, type Table } from './table.ts'

export const MOST_ROWS = 2_000_000
const MOST_COLUMNS = 200
/** Rows from which kinds and commas are told. */
const SAMPLE_ROWS = 2000
const SHOWN_ROWS = 6
const LONGEST_NAME = 60

/** @throws TableError */
export function readTable(text: string, options: ReadOptions = {}): Table {
  const source = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  const layout = layoutOf(source)
  if (layout.width > MOST_COLUMNS)
    throw new TableError(
      t('got {got} columns; a table has at most {most}; save only those you need', {
        got: layout.width,
        most: MOST_COLUMNS,
      }),
    )
  const notes = layoutNotes(layout)
  const sample = sampleOf(source, layout)
  const commas = commasIn(sample, layout)
  const comma = options.comma ?? commas.comma
  const kinds = Array.from({ length: layout.width }, (_, k) => columnKind(sample, k, layout))
  const order = dateOrderIn(sample, kinds)
  const dates = options.dates ?? order.dates
  const short = shortClocksIn(sample, kinds)
  const clocks = options.clocks ?? short.clocks
  const doubts: Doubt[] = []
  if (commas.doubt !== undefined) doubts.push({ about: 'comma', message: commas.doubt })
  if (order.doubt !== undefined) doubts.push({ about: 'date', message: order.doubt })
  if (short.doubt !== undefined) doubts.push({ about: 'clock', message: short.doubt })
  const uneven = unevenNames(layout)
  if (uneven !== undefined) doubts.push({ about: 'columns', message: uneven })
  if (commas.decimal) notes.push({ level: 'info', message: t('Decimal commas are read as points.') })
  const { values, lines, left } = convert(source, layout, kinds, { comma, dates, clocks })
  if (lines.length < 2)
    throw new TableError(
      t('got {n, plural, one {# row} other {# rows}} of numbers below the header; a curve needs at least 2', {
        n: lines.length,
      }),
    )
  notes.push(...leftNotes(left))
  const columns = kinds.map((kind, k): Column => {
    const written = (layout.names?.[k] ?? '').trim()
    const heading = headingOf(written)
    const below = layout.units?.[k] ?? ''
    const name = below !== '' && heading.unit === '' ? `${written} [${below}]` : written
    return {
      ...heading,
      unit: heading.unit === '' ? below : heading.unit,
      name: name === '' ? `column ${k + 1}` : clip(name, LONGEST_NAME),
      kind,
      values: values[k],
    }
  })
  return {
    columns,
    rows: lines.length,
    lines,
    beginning: sample.slice(0, SHOWN_ROWS),
    comma,
    dates,
    clocks,
    doubts,
    notes,
  }
}

function layoutNotes({ header, first, units, remark, mark }: Layout): Note[] {
  const notes: Note[] = []
  const above = header ?? first
  if (above > 0)
    notes.push({
      level: 'info',
      message: t('{n, plural, one {# line above the header is} other {# lines above the header are}} passed over.', {
        n: above,
      }),
    })
  if (header === undefined)
    notes.push({ level: 'warning', message: t('No line names the columns: say what they are.') })
  else if (remark)
    notes.push({
      level: 'info',
      message: t('The names of the columns stand in a remark, line {header}.', { header: header + 1 }),
    })
  if (units)
    notes.push({ level: 'info', message: t('Line {header} is read as the units.', { header: (header ?? 0) + 2 }) })
  if (mark === ' ')
    notes.push({
      level: 'info',
      message: t('Columns are separated by {mark}.', { mark: t(MARK_NAMES[mark]) }),
    })
  return notes
}

/** Names that cannot be told to belong to the rows; empty cells at an end are nothing. */
function unevenNames({ names, width, header = 0 }: Layout): string | undefined {
  if (!names || names.length === width) return undefined
  const last = names.findLastIndex((name) => name !== '') + 1
  if (names.length > width && last <= width) return undefined
  return t(
    'Line {header} names {names} columns, rows have {width}: check which is which, and whether commas are decimal.',
    { header: header + 1, names: names.length, width },
  )
}

/** The lines from a place on, with their numbers from 0. */
function* linesFrom(text: string, first: number): Generator<[line: string, k: number]> {
  let k = 0
  let at = 0
  const end = text.includes('\n') ? '\n' : '\r'
  while (at < text.length) {
    const found = text.indexOf(end, at)
    const to = found < 0 ? text.length : found
    if (k >= first) yield [text.slice(at, to > at && text[to - 1] === '\r' ? to - 1 : to), k]
    at = to + 1
    k++
  }
}

function sampleOf(text: string, { first, mark }: Layout): string[][] {
  const rows: string[][] = []
  for (const [line] of linesFrom(text, first)) {
    if (line.trim() === '' || isRemark(line)) continue
    const cells = cellsOf(line, mark)
    if (isRow(cells.map((cell) => kindOf(cell, mark)))) rows.push(cells)
    if (rows.length >= SAMPLE_ROWS) break
  }
  return rows
}

interface Left {
  remarks: number
  /** Lines without values, from 1. */
  words: number[]
  wordCount: number
  /** Lines with more cells than there are columns, from 1. */
  wide: number[]
  wideCount: number
  tooMany: boolean
}

function convert(
  text: string,
  layout: Layout,
  kinds: readonly Column['kind'][],
  { comma, dates, clocks }: Required<ReadOptions>,
): { values: Float64Array[]; lines: Uint32Array; left: Left } {
  const readers = kinds.map((kind) =>
    kind === 'number'
      ? (cell: string) => numberIn(cell, comma)
      : kind === 'clock'
        ? (cell: string) => clockIn(cell, clocks)
        : (cell: string) => dateIn(cell, dates),
  )
  const used = kinds.flatMap((kind, k) => (kind === 'text' ? [] : [k]))
  let capacity = 1024
  let lines = new Uint32Array(capacity)
  const values = kinds.map((kind) => new Float64Array(kind === 'text' ? 0 : capacity))
  const left: Left = { remarks: 0, words: [], wordCount: 0, wide: [], wideCount: 0, tooMany: false }
  let rows = 0
  for (const [line, at] of linesFrom(text, layout.first)) {
    if (line === '' || line.trim() === '') continue
    if (isRemark(line)) {
      left.remarks++
      continue
    }
    if (rows >= MOST_ROWS) {
      left.tooMany = true
      break
    }
    if (rows === capacity) {
      capacity *= 2
      lines = grown(lines, new Uint32Array(capacity))
      for (const k of used) values[k] = grown(values[k], new Float64Array(capacity))
    }
    const cells = cellsOf(line, layout.mark)
    if (cells.length > layout.width && cells.slice(layout.width).some((cell) => cell !== '')) {
      left.wideCount++
      if (left.wide.length < NAMED) left.wide.push(at + 1)
      continue
    }
    let some = false
    for (const k of used) {
      const value = cells[k] === undefined ? Number.NaN : readers[k](cells[k])
      values[k][rows] = value
      some ||= !Number.isNaN(value)
    }
    if (some) lines[rows++] = at + 1
    else {
      left.wordCount++
      if (left.words.length < NAMED) left.words.push(at + 1)
    }
  }
  return { values: values.map((v) => v.slice(0, rows)), lines: lines.slice(0, rows), left }
}

function grown<T extends Float64Array | Uint32Array>(from: T, to: T): T {
  to.set(from)
  return to
}

function leftNotes({ remarks, words, wordCount, wide, wideCount, tooMany }: Left): Note[] {
  const notes: Note[] = []
  if (remarks > 0)
    notes.push({
      level: 'info',
      message: t(
        '{n, plural, one {# remark between the rows is} other {# remarks between the rows are}} passed over.',
        { n: remarks },
      ),
    })
  if (wordCount > 0)
    notes.push({
      level: 'warning',
      message: t('{lines} without any value {n, plural, one {is} other {are}} left out.', {
        lines: linesNamed(words, wordCount),
        n: wordCount,
      }),
    })
  if (wideCount > 0)
    notes.push({
      level: 'warning',
      message: t(
        '{lines} with more cells than there are columns {n, plural, one {is} other {are}} left out: are commas decimal there?',
        { lines: linesNamed(wide, wideCount), n: wideCount },
      ),
    })
  if (tooMany) notes.push({ level: 'warning', message: t('Only the first {most} rows are read.', { most: MOST_ROWS }) })
  return notes
}
