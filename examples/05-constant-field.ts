/** Where charges hardly bend the potential, ions cross a film as Goldman, Hodgkin and Katz say. */
import { finish, sweep } from '../src/index.ts'
import reversal from '../src/scenarios/porous-reversal.json' with { type: 'json' }
import { type Example, scenario } from './example.ts'
import { THERMAL_VOLTAGE } from './thermalVoltage.ts'

const film = scenario(reversal, {
  title: 'Constant field',
  parameters: { ...reversal.parameters, lambda2: 1e5 },
  experiment: { ...reversal.experiment, values: { ...reversal.experiment.values, voltage: 2 * THERMAL_VOLTAGE } },
})
/** Diffusion between the cylinders of the film (02). */
const D = 0.558485386
/** Flux of an ion of valence z under v thermal voltages, from 1 to 0.2. */
const flux = (z: number, v: number) => (z * v * (1 - 0.2 * Math.exp(-z * v))) / (1 - Math.exp(-z * v))

export const example: Example = {
  title: 'Goldman, Hodgkin, Katz',
  source: 'D. E. Goldman, J. Gen. Physiol. 27 (1943) 37; A. L. Hodgkin, B. Katz, J. Physiol. 108 (1949) 37',
  published: D * (flux(1, 2) - 0.2 * flux(-1, 2)),
  unit: 'F D c/L',
  within: 1e-4,
  scenario: film,
  compute: () => finish(sweep(film, [2 * THERMAL_VOLTAGE])).rows[0][0],
}
