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
    equations: equationsOf(true, false, usual),
    of: (parameters) => equationsOf(true, false, parameters),
  },
  independent: {
    label: 'Independent particles',
    reason: 'Each fills on its own (M_s = 0).',
    equations: equationsOf(false, false, usual),
    of: (parameters) => equationsOf(false, false, parameters),
  },
  'connected-kinds': {
    label: 'Connected solid and particles',
    reason:
      'Lithium crosses the solid that is joined through the cells (M_s > 0); particles beside it fill on their own.',
    equations: equationsOf(true, true, usual),
    of: (parameters) => equationsOf(true, true, parameters),
  },
  'independent-kinds': {
    label: 'Particles of several kinds',
    reason: 'Each kind fills on its own (M_s = 0), as fast as its surface per volume lets it.',
    equations: equationsOf(false, true, usual),
    of: (parameters) => equationsOf(false, true, parameters),
  },
  'connected-materials': {
    label: 'Two active materials, one connected',
    reason:
      'Lithium crosses the solid that is joined through the cells (M_s > 0); particles beside it fill on their own, each by the laws of its material.',
    equations: equationsOf(true, 'materials', usual),
    of: (parameters) => equationsOf(true, 'materials', parameters),
  },
  'independent-materials': {
    label: 'Particles of two materials',
    reason: 'Each kind fills on its own (M_s = 0), by the laws of its material.',
    equations: equationsOf(false, 'materials', usual),
    of: (parameters) => equationsOf(false, 'materials', parameters),
  },
}
