/** Boundary conditions of the tissue family: as data, and what they do. */
import { declare } from '../../parameter.ts'
import { effective } from '../entries.ts'
import type { ChosenExperiment } from '../family.ts'
import type { Bath, Electrode } from './drive.ts'

const { number, choice } = declare({ source: 'Experimental setting', group: 'Experiment' })

/** What an experiment holds or drives at the boundary; nothing passes where it says nothing. */
export interface BoundaryForcing {
  bath?: Bath
  electrode?: Electrode
}

const experiment = effective<[], BoundaryForcing>()

export const experiments = [
  experiment({
    name: 'sealed',
    label: 'Sealed tissue',
    help: 'No ion leaves the tissue; the mean extracellular potential is zero.',
    parameters: [],
    effect: () => ({}),
  }),
  experiment({
    name: 'bath',
    label: 'Bath',
    help: 'Extracellular concentrations are held and the potential is zero on chosen sides; the cells stay sealed.',
    parameters: [
      choice({
        name: 'sides',
        label: 'Sides in contact with the bath',
        symbol: '\\partial\\Omega_b',
        value: 'right',
        options: [
          { value: 'left', label: 'x = 0' },
          { value: 'right', label: 'x = L' },
          { value: 'both', label: 'both' },
        ],
      }),
      number({
        name: 'bath_Na',
        label: 'Na in the bath',
        symbol: '\\mathrm{Na}_b',
        unit: 'mM',
        factor: 1,
        value: 146,
        min: 0.01,
        max: 500,
      }),
      number({
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
    effect: (v) => ({
      bath: { sides: v.sides === 'both' ? ['left', 'right'] : [v.sides], sodium: v.bath_Na, potassium: v.bath_K },
    }),
  }),
  experiment({
    name: 'current',
    label: 'Applied current',
    help: 'Current enters the extracellular space at x = 0 and leaves it at x = L.',
    parameters: [
      number({
        name: 'density',
        label: 'Current density',
        symbol: 'I_\\text{app}',
        unit: 'A/m²',
        factor: 1,
        value: 5,
        min: -500,
        max: 500,
      }),
      number({ name: 'on', label: 'On at', symbol: 't_1', unit: 's', factor: 1, value: 0, min: 0, max: 1e5 }),
      number({ name: 'off', label: 'Off at', symbol: 't_2', unit: 's', factor: 1, value: 30, min: 0, max: 1e5 }),
      choice({
        name: 'electrode',
        label: 'Electrodes',
        symbol: '\\mathcal E',
        value: 'bridge',
        options: [
          { value: 'bridge', label: 'Salt bridges: every ion carries its transport number' },
          { value: 'silver', label: 'Ag/AgCl: chloride carries all' },
        ],
      }),
    ],
    effect: (v) => ({ electrode: { density: v.density, start: v.on, end: v.off, kind: v.electrode } }),
  }),
] as const

export type TissueExperiment = ChosenExperiment<typeof experiments>

/** Those without a bath: salt bridges can be put to both ends of the tissue and an impedance measured. */
export const ports: readonly string[] = ['sealed', 'current']
