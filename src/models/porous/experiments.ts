/** Boundary conditions of the porous family: as data, and what they hold at each side. */
import { declare } from '../../parameter.ts'
import { effective } from '../entries.ts'
import type { ChosenExperiment } from '../family.ts'
import type { SideCondition } from './equations.ts'

const { number } = declare({ source: 'Experimental setting', group: 'Experiment' })

/** What is held at x = 0 and x = L. */
export interface Sides {
  left: SideCondition
  right: SideCondition
}

/** What the sides belong to: ions, the reference concentration [mol/m³], and the fraction 0…1 along the side of each of its nodes. */
interface SideContext {
  species: number
  reference: number
  across: Float64Array
}

const experiment = effective<[SideContext], Sides>()

function concentration<const N extends string>(name: N, label: string, symbol: string, value: number) {
  return number({
    ...(name.startsWith('c3') ? { only: { parameter: 'species', values: ['3'] } } : {}),
    name,
    label,
    symbol,
    unit: 'mM',
    factor: 1,
    value,
    min: 1e-6,
    max: 1e4,
    scale: 'log',
  })
}

/** A third ion is absent until it is asked for, so that the reservoirs stay neutral. */
const ABSENT = 1e-6

function voltage<const N extends string>(name: N, label: string, symbol: string, value: number) {
  const slider = { min: -0.2, max: 0.2 }
  return number({ name, label, symbol, unit: 'mV', factor: 1e-3, value, min: -1, max: 1, slider })
}

function reservoir<const S extends 'left' | 'right'>(side: S) {
  const ion = <const I extends 1 | 2 | 3>(i: I, value: number) =>
    concentration(`c${i}_${side}` as const, `Ion ${i}, ${side} reservoir`, `c_${i}^{\\text{${side}}}`, value)
  const usual = side === 'left' ? 1 : 0.2
  return [ion(1, usual), ion(2, usual), ion(3, ABSENT)] as const
}

const applied = voltage('voltage', 'Voltage, left minus right', 'V', 0.05138)

/** A concentration that stands for none, relative to the reference concentration. */
const NONE = 1e-12

const flat = ({ across }: SideContext, v: number) => across.map(() => v)
const none = ({ species }: SideContext): undefined[] => Array.from({ length: species }, () => undefined)
const held = ({ species }: SideContext, ...concentrations: number[]) => concentrations.slice(0, species)

export const experiments = [
  experiment({
    name: 'reservoirs',
    label: 'Two reservoirs',
    help: 'Concentrations and potential are held on both sides: current-voltage curves, salt diffusion, reversal potential.',
    parameters: [
      applied,
      ...reservoir('left'),
      ...reservoir('right'),
      number({
        name: 'tilt',
        label: 'Variation of the left potential along the electrode',
        symbol: '\\tau',
        unit: '1',
        factor: 1,
        value: 0,
        min: -1,
        max: 1,
        source: 'Experimental setting; in two dimensions the left potential is V (1 + tilt cos πy/W)',
      }),
    ],
    effect(v, c) {
      const profile = c.across.map((y) => 1 + v.tilt * Math.cos(Math.PI * y))
      return {
        left: {
          concentrations: held(c, v.c1_left, v.c2_left, v.c3_left),
          potential: profile.map((s) => v.voltage * s),
          profile,
        },
        right: { concentrations: held(c, v.c1_right, v.c2_right, v.c3_right), potential: flat(c, 0) },
      }
    },
  }),
  experiment({
    name: 'blocking',
    label: 'Blocking electrodes',
    help: 'No ion passes, the potential is held: the double layers charge.',
    parameters: [applied],
    effect: (v, c) => ({
      left: { concentrations: none(c), potential: flat(c, v.voltage) },
      right: { concentrations: none(c), potential: flat(c, 0) },
    }),
  }),
  experiment({
    name: 'selective',
    label: 'Ion-selective membrane on the right',
    help: 'Ion 1 is held on both sides, the others cannot pass on the right: a limiting current.',
    parameters: [applied, ...reservoir('left'), concentration('c1_right', 'Ion 1 in the membrane', 'c_1^R', 1)],
    effect: (v, c) => ({
      left: { concentrations: held(c, v.c1_left, v.c2_left, v.c3_left), potential: flat(c, v.voltage) },
      right: { concentrations: none(c).map((_, r) => (r === 0 ? v.c1_right : undefined)), potential: flat(c, 0) },
    }),
  }),
  experiment({
    name: 'half-cell',
    label: 'Half cell',
    help: 'A blocking electrode at x = 0 and a reservoir at x = L: the Gouy-Chapman layer.',
    parameters: [voltage('zeta', 'Electrode potential', '\\zeta', 0.0771), ...reservoir('right')],
    effect: (v, c) => ({
      left: { concentrations: none(c), potential: flat(c, v.zeta) },
      right: { concentrations: held(c, v.c1_right, v.c2_right, v.c3_right), potential: flat(c, 0) },
    }),
  }),
  experiment({
    name: 'periodic',
    label: 'Periodic box',
    help: 'What leaves at one end enters at the other; the mean potential is zero. Waves of charge relax.',
    parameters: [],
    effect(_, c) {
      const free = { concentrations: none(c), potential: undefined }
      return { left: free, right: free }
    },
  }),
  experiment({
    name: 'drained',
    label: 'Drained sides (the paper)',
    help: 'Ions vanish at both sides and no field leaves: the boundary condition of the paper. Charge may leave, so its mean is projected out.',
    parameters: [],
    effect(_, c) {
      const drained = { concentrations: none(c).map(() => NONE * c.reference), potential: undefined }
      return { left: drained, right: drained }
    },
  }),
] as const

export type PorousExperiment = ChosenExperiment<typeof experiments>

/** Those that hold the potential of both sides: a current can be driven and an impedance measured. */
export const ports: readonly string[] = ['reservoirs', 'blocking', 'selective', 'half-cell']

/** Those through which a steady current flows under a voltage. */
export type CurrentExperiment = Extract<PorousExperiment, { name: 'reservoirs' | 'selective' }>

export function drivesCurrent(experiment: PorousExperiment): experiment is CurrentExperiment {
  return experiment.name === 'reservoirs' || experiment.name === 'selective'
}

/** Voltage or electrode potential, V; 0 where none is held. */
export function voltsOf({ values }: PorousExperiment): number {
  if ('voltage' in values) return values.voltage
  return 'zeta' in values ? values.zeta : 0
}

/** Variation of the left potential along the electrode. */
export function tiltOf({ values }: PorousExperiment): number {
  return 'tilt' in values ? values.tilt : 0
}

/** The same experiment at another voltage [V]. */
export function atVolts<E extends PorousExperiment>(experiment: E, volts: number): E {
  const key = 'zeta' in experiment.values ? 'zeta' : 'voltage'
  return { ...experiment, values: { ...experiment.values, [key]: volts } }
}

/** Concentrations of the reservoir at a side, mol/m³, ion 1 first; undefined without one. */
export function reservoirOf({ values }: PorousExperiment, side: 'left' | 'right'): number[] | undefined {
  if (side === 'left') return 'c2_left' in values ? [values.c1_left, values.c2_left, values.c3_left] : undefined
  return 'c2_right' in values ? [values.c1_right, values.c2_right, values.c3_right] : undefined
}
