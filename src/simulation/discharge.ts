/** A charge or discharge of a scenario's cell at a rate of its own, apart from its protocol. */
import { t } from '../language/language.ts'
import type { Discharge } from '../models/family.ts'
import { familyNamed } from '../models/index.ts'
import type { Rate } from '../models/rates.ts'
import { InputError } from '../parameter.ts'
import { type CellCache, solveCell } from './cells.ts'
import { familyInput, type Scenario } from './scenario.ts'

/**
 * Yields fractions of progress.
 * @throws InputError when the scenario has no discharge or admits no model; IntegrationError when the rate cannot begin
 */
export function* computeDischarge(scenario: Scenario, rate: Rate, cells?: CellCache): Generator<number, Discharge> {
  const family = familyNamed(scenario.family)
  if (!family.rates)
    throw new InputError([
      {
        path: 'family',
        message: t('got "{got}", which has no discharge; take a scenario of a battery', { got: scenario.family }),
      },
    ])
  const solving = solveCell(scenario, cells)
  let cell = solving.next()
  while (!cell.done) {
    yield 0
    cell = solving.next()
  }
  return yield* family.rates.discharge(familyInput(scenario), cell.value, rate, scenario.time.rtol)
}
