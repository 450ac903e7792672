/** Currents of the resolved model, found by comparisons, as points of the steady current-voltage curve. */
import { FARADAY } from '../../models/constants.ts'
import type { Values } from '../../parameter.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import type { Line } from '../charts/chart.ts'
import type { ComparisonSeries } from '../store/lab.ts'
import { comparisonPrint } from '../store/runs.ts'

/**
 * One line of points per N: of every comparison that differs from the scenario in its voltage and its closure alone,
 * for the truth knows of no closure. Of each comparison the finest N counts.
 * @param unit SI values of a volt and an ampere per square metre on the axes
 */
export function resolvedCurrents(
  comparisons: readonly ComparisonSeries[],
  scenario: Scenario,
  unit: { x: number; y: number },
): Line[] {
  const wanted = curvePrint(scenario)
  const lines = new Map<number, Line>()
  for (const { scenario: compared, rows } of comparisons) {
    const row = rows.at(-1)
    const { voltage } = compared.experiment.values
    if (!row || typeof voltage !== 'number' || curvePrint(compared) !== wanted) continue
    const current = currentOf(row.errors, compared.parameters)
    if (current === undefined) continue
    const line = lines.get(row.N) ?? { name: `resolved, N = ${row.N}`, x: [], y: [], marker: 'diamond', points: true }
    line.x.push(voltage / unit.x)
    line.y.push(current / unit.y)
    lines.set(row.N, line)
  }
  return [...lines.values()]
}

/** I = F sum z J of the resolved fluxes J_1, J_2, …; undefined where a comparison found none. */
function currentOf(errors: Readonly<Record<string, number>>, parameters: Values): number | undefined {
  const fluxes = Object.entries(errors).flatMap(([key, flux]) => {
    const ion = /^J_(\d)$/.exec(key)?.[1]
    return ion === undefined ? [] : [{ flux, valence: Number(parameters[`z_${ion}`]) }]
  })
  if (fluxes.length === 0) return undefined
  return FARADAY * fluxes.reduce((sum, { flux, valence }) => sum + valence * flux, 0)
}

/** What the resolved current-voltage curve depends on. */
function curvePrint({ title: _title, parameters, experiment, ...rest }: Scenario): string {
  return comparisonPrint({
    ...rest,
    title: '',
    parameters: { ...parameters, closure: '' },
    experiment: { ...experiment, values: { ...experiment.values, voltage: 0 } },
  })
}
