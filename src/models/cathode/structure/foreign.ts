/** Phases that no cathode has. */
import { t } from '../../../language/language.ts'
import { meantBy } from '../../meant.ts'
import { ACTIVE, ACTIVE2, CARBON, ELECTROLYTE } from '../phases.ts'

/** The refusal of those among the phases of a cell; undefined where there are none. */
export function foreignPhases(phases: readonly string[]): string | undefined {
  const others = phases.filter((name) => ![ELECTROLYTE, ACTIVE, CARBON, ACTIVE2].includes(name))
  if (others.length === 0) return undefined
  return [
    t('got the phase {others}; a cathode has the phases "{electrolyte}", "{active}" and "{carbon}"', {
      others: others.join(', '),
      electrolyte: ELECTROLYTE,
      active: ACTIVE,
      carbon: CARBON,
    }),
    ...meantBy(others, [ELECTROLYTE, ACTIVE, CARBON]),
  ].join('; ')
}
