/** The dimensionless groups that a paper's equations are written in, as a table: their values in the scenario at hand. */
import { msg } from '../language/language.ts'
import type { Curve, CurveTable } from './curve.ts'

export interface Group {
  name: string
  symbol: string
  /** Not finite where the scenario has none. */
  value: number
  /** Its definition, and what it decides. */
  note: string
}

/** What every family calls it. */
export const GROUPS = { name: 'groups', label: msg('Dimensionless groups'), slow: false, steady: true } as const

export function groupsTable(groups: readonly Group[], note: string): Curve {
  const rows: CurveTable['rows'] = groups.map(({ name, symbol, value, note }) => ({
    name,
    label: symbol,
    cells: [Number.isFinite(value) ? value : undefined],
    note,
    chosen: false,
  }))
  const none = { label: '', unit: '1', factor: 1 }
  return {
    name: GROUPS.name,
    label: GROUPS.label,
    x: none,
    y: none,
    traces: [],
    marks: [],
    note,
    table: { rowTitle: msg('group'), columns: [{ ...none, label: msg('value') }], rows },
  }
}
