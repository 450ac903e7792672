/** Which column is what, in which unit: proposed from names, units and sizes, with a question wherever one is in doubt. */

import { msg, t } from '../language/language.ts'
import { ROLES, type Role, suggest, unitUnder } from './roles.ts'
import type { Column, Doubt, Table } from './table.ts'

export interface Choice {
  /** Undefined for a column that is not used. */
  role?: Role
  /** As in `ROLES`, or as it is written; empty while it is not known. */
  unit: string
}

/** How large the cell is that was measured. */
export interface Sizes {
  /** Of the electrode, m². */
  area?: number
  /** Of the active material, kg. */
  mass?: number
}

export interface Mapping extends Sizes {
  /** One a column. */
  choices: readonly Choice[]
  /** What a positive current does. */
  positive: 'discharge' | 'charge'
}

/** What is to be confirmed or said by hand. */
export interface Question {
  /** The column, or what else it is about. */
  about: number | Doubt['about'] | 'positive' | 'columns' | 'size'
  message: string
}

export interface Proposal {
  mapping: Mapping
  questions: readonly Question[]
  /** What was decided without doubt, in words. */
  decisions: readonly string[]
}

const IMPEDANCE: readonly Role[] = ['frequency', 'real', 'imaginary', 'minus imaginary']

/** V between which a cell or electrode is. */
const LEAST_VOLTAGE = 0.05
const LARGEST_VOLTAGE = 20

/** @param known what the cell on show says of itself */
export function propose(table: Table, known: Sizes = {}): Proposal {
  const questions: Question[] = table.doubts.map(({ about, message }) => ({ about, message }))
  const decisions: string[] = []
  const roles = rolesOf(table, questions, decisions)
  const choices = table.columns.map((column, k): Choice => {
    const role = roles[k]
    if (!role) return { unit: '' }
    const { unit, question, decision } = unitOf(column, role)
    if (question !== undefined) questions.push({ about: k, message: question })
    if (decision !== undefined) decisions.push(decision)
    return { role, unit }
  })
  const has = (role: Role) => roles.includes(role)
  const { positive, decision } = signOf(table, roles)
  if (decision !== undefined) decisions.push(decision)
  else if (has('current') && !has('voltage'))
    questions.push({
      about: 'positive',
      message: t('Positive currents may discharge or charge: discharge is assumed.'),
    })
  if (!usable(choices))
    questions.push({ about: 'columns', message: t('Say which columns are {wanted}.', { wanted: t(WANTED) }) })
  decisions.unshift(...uses(table.columns, choices))
  const size = neededSize(choices)
  if (size !== undefined && known.area === undefined) questions.push({ about: 'size', message: size })
  return { mapping: { choices, positive, ...known }, questions, decisions }
}

/** What became of the columns, in a sentence or two. */
function uses(columns: readonly Column[], choices: readonly Choice[]): string[] {
  const used = columns.flatMap(({ name, kind }, k) => {
    const { role, unit } = choices[k]
    const by = unit === '' || unit === '1' || kind !== 'number' ? '' : ` in ${unit}`
    return role ? [t('"{name}" is the {label}{by}', { name, label: t(ROLES[role].label), by })] : []
  })
  const idle = columns.flatMap(({ name }, k) => (choices[k].role ? [] : [name]))
  const list = (all: readonly string[]) => all.slice(0, 8).join(', ') + (all.length > 8 ? ', …' : '')
  return [
    ...(used.length > 0 ? [`${used.join(', ')}.`] : []),
    ...(idle.length > 0 && used.length > 0 ? [t('Not used: {list}.', { list: list(idle) })] : []),
  ]
}

/** What of the cell must be given before anything can be drawn, in words. */
function neededSize(choices: readonly Choice[]): string | undefined {
  const use = usable(choices)
  const kindUnder = (role: Role) => {
    const choice = choices.find((c) => c.role === role)
    return choice && unitUnder(role, choice.unit)?.kind
  }
  if (use === 'impedance' && kindUnder('real') === 'resistance')
    return t('The impedance is of a whole cell: the area of the electrode is needed.')
  const other = choices.some(({ role }) => role === 'time' || role === 'utilisation' || role === 'filling')
  return use === 'curve' && !other && kindUnder('charge') === 'charge'
    ? t('The capacity is of a whole cell: the area of the electrode or the mass of its active material is needed.')
    : undefined
}

export const WANTED = msg(
  'a voltage and a time, capacity, utilisation or filling; a time and a current; or a frequency, Re Z and Im Z',
)

/** What a mapping makes of a table. */
export type Use = 'curve' | 'current' | 'impedance'

export function usable(choices: readonly Choice[]): Use | undefined {
  const has = (...roles: Role[]) => choices.some(({ role }) => role !== undefined && roles.includes(role))
  if (has('frequency') && has('real') && has('imaginary', 'minus imaginary')) return 'impedance'
  if (has('voltage') && has('time', 'charge', 'utilisation', 'filling')) return 'curve'
  return has('time') && has('current') ? 'current' : undefined
}

/** One column a role: that with the highest rank, the first of several. */
function rolesOf(table: Table, questions: Question[], decisions: string[]): (Role | undefined)[] {
  const found = table.columns.map((column) => {
    if (column.kind === 'text') return undefined
    const suggestion = suggest(column)
    if (column.kind !== 'number') return suggestion?.role === 'time' ? suggestion : { role: 'time' as const, rank: 0.5 }
    return suggestion
  })
  const best = new Map<Role, number>()
  for (const [k, suggestion] of found.entries()) {
    if (!suggestion) continue
    const other = best.get(suggestion.role)
    if (other === undefined || suggestion.rank > (found[other]?.rank ?? 0)) best.set(suggestion.role, k)
  }
  const impedance = best.has('frequency') && best.has('real') && (best.has('imaginary') || best.has('minus imaginary'))
  for (const role of best.keys()) if (IMPEDANCE.includes(role) !== impedance) best.delete(role)
  if (best.has('minus imaginary')) best.delete('imaginary')
  for (const [role, k] of best) {
    const { name } = table.columns[k]
    const others = table.columns.filter((_, i) => i !== k && found[i]?.role === role).map((column) => column.name)
    if (others.length > 0)
      decisions.push(
        t('Of the columns of {label}, "{name}" is used, not "{others}".', {
          label: t(ROLES[role].label),
          name,
          others: others.slice(0, 3).join('", "'),
        }),
      )
    if (found[k]?.guessed)
      questions.push({
        about: k,
        message: t('"{name}" is taken for the {label} because of its unit.', { name, label: t(ROLES[role].label) }),
      })
  }
  return table.columns.map((_, k) => [...best].find(([, at]) => at === k)?.[0])
}

interface Unit {
  unit: string
  question?: string
  decision?: string
}

function unitOf(column: Column, role: Role): Unit {
  const { name, unit, kind } = column
  if (kind !== 'number')
    return {
      unit: 's',
      decision: t('"{name}" is read as {what}{what2}.', {
        name,
        what: kind === 'clock' ? t('hours:minutes:seconds') : t('dates'),
        what2: unit !== '' && unitUnder('time', unit) ? t(', not in {unit}', { unit }) : '',
      }),
    }
  if (unitUnder(role, unit)) return { unit, question: implausible(column, role) }
  const assumed = assumedUnit(column, role)
  const got = unit === '' ? t('"{name}" has no unit', { name }) : t('"{name}" has a unit that is not known', { name })
  if (assumed === undefined) return { unit: '', question: t('{got}: say which.', { got }) }
  if (assumed === '1') return { unit: assumed, decision: t('"{name}" is read as a fraction.', { name }) }
  // Nothing but volts makes sense of a voltage between 0.05 and 20; a time could be in anything.
  const clear = unit === '' && role === 'voltage'
  const sentence = t('{got}: {assumed} is assumed.', { got, assumed })
  return clear ? { unit: assumed, decision: sentence } : { unit: assumed, question: sentence }
}

/** The unit of numbers that have none, where their size or the habit of the field tells. */
function assumedUnit({ values }: Column, role: Role): string | undefined {
  const most = largest(values)
  switch (role) {
    case 'voltage':
      if (most > LEAST_VOLTAGE && most < LARGEST_VOLTAGE) return 'V'
      return most > 200 && most < 1000 * LARGEST_VOLTAGE ? 'mV' : undefined
    case 'time':
      return 's'
    case 'utilisation':
    case 'filling':
      return most <= 1.05 ? '1' : most <= 105 ? '%' : undefined
    case 'frequency':
      return 'Hz'
    case 'real':
    case 'imaginary':
    case 'minus imaginary':
      return 'ohm'
    default:
      return undefined
  }
}

/** A voltage that no cell has is asked about: its unit may be another, or its points and commas mean something else. */
function implausible({ name, unit, values }: Column, role: Role): string | undefined {
  const volts = largest(values) * (unitUnder('voltage', unit)?.factor ?? 1)
  return role === 'voltage' && (volts > LARGEST_VOLTAGE || volts < LEAST_VOLTAGE)
    ? t('"{name}" comes to {volts} V at most: check its unit, and what points and commas are.', {
        name,
        volts: Number(volts.toPrecision(3)),
      })
    : undefined
}

function largest(values: Float64Array): number {
  let most = 0
  for (const value of values) if (Math.abs(value) > most) most = Math.abs(value)
  return most
}

/** A current that raises the voltage charges. */
function signOf(
  table: Table,
  roles: readonly (Role | undefined)[],
): { positive: Mapping['positive']; decision?: string } {
  const [I, V] = (['current', 'voltage'] as const).map((role) => table.columns[roles.indexOf(role)]?.values)
  if (!I || !V) return { positive: 'discharge' }
  let rise = 0
  for (let k = 1; k < table.rows; k++) {
    const sign = Math.sign(I[k])
    if (sign !== 0 && sign === Math.sign(I[k - 1]) && V[k] - V[k - 1]) rise += sign * (V[k] - V[k - 1])
  }
  if (rise === 0) return { positive: 'discharge' }
  const positive = rise > 0 ? 'charge' : 'discharge'
  return {
    positive,
    decision: t('Positive currents are taken to {positive}, as the voltage shows.', { positive: t(positive) }),
  }
}
