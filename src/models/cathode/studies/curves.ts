/** Curves of a cathode: effective parameters, open-circuit voltage, polarisation from the state on show. */

import type { CellResult } from '../../../cell/cell.ts'
import { msg, t } from '../../../language/language.ts'
import type { Curve, CurveRequest } from '../../family.ts'
import { GROUPS } from '../../groups.ts'
import type { CathodeSetting } from '../equations/setting.ts'
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

function openCircuitCurve({ standard, omega, thermal }: CathodeSetting): Curve {
  const y = Array.from({ length: 399 }, (_, k) => (k + 1) / 400)
  const limit = spinodal(omega)
  const gap = 1e3 * thermal * hysteresis(omega)
  return {
    name: 'ocv',
    label: 'Open-circuit voltage',
    x: { label: 'Filling', unit: '1', factor: 1 },
    y: { label: 'Voltage', unit: 'V', factor: 1 },
    traces: [{ name: msg('of a uniform particle'), x: y, y: y.map((v) => openCircuit(standard, omega, thermal, v)) }],
    marks:
      limit === undefined
        ? []
        : [
            { label: 'spinodal', x: limit },
            { label: 'spinodal', x: 1 - limit },
          ],
    note:
      limit === undefined
        ? t('The material mixes at every filling: the voltage falls steadily.')
        : t(
            'Between the spinodals a uniform particle is unstable. Independent particles have a hysteresis of {gap} mV at zero current.',
            { gap: gap.toPrecision(3) },
          ),
  }
}
