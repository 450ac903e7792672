/** What a cell shows: its fields and its numbers. */

import type { CellResult } from '../../cell/cell.ts'
import { pointsInside } from '../../cell/where.ts'
import { msg, t } from '../../language/language.ts'
import { observable } from '../entries.ts'
import type { Field, MicroscopicField, Observable } from '../family.ts'
import type { CathodeValues } from './parameters/index.ts'
import { ACTIVE, ACTIVE2, CARBON, ELECTROLYTE, ELECTRONS, IONS } from './phases.ts'

const PARTICLE: MicroscopicField = { phase: ACTIVE, interface: false, terms: [] }

const pores = (of: string): MicroscopicField => ({
  phase: ELECTROLYTE,
  interface: false,
  terms: [{ problem: ELECTROLYTE, of: [of], weight: 1 }],
})

const conductors = (of: string): MicroscopicField => ({
  phase: ACTIVE,
  also: [CARBON, ACTIVE2],
  interface: false,
  terms: [{ problem: ELECTRONS, of: [of], weight: 1 }],
})

/** A field of the cathode without a value in the separator. */
const solid = (field: Field): Field => ({ ...field, partial: true })

/**
 * Fields in the order of `CathodeModel.sample`, where all particles have one filling. Salt and potentials carry the correctors of their phases; the filling of
 * isolated particles is uniform in each; reaction and overpotential are shown inside of the surface that they belong to.
 */
const FIELDS: readonly Field[] = [
  {
    name: 'c',
    label: 'Salt concentration',
    symbol: 'c',
    unit: 'mM',
    factor: 1,
    group: 'concentration',
    microscopic: pores('c'),
  },
  {
    name: 'y',
    label: 'Filling',
    symbol: 'y',
    unit: '1',
    factor: 1,
    group: 'filling',
    partial: true,
    microscopic: { ...PARTICLE, closed: true },
  },
  {
    name: 'phi',
    label: 'Electrolyte potential, by lithium',
    symbol: '\\Phi',
    unit: 'mV',
    factor: 1e-3,
    group: 'electrolyte',
    microscopic: pores('phi'),
  },
  solid({
    name: 'psi',
    label: 'Potential drop in the solid',
    symbol: '\\psi_s-V',
    unit: 'µV',
    factor: 1e-6,
    group: 'solid',
    microscopic: conductors('psi'),
  }),
  solid({
    name: 'rate',
    label: 'Reaction, into the solid',
    symbol: '-A',
    unit: 'MA/m³',
    factor: 1e6,
    group: 'reaction',
    microscopic: PARTICLE,
  }),
  solid({
    name: 'eta',
    label: 'Overpotential',
    symbol: '\\eta',
    unit: 'mV',
    factor: 1e-3,
    group: 'overpotential',
    microscopic: PARTICLE,
  }),
  { name: 'charge', label: 'Charge of the electrolyte', symbol: '\\rho', unit: 'mM', factor: 1, group: 'charge' },
]

/** Of the flow in the cathode, where it is not the same everywhere. */
export const PRESSURE = solid({
  name: 'pressure',
  label: 'Pressure of the flow',
  symbol: 'P',
  unit: 'Pa',
  factor: 1,
  group: 'pressure',
})

/** Particles of one kind as far as their names go. */
interface Named {
  pieces?: readonly number[]
  /** Reactive area, 0 where they stay out. */
  a: number
  second?: boolean
}

const FILLINGS = [
  msg('Filling, particles 1'),
  msg('Filling, particles 2'),
  msg('Filling, particles 3'),
  msg('Filling, particles 4'),
  msg('Filling, particles 5'),
  msg('Filling, particles 6'),
]
const FILLING_OUT = msg('Filling, particles that stay out')
const MEANS = [
  msg('Mean filling, particles 1'),
  msg('Mean filling, particles 2'),
  msg('Mean filling, particles 3'),
  msg('Mean filling, particles 4'),
  msg('Mean filling, particles 5'),
  msg('Mean filling, particles 6'),
]
const MEAN_OUT = msg('Mean filling, particles that stay out')

const OVERPOTENTIALS = [
  msg('Overpotential, particles 1'),
  msg('Overpotential, particles 2'),
  msg('Overpotential, particles 3'),
  msg('Overpotential, particles 4'),
  msg('Overpotential, particles 5'),
  msg('Overpotential, particles 6'),
]

/** Name of a field of kind k. */
const named = (name: string, k: number): string => (k === 0 ? name : `${name}_${k + 1}`)

/** What is said of one, of those of each number, and of those that stay out. */
interface Labels {
  one: string
  each: readonly string[]
  out: string
}

/** Of kind k. Those of a second material say so, and count their own particles. */
function labelOf(kinds: readonly Named[], k: number, { one, each, out }: Labels): string {
  const { a, second = false } = kinds[k]
  const own = kinds.filter((kind) => (kind.second ?? false) === second)
  const label = a > 0 ? each[own.indexOf(kinds[k])] : out
  if (own.length === kinds.length) return label
  const alone = own.length === 1 && a > 0
  return second
    ? t('{label}, second material', { label: t(alone ? one : label) })
    : t('{label}, first material', { label: t(alone ? one : label) })
}

/** A point inside each piece of the first active material, and of the second one. */
type Points = readonly (readonly (readonly number[])[])[]

/**
 * The fields of a cell with these kinds of particles. Each kind has its filling and, where it reacts, its overpotential,
 * drawn in its own pieces; the reaction is that of all, so that it is drawn in none. Those of the first kind stand where
 * they stand with one kind, those of further kinds at the end, fillings first.
 */
export function fieldsOf(kinds: readonly Named[], points: Points = []): readonly Field[] {
  if (kinds.length === 1) return FIELDS
  const all = [...kinds.keys()]
  const reacting = all.filter((k) => kinds[k].a > 0)
  const inside = (k: number) => insideOf(kinds[k], points)
  const drawn = kinds.some(({ second }) => second) ? { ...PARTICLE, also: [ACTIVE2] } : PARTICLE
  const ofEach = (name: string, of: readonly number[], labels: Labels): Field[] =>
    FIELDS.filter((field) => field.name === name).flatMap((field) =>
      of.map((k) => ({
        ...field,
        name: named(name, k),
        label: labelOf(kinds, k, labels),
        symbol: `${field.symbol}_{${k + 1}}`,
        microscopic: {
          ...drawn,
          ...field.microscopic,
          kinds: of.map((j) => ({ of: named(name, j), terms: [], inside: inside(j) })),
          ...(of.length < kinds.length ? { except: all.filter((j) => !of.includes(j)).flatMap(inside) } : {}),
        },
      })),
    )
  const [filling, ...fillings] = ofEach('y', all, { one: 'Filling', each: FILLINGS, out: FILLING_OUT })
  const [overpotential, ...overpotentials] = ofEach('eta', reacting, {
    one: 'Overpotential',
    each: OVERPOTENTIALS,
    out: FILLING_OUT,
  })
  const common = FIELDS.map((field): Field => {
    const { microscopic: _, ...rest } = field
    if (field.name === 'y') return filling
    if (field.name === 'eta') return overpotential
    return field.name === 'rate' ? rest : field
  })
  return [...common, ...fillings, ...overpotentials]
}

function insideOf({ pieces = [], second }: Named, points: Points): (readonly number[])[] {
  return pieces.map((piece) => points[second ? 1 : 0]?.[piece])
}

/** Mean fillings, kind by kind, where there are several. */
export function fillingObservables(kinds: readonly Named[]): readonly Observable[] {
  if (kinds.length === 1) return []
  const labels = { one: 'Mean filling', each: MEANS, out: MEAN_OUT }
  return kinds.map((_, k) => observable(`filling_${k + 1}`, labelOf(kinds, k, labels), '1', 1, 'fillings'))
}

/**
 * The same for a cell: where ions pass through the carbon, what lives in the electrolyte lives there too; active material
 * of one sort without carbon carries the electrons alone.
 */
export function fieldsIn(cell: CellResult, v: CathodeValues, kinds: readonly Named[]): readonly Field[] {
  const carbon = CARBON in cell.phases
  const open = carbon && v.carbon_permeable === true
  const phases = [ACTIVE, ...(ACTIVE2 in cell.phases ? [ACTIVE2] : [])]
  const points = kinds.length > 1 ? phases.map((phase) => pointsInside(cell.mesh, phase)) : []
  // The potential of particles that stay out floats.
  const idle = kinds.flatMap((kind) => (kind.a > 0 ? [] : insideOf(kind, points)))
  const other = (microscopic: MicroscopicField): MicroscopicField => {
    const [term] = microscopic.terms
    if (term?.problem === ELECTROLYTE && open)
      return { ...microscopic, also: [CARBON], terms: [{ ...term, problem: IONS }] }
    if (term?.problem !== ELECTRONS) return microscopic
    const wired = idle.length > 0 ? { ...microscopic, except: idle } : microscopic
    return carbon || phases.length > 1 ? wired : { ...wired, terms: [{ ...term, problem: ACTIVE }] }
  }
  return fieldsOf(kinds, points).map((field) =>
    field.microscopic ? { ...field, microscopic: other(field.microscopic) } : field,
  )
}

/** Numbers of a cell; a model gives them by name. */
export const cathodeObservables = [
  observable('voltage', 'Cell voltage', 'V', 1, 'voltage'),
  observable('open_circuit', 'Open-circuit voltage of the mean filling', 'V', 1, 'voltage'),
  observable('current', 'Current, discharge positive', 'A/m²', 1, 'current'),
  observable('utilisation', 'Utilisation', '1', 1, 'capacity'),
  observable('filling', 'Mean filling', '1', 1, 'capacity'),
  observable('capacity', 'Capacity', 'Ah/m²', 3600, 'charge'),
  observable('specific', 'Specific capacity', 'mAh/g', 3600, 'charge'),
  observable('rich', 'Part of the material more than half full', '1', 1, 'phases'),
  observable('unstable', 'Part of the material inside the spinodal', '1', 1, 'phases'),
  observable('salt_min', 'Smallest salt concentration', 'mM', 1, 'salt'),
  observable('salt_max', 'Largest salt concentration', 'mM', 1, 'salt'),
  observable('energy', 'Free energy', 'J/m²', 1, 'energy'),
  observable('dissipation', 'Dissipation', 'W/m²', 1, 'energy'),
  observable('peclet', 'Péclet number of the flow that charges would drive', '1', 1, 'flow'),
  observable('budget_salt', 'Balance error, salt', '1', 1, 'budget'),
  observable('budget_lithium', 'Balance error, lithium and charge passed', '1', 1, 'budget'),
  observable('continuity', 'Error of ionic plus electronic current', '1', 1, 'accuracy'),
  observable('step', 'Step of the protocol', '1', 1, 'protocol'),
] as const
