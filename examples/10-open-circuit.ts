/** Titanium disulfide half filled with lithium, at 100 °C and at rest. */
import { simulate } from '../src/index.ts'
import tis2 from '../src/scenarios/cathode-tis2.json' with { type: 'json' }
import { type Example, scenario } from './example.ts'

const R_OVER_F = 8.314462618 / 96485.33212
const half = scenario(tis2, {
  title: 'TiS2 at rest, half full',
  parameters: { ...tis2.parameters, y0: 0.5 },
  experiment: { name: 'rest', values: { duration: 60 } },
  time: { ...tis2.time, end: 60, frames: 2 },
})

export const example: Example = {
  title: 'Open-circuit voltage of TiS2',
  source:
    'K. West, T. Jacobsen, S. Atlung, J. Electrochem. Soc. 129 (1982) 1480: V = 2.17 + RT/F [log((1-y)/y) - 0.000558 c + 8.1]',
  published: 2.17 + R_OVER_F * 373.15 * (8.1 - 0.000558 * 14500),
  unit: 'V',
  within: 1e-9,
  scenario: half,
  compute() {
    let voltage = Number.NaN
    let at = -1
    for (const event of simulate(half)) {
      if (event.kind === 'model') at = event.model.observables.findIndex((o) => o.name === 'voltage')
      if (event.kind === 'frame') voltage = event.frame.observables[at]
    }
    return voltage
  },
}
