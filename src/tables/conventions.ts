/** Ways of writing that hold for a whole table, told from its rows: what commas are, how dates begin, what a column is. */
import { t } from '../language/language.ts'
import { type Comma, clockIn, type DateOrder, numberIn, OPEN_COMMA, type ShortClock } from '../models/columns.ts'
import { kindOf } from './cells.ts'
import type { Layout } from './layout.ts'
import type { Column } from './table.ts'

export function columnKind(sample: readonly string[][], k: number, { mark }: Layout): Column['kind'] {
  const counts = { number: 0, clock: 0, date: 0, text: 0 }
  for (const row of sample) {
    const kind = kindOf(row[k] ?? '', mark)
    if (kind === 'number' || kind === 'clock' || kind === 'date') counts[kind]++
    else if (kind !== 'empty') counts.text++
  }
  const kinds = ['number', 'clock', 'date', 'text'] as const
  return kinds.reduce((most, kind) => (counts[kind] > counts[most] ? kind : most))
}

interface Commas {
  comma: Comma
  /** Decimal commas were found. */
  decimal: boolean
  doubt?: string
}

/** What commas in numbers are, told from all of them: one file has one way of writing. */
export function commasIn(sample: readonly string[][], { mark }: Layout): Commas {
  let decimal: string | undefined
  let thousands: string | undefined
  let open: string | undefined
  let points: string | undefined
  for (const row of sample)
    for (const cell of row) {
      if (!cell.includes(',')) {
        if (/^[-+]?[1-9]\d{0,2}\.\d{3}$/.test(cell)) points ??= cell
        continue
      }
      if (/^[-+]?[1-9]\d{0,2}(,\d{3}){2,}(\.\d*)?$|^[-+]?[1-9]\d{0,2}(,\d{3})+\.\d*$/.test(cell)) thousands ??= cell
      else if (OPEN_COMMA.test(cell)) open ??= cell
      else if (!Number.isNaN(numberIn(cell, 'decimal'))) decimal ??= cell
    }
  if (decimal !== undefined && thousands !== undefined)
    return {
      comma: 'decimal',
      decimal: true,
      doubt: t('"{decimal}" has a decimal comma, "{thousands}" commas between thousands: which is it?', {
        decimal,
        thousands,
      }),
    }
  if (decimal !== undefined) {
    const doubt =
      points === undefined
        ? undefined
        : t('"{decimal}" has a decimal comma, "{points}" a point: is that one between thousands?', { decimal, points })
    return {
      comma: 'decimal',
      decimal: true,
      doubt: points !== undefined && mark !== ',' && open === undefined ? undefined : doubt,
    }
  }
  if (open !== undefined && thousands === undefined)
    return {
      comma: 'thousands',
      decimal: false,
      doubt: t('"{open}" may be {open2} or {open3}: which is it?', {
        open,
        open2: open.replace(',', ''),
        open3: open.replace(',', '.'),
      }),
    }
  return { comma: 'thousands', decimal: false }
}

/** Whether the day or the month stands first, told from those above 12. */
export function dateOrderIn(
  sample: readonly string[][],
  kinds: readonly Column['kind'][],
): { dates: DateOrder; doubt?: string } {
  let open: string | undefined
  const days = new Set<string>()
  for (const row of sample)
    for (const [k, kind] of kinds.entries()) {
      const found = kind === 'date' ? /^(\d{1,2})[-/](\d{1,2})[-/](?:\d{4}|\d{2})\b/.exec(row[k] ?? '') : null
      if (!found) continue
      if (Number(found[1]) > 12) return { dates: 'day first' }
      if (Number(found[2]) > 12) return { dates: 'month first' }
      open ??= found[0]
      days.add(found[0])
    }
  // Of one day only the times differ.
  return {
    dates: 'month first',
    doubt:
      open !== undefined && days.size > 1
        ? t('"{open}" may begin with the month or the day: which is it?', { open })
        : undefined,
  }
}

/** What clocks of two parts are: a fraction is one of seconds; else it is open. */
export function shortClocksIn(
  sample: readonly string[][],
  kinds: readonly Column['kind'][],
): { clocks: ShortClock; doubt?: string } {
  let open: string | undefined
  for (const row of sample)
    for (const [k, kind] of kinds.entries()) {
      const cell = row[k] ?? ''
      if (kind !== 'clock' || !Number.isNaN(clockIn(cell)) || Number.isNaN(clockIn(cell, 'min:s'))) continue
      if (/[.,]/.test(cell)) return { clocks: 'min:s' }
      open ??= cell
    }
  return {
    clocks: 'min:s',
    doubt:
      open === undefined
        ? undefined
        : t('"{open}" may be minutes and seconds or hours and minutes: which is it?', { open }),
  }
}
