/** At low frequencies a film between blocking electrodes is the capacity of its two diffuse layers. */
import { finish, spectrum } from '../src/index.ts'
import charging from '../src/scenarios/porous-charging.json' with { type: 'json' }
import { type Example, scenario } from './example.ts'
import { THERMAL_VOLTAGE } from './thermalVoltage.ts'

const FARADAY = 96485.33212
const FREQUENCY = 0.01
const film = scenario(charging, {
  title: 'Blocking electrodes at rest',
  experiment: { name: 'blocking', values: { voltage: 0 } },
})
/** Pore volume and relative permittivity of the film: cylinders of radius 0.3 with 0.025 of the permittivity. */
const [p, permittivity, lambda2] = [1 - 0.09 * Math.PI, 0.575513216, 0.1]
const eps = (lambda2 * permittivity * FARADAY) / THERMAL_VOLTAGE
const k = Math.sqrt((2 * p) / (lambda2 * permittivity))

export const example: Example = {
  title: 'Capacity of diffuse layers',
  source: 'J. R. Macdonald, Phys. Rev. 92 (1953) 4: C = eps k / [2 tanh(k L/2)], k² = 2 F² p c/(eps R T)',
  published: (eps * k) / (2 * Math.tanh(k / 2)),
  unit: 'F/m²',
  within: 2e-4,
  scenario: film,
  compute() {
    const [{ im }] = finish(spectrum(film, [FREQUENCY])).points
    return -1 / (2 * Math.PI * FREQUENCY * im)
  },
}
