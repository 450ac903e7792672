/** Columns under their roles: what their units make of them in SI, or what they lack. */
import { t } from '../language/language.ts'
import type { Kind } from '../models/units.ts'
import { TableError } from './layout.ts'
import type { Mapping } from './mapping.ts'
import { ROLES, type Role, unitUnder } from './roles.ts'
import type { Table } from './table.ts'

/** SI: s, V, A/m² (discharge positive), C/m², C/kg, parts of one. */
export type Quantity = 'time' | 'voltage' | 'current' | 'capacity' | 'specific' | 'utilisation' | 'filling'

/** A column under its role. */
export interface Source {
  name: string
  values: Float64Array
  kind: Kind
  /** SI value of one. */
  factor: number
}

export function sourceOf(table: Table, { choices }: Mapping, role: Role): Source | { lacks: string } | undefined {
  const at = choices.findIndex((choice) => choice.role === role)
  if (at < 0) return undefined
  const { name, values } = table.columns[at]
  const known = unitUnder(role, choices[at].unit)
  if (!known)
    return {
      lacks: t('"{name}" has no unit of {label}; allowed are {units}', {
        name,
        label: t(ROLES[role].label),
        units: ROLES[role].units.join(', '),
      }),
    }
  return { name, values, ...known }
}

/** @throws TableError */
export function required(table: Table, mapping: Mapping, role: Role): Source {
  const source = sourceOf(table, mapping, role)
  if (!source || 'lacks' in source)
    throw new TableError(source?.lacks ?? t('got no {label}', { label: t(ROLES[role].label) }))
  return source
}

/** What a column becomes: quantities and the SI value of one, or what they lack. */
export type Becomes = readonly (readonly [Quantity, number])[] | string

export function becomes(role: Role, { name, kind, factor }: Source, { area, mass, positive }: Mapping): Becomes {
  const whole = t('"{name}" is of a whole cell', { name })
  if (role === 'charge') {
    const [perArea, perMass] = perUnit(kind, factor, area, mass)
    const found: [Quantity, number][] = []
    if (perArea !== undefined) found.push(['capacity', perArea])
    if (perMass !== undefined) found.push(['specific', perMass])
    return found.length > 0
      ? found
      : t('{whole}: the area of the electrode or the mass of its active material is needed', { whole })
  }
  if (role === 'current') {
    if (kind === 'rate') return t('"{name}" is in multiples of C, which the file does not say', { name })
    const [perArea] = perUnit(kind, positive === 'charge' ? -factor : factor, area, mass)
    if (perArea !== undefined) return [['current', perArea]]
    return kind === 'current'
      ? t('{whole}: the area of the electrode is needed', { whole })
      : t('"{name}" is per mass: the mass and the area are needed', { name })
  }
  return role === 'time' || role === 'utilisation' || role === 'filling' ? [[role, factor]] : []
}

/** A charge or current over the area and over the mass, where they are known. */
function perUnit(kind: Kind, factor: number, area?: number, mass?: number): [number | undefined, number | undefined] {
  const by = (size: number | undefined) => (size === undefined ? undefined : factor / size)
  if (kind === 'charge' || kind === 'current') return [by(area), by(mass)]
  const ratio = area !== undefined && mass !== undefined ? area / mass : undefined
  if (kind === 'charge density' || kind === 'current density')
    return [factor, ratio === undefined ? undefined : factor * ratio]
  return [ratio === undefined ? undefined : factor / ratio, factor]
}
