/**
 * A measured charge or discharge from a table of text: a header, then a row a point. Columns are known by their names
 * and units, "capacity [mAh/g]", "E/mV", "time (min)"; separated by comma, semicolon or tab. What had to be assumed or
 * left out is told.
 */
import Papa from 'papaparse'
import { readable } from '../../parameter.ts'
import type { Quantity } from '../store/track.ts'

export interface Measured {
  track: Partial<Record<Quantity, number[]>>
  /** What had to be assumed or left out, to be checked. */
  notices: string[]
  /** What could be repaired without doubt. */
  repairs: string[]
}

/** The table cannot be used; the message says what was got, what is allowed and what to try. */
export class MeasuredError extends Error {
  constructor(message: string) {
    super(readable(message))
  }
}

interface Column {
  quantity: Quantity
  /** SI value of one unit of the file. */
  factor: number
}

interface Kind {
  names: RegExp
  /** Quantity and factor by unit, as it is written without blanks in lower case. */
  units: Record<string, Column>
  /** The units as people write them. */
  spelled: readonly string[]
  /** The unit of numbers without one, if they leave no doubt. */
  assume?: (largest: number) => string | undefined
}

const unit = (quantity: Quantity, factor: number): Column => ({ quantity, factor })
const HOUR = 3600

const KINDS: readonly Kind[] = [
  {
    spelled: ['V', 'mV'],
    names: /^(voltage|potential|cell voltage|ecell|ewe|e|u|v)$/,
    units: { v: unit('voltage', 1), mv: unit('voltage', 1e-3) },
    assume: (most) => (most > 0.1 && most < 20 ? 'V' : most > 200 && most < 20000 ? 'mV' : undefined),
  },
  {
    spelled: ['mAh/g', 'Ah/m2', 'mAh/cm2'],
    names: /^((specific |discharge |charge |areal )*capacity|q|cap|charge)$/,
    units: {
      'mah/g': unit('specific', HOUR),
      'ah/kg': unit('specific', HOUR),
      'ah/m2': unit('capacity', HOUR),
      'mah/cm2': unit('capacity', 10 * HOUR),
      'c/m2': unit('capacity', 1),
    },
  },
  {
    spelled: ['1', '%'],
    names: /^(utili[sz]ation|depth of discharge|dod)$/,
    units: { '1': unit('utilisation', 1), '%': unit('utilisation', 1e-2) },
    assume: (most) => (most <= 1.05 ? '1' : most <= 105 ? '%' : undefined),
  },
  {
    spelled: ['1', '%'],
    names: /^(filling|x|y|stoichiometry)$/,
    units: { '1': unit('filling', 1), '%': unit('filling', 1e-2) },
    assume: (most) => (most <= 1.05 ? '1' : undefined),
  },
  {
    spelled: ['s', 'min', 'h'],
    names: /^(time|test time|elapsed time|t)$/,
    units: { s: unit('time', 1), min: unit('time', 60), h: unit('time', HOUR) },
  },
  {
    spelled: ['A/m2', 'mA/cm2'],
    names: /^(current|current density|i|j)$/,
    units: { 'a/m2': unit('current', 1), 'ma/cm2': unit('current', 10) },
  },
]

const ALLOWED =
  'a voltage (V or mV) and a capacity (mAh/g, Ah/m2 or mAh/cm2), a time (s, min, h), a utilisation or a filling'
const TRY = 'write a first row such as "capacity [mAh/g]; voltage [V]"'
/** Rows that are left out and named by their lines, before they are only counted. */
const NAMED = 5
const LEAST_POINTS = 2

/** @throws MeasuredError */
export function parseMeasured(text: string): Measured {
  if (text.trim() === '') throw new MeasuredError(`got an empty file; allowed is a table with ${ALLOWED}; ${TRY}`)
  const { data, meta } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), {
    delimitersToGuess: [';', '\t', ','],
    comments: '#',
    skipEmptyLines: 'greedy',
  })
  const [header = [], ...rows] = data
  const cells = header.map((cell) => cell.trim())
  if (cells.every((cell) => !Number.isNaN(Number(cell.replace(',', '.')))))
    throw new MeasuredError(
      `got numbers in the first row ("${cells.join('" "')}"), which must name the columns; ${TRY}`,
    )
  const notices: string[] = []
  const repairs: string[] = []
  const known = cells.flatMap((cell, at) => {
    const { name, unit } = split(cell)
    const kind = KINDS.find(({ names }) => names.test(name))
    return kind ? [{ cell, at, name, unit, kind }] : []
  })
  const got = `got the columns ${cells.map((cell) => `"${cell}"`).join(', ')}`
  if (known.length === 0) throw new MeasuredError(`${got}, none of them known; allowed are ${ALLOWED}; ${TRY}`)
  const numbers = readNumbers(
    rows,
    known.map(({ at }) => at),
    cells.length,
    meta.delimiter,
    { notices, repairs },
  )
  const track: Measured['track'] = {}
  const problems: string[] = []
  known.forEach((header, k) => {
    const found = columnOf(header, largest(numbers, k), notices)
    if (typeof found === 'string') problems.push(found)
    else track[found.quantity] ??= numbers.map((row) => row[k] * found.factor)
  })
  const abscissa = track.capacity ?? track.specific ?? track.utilisation ?? track.filling ?? track.time
  if (!track.voltage || !abscissa) {
    const lacking = track.voltage ? 'a voltage against nothing' : 'none of them a voltage'
    throw new MeasuredError(problems[0] ?? `${got}, ${lacking}; allowed are ${ALLOWED}; ${TRY}`)
  }
  notices.push(...problems.map((problem) => `A column is left out: ${problem}.`))
  beginAtZero(track, repairs)
  return { track, notices, repairs }
}

/** Rows of numbers; others are left out and named. */
function readNumbers(
  rows: readonly string[][],
  columns: readonly number[],
  width: number,
  delimiter: string,
  { notices, repairs }: Pick<Measured, 'notices' | 'repairs'>,
): number[][] {
  const decimalComma = delimiter !== ',' && rows.some((row) => row.some((cell) => /^\s*[-+]?\d+,\d+/.test(cell)))
  if (decimalComma) repairs.push('Decimal commas are read as points.')
  if (delimiter === ',' && rows.length > 0 && rows.every((row) => row.length === 2 * width))
    throw new MeasuredError(
      `got twice as many values in each row as columns: decimal commas cannot be told from separators; allowed are ; or tab between values with decimal commas; try to save the table with ";"`,
    )
  const numbers: number[][] = []
  const wrong: number[] = []
  rows.forEach((row, k) => {
    const values = columns.map((i) => {
      const cell = (row[i] ?? '').trim()
      return cell === '' ? Number.NaN : Number(decimalComma ? cell.replace(',', '.') : cell)
    })
    if (values.every(Number.isFinite)) numbers.push(values)
    else wrong.push(k + 1)
  })
  if (wrong.length > 0) {
    const named = wrong.slice(0, NAMED).join(', ') + (wrong.length > NAMED ? ', …' : '')
    notices.push(
      wrong.length === 1
        ? `1 row is left out because it holds something that is not a number: row ${named}.`
        : `${wrong.length} rows are left out because they hold something that is not a number: rows ${named}.`,
    )
  }
  if (numbers.length < LEAST_POINTS)
    throw new MeasuredError(
      `got ${numbers.length} row${numbers.length === 1 ? '' : 's'} of numbers below the header; a curve needs at least ${LEAST_POINTS}; ${TRY}`,
    )
  return numbers
}

/** What a column holds, or what is wrong with it. */
function columnOf(
  { cell, name, unit, kind }: { cell: string; name: string; unit: string; kind: Kind },
  most: number,
  notices: string[],
): Column | string {
  const allowed = `allowed are ${Object.values(kind.spelled).join(', ')}; try "${name} [${kind.spelled[0]}]"`
  if (unit !== '') return kind.units[unit] ?? `got "${cell}", whose unit is not known; ${allowed}`
  const assumed = kind.assume?.(most)
  if (assumed === undefined) return `got "${cell}" without a unit; ${allowed}`
  notices.push(assumed === '1' ? `"${cell}" is read as a fraction.` : `"${cell}" has no unit: ${assumed} is assumed.`)
  return kind.units[assumed.toLowerCase()]
}

/** Name and unit of "E/mV", "capacity [mAh/g]", "time (s)", "voltage_V"; in lower case. */
function split(cell: string): { name: string; unit: string } {
  const text = cell.trim().toLowerCase().replaceAll('²', '2').replaceAll('^2', '2')
  const bracket = text.match(/^(.*?)\s*[[(<]\s*(.*?)\s*[\])>]$/)
  const parts = bracket ?? text.match(/^([^/]*?)\s*\/\s*(.+)$/) ?? text.match(/^(.*)[_,]\s*(m?v|s|min|h|%)$/)
  const name = (parts?.[1] ?? text).replaceAll('_', ' ').trim()
  const unit = (parts?.[2] ?? '')
    .replaceAll(' ', '')
    .replace(/(.+?)[·.]?(g|kg|m|cm)(?:\^?-(1|2))$/, (_, top, base, power) =>
      power === '2' ? `${top}/${base}2` : `${top}/${base}`,
    )
  return { name, unit: unit === '-' ? '1' : unit }
}

const largest = (rows: readonly number[][], k: number) =>
  rows.reduce((most, row) => Math.max(most, Math.abs(row[k])), 0)

/** Clocks of instruments rarely begin with the curve. */
function beginAtZero(track: Measured['track'], repairs: string[]): void {
  const { time } = track
  if (!time?.[0]) return
  track.time = time.map((t) => t - time[0])
  repairs.push('The time begins at zero.')
}
