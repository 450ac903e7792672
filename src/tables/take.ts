/** A mapped table in SI: a curve, an impedance, a current as load. What a unit lacks, and what rows lack, is told. */
import { t } from '../language/language.ts'
import type { Kind } from '../models/units.ts'
import { TableError } from './layout.ts'
import { type Mapping, type Use, usable, WANTED } from './mapping.ts'
import { becomes, type Quantity, required, type Source, sourceOf } from './source.ts'
import { linesNamed, type Note, type Table } from './table.ts'
import { evenRows, thinnedRows } from './thin.ts'

export type { Quantity }
export type Track = Partial<Record<Quantity, number[]>>

/** Hz, Ω m². */
export interface Spectrum {
  frequency: number[]
  re: number[]
  im: number[]
}

export interface Taken {
  use: Use
  /** Rows that have what is drawn. */
  points: number
  /** As it is drawn. */
  track?: Track
  /** Rows evenly apart, from which deviations are computed. */
  even?: Track
  spectrum?: Spectrum
  /** The current as a table of its own, in SI units, discharge positive; or why it cannot be a load. */
  load?: { text: string; rows: number } | { problem: string }
  notes: readonly Note[]
}

/** Points that are drawn, and those that deviations are told from. */
export const MOST_DRAWN = 3000
const MOST_EVEN = 5000
/** Rows of a current as load. */
const MOST_LOAD = 100_000

/** @throws TableError when a column that is needed is missing, or has no unit, or needs the area or the mass */
export function take(table: Table, mapping: Mapping): Taken {
  const use = usable(mapping.choices)
  if (!use)
    throw new TableError(
      t('got no columns that make a curve; needed are {wanted}; say what the columns are', { wanted: t(WANTED) }),
    )
  const notes: Note[] = []
  if (use === 'impedance') return { use, ...impedance(table, mapping, notes), notes }
  const time = sourceOf(table, mapping, 'time')
  if (time && !('lacks' in time)) notes.push(...timeNotes(table, time.values))
  const load = loadOf(table, mapping)
  if (use === 'current') {
    if (!load || 'problem' in load) throw new TableError(load?.problem ?? t('got no current'))
    return { use, points: load.rows, load, notes }
  }
  return { use, ...curve(table, mapping, notes), load, notes }
}

function curve(table: Table, mapping: Mapping, notes: Note[]): Pick<Taken, 'points' | 'track' | 'even'> {
  const voltage = required(table, mapping, 'voltage')
  const found: { quantity: Quantity; values: Float64Array; factor: number }[] = []
  const lacks: string[] = []
  for (const role of ['time', 'charge', 'utilisation', 'filling', 'current'] as const) {
    const source = sourceOf(table, mapping, role)
    if (!source) continue
    const made = 'lacks' in source ? source.lacks : becomes(role, source, mapping)
    if (typeof made === 'string') lacks.push(made)
    else if (!('lacks' in source))
      for (const [quantity, factor] of made) found.push({ quantity, values: source.values, factor })
  }
  const abscissae = found.filter(({ quantity }) => quantity !== 'current')
  if (abscissae.length === 0) throw new TableError(lacks[0] ?? t('got a voltage against nothing'))
  notes.push(...lacks.map((lack): Note => ({ level: 'info', message: t('{lack}; it is not drawn.', { lack }) })))
  const rows: number[] = []
  const without: number[] = []
  let missing = 0
  for (let k = 0; k < table.rows; k++)
    if (!Number.isNaN(voltage.values[k]) && abscissae.some(({ values }) => !Number.isNaN(values[k]))) rows.push(k)
    else if (missing++ < 6) without.push(table.lines[k])
  if (missing > 0)
    notes.push({
      level: 'warning',
      message: t('{lines} {n, plural, one {is} other {are}} left out: a value is missing or is no number.', {
        lines: linesNamed(without, missing),
        n: missing,
      }),
    })
  if (rows.length < 2)
    throw new TableError(t('got {got} rows with a voltage and a place; a curve needs at least 2', { got: rows.length }))
  found.push({ quantity: 'voltage', values: voltage.values, factor: voltage.factor })
  const zero = begin(table, mapping, rows, notes)
  const at = (kept: readonly number[]): Track =>
    Object.fromEntries(
      found.map(({ quantity, values, factor }) => [
        quantity,
        kept.map((i) => factor * (values[rows[i]] - (quantity === 'time' ? zero : 0))),
      ]),
    )
  const drawn = thinnedRows(
    Float64Array.from(rows, (k) => voltage.values[k]),
    MOST_DRAWN,
  )
  if (drawn.length < rows.length)
    notes.push({
      level: 'info',
      message: t(
        '{rows} points are drawn as {drawn}: of every run of rows the first, the lowest and the highest voltage.',
        { rows: rows.length, drawn: drawn.length },
      ),
    })
  return { points: rows.length, track: at(drawn), even: at(evenRows(rows.length, MOST_EVEN)) }
}

/** Clocks of instruments rarely begin with the curve. */
function begin(table: Table, { choices }: Mapping, rows: readonly number[], notes: Note[]): number {
  const at = choices.findIndex(({ role }) => role === 'time')
  if (at < 0) return 0
  const { values, kind } = table.columns[at]
  const first = rows.find((k) => !Number.isNaN(values[k]))
  const zero = first === undefined ? 0 : values[first]
  if (zero !== 0 && kind !== 'date') notes.push({ level: 'info', message: t('The time begins at zero.') })
  return zero
}

function timeNotes(table: Table, values: Float64Array): Note[] {
  const repeats: number[] = []
  let again = 0
  let back = ''
  let backs = 0
  let before = Number.NaN
  for (let k = 0; k < table.rows; k++) {
    const at = values[k]
    if (Number.isNaN(at)) continue
    if (at === before && again++ < 6) repeats.push(table.lines[k])
    if (at < before && backs++ === 0)
      back = t('line {line}, from {from} to {to}', { line: table.lines[k], from: short(before), to: short(at) })
    before = at
  }
  const notes: Note[] = []
  if (again > 0)
    notes.push({
      level: 'info',
      message: t('{lines} {n, plural, one {repeats} other {repeat}} the time of the row before.', {
        lines: linesNamed(repeats, again),
        n: again,
      }),
    })
  if (backs > 0)
    notes.push({
      level: 'warning',
      message: t(
        'The time goes back {what} {back}; the rows are drawn as they stand. Is there a column of the total time?',
        { what: backs === 1 ? t('at') : t('{backs} times, first at', { backs }), back },
      ),
    })
  return notes
}

const short = (value: number) => Number(value.toPrecision(6))

const SI_UNITS: Partial<Record<Kind, string>> = {
  current: 'A',
  'current density': 'A/m2',
  'specific current': 'A/kg',
  rate: 'C',
}

function loadOf(table: Table, mapping: Mapping): Taken['load'] {
  const [time, current] = [sourceOf(table, mapping, 'time'), sourceOf(table, mapping, 'current')]
  if (!time || !current) return undefined
  if ('lacks' in time) return { problem: time.lacks }
  if ('lacks' in current) return { problem: current.lacks }
  const wide = current.kind === 'current' && mapping.area !== undefined
  const factor = (current.factor * (mapping.positive === 'charge' ? -1 : 1)) / (wide ? (mapping.area ?? 1) : 1)
  const lines = [`time [s],current [${wide ? 'A/m2' : SI_UNITS[current.kind]}]`]
  let [zero, before] = [Number.NaN, Number.NaN]
  for (let k = 0; k < table.rows; k++) {
    const at = time.factor * time.values[k]
    const I = factor * current.values[k]
    if (Number.isNaN(at) || Number.isNaN(I) || at === before) continue
    if (at < before)
      return {
        problem: t('the time goes back at line {line}, from {from} s to {to} s; a load needs ascending times', {
          line: table.lines[k],
          from: short(before),
          to: short(at),
        }),
      }
    if (Number.isNaN(before)) zero = at
    if (lines.length > MOST_LOAD)
      return {
        problem: t('got more than {most} rows; as a load, take every second one, or a part of the table', {
          most: MOST_LOAD,
        }),
      }
    lines.push(`${Number((at - zero).toPrecision(10))},${Number(I.toPrecision(8))}`)
    before = at
  }
  const rows = lines.length - 1
  return rows < 2
    ? { problem: t('got {got} rows with a time and a current; a load needs two or more', { got: rows }) }
    : { text: lines.join('\n'), rows }
}

function impedance(table: Table, mapping: Mapping, notes: Note[]): Pick<Taken, 'points' | 'spectrum'> {
  const frequency = required(table, mapping, 'frequency')
  const re = required(table, mapping, 'real')
  const minus = mapping.choices.some(({ role }) => role === 'minus imaginary')
  const im = required(table, mapping, minus ? 'minus imaginary' : 'imaginary')
  const ohms = (source: Source): number => {
    if (source.kind === 'area resistance') return source.factor
    if (mapping.area === undefined)
      throw new TableError(
        t('"{source}" is of a whole cell: the area of the electrode is needed', { source: source.name }),
      )
    return source.factor * mapping.area
  }
  const [x, y] = [ohms(re), (minus ? -1 : 1) * ohms(im)]
  const rows = Array.from({ length: table.rows }, (_, k) => k).filter(
    (k) => frequency.values[k] > 0 && !Number.isNaN(re.values[k]) && !Number.isNaN(im.values[k]),
  )
  if (rows.length < 2)
    throw new TableError(
      t('got {got} rows with a frequency, Re Z and Im Z; needed are at least 2', { got: rows.length }),
    )
  if (rows.length < table.rows)
    notes.push({
      level: 'warning',
      message: t('{rows} rows without a frequency or impedance are left out.', { rows: table.rows - rows.length }),
    })
  const drawn = thinnedRows(
    rows.map((k) => im.values[k]),
    MOST_DRAWN,
  ).map((i) => rows[i])
  if (drawn.length < rows.length)
    notes.push({
      level: 'info',
      message: t('{rows} points are drawn as {drawn}, the extremes of Im Z among them.', {
        rows: rows.length,
        drawn: drawn.length,
      }),
    })
  return {
    points: rows.length,
    spectrum: {
      frequency: drawn.map((k) => frequency.factor * frequency.values[k]),
      re: drawn.map((k) => x * re.values[k]),
      im: drawn.map((k) => y * im.values[k]),
    },
  }
}
