/** Protocols of the cathode family: the experiments as data, and the steps that they stand for. */
import type { NumberParameter, Parameter, Values } from '../../parameter.ts'
import type { Experiment } from '../family.ts'
import type { Step } from './protocol.ts'
import { choice, number, only } from './schema.ts'
import { parseSteps, STEP_EXAMPLES, STEPS_HELP } from './steps.ts'

const GROUP = 'Protocol'

type Range = Pick<NumberParameter, 'unit' | 'factor' | 'value' | 'min' | 'max'> & Partial<NumberParameter>
const value = (name: string, label: string, symbol: string, range: Range) =>
  number({ name, label, symbol, group: GROUP, source: 'Experimental setting', ...range })

const rate = (v: number): Parameter =>
  value('rate', 'C-rate', 'C', {
    unit: 'C',
    factor: 1,
    value: v,
    min: 1e-4,
    max: 1e3,
    slider: { min: 0.01, max: 20 },
    scale: 'log',
    only: only('by', 'rate'),
    help: '1C passes the capacity of the cathode in one hour.',
  })

const current = (v: number): Parameter =>
  value('current', 'Current density', 'I', {
    unit: 'A/m²',
    factor: 1,
    value: v,
    min: 1e-6,
    max: 1e6,
    slider: { min: 0.1, max: 200 },
    scale: 'log',
    only: only('by', 'current'),
  })

const by = choice('by', 'Current given as', 'I', GROUP, [
  { value: 'rate', label: 'C-rate' },
  { value: 'current', label: 'A/m²' },
])

const direction = choice('direction', 'Direction', '\\pm', GROUP, [
  { value: 'discharge', label: 'discharge' },
  { value: 'charge', label: 'charge' },
  { value: 'cycle', label: 'discharge, then charge' },
])

const volts = (name: string, label: string, symbol: string, v: number): Parameter =>
  value(name, label, symbol, { unit: 'V', factor: 1, value: v, min: 0, max: 6, slider: { min: 1, max: 4.5 } })

const seconds = (name: string, label: string, symbol: string, v: number): Parameter =>
  value(name, label, symbol, {
    unit: 's',
    factor: 1,
    value: v,
    min: 1e-3,
    max: 1e8,
    slider: { min: 1, max: 1e5 },
    scale: 'log',
  })

const share = (name: string, label: string, symbol: string, v: number): Parameter =>
  value(name, label, symbol, { unit: '1', factor: 1, value: v, min: 1e-4, max: 2, slider: { min: 0.01, max: 1 } })

const count = (name: string, label: string, symbol: string, v: number): Parameter =>
  value(name, label, symbol, { unit: '1', factor: 1, value: v, min: 1, max: 200, slider: { min: 1, max: 20 } })

/** A voltage between the cut-offs, at a part of the way from the lower to the upper one, V. */
function inside(v: Values, part: number): number {
  const [low, high] = [v.V_min as number, v.V_max as number]
  return Number((low + part * (high - low)).toFixed(2))
}

export const experiments: readonly Experiment[] = [
  {
    name: 'constant-current',
    label: 'Constant current',
    help: 'Discharge or charge to the cut-off voltage.',
    parameters: [direction, by, rate(1), current(10)],
  },
  {
    name: 'cc-cv',
    label: 'Constant current, constant voltage',
    help: 'Discharge, then charge at constant current to a voltage that is held until the current has faded.',
    parameters: [
      by,
      rate(1),
      current(10),
      volts('hold', 'Voltage held', 'V_h', 3.6),
      share('taper', 'Ends at this part of the current', '\\tau', 0.05),
    ],
    suited: (v) => ({ hold: inside(v, 0.9) }),
  },
  {
    name: 'hold',
    label: 'Constant voltage',
    help: 'A voltage is applied and held: the current decays.',
    parameters: [volts('voltage', 'Voltage', 'V', 3.3), seconds('duration', 'Duration', 't', 3600)],
    suited: (v) => ({ voltage: inside(v, 0.4) }),
  },
  {
    name: 'voltammetry',
    label: 'Cyclic voltammetry',
    help: 'The voltage is swept down and up at a constant rate, from the open-circuit voltage.',
    parameters: [
      value('scan', 'Scan rate', '\\nu', {
        unit: 'mV/s',
        factor: 1e-3,
        value: 1e-4,
        min: 1e-8,
        max: 10,
        slider: { min: 1e-5, max: 1e-2 },
        scale: 'log',
      }),
      volts('low', 'Lower vertex', 'V_1', 3.1),
      volts('high', 'Upper vertex', 'V_2', 3.8),
      count('cycles', 'Cycles', 'n', 1),
    ],
    suited: (v) => ({ low: inside(v, 0.05), high: inside(v, 0.95) }),
  },
  {
    name: 'gitt',
    label: 'Titration (GITT)',
    help: 'Pulses of current with rests between them: the relaxed voltages are the open-circuit curve.',
    parameters: [
      direction,
      by,
      rate(0.1),
      current(5),
      share('pulse', 'Charge of a pulse over the capacity', '\\Delta u', 0.1),
      seconds('rest', 'Rest', 't_r', 20000),
      count('pulses', 'Pulses', 'n', 9),
    ],
  },
  {
    name: 'power',
    label: 'Constant power',
    help: 'The load takes a constant power until the cut-off.',
    parameters: [
      value('power', 'Power', 'P', {
        unit: 'W/m²',
        factor: 1,
        value: 40,
        min: 1e-4,
        max: 1e6,
        slider: { min: 1, max: 500 },
        scale: 'log',
      }),
    ],
  },
  {
    name: 'rest',
    label: 'Rest',
    help: 'No current: what is uneven relaxes.',
    parameters: [seconds('duration', 'Duration', 't', 3600)],
  },
  {
    name: 'steps',
    label: 'List of steps',
    help: STEPS_HELP,
    parameters: [
      {
        kind: 'text',
        name: 'steps',
        label: 'Steps',
        symbol: '\\Sigma',
        group: GROUP,
        source: 'Experimental setting',
        value: 'discharge at 1C for 30 min\nrest 10 min\ndischarge at 1C\nrest 1 h\ncharge at C/2\nhold until C/50',
        help: STEPS_HELP,
        check: (text) => parseSteps(text).problem,
        examples: STEP_EXAMPLES,
      },
    ],
  },
]

/** What the experiments need to know of the cell. */
export interface Limits {
  /** V. */
  lowest: number
  highest: number
  /** Capacity, C/m²; 1C is capacity / 3600 s. */
  capacity: number
}

/** The steps that an experiment stands for. */
export function stepsOf(experiment: { name: string; values: Values }, limits: Limits): Step[] {
  const v = experiment.values
  const n = (name: string) => v[name] as number
  const { lowest, highest, capacity } = limits
  const magnitude = () => (v.by === 'current' ? n('current') : (n('rate') * capacity) / 3600)
  const discharge = (I: number): Step => ({
    label: `discharge at ${amount(I)} A/m²`,
    hold: 'current',
    value: I,
    until: { below: lowest },
  })
  const charge = (I: number): Step => ({
    label: `charge at ${amount(I)} A/m²`,
    hold: 'current',
    value: -I,
    until: { above: highest },
  })
  const rest = (duration: number): Step => ({ label: 'rest', hold: 'current', value: 0, until: { duration } })
  switch (experiment.name) {
    case 'cc-cv': {
      const I = magnitude()
      return [
        discharge(I),
        { ...charge(I), until: { above: n('hold') } },
        { label: `hold at ${n('hold')} V`, hold: 'voltage', value: n('hold'), until: { taper: n('taper') * I } },
      ]
    }
    case 'hold':
      return [
        {
          label: `hold at ${n('voltage')} V`,
          hold: 'voltage',
          value: n('voltage'),
          until: { duration: n('duration') },
        },
      ]
    case 'voltammetry': {
      const sweep = (down: boolean, value: number | undefined): Step => ({
        label: `sweep ${down ? 'down' : 'up'}`,
        hold: 'voltage',
        value,
        ramp: down ? -n('scan') : n('scan'),
        until: down ? { below: n('low') } : { above: n('high') },
      })
      const cycles = Array.from({ length: n('cycles') }, () => [sweep(true, undefined), sweep(false, undefined)])
      return cycles.flat()
    }
    case 'gitt': {
      const I = magnitude()
      const one = v.direction === 'charge' ? charge(I) : discharge(I)
      const pulse = (s: Step): Step[] => [
        { ...s, label: `pulse, ${s.label}`, until: { ...s.until, passed: n('pulse') } },
        rest(n('rest')),
      ]
      const there = Array.from({ length: n('pulses') }, () => pulse(one)).flat()
      if (v.direction !== 'cycle') return there
      return [...there, ...Array.from({ length: n('pulses') }, () => pulse(charge(I))).flat()]
    }
    case 'power':
      return [
        {
          label: `discharge at ${amount(n('power'))} W/m²`,
          hold: 'power',
          value: n('power'),
          until: { below: lowest },
        },
      ]
    case 'rest':
      return [rest(n('duration'))]
    case 'steps': {
      const { steps } = parseSteps(v.steps as string)
      return steps.map((make) => make(limits))
    }
    default: {
      const I = magnitude()
      if (v.direction === 'charge') return [charge(I)]
      return v.direction === 'cycle' ? [discharge(I), charge(I)] : [discharge(I)]
    }
  }
}

const amount = (v: number) => Number(v.toPrecision(4))

/** How long the steps take at most, s: a whole capacity for every current; holds that end by themselves are guessed. */
export function horizon(steps: readonly Step[], limits: Limits): number {
  let total = 0
  for (const { hold, value, ramp, until } of steps) {
    const times = [until.duration ?? Number.POSITIVE_INFINITY]
    const I = hold === 'power' ? value! / limits.highest : hold === 'current' ? value! : 0
    if (I !== 0) times.push((1.02 * Math.min(1, until.passed ?? 1) * limits.capacity) / Math.abs(I))
    if (ramp) times.push((2 * (limits.highest - limits.lowest)) / Math.abs(ramp))
    const time = Math.min(...times)
    total += Number.isFinite(time) ? time : LONGEST_HOLD
  }
  return total
}

/** A voltage that is held until the current fades, s. */
const LONGEST_HOLD = 20 * 3600
