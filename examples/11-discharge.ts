/** How much of the capacity a discharge at 10 A/m² takes out before 1.7 V: the salt runs out first. */
import { computeDischarge, finish } from '../src/index.ts'
import tis2 from '../src/scenarios/cathode-tis2.json' with { type: 'json' }
import { type Example, scenario } from './example.ts'

const battery = scenario(tis2)

export const example: Example = {
  title: 'Discharge of TiS2',
  source:
    'The cell of M. Doyle, T. F. Fuller, J. Newman, J. Electrochem. Soc. 140 (1993) 1526; utilisation of an independent program on a refined mesh',
  published: 0.30002,
  unit: '1',
  within: 1e-3,
  scenario: battery,
  compute: () => finish(computeDischarge(battery, { value: 10, by: 'current' })).utilisations.at(-1) ?? Number.NaN,
}
