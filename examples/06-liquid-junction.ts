/** Without current, unequal ions leave a voltage between reservoirs of one salt: the diffusion potential. */
import { finish, sweep } from '../src/index.ts'
import reversal from '../src/scenarios/porous-reversal.json' with { type: 'json' }
import { type Example, scenario } from './example.ts'
import { THERMAL_VOLTAGE } from './thermalVoltage.ts'

const film = scenario(reversal, {
  title: 'Diffusion potential',
  parameters: { ...reversal.parameters, lambda2: 1e-6 },
})
const [plus, minus] = [1, 0.2]

export const example: Example = {
  title: 'Diffusion potential',
  source: 'M. Planck, Ann. Phys. 276 (1890) 561: (D+ - D-) / (D+ + D-) log of the ratio of concentrations',
  published: ((plus - minus) / (plus + minus)) * Math.log(0.2),
  unit: 'RT/F',
  within: 1e-3,
  scenario: film,
  compute() {
    const voltages = [-1.08, -1.06]
    const [a, b] = finish(
      sweep(
        film,
        voltages.map((v) => v * THERMAL_VOLTAGE),
      ),
    ).rows.map((row) => row[0])
    return voltages[0] - (a * (voltages[1] - voltages[0])) / (b - a)
  },
}
