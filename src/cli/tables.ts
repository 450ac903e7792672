/** Tables of a run in display units, as comma-separated values. */

import { derivedColumns } from '../models/derived.ts'
import type { Curve, CurveTable, StepReport } from '../models/family.ts'
import { inUnits, MICROMETRE, SECOND } from '../models/reduced.ts'
import { quoted } from '../record/quoted.ts'
import type { Frame, ModelDescription } from '../simulation/frame.ts'

const heading = (label: string, unit: string) => `"${label}${unit === '1' ? '' : ` [${unit}]`}"`

/** A row a frame: its time, then the observables. */
export function observablesTable(
  { observables, units }: Pick<ModelDescription, 'observables' | 'units'>,
  frames: readonly Pick<Frame, 't' | 'observables'>[],
): string {
  const time = inUnits(SECOND, units)
  const rows = frames.map((frame) =>
    [frame.t / time.factor, ...observables.map((o, k) => frame.observables[k] / o.factor)].join(','),
  )
  return [[heading('t', time.unit), ...observables.map((o) => heading(o.label, o.unit))].join(','), ...rows].join('\n')
}

/** A row a step of the protocol that has ended. */
export function stepsTable(steps: readonly StepReport[]): string {
  const rows = steps.map(({ step, label, start, end, outcome, reason, remark, voltage, charge }) =>
    [
      step,
      quoted(label),
      start,
      end,
      quoted(outcome),
      quoted(remark ? `${reason}; ${remark}` : reason),
      voltage,
      charge / 3600,
    ].join(','),
  )
  return ['"step","what","begins [s]","ends [s]","outcome","ended","voltage [V]","charge [Ah/m²]"', ...rows].join('\n')
}

/** A table a field: a row a node with its position, a column a frame. */
export function fieldTables(
  described: Pick<ModelDescription, 'macro' | 'fields' | 'units' | 'derived'>,
  frames: readonly Pick<Frame, 't' | 'fields'>[],
): Map<string, string> {
  const { model, kept } = withDerived(described, frames)
  const { nodes, size } = model.macro
  const count = nodes.reduce((a, b) => a * b, 1)
  const length = inUnits(MICROMETRE, model.units)
  const time = inUnits(SECOND, model.units)
  const axes = ['x', 'y', 'z'].slice(0, nodes.length)
  const out = new Map<string, string>()
  model.fields.forEach((field, f) => {
    const lines = [
      [
        ...axes.map((a) => heading(a, length.unit)),
        ...kept.map(
          (k) =>
            `"t = ${k.t / time.factor} ${time.unit}: ${field.name}${field.unit === '1' ? '' : ` [${field.unit}]`}"`,
        ),
      ].join(','),
    ]
    for (let p = 0; p < count; p++) {
      let rest = p
      const position = nodes.map((n, k) => {
        const i = rest % n
        rest = Math.floor(rest / n)
        return ((i * size[k]) / (n - 1)) * (1 / length.factor)
      })
      lines.push([...position, ...kept.map((k) => k.fields[f][p] / field.factor)].join(','))
    }
    out.set(field.name, lines.join('\n'))
  })
  return out
}

/** The same with what follows from the fields behind them, as columns. */
function withDerived(
  model: Pick<ModelDescription, 'macro' | 'fields' | 'units' | 'derived'>,
  frames: readonly Pick<Frame, 't' | 'fields'>[],
) {
  const { macro, fields, derived } = model
  const all = frames.map(({ t, fields: values }) => {
    const named = (name: string) => values[fields.findIndex((field) => field.name === name)]
    const columns = derivedColumns(derived ?? [], { values: named, macro, t })
    return { t, columns, fields: [...values, ...columns.map((column) => column.values)] }
  })
  return { model: { ...model, fields: [...fields, ...(all[0]?.columns ?? [])] }, kept: all }
}

/** A row a point of every trace, or the rows of a comparison. */
export function curveTable(curve: Curve): string {
  if (curve.table) return comparisonTable(curve.table)
  const x = heading(curve.x.label, curve.x.unit)
  const lines = [['"trace"', x, heading(curve.y.label, curve.y.unit)].join(',')]
  for (const trace of curve.traces)
    trace.x.forEach((v, k) => {
      lines.push([`"${trace.name}"`, v / curve.x.factor, trace.y[k] / curve.y.factor].join(','))
    })
  return lines.join('\n')
}

/** Rows of a comparison; a cell without a value stays empty. */
function comparisonTable({ rowTitle, columns, rows }: CurveTable): string {
  return [
    [quoted(rowTitle), ...columns.map((c) => heading(c.label, c.unit)), '"note"'].join(','),
    ...rows.map(({ label, cells, note }) =>
      [
        quoted(label),
        ...columns.map(({ factor }, k) => {
          const value = cells[k]
          return value === undefined ? '' : value / factor
        }),
        quoted(note),
      ].join(','),
    ),
  ].join('\n')
}
