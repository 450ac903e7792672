/**
 * A measured current as a load: a table of times and currents, such as a drive cycle. Between two rows the current is
 * linear, so that it is continuous and only its slope jumps.
 */
import { t } from '../../../language/language.ts'
import { type Comma, clockIn, headingOf, numberIn, OPEN_COMMA, unitIn } from '../../columns.ts'
import { clip } from '../../tokens.ts'
import type { Kind } from '../../units.ts'

/** Currents at ascending times from 0, s; discharge positive. */
export interface DriveCycle {
  time: Float64Array
  current: Float64Array
  /** What the currents are of: A/m², A, A/kg or multiples of 1C. */
  kind: Kind
  /** The unit as it is written. */
  unit: string
}

export const MOST_ROWS = 100_000
const MOST_CHARACTERS = 8_000_000
const EXAMPLE = '"time [s],current [A/m2]"'
const CURRENT_KINDS: readonly Kind[] = ['rate', 'current', 'current density', 'specific current']
const TIME = /^(t|.*\btime)\b/
const CURRENT = /^(i|j|.*\b(current|amps?))\b/

/**
 * Reads a table: remarks (#) and lines without numbers, the last of which names the columns with their units, then a row a
 * point. `problem` says which row or column cannot be used.
 */
export function readDriveCycle(text: string): { cycle: DriveCycle } | { problem: string } {
  if (text.length > MOST_CHARACTERS)
    return {
      problem: t('got {got} characters; a table has at most {most} and {rows} rows', {
        got: text.length,
        most: MOST_CHARACTERS,
        rows: MOST_ROWS,
      }),
    }
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/)
  const first = lines.findIndex((line) => isRow(line))
  if (first < 0)
    return {
      problem: t('got no row of numbers; write a header such as {example} and a row a point', { example: EXAMPLE }),
    }
  const header = lines
    .slice(0, first)
    .reverse()
    .find((line) => isContent(line))
  if (header === undefined)
    return {
      problem: t('got no header; write one above the numbers that names the columns with their units, {example}', {
        example: EXAMPLE,
      }),
    }
  const mark = separatorOf(header)
  const names = split(header, mark)
  const time = columnOf(names, TIME, ['time'])
  const current = columnOf(names, CURRENT, CURRENT_KINDS)
  if ('problem' in time) return { problem: t('{problem} of time; write it as "time [s]"', { problem: time.problem }) }
  if ('problem' in current)
    return {
      problem: t('{problem} of current; write it as "current [A]", "[A/m2]", "[mA/g]" or "[C]"', {
        problem: current.problem,
      }),
    }
  const rows = readRows(lines, first, mark, time, current)
  if ('problem' in rows) return rows
  const { kind, unit } = current
  return { cycle: { ...rows, kind, unit } }
}

interface Column {
  at: number
  kind: Kind
  factor: number
  unit: string
}

function isContent(line: string): boolean {
  return line.trim() !== '' && !line.trimStart().startsWith('#')
}

/** A line that begins with a number. */
function isRow(line: string): boolean {
  return /^[\s"]*[-+−]?[0-9.]/.test(line)
}

function separatorOf(header: string): string | RegExp {
  return ['\t', ';', ','].find((mark) => header.includes(mark)) ?? /\s{2,}/
}

function split(line: string, mark: string | RegExp): string[] {
  return line.split(mark).map((cell) => cell.trim().replace(/^"|"$/g, '').trim())
}

/** The one column of a kind, by its name and unit: "Current [A]", "I/mA", "time (s)". */
function columnOf(names: readonly string[], pattern: RegExp, kinds: readonly Kind[]): Column | { problem: string } {
  const found: Column[] = []
  let unclear: string | undefined
  for (const [at, name] of names.entries()) {
    const { label, unit } = headingOf(name)
    if (!pattern.test(label.toLowerCase().replace(/_/g, ' '))) continue
    const known = unitIn(unit)
    if (known && kinds.includes(known.kind)) found.push({ at, ...known, unit })
    else unclear = name
  }
  if (found.length === 1) return found[0]
  if (found.length > 1)
    return {
      problem: t('got {got} columns ({names}) that may be that', { got: found.length, names: clip(names.join(', ')) }),
    }
  if (unclear !== undefined) return { problem: t('"{name}" has no known unit', { name: clip(unclear) }) }
  return { problem: t('got the columns "{names}" and none', { names: clip(names.join('", "'), 80) }) }
}

function readRows(
  lines: readonly string[],
  first: number,
  mark: string | RegExp,
  time: Column,
  current: Column,
): Pick<DriveCycle, 'time' | 'current'> | { problem: string } {
  const times: number[] = []
  const currents: number[] = []
  // Where commas do not separate columns they are decimal commas; a table that has them only before three digits may mean thousands.
  const comma = mark === ',' ? 'thousands' : 'decimal'
  let open: string | undefined
  let decimals = false
  for (let k = first; k < lines.length; k++) {
    if (!isContent(lines[k])) continue
    const cells = split(lines[k], mark instanceof RegExp ? /\s+/ : mark)
    const [when = '', much = ''] = [cells[time.at], cells[current.at]]
    const at = clock(when, comma) * time.factor
    const I = numberIn(much, comma) * current.factor
    if (mark !== ',')
      for (const cell of [when, much])
        if (OPEN_COMMA.test(cell)) open ??= t('line {line}: "{cell}"', { line: k + 1, cell: clip(cell) })
        else decimals ||= cell.includes(',')
    if (!Number.isFinite(at) || !Number.isFinite(I))
      return {
        problem: t('line {line}: got "{got}"; every row needs a time and a current', {
          line: k + 1,
          got: clip(lines[k]),
        }),
      }
    const before = times[times.length - 1]
    if (before !== undefined && !(at > before))
      return {
        problem: t(
          'line {line}: the time {time} s does not come after {before} s; every row is later than the one before',
          {
            line: k + 1,
            time: at,
            before,
          },
        ),
      }
    if (times.length >= MOST_ROWS)
      return {
        problem: t('got more than {most} rows; take every second one, or a part of the table', { most: MOST_ROWS }),
      }
    times.push(at)
    currents.push(I)
  }
  if (open !== undefined && !decimals)
    return {
      problem: t('{open} may have a decimal comma or one between thousands; write a decimal point, or no comma', {
        open,
      }),
    }
  if (times.length < 2) return { problem: t('got one row; a load needs two or more') }
  const [start] = times
  return { time: Float64Array.from(times, (t) => t - start), current: Float64Array.from(currents) }
}

/** A number, or hh:mm:ss in the unit of seconds. */
function clock(cell: string, comma: Comma): number {
  const seconds = clockIn(cell)
  return Number.isNaN(seconds) ? numberIn(cell, comma) : seconds
}

/** Where a time lies: the last row that is not after it. */
function rowAt({ time }: Pick<DriveCycle, 'time'>, t: number): number {
  let [low, high] = [0, time.length - 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (time[middle] <= t) low = middle
    else high = middle
  }
  return low
}

/** The current after a time, in the unit of the table; before the first and after the last row it is theirs. */
export function currentAt(cycle: Pick<DriveCycle, 'time' | 'current'>, t: number): number {
  const { time, current } = cycle
  const k = rowAt(cycle, t)
  const part = Math.min(1, Math.max(0, (t - time[k]) / (time[k + 1] - time[k])))
  return current[k] + part * (current[k + 1] - current[k])
}

/** A part of the distance between two rows that is no step of its own. */
const SLIVER = 1e-6

/** How long until the slope of the current jumps, s. */
export function untilNextRow(cycle: Pick<DriveCycle, 'time'>, t: number): number {
  const { time } = cycle
  const k = rowAt(cycle, t)
  const left = time[k + 1] - t
  const next = left > SLIVER * (time[k + 1] - time[k]) ? time[k + 1] : time[k + 2]
  return next === undefined || next <= t ? Number.POSITIVE_INFINITY : next - t
}
