/** Cells of one line, and what kind of thing a cell is. */

import Papa from 'papaparse'
import { msg } from '../language/language.ts'
import { clockIn, dateIn, numberIn } from '../models/columns.ts'

/** What stands between the cells of a line; a blank stands for any number of blanks and tabs. */
export type Mark = '\t' | ';' | '|' | ',' | ' '
export const MARKS: readonly Mark[] = ['\t', ';', '|', ',', ' ']

export const MARK_NAMES: Record<Mark, string> = {
  '\t': msg('tabs'),
  ';': msg('semicolons'),
  '|': msg('strokes'),
  ',': msg('commas'),
  ' ': msg('blanks'),
}

/** Longest line that is taken apart, characters. */
export const LONGEST_LINE = 20_000

/** A quoted cell may hold the mark; a mark at the end of the line begins no further cell. */
export function cellsOf(line: string, mark: Mark): string[] {
  const text = line.slice(0, LONGEST_LINE)
  const cells =
    mark === ' '
      ? text.trim().split(/[ \t]+/)
      : text.includes('"')
        ? (Papa.parse<string[]>(text, { delimiter: mark }).data[0] ?? [])
        : text.split(mark)
  return cells.map((cell) => cell.trim())
}

export type Kind = 'number' | 'clock' | 'date' | 'empty' | 'word' | 'other'

const NOTHING = /^(nan|n\/?a|#n\/?a|null|none|inf|-inf|-+|\?|\.)$/i

/** `other` is what no cell of a table looks like: pieces of a line that was cut at the wrong mark. */
export function kindOf(cell: string, mark: Mark): Kind {
  if (cell === '' || NOTHING.test(cell)) return 'empty'
  if (!(mark === ',' && /\d \d/.test(cell)) && !Number.isNaN(numberIn(cell, 'decimal'))) return 'number'
  if (!Number.isNaN(numberIn(cell, 'thousands'))) return 'number'
  if (!Number.isNaN(clockIn(cell, 'min:s'))) return 'clock'
  if (!Number.isNaN(dateIn(cell, 'month first'))) return 'date'
  return /^[^\d\s,;|]/.test(cell) && !/[;|\t]/.test(cell) ? 'word' : 'other'
}
