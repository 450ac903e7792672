/** Points of the steady curve that comparisons have found with the resolved model. */
import { msg } from '../../language/language.ts'
import type { OnCurve } from '../../models/comparison.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import type { Line } from '../kit/chart.ts'
import type { ComparisonSeries } from '../store/lab.ts'
import { proofOf } from '../store/proof.ts'
import { comparisonPrint } from '../store/runs.ts'

/**
 * One line of points per N: of every comparison that differs from the scenario only in what the resolved model does not
 * know, or in the abscissa. Of each comparison the finest N counts.
 * @param unit SI values of one unit of each axis
 */
export function resolvedCurrents(
  comparisons: readonly ComparisonSeries[],
  scenario: Scenario,
  unit: { x: number; y: number },
): Line[] {
  const onCurve = proofOf(scenario)?.onCurve
  if (!onCurve) return []
  const wanted = curvePrint(scenario, onCurve)
  const lines = new Map<number, Line>()
  for (const { scenario: compared, rows } of comparisons) {
    const row = rows.at(-1)
    if (!row || curvePrint(compared, onCurve) !== wanted) continue
    const point = onCurve.point(row.quantities, compared.parameters, compared.experiment.values)
    if (!point) continue
    const line = lines.get(row.N) ?? {
      name: `${msg('resolved')}, N = ${row.N}`,
      x: [],
      y: [],
      marker: 'diamond',
      points: true,
    }
    line.x.push(point.x / unit.x)
    line.y.push(point.y / unit.y)
    lines.set(row.N, line)
  }
  return [...lines.values()]
}

/** What the resolved curve depends on. */
function curvePrint({ title: _title, parameters, experiment, ...rest }: Scenario, { ignores }: OnCurve): string {
  const without = (values: Scenario['parameters'], names: readonly string[]) => ({
    ...values,
    ...Object.fromEntries(names.map((name) => [name, ''])),
  })
  return comparisonPrint({
    ...rest,
    title: '',
    parameters: without(parameters, ignores.parameters),
    experiment: { ...experiment, values: without(experiment.values, ignores.values) },
  })
}
