/** A cell rests where its pump makes up for its leaks: three sodium out for two potassium in. */
import { type Frame, simulate } from '../src/index.ts'
import pulse from '../src/scenarios/tissue-a1-pulse.json' with { type: 'json' }
import { type Example, scenario } from './example.ts'

const tissue = scenario(pulse)
/** RT/F at 37 °C, V. */
const BODY = (8.314462618 * 310.15) / 96485.33212

export const example: Example = {
  title: 'Resting potential',
  source:
    'L. J. Mullins, K. Noda, J. Gen. Physiol. 47 (1963) 117: V = (2 G_Na E_Na + 3 G_K E_K) / (2 G_Na + 3 G_K); concentrations of Xiao et al. 2023',
  published: (BODY * (0.08 * Math.log(146.02707 / 11.984519) + 0.45 * Math.log(3.97293 / 138.015481))) / 0.53,
  unit: 'V',
  within: 1e-6,
  scenario: tissue,
  compute() {
    let first: Frame | undefined
    const run = simulate(tissue)
    for (const event of run) {
      if (event.kind !== 'frame') continue
      first = event.frame
      break
    }
    return first?.fields[0][0] ?? Number.NaN
  },
}
