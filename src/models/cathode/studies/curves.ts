/** Curves of a cathode: effective parameters, open-circuit voltage, polarisation from the state on show. */

import type { CellResult } from '../../../cell/cell.ts'
import { msg, t } from '../../../language/language.ts'
import type { Curve, CurveRequest } from '../../family.ts'
import { GROUPS } from '../../groups.ts'
import { materialsOf, restingVoltage } from '../equations/materials.ts'
import type { CathodeSetting, Material } from '../equations/setting.ts'
import { macroModel } from '../homogenized/macro.ts'
import type { CathodeInput } from '../input.ts'
import { hysteresis, openCircuit, spinodal } from '../laws/thermodynamics.ts'
import { effectiveTable } from '../structure/table.ts'
import { cathodeGroups } from './groups.ts'
import { polarisationCurve } from './polarisation.ts'

export function* cathodeCurve(
  request: CurveRequest,
  input: CathodeInput,
  cell: CellResult,
  state: { t: number; u: Float64Array },
): Generator<number, Curve> {
  if (request.name === 'table') return yield* effectiveTable(input, cell)
  const model = macroModel(input, cell)
  if (request.name === 'polarisation') return yield* polarisationCurve(model, state.u)
  yield 0
  if (request.name === GROUPS.name) return cathodeGroups(model.setting, input.cellSize)
  return openCircuitCurve(model.setting)
}

function openCircuitCurve(setting: CathodeSetting): Curve {
  const { standard, omega, thermal } = setting
  const y = Array.from({ length: 399 }, (_, k) => (k + 1) / 400)
  const spinodals = materialsOf(setting).map((material) => spinodal(material.omega))
  const limits = spinodals.filter((limit) => limit !== undefined)
  const gap = 1e3 * thermal * Math.max(...materialsOf(setting).map((material) => hysteresis(material.omega)))
  const of = (at: (y: number) => number) => ({ x: y, y: y.map(at) })
  return {
    name: 'ocv',
    label: 'Open-circuit voltage',
    x: { label: 'Filling', unit: '1', factor: 1 },
    y: { label: 'Voltage', unit: 'V', factor: 1 },
    traces: setting.second
      ? [
          { name: msg('of both at one voltage'), ...of((mean) => restingVoltage(setting, mean)) },
          { name: msg('of the first material'), ...of((v) => openCircuit(standard, omega, thermal, v)) },
          { name: msg('of the second material'), ...of(ofSecond(setting.second, thermal)) },
        ]
      : [{ name: msg('of a uniform particle'), ...of((v) => openCircuit(standard, omega, thermal, v)) }],
    marks: limits.flatMap((limit) => [
      { label: 'spinodal', x: limit },
      { label: 'spinodal', x: 1 - limit },
    ]),
    note:
      limits.length === 0
        ? t('The material mixes at every filling: the voltage falls steadily.')
        : t(
            'Between the spinodals a uniform particle is unstable. Independent particles have a hysteresis of {gap} mV at zero current.',
            { gap: gap.toPrecision(3) },
          ),
  }
}

const ofSecond =
  ({ standard, omega }: Material, thermal: number) =>
  (y: number) =>
    openCircuit(standard, omega, thermal, y)
