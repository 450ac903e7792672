/** What a column of a table is for, by its name: the words of cyclers, potentiostats, and papers. */
import { type Heading, type KnownUnit, unitIn } from '../models/columns.ts'
import type { Kind } from '../models/units.ts'

export type Role =
  | 'time'
  | 'voltage'
  | 'current'
  | 'charge'
  | 'utilisation'
  | 'filling'
  | 'frequency'
  | 'real'
  | 'imaginary'
  | 'minus imaginary'

export interface RoleCard {
  label: string
  /** Of the units that are offered, the first is the usual one. */
  units: readonly string[]
  kinds: readonly Kind[]
}

export const ROLES: Record<Role, RoleCard> = {
  time: { label: 'time', units: ['s', 'min', 'h', 'ms', 'd'], kinds: ['time'] },
  voltage: { label: 'voltage', units: ['V', 'mV'], kinds: ['voltage'] },
  current: {
    label: 'current',
    units: ['A', 'mA', 'µA', 'A/m2', 'mA/cm2', 'mA/g', 'C'],
    kinds: ['current', 'current density', 'specific current', 'rate'],
  },
  charge: {
    label: 'capacity',
    units: ['mAh/g', 'mAh', 'Ah', 'mAh/cm2', 'Ah/m2', 'C'],
    kinds: ['charge', 'charge density', 'specific charge'],
  },
  utilisation: { label: 'utilisation', units: ['1', '%'], kinds: ['number', 'percent'] },
  filling: { label: 'filling', units: ['1', '%'], kinds: ['number', 'percent'] },
  frequency: { label: 'frequency', units: ['Hz', 'kHz'], kinds: ['frequency'] },
  real: {
    label: 'Re Z',
    units: ['ohm', 'mohm', 'kohm', 'ohm cm2', 'ohm m2'],
    kinds: ['resistance', 'area resistance'],
  },
  imaginary: {
    label: 'Im Z',
    units: ['ohm', 'mohm', 'kohm', 'ohm cm2', 'ohm m2'],
    kinds: ['resistance', 'area resistance'],
  },
  'minus imaginary': {
    label: '−Im Z',
    units: ['ohm', 'mohm', 'kohm', 'ohm cm2', 'ohm m2'],
    kinds: ['resistance', 'area resistance'],
  },
}

/** What a heading suggests; of several columns for one role the one with the highest rank is meant. */
export interface Suggestion {
  role: Role
  rank: number
  /** The name alone does not say it. */
  guessed?: boolean
}

const WORDS =
  /\b(max|min|minimum|maximum|start|end|initial|final|std|control|aux|auxiliary|set ?point|target|limit|range|error|resistance|temperature|temp|power|id|number|index|count|flag|type|counter|ece|rate)\b/

type Rule = readonly [pattern: RegExp, role: Role, rank: number]

const LEADING = '(?:terminal|full|half|cell|battery|applied|electrode|working|open circuit|measured|raw|mean|avg)'
/** Names in lower case, marks as blanks; the first rule that fits counts. */
const RULES: readonly Rule[] = [
  [
    /^(total|test|elapsed|run|cumulative|relative|rel|prog|program|exp|experiment|overall|testing) ?times?\b/,
    'time',
    5,
  ],
  [/^(time|times|t|elapsed|zeit|laufzeit|test zeit|t1)( measured)?$/, 'time', 4],
  [/^(date ?time|date|timestamp|sys(tem)? ?time|abs(olute)? ?time|real ?time|dpt ?time|clock)( \w+)?$/, 'time', 2],
  [/^(step|record|rec|t step|cycle|segment) ?time\b|^t step$/, 'time', 1],
  [
    new RegExp(`^(${LEADING} )*(voltage|potential|volts?|spannung|ocv|ocp|emf|vcell)( measured| terminal)?$`),
    'voltage',
    5,
  ],
  [/^(<)?(ecell|ewe|ewe ece|e|u|v|uoc|eoc|vf|vm|u cell|v cell|e we|voltage v)>?( measured)?$/, 'voltage', 4],
  [/^(voltage|potential) (load|source|sense)/, 'voltage', 1],
  [new RegExp(`^(${LEADING} )*(current|amps?|strom|curr)( density| measured| applied)?$`), 'current', 5],
  [/^<?(i|j|im|i cell|icell)>?( measured)?$/, 'current', 4],
  [/^current (load|source)/, 'current', 1],
  [
    /^(specific |areal |cell |net |cumulative |spec |step |cyc(le)? )*(capacity|cap|charge|ladung|kapazit\S*)( density)?$/,
    'charge',
    5,
  ],
  [/^(q|\|?q\|?|amp h(ou)?rs?|ah|mah|ah accu|ah step|amp hour|q qo|qt)$/, 'charge', 4],
  [/^(specific |spec |areal )*(d|dis|discharge|dchg|discharging) ?(specific |spec )?(capacity|cap|ah)\b/, 'charge', 3],
  [/^q (charge[ /])?discharge$|^(ah|q) dis$|^ah dchg$/, 'charge', 3],
  [/^(specific |spec |areal )*(charge|chg|charging) ?(specific |spec )?(capacity|cap|ah)\b/, 'charge', 2],
  [/^(capacity|cap) (discharge|dchg|dis)/, 'charge', 3],
  [/^(capacity|cap) (charge|chg)/, 'charge', 2],
  [/^(q (charge|dis)|ah (charge|ch|chg))$/, 'charge', 2],
  [/^(utili[sz]ation|depth of discharge|dod)$/, 'utilisation', 4],
  [/^(filling|stoichiometry|stoich|sto|lithiation|lithium content|li content|x in \S+)$/, 'filling', 5],
  [/^(x|y)$/, 'filling', 3],
  [/^(frequency|freq|f|frequenz)$/, 'frequency', 5],
  [/^(re|real|re ?\(?z\)?|z ?(')|z ?re(al)?|zr|real ?\(?z\)?|real impedance|z r|rs)$/, 'real', 5],
  [
    /^(-|neg(ative)? |minus )(im|imag|im ?\(?z\)?|z ?(''|")|z ?im(ag)?|imag ?\(?z\)?|imag(inary)? impedance|zi)$/,
    'minus imaginary',
    5,
  ],
  [/^(im|imag|im ?\(?z\)?|z ?(''|")|z ?im(ag)?|imag ?\(?z\)?|imag(inary)? impedance|zi|z i)$/, 'imaginary', 5],
]

/** As rules compare it: "TestTime" and "test_time" are "test time". */
function plain(label: string): string {
  return label
    .replace(/[’′`]/g, "'")
    .replace(/″|''/g, '"')
    .replace(/[−–]/g, '-')
    .replace(/\b(vs|versus)\b.*$/i, '')
    .replace(/([a-z])([A-Z][a-z])/g, '$1 $2')
    .replace(/^\(([^()]*)\)$/, '$1')
    .toLowerCase()
    .replace(/\bmeas(ured)?\b/, 'measured')
    .replace(/(?!^)-/g, ' ')
    .replace(/[_.~#,;:*=]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Units by which an unknown name is guessed. */
const BY_UNIT: readonly Rule[] = [
  [/^voltage$/, 'voltage', 0],
  [/^(charge|charge density|specific charge)$/, 'charge', 0],
  [/^(current|current density|specific current)$/, 'current', 0],
  [/^frequency$/, 'frequency', 0],
]

/** What a column is for, undefined where nothing tells. */
export function suggest({ label, unit }: Heading): Suggestion | undefined {
  const name = plain(label)
  const known = unitIn(unit) ?? unitIn(unit, 'charge')
  // "Test (Min)" and "h" are times, "Step" alone is a number.
  if (known?.kind === 'time' && /^(test|total)$/.test(name)) return { role: 'time', rank: 5 }
  if (known?.kind === 'time' && name === 'step') return { role: 'time', rank: 1 }
  if (known?.kind === 'time' && unit === label) return { role: 'time', rank: 3, guessed: true }
  for (const [pattern, role, rank] of RULES) if (pattern.test(name) && fits(role, unit)) return { role, rank }
  if (!known || WORDS.test(name)) return undefined
  const found = BY_UNIT.find(([pattern]) => pattern.test(known.kind))
  return found && { role: found[1], rank: found[2], guessed: true }
}

/** The unit of a column under a role; undefined where it is none or belongs to something else. */
export function unitUnder(role: Role, unit: string): KnownUnit | undefined {
  const known = unitIn(unit, role === 'charge' ? 'charge' : undefined)
  return known && ROLES[role].kinds.includes(known.kind) ? known : undefined
}

/** A unit that says nothing does not stand against a role; "charge (V)" is no charge. */
function fits(role: Role, unit: string): boolean {
  return unitUnder(role, unit) !== undefined || (unitIn(unit) ?? unitIn(unit, 'charge')) === undefined
}
