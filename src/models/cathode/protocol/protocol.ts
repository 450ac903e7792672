/**
 * A protocol is a list of steps. Each holds a current, a voltage or a power until one of its conditions is met; where
 * the run stands in the list is part of the state (progress.ts), so a state is all that is needed to continue.
 */

import { english, msg } from '../../../language/language.ts'
import type { Events } from '../../../numerics/system.ts'
import { present } from '../../../present.ts'
import type { StepReport } from '../../family.ts'
import { type DriveCycle, untilNextRow } from './drive.ts'

export type Step = StepBase & StepHold

interface StepBase {
  /** In words, for notices: "discharge at 12.7 A/m²". */
  label: string
  /** Change of a held voltage, V/s; with `reach` its size, the direction being that of the voltage to be reached. */
  ramp?: number
  until: Conditions
  /** Conditions that are the cell's own cut-offs, which nobody asked for. */
  implied?: 'below' | 'above' | 'both'
  /** Longest time between two moments that are kept, s. */
  period?: number
  /** Where the step begins another round of a loop: the round is left out where a condition is met, for a later step. */
  leave?: readonly Leave[]
  /** A round of a loop that is not expected to be needed. */
  spare?: boolean
  /** Where the step ends the last round that a loop may take: what was to end it, and the same in words. */
  last?: { when: Check; words: string }
}

/** A condition of a loop, looked at between its rounds. */
export interface Check {
  of: 'voltage' | 'current' | 'filling'
  side: 'below' | 'above'
  value: number
}

export interface Leave {
  when: Check
  /** Index of the step to go on with; the number of steps is the end. */
  to: number
}

/**
 * A/m² (discharge positive) or W/m²; V, undefined for the one at the start of the step; a current that changes in time
 * since the start of the step, A/m².
 */
type StepHold =
  | { hold: 'current' | 'power'; value: number }
  | { hold: 'voltage'; value: number | undefined }
  | { hold: 'profile'; value: 0; profile: Pick<DriveCycle, 'time' | 'current'> }

/** The step ends on whatever happens first. */
export interface Conditions {
  /** s. */
  duration?: number
  /** The voltage falls below or rises above, V. */
  below?: number
  above?: number
  /** The current's magnitude falls below, A/m². */
  taper?: number
  /** Charge passed in this step over the capacity. */
  passed?: number
  /** The voltage comes to this from where it was at the start of the step, V. */
  reach?: number
  /** The mean filling comes to this: from below on discharge, from above on charge, from where it was where neither is given. */
  filling?: number
}

/** What the steps need to know of the cell. */
export interface Limits {
  /** V. */
  lowest: number
  highest: number
  /** Capacity, C/m²; 1C is capacity / 3600 s. */
  capacity: number
  /** Mass of the active material, kg/m². */
  mass?: number
  /** Area of the electrode, m², where it is known. */
  area?: number
}

/** A number for the kind of protocol: what is held and until when, not how much. States of another begin it anew. */
export function planOf(steps: readonly Step[]): number {
  const text = steps
    .map(({ hold, value, until }) => `${hold}${Math.sign(value ?? 0)}${Object.keys(until).sort()}`)
    .join()
  let hash = 5381
  for (let k = 0; k < text.length; k++) hash = (33 * hash + text.charCodeAt(k)) % 1000003
  return hash
}

/** Mean fillings beyond which a step ends: the voltage falls away faster than time can be resolved. */
const FULL = 1 - 1e-5
export const EMPTY = 1e-5

/** A step of given duration may end early by this part of it. */
const PUNCTUAL = 1e-9

/** Change of the held voltage, V/s: towards what is to be reached, from the voltage at the start of the step. */
export function slope({ ramp = 0, until: { reach } }: Step, startVoltage: number): number {
  return reach !== undefined && reach < startVoltage ? -ramp : ramp
}

/** Longest step in time that a step allows after a time, s: from row to row of its profile, and as it is to be recorded. */
export function longestWithin(step: Step, elapsed: number): number {
  const row = step.hold === 'profile' ? untilNextRow(step.profile, elapsed) : Number.POSITIVE_INFINITY
  return Math.min(row, step.period ?? Number.POSITIVE_INFINITY)
}

/** Currents of a held voltage below this part of 1C are what is left when the particles are full or empty. */
const FEEBLE = 1e-4

/** What the events of a protocol read of the state. SI. */
export interface Moment {
  /** Terminal voltage, V, and current, A/m². */
  voltage: number
  current: number
  /** Charge passed since the start of the run and at the start of the step, over the capacity. */
  charge: number
  chargeAtStart: number
  /** Start of the step, s, and the voltage there, V. */
  start: number
  startVoltage: number
  /** Current of 1C, A/m². */
  hourly: number
  /** Mean filling. */
  filling: number
}

/** The step after another one: rounds of loops are left out where their condition is met. */
export function nextStep(steps: readonly Step[], from: number, moment: Moment): number {
  let next = from + 1
  for (;;) {
    const left = steps[next]?.leave?.find(({ when }) => met(when, moment))
    if (!left) return next
    next = left.to
  }
}

function met({ of, side, value }: Check, moment: Moment): boolean {
  const now = of === 'current' ? Math.abs(moment.current) : moment[of]
  return side === 'below' ? now <= value : now >= value
}

const KINDS = ['time', 'below', 'above', 'taper', 'passed', 'full', 'empty', 'reach', 'filling'] as const
type Kind = (typeof KINDS)[number]
/** Place of each kind of event among the event functions. */
const AT = Object.fromEntries(KINDS.map((kind, k) => [kind, k])) as Record<Kind, number>

/** Why a step ended, in words. */
const REASONS: Record<Kind, (step: Step) => string> = {
  time: (s) => english(msg('after {a} s'), { a: Number((s.until.duration ?? 0).toPrecision(6)) }),
  below: (s) => english(msg('at the lower cut-off of {a} V'), { a: String(s.until.below) }),
  above: (s) => english(msg('at the upper cut-off of {a} V'), { a: String(s.until.above) }),
  taper: (s) => english(msg('with the current down to {a} A/m²'), { a: Number((s.until.taper ?? 0).toPrecision(4)) }),
  passed: () => msg('with the given charge passed'),
  full: () => msg('because the particles are full'),
  empty: () => msg('because the particles are empty'),
  reach: (s) => english(msg('at {a} V'), { a: String(s.until.reach) }),
  filling: (s) =>
    english(msg('at {a}% state of charge'), { a: Number((100 * (1 - (s.until.filling ?? 0))).toPrecision(4)) }),
}

/** The same in two words, for tables. */
const SHORT: Record<Kind, string> = {
  time: 'time',
  below: 'lower cut-off',
  above: 'upper cut-off',
  taper: 'taper current',
  passed: 'charge',
  full: 'full particles',
  empty: 'empty particles',
  reach: 'voltage reached',
  filling: 'state of charge',
}

/** A voltage held until its current has faded. */
function fades({ hold, ramp, until }: Step): boolean {
  return hold === 'voltage' && ramp === undefined && until.taper !== undefined
}

/** A step that was to last, or to pass a charge, has ended on what nobody asked for. */
function unawaited({ until, implied }: Step, kind: Kind): boolean {
  const awaited = [until.duration, until.passed, until.filling].some((v) => v !== undefined)
  const both = implied === 'both' && (kind === 'below' || kind === 'above')
  return awaited && (kind === 'full' || kind === 'empty' || kind === implied || both)
}

export interface Ending {
  short: string
  words: string
}

/** The events of a protocol; the model says how to read and advance the state. */
export class ProtocolEvents implements Events {
  readonly count = KINDS.length
  /** How the last step ended. */
  ending: Ending | undefined
  /** What the steps that have ended did. */
  readonly reports: StepReport[] = []
  private readonly step: (u: Float64Array) => Step | undefined
  private readonly place: (u: Float64Array) => number
  private readonly moment: (t: number, u: Float64Array) => Moment
  private readonly advance: (t: number, u: Float64Array) => boolean

  /**
   * @param place index of the step in the list
   * @param advance moves the state to the next step; false if there is none
   */
  constructor(
    steps: readonly Step[],
    place: (u: Float64Array) => number,
    moment: (t: number, u: Float64Array) => Moment,
    advance: (t: number, u: Float64Array) => boolean,
  ) {
    this.step = (u) => steps[place(u)]
    this.place = place
    this.moment = moment
    this.advance = advance
  }

  values(t: number, u: Float64Array, out: Float64Array): void {
    out.fill(Number.POSITIVE_INFINITY)
    const step = this.step(u)
    if (!step) return
    const { duration, below, above, taper, passed, reach, filling } = step.until
    const m = this.moment(t, u)
    if (duration !== undefined) {
      // What is left of a step may be too short for any step in time.
      const left = m.start + duration - t
      out[AT.time] = left > PUNCTUAL * duration ? left : Math.min(0, left)
    }
    if (below !== undefined) out[AT.below] = m.voltage - below
    if (above !== undefined) out[AT.above] = above - m.voltage
    if (taper !== undefined) out[AT.taper] = Math.abs(m.current) - taper
    if (passed !== undefined) out[AT.passed] = passed - Math.abs(m.charge - m.chargeAtStart)
    if (reach !== undefined) out[AT.reach] = (m.voltage - reach) * (m.startVoltage < reach ? -1 : 1)
    if (filling !== undefined) {
      // A load that goes the other way never comes to it, and ends at once where it is beyond.
      const way = step.hold === 'voltage' ? filling - (m.filling - m.charge + m.chargeAtStart) : (step.value ?? 0)
      out[AT.filling] = (filling - m.filling) * (way < 0 ? -1 : 1)
    }
    const heading = this.heading(step, m)
    if (heading > 0) out[AT.full] = FULL - m.filling
    if (heading < 0) out[AT.empty] = m.filling - EMPTY
  }

  /** Whether a step fills the particles (1) or empties them (-1); 0 where it does neither for long. */
  private heading(step: Step, m: Moment): number {
    if (step.hold === 'current') return Math.sign(step.value)
    // A sweep that turns back at full particles begins with what is left of the current before.
    const ramp = slope(step, m.startVoltage)
    if (ramp !== 0) return m.current * ramp < 0 ? Math.sign(m.current) : 0
    return Math.abs(m.current) > FEEBLE * m.hourly ? Math.sign(m.current) : 0
  }

  happen(k: number, t: number, u: Float64Array): 'restart' | 'stop' {
    const step = present(this.step(u), 'the step that ends')
    const kind = KINDS[k]
    const reason = REASONS[kind](step)
    this.ending = { short: SHORT[kind], words: `${step.label} ended ${reason}` }
    const m = this.moment(t, u)
    this.reports.push({
      step: this.place(u) + 1,
      label: step.label,
      start: m.start,
      end: t,
      reason,
      outcome: t === m.start ? (fades(step) ? 'idle' : 'skipped') : unawaited(step, kind) ? 'early' : 'done',
      ...(step.last && !met(step.last.when, m) && { remark: step.last.words }),
      voltage: m.voltage,
      charge: (m.charge - m.chargeAtStart) * 3600 * m.hourly,
    })
    return this.advance(t, u) ? 'restart' : 'stop'
  }
}
