/** What runs that lie over each other are called: what each of them has that the others have not. */
import { msg } from '../../language/language.ts'
import type { FamilyCard } from '../../models/family.ts'
import { format, hasEffect, type Parameter, type Value, type Values } from '../../parameter.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import { phaseNames } from '../ground/house.ts'

/** Differences that a label lists before it only counts them. */
const LISTED = 2

interface Entry {
  text: string
  /** What it is, where its text is no name or a label has another one in its unit. */
  subject: string
  unit?: string
  /** Too long to be shown: distinct ones are called A, B, ... */
  long?: boolean
}

/** One label per scenario; those that differ in nothing are called by the title. */
export function labelsOf(scenarios: readonly Scenario[], family: FamilyCard): string[] {
  const tables = scenarios.map((s) => entriesOf(s, family))
  const names = [...new Set(tables.flatMap((t) => [...t.keys()]))]
  const differing = names.flatMap((name) => {
    // An experiment is not said to differ in what another one does not have.
    const distinct = [...new Set(tables.filter((t) => t.has(name)).map((t) => t.get(name)?.text))]
    return distinct.length > 1 ? [{ name, distinct: distinct.filter((text) => text !== undefined) }] : []
  })
  return tables.map((table, i) => {
    const found = differing.flatMap(({ name, distinct }) => {
      const entry = table.get(name)
      return entry ? [{ ...entry, letter: String.fromCharCode(65 + distinct.indexOf(entry.text)) }] : []
    })
    const words = found.map(({ text, unit, subject, long, letter }) => {
      if (long) return `${subject} ${letter}`
      const alike = unit !== undefined && found.some((other) => other.subject !== subject && other.unit === unit)
      return alike ? `${subject} ${text}` : text
    })
    const more = words.length - LISTED
    const label = [...words.slice(0, LISTED), ...(more > 0 ? [`${more} more`] : [])].join(', ')
    return label || scenarios[i].title
  })
}

/** Within a sentence; capitals that stand for words stay. */
const lowerFirst = (label: string) => label.charAt(0).toLowerCase() + label.slice(1)

function entriesOf(
  { parameters, experiment, cell, filtration, graded, macro }: Scenario,
  family: FamilyCard,
): Map<string, Entry | undefined> {
  const own = family.experiments.find((e) => e.name === experiment.name)
  const phases = phaseNames(cell)
  return new Map<string, Entry | undefined>([
    ['experiment', { text: own ? lowerFirst(own.label) : experiment.name, subject: '' }],
    ...entries(own?.parameters ?? [], experiment.values, { ...parameters, ...experiment.values }, phases),
    ...entries(family.parameters, parameters, parameters, phases),
    ['cell', { text: JSON.stringify([cell, filtration, graded]), subject: msg('cell'), long: true }],
    ['box', { text: JSON.stringify(macro), subject: msg('box'), long: true }],
  ])
}

/** Parameters, nothing for those without effect. How a current is given is told by its unit. */
function entries(
  schema: readonly Parameter[],
  values: Values,
  all: Values,
  phases: readonly string[],
): [string, Entry | undefined][] {
  return schema
    .filter((p) => p.name !== 'by')
    .map((p) => {
      return [p.name, hasEffect(p, all, phases) ? entry(p, values[p.name] ?? p.value) : undefined]
    })
}

function entry(p: Parameter, value: Value): Entry {
  switch (p.kind) {
    case 'choice':
      return { text: p.options.find((o) => o.value === value)?.label ?? String(value), subject: '' }
    case 'flag':
      return { text: `${p.label}: ${value ? msg('on') : msg('off')}`, subject: '' }
    case 'text':
      return { text: String(value), subject: p.label.toLowerCase(), long: true }
  }
  // 2C is written without a space.
  const text = format(p, value).replace(/ C$/, 'C')
  return p.unit === '1'
    ? { text: `${p.name} ${text}`, subject: '' }
    : { text, subject: p.label.toLowerCase(), unit: p.unit }
}
