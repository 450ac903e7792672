/** Protocols of the cathode family: the experiments as data, and the steps that they stand for. */
import { english, msg } from '../../../language/language.ts'
import type { Problem, Values } from '../../../parameter.ts'
import { effective, entry } from '../../entries.ts'
import type { ChosenExperiment } from '../../family.ts'
import { aroundTable, checkTable, driveSteps, sign, TABLE_EXAMPLES, tableUnmetBy } from './driveSteps.ts'
import { by, count, current, direction, rate, seconds, share, text, value, volts } from './fields.ts'
import { readProtocol } from './grammar.ts'
import type { Limits, Step } from './protocol.ts'
import { type CellFacts, STEP_EXAMPLES, STEPS_HELP, stepsFrom, unmetBy } from './steps.ts'

const experiment = effective<[Limits], Step[]>()

/** A voltage between the cut-offs, at a part of the way from the lower to the upper one, V. */
function inside({ V_min, V_max }: Values, part: number): number {
  const [low, high] = [Number(V_min), Number(V_max)]
  return Number((low + part * (high - low)).toFixed(2))
}

export const experiments = [
  experiment({
    name: 'constant-current',
    label: 'Constant current',
    help: 'Discharge or charge to the cut-off voltage.',
    parameters: [direction, by, rate(1), current(10)],
    effect: ({ direction, ...v }, limits) => {
      const I = magnitude(v, limits)
      if (direction === 'charge') return [charge(I, limits)]
      return direction === 'cycle' ? [discharge(I, limits), charge(I, limits)] : [discharge(I, limits)]
    },
  }),
  experiment({
    name: 'cc-cv',
    label: 'Constant current, constant voltage',
    help: 'Discharge, then charge at constant current to a voltage that is held until the current has faded.',
    opening: { plot: 'time' },
    parameters: [
      by,
      rate(1),
      current(10),
      volts('hold', 'Voltage held', 'V_h', 3.6),
      share('taper', 'Ends at this part of the current', '\\tau', 0.05),
    ],
    suited: (v) => ({ hold: inside(v, 0.9) }),
    effect: (v, limits) => {
      const I = magnitude(v, limits)
      return [
        discharge(I, limits),
        { ...charge(I, limits), until: { above: v.hold }, implied: undefined },
        {
          label: english(msg('hold at {a} V'), { a: v.hold }),
          hold: 'voltage',
          value: v.hold,
          until: { taper: v.taper * I },
        },
      ]
    },
  }),
  experiment({
    name: 'hold',
    label: 'Constant voltage',
    help: 'A voltage is applied and held: the current decays.',
    opening: { plot: 'current' },
    parameters: [volts('voltage', 'Voltage', 'V', 3.3), seconds('duration', 'Duration', 't', 3600)],
    suited: (v) => ({ voltage: inside(v, 0.4) }),
    effect: ({ voltage, duration }) => [
      { label: english(msg('hold at {a} V'), { a: voltage }), hold: 'voltage', value: voltage, until: { duration } },
    ],
  }),
  experiment({
    name: 'voltammetry',
    label: 'Cyclic voltammetry',
    help: 'The voltage is swept down and up at a constant rate, from the open-circuit voltage.',
    opening: { plot: 'voltammogram' },
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
    effect: (v) => {
      const down: Step = {
        label: 'sweep down',
        hold: 'voltage',
        value: undefined,
        ramp: -v.scan,
        until: { below: v.low },
      }
      const up: Step = { ...down, label: 'sweep up', ramp: v.scan, until: { above: v.high } }
      return Array.from({ length: v.cycles }, () => [down, up]).flat()
    },
  }),
  experiment({
    name: 'gitt',
    label: 'Titration (GITT)',
    help: 'Pulses of current with rests between them: the relaxed voltages are the open-circuit curve.',
    opening: { plot: 'time' },
    parameters: [
      direction,
      by,
      rate(0.1),
      current(5),
      share('pulse', 'Charge of a pulse over the capacity', '\\Delta u', 0.1),
      seconds('rest', 'Rest', 't_r', 20000),
      count('pulses', 'Pulses', 'n', 9),
    ],
    effect: (v, limits) => {
      const I = magnitude(v, limits)
      const pulses = (one: Step) => {
        const pulse = { ...one, label: `${msg('pulse')}, ${one.label}`, until: { ...one.until, passed: v.pulse } }
        return Array.from({ length: v.pulses }, () => [pulse, rest(v.rest)]).flat()
      }
      const there = pulses(v.direction === 'charge' ? charge(I, limits) : discharge(I, limits))
      return v.direction === 'cycle' ? [...there, ...pulses(charge(I, limits))] : there
    },
  }),
  experiment({
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
    effect: ({ power }, { lowest }) => [
      {
        label: english(msg('discharge at {a} W/m²'), { a: amount(power) }),
        hold: 'power',
        value: power,
        until: { below: lowest },
      },
    ],
  }),
  experiment({
    name: 'rest',
    label: 'Rest',
    help: 'No current: what is uneven relaxes.',
    opening: { curve: 'nyquist' },
    parameters: [seconds('duration', 'Duration', 't', 3600)],
    effect: ({ duration }) => [rest(duration)],
  }),
  experiment({
    name: 'steps',
    label: 'List of steps',
    help: STEPS_HELP,
    opening: { plot: 'time' },
    parameters: [
      text({
        name: 'steps',
        label: 'Steps',
        symbol: '\\Sigma',
        value: 'discharge at 1C for 30 min\nrest 10 min\ndischarge at 1C\nrest 1 h\ncharge at C/2\nhold until C/50',
        help: STEPS_HELP,
        check: (text) => readProtocol(text).problem,
        examples: STEP_EXAMPLES,
      }),
    ],
    effect: ({ steps }, limits) => stepsFrom(readProtocol(steps).items, limits),
  }),
  experiment({
    name: 'drive-cycle',
    label: 'Measured current',
    help: 'A table of times and currents is the load, linear between its rows: a drive cycle, or the record of a cycler.',
    opening: { plot: 'time' },
    parameters: [
      text({
        name: 'table',
        label: 'Table',
        symbol: 'I(t)',
        value: 'time [s],current [C]\n0,0\n60,1\n600,1\n660,-0.5\n900,-0.5\n960,0\n1200,0',
        help: 'A header that names the columns with their units, such as "time [s],current [A/m2]", then a row a point.',
        check: checkTable,
        file: true,
        examples: TABLE_EXAMPLES,
      }),
      sign,
      value('scale', 'Currents times', 's', {
        unit: '1',
        factor: 1,
        value: 1,
        min: 1e-6,
        max: 1e6,
        scale: 'log',
        slider: { min: 0.01, max: 100 },
      }),
      count('repeats', 'Repeats of the table', 'n', 1),
      aroundTable('before', 'Steps before'),
      aroundTable('after', 'Steps after'),
    ],
    effect: driveSteps,
  }),
] as const

export type CathodeExperiment = ChosenExperiment<typeof experiments>

/** The steps that an experiment stands for. */
export function stepsOf({ name, values }: CathodeExperiment, limits: Limits): Step[] {
  return entry(experiments, name).effect(values, limits)
}

/** What an experiment asks for that the cell does not have. */
export function checkExperiment({ name, values }: CathodeExperiment, cell: CellFacts): Problem[] {
  const texts =
    name === 'steps'
      ? { steps: values.steps }
      : name === 'drive-cycle'
        ? { before: values.before, after: values.after }
        : {}
  const problems = Object.entries(texts).map(([key, text]) => ({ key, message: unmetBy(text, cell) }))
  if (name === 'drive-cycle') problems.push({ key: 'table', message: tableUnmetBy(values.table, cell) })
  return problems.flatMap(({ key, message }) =>
    message === undefined ? [] : [{ path: `experiment.values.${key}`, message }],
  )
}

function magnitude(v: { by: 'rate' | 'current'; rate: number; current: number }, { capacity }: Limits): number {
  return v.by === 'current' ? v.current : (v.rate * capacity) / 3600
}

function discharge(I: number, { lowest }: Limits): Step {
  return {
    label: english(msg('discharge at {a} A/m²'), { a: amount(I) }),
    hold: 'current',
    value: I,
    until: { below: lowest },
    implied: 'below',
  }
}

function charge(I: number, { highest }: Limits): Step {
  return {
    label: english(msg('charge at {a} A/m²'), { a: amount(I) }),
    hold: 'current',
    value: -I,
    until: { above: highest },
    implied: 'above',
  }
}

function rest(duration: number): Step {
  return { label: 'rest', hold: 'current', value: 0, until: { duration } }
}

function amount(v: number): number {
  return Number(v.toPrecision(4))
}

/** How long the steps take at most, s: a whole capacity for every current; holds that end by themselves are guessed. */
export function horizon(steps: readonly Step[], limits: Limits): number {
  let total = 0
  for (const { hold, value, ramp, until, spare } of steps) {
    if (spare) continue
    const times = [until.duration ?? Number.POSITIVE_INFINITY]
    const I = hold === 'power' ? value / limits.highest : hold === 'current' ? value : 0
    if (I !== 0) times.push((1.02 * Math.min(1, until.passed ?? 1) * limits.capacity) / Math.abs(I))
    if (ramp) times.push((2 * (limits.highest - limits.lowest)) / Math.abs(ramp))
    const time = Math.min(...times)
    total += Number.isFinite(time) ? time : LONGEST_HOLD
  }
  return total
}

/** A voltage that is held until the current fades, s. */
const LONGEST_HOLD = 20 * 3600
