/** Steady states of a scenario under a list of voltages. */
import { t } from '../language/language.ts'
import type { SweepTable } from '../models/family.ts'
import { familyNamed } from '../models/index.ts'
import { InputError } from '../parameter.ts'
import { solveCell } from './cells.ts'
import { familyInput, type Scenario } from './scenario.ts'

/**
 * Yields fractions of progress.
 * @param voltages V
 * @throws InputError when the family has no steady states under a voltage, or the scenario admits no model
 */
export function* sweep(scenario: Scenario, voltages: readonly number[]): Generator<number, SweepTable> {
  const family = familyNamed(scenario.family)
  if (!family.sweep)
    throw new InputError([
      {
        path: 'family',
        message: t('the family "{family}" has no steady current-voltage curve; its curves belong to a run', {
          family: scenario.family,
        }),
      },
    ])
  if (voltages.length === 0 || !voltages.every(Number.isFinite))
    throw new InputError([
      {
        path: 'voltages',
        message: t('got [{got}]; give at least one voltage in V, e.g. [-0.05, 0, 0.05]', { got: voltages.join(', ') }),
      },
    ])
  const solving = solveCell(scenario)
  let cell = solving.next()
  while (!cell.done) {
    yield 0
    cell = solving.next()
  }
  return yield* family.sweep.run(familyInput(scenario), cell.value, voltages)
}
