/** Curves of a cathode: the open-circuit voltage and the table of effective parameters. */
import type { CellResult } from '../../cell/cell.ts'
import type { Curve, CurveRequest, FamilyInput } from '../family.ts'
import { macroModel } from './macro.ts'
import { effectiveTable } from './table.ts'
import { openCircuit } from './thermodynamics.ts'

export const curves = [
  { name: 'table', label: 'Effective parameters', slow: false, steady: true },
  { name: 'ocv', label: 'Open-circuit voltage', slow: false, steady: true },
] as const

export function* cathodeCurve(request: CurveRequest, input: FamilyInput, cell: CellResult): Generator<number, Curve> {
  if (request.name === 'table') return yield* effectiveTable(input, cell)
  const { setting } = macroModel(input, cell)
  const y = Array.from({ length: 199 }, (_, k) => (k + 1) / 200)
  yield 0.5
  return {
    name: 'ocv',
    label: 'Open-circuit voltage',
    x: { label: 'Filling', unit: '1', factor: 1 },
    y: { label: 'Voltage', unit: 'V', factor: 1 },
    traces: [{ name: 'U', x: y, y: y.map((v) => openCircuit(setting.standard, setting.omega, setting.thermal, v)) }],
    marks: [],
    note: '',
  }
}
