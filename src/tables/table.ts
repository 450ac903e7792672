/** A table as numbers, with what was assumed and what is left open. */
import { t } from '../language/language.ts'
import type { Comma, DateOrder, Heading, ShortClock } from '../models/columns.ts'

export interface Column extends Heading {
  /** As it is written; "column 3" where nothing is. */
  name: string
  /** Clocks and dates are in seconds. */
  kind: 'number' | 'clock' | 'date' | 'text'
  /** One value a row, NaN where a cell holds none; empty for a text. */
  values: Float64Array
}

export interface Note {
  level: 'info' | 'warning'
  message: string
}

/** What the text leaves open, and how it was read. */
export interface Doubt {
  about: 'comma' | 'date' | 'clock' | 'columns'
  message: string
}

export interface Table {
  columns: readonly Column[]
  rows: number
  /** Line of each row, from 1. */
  lines: Uint32Array
  /** The first rows as they are written. */
  beginning: readonly (readonly string[])[]
  comma: Comma
  dates: DateOrder
  clocks: ShortClock
  doubts: readonly Doubt[]
  notes: readonly Note[]
}

export interface ReadOptions {
  /** Where the text leaves it open. */
  comma?: Comma
  dates?: DateOrder
  clocks?: ShortClock
}

/** Lines that a note names. */
export const NAMED = 5

/** "Line 7", "Lines 7, 9, …". */
export function linesNamed(lines: readonly number[], count = lines.length): string {
  const named = lines.slice(0, NAMED).join(', ') + (count > NAMED ? t(', … ({count} in all)', { count }) : '')
  return count === 1 ? t('Line {named}', { named }) : t('Lines {named}', { named })
}
