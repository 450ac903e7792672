/** Boundary conditions and stimuli of the tissue family, as data. */
import type { Parameter } from '../../parameter.ts'
import type { Experiment, StimulusKind } from '../family.ts'

const PROTOCOL = 'Experiment'

function value(
  p: Pick<Parameter & { kind: 'number' }, 'name' | 'label' | 'symbol' | 'unit' | 'factor' | 'value' | 'min' | 'max'> & {
    help?: string
    source?: string
  },
): Parameter {
  return { kind: 'number', group: PROTOCOL, scale: 'linear', source: 'Experimental setting', ...p }
}

export const experiments: readonly Experiment[] = [
  {
    name: 'sealed',
    label: 'Sealed tissue',
    help: 'No ion leaves the tissue; the mean extracellular potential is zero.',
    parameters: [],
  },
  {
    name: 'bath',
    label: 'Bath',
    help: 'Extracellular concentrations are held and the potential is zero on chosen sides; the cells stay sealed.',
    parameters: [
      {
        kind: 'choice',
        name: 'sides',
        label: 'Sides in contact with the bath',
        symbol: '\\partial\\Omega_b',
        group: PROTOCOL,
        value: 'right',
        options: [
          { value: 'left', label: 'x = 0' },
          { value: 'right', label: 'x = L' },
          { value: 'both', label: 'both' },
        ],
        source: 'Experimental setting',
      },
      value({
        name: 'bath_Na',
        label: 'Na in the bath',
        symbol: '\\mathrm{Na}_b',
        unit: 'mM',
        factor: 1,
        value: 146,
        min: 0.01,
        max: 500,
      }),
      value({
        name: 'bath_K',
        label: 'K in the bath',
        symbol: '\\mathrm{K}_b',
        unit: 'mM',
        factor: 1,
        value: 4,
        min: 0.01,
        max: 500,
        help: 'Chloride follows from electroneutrality.',
      }),
    ],
  },
  {
    name: 'current',
    label: 'Applied current',
    help: 'Current enters the extracellular space at x = 0 and leaves it at x = L.',
    parameters: [
      value({
        name: 'density',
        label: 'Current density',
        symbol: 'I_\\text{app}',
        unit: 'A/m²',
        factor: 1,
        value: 5,
        min: -500,
        max: 500,
      }),
      value({ name: 'on', label: 'On at', symbol: 't_1', unit: 's', factor: 1, value: 0, min: 0, max: 1e5 }),
      value({ name: 'off', label: 'Off at', symbol: 't_2', unit: 's', factor: 1, value: 30, min: 0, max: 1e5 }),
      {
        kind: 'choice',
        name: 'electrode',
        label: 'Electrodes',
        symbol: '\\mathcal E',
        group: PROTOCOL,
        value: 'bridge',
        options: [
          { value: 'bridge', label: 'Salt bridges: every ion carries its transport number' },
          { value: 'silver', label: 'Ag/AgCl: chloride carries all' },
        ],
        source: 'Experimental setting',
      },
    ],
  },
]

/** Those without a bath: salt bridges can be put to both ends of the tissue and an impedance measured. */
export const ports: readonly string[] = ['sealed', 'current']

function stimulus(
  name: string,
  label: string,
  unit: string,
  amount: number,
  max: number,
  duration: number,
  help: string,
): StimulusKind {
  return {
    name,
    label,
    duration,
    amount: {
      kind: 'number',
      name,
      label,
      symbol: 's',
      group: 'Stimulus',
      unit,
      factor: 1,
      value: amount,
      min: 0,
      max,
      scale: 'linear',
      source: 'Experimental setting',
      terms: ['source'],
      help,
    },
  }
}

export const stimuli: readonly StimulusKind[] = [
  stimulus('inject-KCl', 'Inject KCl', 'mM', 20, 200, 2, 'Total rise of extracellular K and Cl at the centre.'),
  stimulus('swap-K-for-Na', 'Swap Na for K', 'mM', 20, 100, 2, 'K rises as Na falls: no charge is added.'),
  stimulus('block-pump', 'Block the pump', '1', 1, 1, 60, 'Fraction of the pump that is blocked.'),
  stimulus('open-Na', 'Open Na channels', 'S/m²', 0.5, 50, 10, 'Added conductance.'),
  stimulus('open-K', 'Open K channels', 'S/m²', 0.5, 50, 10, 'Added conductance.'),
  stimulus('open-Cl', 'Open Cl channels', 'S/m²', 0.1, 50, 60, 'Added conductance.'),
]
