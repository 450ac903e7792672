/** Boundary conditions of the porous family, as data, and what they hold at each side. */
import type { Parameter, Values } from '../../parameter.ts'
import type { Experiment } from '../family.ts'
import type { SideCondition } from './equations.ts'

const PROTOCOL = 'Experiment'

function concentration(name: string, label: string, symbol: string, value: number): Parameter {
  return {
    ...(name.startsWith('c3') ? { only: { parameter: 'species', values: ['3'] } } : {}),
    kind: 'number',
    name,
    label,
    symbol,
    group: PROTOCOL,
    unit: 'mM',
    factor: 1,
    value,
    min: 1e-6,
    max: 1e4,
    scale: 'log',
    source: 'Experimental setting',
  }
}

/** A third ion is absent until it is asked for, so that the reservoirs stay neutral. */
const ABSENT = 1e-6

const voltage = (name: string, label: string, symbol: string, value: number): Parameter => ({
  kind: 'number',
  name,
  label,
  symbol,
  group: PROTOCOL,
  unit: 'mV',
  factor: 1e-3,
  value,
  min: -1,
  max: 1,
  slider: { min: -0.2, max: 0.2 },
  scale: 'linear',
  source: 'Experimental setting',
})

const reservoir = (side: 'left' | 'right'): Parameter[] =>
  [1, 2, 3].map((i) =>
    concentration(
      `c${i}_${side}`,
      `Ion ${i}, ${side} reservoir`,
      `c_${i}^{\\text{${side}}}`,
      i === 3 ? ABSENT : side === 'left' ? 1 : 0.2,
    ),
  )

const applied = voltage('voltage', 'Voltage, left minus right', 'V', 0.05138)

export const experiments: readonly Experiment[] = [
  {
    name: 'reservoirs',
    label: 'Two reservoirs',
    help: 'Concentrations and potential are held on both sides: current-voltage curves, salt diffusion, reversal potential.',
    parameters: [
      applied,
      ...reservoir('left'),
      ...reservoir('right'),
      {
        kind: 'number',
        name: 'tilt',
        label: 'Variation of the left potential along the electrode',
        symbol: '\\tau',
        group: PROTOCOL,
        unit: '1',
        factor: 1,
        value: 0,
        min: -1,
        max: 1,
        scale: 'linear',
        source: 'Experimental setting; in two dimensions the left potential is V (1 + tilt cos πy/W)',
      },
    ],
  },
  {
    name: 'blocking',
    label: 'Blocking electrodes',
    help: 'No ion passes, the potential is held: the double layers charge.',
    parameters: [applied],
  },
  {
    name: 'selective',
    label: 'Ion-selective membrane on the right',
    help: 'Ion 1 is held on both sides, the others cannot pass on the right: a limiting current.',
    parameters: [applied, ...reservoir('left'), concentration('c1_right', 'Ion 1 in the membrane', 'c_1^R', 1)],
  },
  {
    name: 'half-cell',
    label: 'Half cell',
    help: 'A blocking electrode at x = 0 and a reservoir at x = L: the Gouy-Chapman layer.',
    parameters: [voltage('zeta', 'Electrode potential', '\\zeta', 0.0771), ...reservoir('right')],
  },
  {
    name: 'periodic',
    label: 'Periodic box',
    help: 'What leaves at one end enters at the other; the mean potential is zero. Waves of charge relax.',
    parameters: [],
  },
  {
    name: 'drained',
    label: 'Drained sides (the paper)',
    help: 'Ions vanish at both sides and no field leaves: the boundary condition of the paper. Charge may leave, so its mean is projected out.',
    parameters: [],
  },
]

/** Those that hold the potential of both sides: a current can be driven and an impedance measured. */
export const ports: readonly string[] = ['reservoirs', 'blocking', 'selective', 'half-cell']

/** A concentration that stands for none, relative to the reference concentration. */
const NONE = 1e-12

/**
 * What an experiment holds at the left and the right side.
 * @param across fraction 0…1 along the side of each of its nodes
 */
export function sideConditions(
  experiment: { name: string; values: Values },
  species: number,
  reference: number,
  across: Float64Array,
): { left: SideCondition; right: SideCondition } {
  const value = (name: string) => experiment.values[name] as number
  const ions = (side: string) => Array.from({ length: species }, (_, r) => value(`c${r + 1}_${side}`))
  const none = Array.from({ length: species }, () => undefined)
  const flat = (v: number) => across.map(() => v)
  switch (experiment.name) {
    case 'reservoirs': {
      const profile = across.map((y) => 1 + value('tilt') * Math.cos(Math.PI * y))
      return {
        left: { concentrations: ions('left'), potential: profile.map((s) => value('voltage') * s), profile },
        right: { concentrations: ions('right'), potential: flat(0) },
      }
    }
    case 'blocking':
      return {
        left: { concentrations: none, potential: flat(value('voltage')) },
        right: { concentrations: none, potential: flat(0) },
      }
    case 'selective':
      return {
        left: { concentrations: ions('left'), potential: flat(value('voltage')) },
        right: { concentrations: none.map((_, r) => (r === 0 ? value('c1_right') : undefined)), potential: flat(0) },
      }
    case 'half-cell':
      return {
        left: { concentrations: none, potential: flat(value('zeta')) },
        right: { concentrations: ions('right'), potential: flat(0) },
      }
    case 'periodic': {
      const free = { concentrations: none, potential: undefined }
      return { left: free, right: free }
    }
    default: {
      const drained = { concentrations: none.map(() => NONE * reference), potential: undefined }
      return { left: drained, right: drained }
    }
  }
}
