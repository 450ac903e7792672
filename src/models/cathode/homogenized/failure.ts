/** Words for a step of the cell that cannot succeed. */
import type { CathodeEquations } from '../equations/equations.ts'
import { PSI, Y } from '../layout.ts'

/** Salt below this part of the reference is exhausted. */
const EXHAUSTED = 0.02
/** A filling closer to 0 or 1 than this. */
const BRIM = 1e-4

export function explainFailure(
  equations: CathodeEquations,
  u: Float64Array,
): { message: string; advice: string[] } | undefined {
  const { nodes: n, setting, reactive } = equations
  const { grid } = setting
  let low = 0
  for (let p = 0; p < n; p++) if (u[p] < u[low]) low = p
  const at = grid.x[low % grid.columns]
  const place = at < grid.separator || low % grid.columns === 0 ? 'separator' : 'cathode'
  const current = Math.abs(equations.reactionSum(u))
  if (u[low] < EXHAUSTED)
    return {
      message: `the salt is used up (${(u[low] * setting.reference).toPrecision(2)} mM at x = ${(1e6 * at).toPrecision(3)} µm, in the ${place}): ${current.toPrecision(3)} A/m² exceeds the limiting current of the electrolyte`,
      advice: ['take a smaller current', 'a thinner cathode, wider pores or more salt', 'E3 with a larger diffusivity'],
    }
  let high = 0
  for (let p = 0; p < n; p++) if (u[p] > u[high]) high = p
  if (u[high] > 0.98 * setting.kinetics.limit)
    return {
      message: `the salt reaches the largest concentration of these kinetics (${(u[high] * setting.reference).toPrecision(4)} mM at x = ${(1e6 * grid.x[high % grid.columns]).toPrecision(3)} µm)`,
      advice: ['take a smaller current', 'raise c_pm'],
    }
  // Kinetics with the logarithm of the filling are singular at its ends.
  if (!setting.kinetics.smooth)
    for (const p of reactive) {
      const y = u[Y * n + p]
      if (y > BRIM && y < 1 - BRIM) continue
      return {
        message: `the material at x = ${(1e6 * grid.x[p % grid.columns]).toPrecision(3)} µm is ${y > 0.5 ? 'full' : 'empty'} to the last ${BRIM}, where these kinetics have no rate`,
        advice: ['set parameters.kinetics to "bazant"', 'take a smaller current, or a voltage closer to rest'],
      }
    }
  for (let p = 0; p < n; p++)
    if (Math.abs(u[PSI * n + p]) > 400)
      return {
        message: 'the solid does not carry the current: its potential drops by more than 10 V',
        advice: ['raise the electronic conductivity, e.g. by carbon', 'take a smaller current'],
      }
  return undefined
}
