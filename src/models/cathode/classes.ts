/** The models of the cathode family, with the equations of the chosen parameters. */
import { defaults } from '../../parameter.ts'
import type { ModelClass } from '../family.ts'
import { equationsOf } from './equationText.ts'
import { parameters } from './parameters/index.ts'

const usual = defaults(parameters)

export const classes: Readonly<Record<string, ModelClass>> = {
  connected: {
    label: 'Connected solid',
    reason: 'Lithium also crosses the solid (M_s > 0).',
    equations: equationsOf(true, usual),
    of: (parameters) => equationsOf(true, parameters),
  },
  independent: {
    label: 'Independent particles',
    reason: 'Each fills on its own (M_s = 0).',
    equations: equationsOf(false, usual),
    of: (parameters) => equationsOf(false, parameters),
  },
}
