/** Columns of tables: what a header says of name and unit, and what a cell says. Nothing here knows what a column is for. */
import { unitOf } from './quantity.ts'
import type { Kind } from './units.ts'

export interface Heading {
  /** As it is written, without the unit. */
  label: string
  /** As it is written; empty where none is. */
  unit: string
}

export interface KnownUnit {
  kind: Kind
  /** SI value of one. */
  factor: number
}

/** Longest heading that is taken apart, characters. */
const LONGEST_HEADING = 200

/**
 * A unit as tables write it: "mA.h", "Sec.", "ohm.cm²", "V vs. Li/Li+", "%", "-". A coulomb is told from a C-rate by what
 * is measured.
 */
export function unitIn(text: string, expected?: 'charge'): KnownUnit | undefined {
  const written = text
    .replace(/\b(vs|versus|against)\b.*$/i, '')
    .replace(/[_\s]+/g, ' ')
    .replace(/([a-z])-(?=[a-z])/gi, '$1 ')
    .replace(/\.$/, '')
    .trim()
  if (written === '' || written.length > 40) return undefined
  if (written === '-' || written === '1') return { kind: 'number', factor: 1 }
  if (written === '%') return { kind: 'percent', factor: 1e-2 }
  const coulomb = expected === 'charge' ? written.replace(/^C(?![a-z])/, 'A s') : written
  const known = unitOf(coulomb)
  if (!known || known.kind === 'unknown') return undefined
  // Symbols are read without their case; of these, mega is as usual as milli.
  return /^M(ohm|Ω|Ω|hz)/i.test(written) && written.startsWith('M') ? { ...known, factor: 1e9 * known.factor } : known
}

/** Name and unit of "Current [A]", "<I>/mA", "time (s)", "test_time_second", "Volts". */
export function headingOf(cell: string): Heading {
  const text = cell
    .slice(0, LONGEST_HEADING)
    .replace(/^[\s"'#~]+|[\s"']+$/g, '')
    .replace(/\s+/g, ' ')
  return inBrackets(text) ?? behindStroke(text) ?? atTheEnd(text) ?? whole(text)
}

const NO_UNIT = /^(measured|meas|calculated|calc|raw|mean|average|avg|total|test|step|date|relative|absolute)$/i

function inBrackets(text: string): Heading | undefined {
  const close = { ')': '(', ']': '[', '}': '{', '>': '<' }[text.at(-1) ?? '']
  const open = close === undefined ? -1 : text.lastIndexOf(close)
  if (open < 1) return undefined
  const label = text.slice(0, open).replace(/[\s/,_]+$/, '')
  const unit = text.slice(open + 1, -1).trim()
  // "Re(Z)" and "voltage (measured)" have no unit; what may be one is kept, so that it can be asked for.
  if (/^z$/i.test(unit)) return undefined
  if (NO_UNIT.test(unit)) return { label: `${label} ${unit}`, unit: '' }
  return label === '' ? undefined : { label, unit: unit.replace(/\b(vs|versus)\b.*$/i, '').trim() }
}

function behindStroke(text: string): Heading | undefined {
  for (let at = text.indexOf('/', 1); at > 0; at = text.indexOf('/', at + 1)) {
    const [label, unit] = [text.slice(0, at).trim(), text.slice(at + 1).trim()]
    if (unitIn(unit)) return { label, unit: unit.replace(/\s+(vs|versus)\b.*$/i, '') }
  }
  return undefined
}

/** The longest end of the words that is a unit. */
function atTheEnd(text: string): Heading | undefined {
  const words = text.split(/[\s_,]+/)
  for (let k = Math.max(1, words.length - 3); k < words.length; k++) {
    const unit = words.slice(k).join(' ')
    if (/^[a-z%µμ]/i.test(unit) && unitIn(unit))
      return { label: words.slice(0, words[k - 1] === 'in' && k > 1 ? k - 1 : k).join(' '), unit }
  }
  return undefined
}

/** "Volts", "mAh": the unit is all there is. */
function whole(text: string): Heading {
  return { label: text, unit: /^[a-z]/i.test(text) && unitIn(text) ? text : '' }
}

/** What a comma between digits is: it divides a decimal fraction, or groups thousands. */
export type Comma = 'decimal' | 'thousands'

/** A comma that may be either. */
export const OPEN_COMMA = /^[-+]?[1-9]\d{0,2},\d{3}$/

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)([eEdD][-+]?\d{1,3})?$/
const LONGEST_CELL = 40

/** A number, NaN where a cell holds none. */
export function numberIn(cell: string, comma: Comma): number {
  if (cell.length > LONGEST_CELL) return Number.NaN
  let text = cell.trim()
  // The usual cell needs no more.
  if (NUMBER.test(text)) return Number(text.replace(/[dD]/, 'e'))
  text = text.replace(/^[−–]/, '-').replace(/(\d)['’\u00a0\u202f\u2009 ](?=\d{3}(?!\d))/g, '$1')
  if (comma === 'decimal') text = text.replace(/\.(?=\d{3}(?:\.|,))/g, '').replace(',', '.')
  else if (/^[-+]?\d{1,3}(,\d{3})+(?!\d|,)/.test(text)) text = text.replaceAll(',', '')
  return NUMBER.test(text) ? Number(text.replace(/[dD]/, 'e')) : Number.NaN
}

const CLOCK = /^([-+−])?(?:(\d{1,5})\s*(?:d|days?|\.|-|\s)\s*)?(\d{1,6}):([0-5]?\d):([0-5]?\d(?:[.,:]\d+)?)$/

const SHORT_CLOCK = /^(\d{1,6}):([0-5]\d(?:[.,]\d+)?)$/

/** What a clock of two parts is: minutes and seconds, or hours and minutes. */
export type ShortClock = 'min:s' | 'h:min'

/**
 * hh:mm:ss, d.hh:mm:ss or "1d 02:03:04.5" in seconds; NaN where a cell is none.
 * @param short what two parts are; without it they are no clock
 */
export function clockIn(cell: string, short?: ShortClock): number {
  const found = cell.length > LONGEST_CELL ? null : CLOCK.exec(cell.trim())
  if (!found) {
    const two = short === undefined || cell.length > LONGEST_CELL ? null : SHORT_CLOCK.exec(cell.trim())
    if (!two) return Number.NaN
    return (short === 'h:min' ? 60 : 1) * (60 * Number(two[1]) + Number(two[2].replace(',', '.')))
  }
  const [, sign, days = '0', hours, minutes, seconds] = found
  const size = 86400 * Number(days) + 3600 * Number(hours) + 60 * Number(minutes) + Number(seconds.replace(/[,:]/, '.'))
  return sign === undefined || sign === '+' ? size : -size
}

const ISO = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\s*(.*))?$/
const LOCAL = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:[T ,]\s*(.*))?$/
const TIME_OF_DAY = /^(\d{1,2}):(\d{2})(?::(\d{2}(?:[.,:]\d+)?))?\s*([ap]m)?\s*(?:Z|UTC|[-+]\d{2}:?\d{2})?$/i

/** How a date without its year in front is written. */
export type DateOrder = 'month first' | 'day first'

/** A date with or without a time, in seconds; zones are left aside. NaN where a cell is none. */
export function dateIn(cell: string, order: DateOrder): number {
  const text = cell.trim()
  if (text.length > LONGEST_CELL) return Number.NaN
  const iso = ISO.exec(text)
  if (iso) return moment(Number(iso[1]), Number(iso[2]), Number(iso[3]), iso[4])
  const local = LOCAL.exec(text)
  if (!local) return Number.NaN
  const [, first, mark, second, year, time] = local
  const dayFirst = mark === '.' || Number(first) > 12 || (order === 'day first' && Number(second) <= 12)
  const [day, month] = (dayFirst ? [first, second] : [second, first]).map(Number)
  return moment(Number(year) + (year.length === 2 ? 2000 : 0), month, day, time)
}

function moment(year: number, month: number, day: number, time = '0:00'): number {
  const clock = TIME_OF_DAY.exec(time.trim())
  if (!clock || month < 1 || month > 12 || day < 1 || day > 31) return Number.NaN
  const [, hours, minutes, seconds = '0', half] = clock
  const hour = half ? (Number(hours) % 12) + (/p/i.test(half) ? 12 : 0) : Number(hours)
  return (
    Date.UTC(year, month - 1, day) / 1000 + 3600 * hour + 60 * Number(minutes) + Number(seconds.replace(/[,:]/, '.'))
  )
}
