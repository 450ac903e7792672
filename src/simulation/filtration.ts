/** The second cell of a scenario, that of what flows: what keeps it from being read. */
import { validateCell } from '../cell/validate.ts'
import { t } from '../language/language.ts'
import type { FamilyCard } from '../models/family.ts'
import type { Problem, Values } from '../parameter.ts'
import type { Scenario } from './scenario.ts'

/**
 * Problems of the cell itself, as those of the first cell, and where it would not act; its period is checked with the
 * settings, its phases by the family.
 * @param parameters with their defaults
 */
export function checkFiltration(
  { cell, filtration }: Pick<Scenario, 'cell' | 'filtration'>,
  family: FamilyCard,
  parameters: Values,
): Problem[] {
  if (!filtration) return []
  const { size: _, ...spec } = filtration
  const problems = validateCell(spec, 'filtration')
  if (problems.length === 0 && spec.dimension !== cell.dimension)
    problems.push({
      path: 'filtration.dimension',
      message: t('got {got}; both cells have one dimension, and the first one has {dimension}', {
        got: spec.dimension,
        dimension: cell.dimension,
      }),
    })
  if (!family.filtration)
    problems.push({
      path: 'filtration',
      message: t('got a cell of the flow, and nothing is pumped in the family "{family}": leave it out', {
        family: family.name,
      }),
    })
  const idle = family.filtration?.refuse(parameters)
  if (idle !== undefined)
    problems.push({
      path: 'filtration',
      message: t('got a cell of the flow, which would not act: {idle}, or leave it out', { idle }),
    })
  return problems
}
