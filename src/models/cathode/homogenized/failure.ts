/** Words for a step of the cell that cannot succeed. */
import { t } from '../../../language/language.ts'
import type { CathodeEquations } from '../equations/equations.ts'
import { kineticLimit } from '../equations/materials.ts'
import { PSI } from '../layout.ts'

/** Salt below this part of the reference is exhausted. */
const EXHAUSTED = 0.02
/** A filling closer to 0 or 1 than this. */
const BRIM = 1e-4

export function explainFailure(
  equations: CathodeEquations,
  u: Float64Array,
): { message: string; advice: string[] } | undefined {
  const { nodes: n, setting } = equations
  const { grid } = setting
  let low = 0
  for (let p = 0; p < n; p++) if (u[p] < u[low]) low = p
  const at = grid.x[low % grid.columns]
  const place = at < grid.separator || low % grid.columns === 0 ? t('in the separator') : t('in the cathode')
  const current = Math.abs(equations.reactionSum(u))
  if (u[low] < EXHAUSTED)
    return {
      message: t(
        'the salt is used up ({u} mM at x = {at} µm, {place}): {current} A/m² exceeds the limiting current of the electrolyte',
        {
          u: (u[low] * setting.reference).toPrecision(2),
          at: (1e6 * at).toPrecision(3),
          place,
          current: current.toPrecision(3),
        },
      ),
      advice: [
        t('take a smaller current'),
        t('a thinner cathode, wider pores or more salt'),
        t('E3 with a larger diffusivity'),
      ],
    }
  let high = 0
  for (let p = 0; p < n; p++) if (u[p] > u[high]) high = p
  if (u[high] > 0.98 * kineticLimit(setting))
    return {
      message: t('the salt reaches the largest concentration of these kinetics ({u} mM at x = {x} µm)', {
        u: (u[high] * setting.reference).toPrecision(4),
        x: (1e6 * grid.x[high % grid.columns]).toPrecision(3),
      }),
      advice: [t('take a smaller current'), t('raise c_pm')],
    }
  // Kinetics with the logarithm of the filling are singular at its ends.
  for (const { Y, reactive, material } of equations.hosts)
    if (!material.kinetics.smooth) {
      const p = reactive.find((at) => u[Y * n + at] <= BRIM || u[Y * n + at] >= 1 - BRIM)
      if (p === undefined) continue
      const y = u[Y * n + p]
      return {
        message: t('the material at x = {x} µm is {what} to the last {brim}, where these kinetics have no rate', {
          x: (1e6 * grid.x[p % grid.columns]).toPrecision(3),
          what: y > 0.5 ? t('full') : t('empty'),
          brim: BRIM,
        }),
        advice: [t('set parameters.kinetics to "bazant"'), t('take a smaller current, or a voltage closer to rest')],
      }
    }
  for (let p = 0; p < n; p++)
    if (Math.abs(u[PSI * n + p]) > 400)
      return {
        message: t('the solid does not carry the current: its potential drops by more than 10 V'),
        advice: [t('raise the electronic conductivity, e.g. by carbon'), t('take a smaller current')],
      }
  return undefined
}
