/** Where only cations pass, the salt runs out and the current comes to a limit. */
import { finish, sweep } from '../src/index.ts'
import selective from '../src/scenarios/porous-limiting-current.json' with { type: 'json' }
import { type Example, scenario } from './example.ts'
import { THERMAL_VOLTAGE } from './thermalVoltage.ts'

const film = scenario(selective)
/** Diffusion between the cylinders of the film (02). */
const D = 0.558485386

export const example: Example = {
  title: 'Limiting current',
  source: 'V. G. Levich, Physicochemical Hydrodynamics (1962): I = 2 F D c/L [1 - exp(-V F/2RT)], here at 4 RT/F',
  published: 2 * D * (1 - Math.exp(-2)),
  unit: 'F D c/L',
  within: 3e-3,
  scenario: film,
  compute: () => finish(sweep(film, [4 * THERMAL_VOLTAGE])).rows[0][0],
}
