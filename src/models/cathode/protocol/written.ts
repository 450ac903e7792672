/**
 * A step as it is written, and its grammar (docs/protocols.md):
 *
 *     step   = verb {clause}
 *     verb   = "discharge" | "charge" | "power" | "hold" | "rest" | "sweep" | "CC-CV" ("charge" | "discharge")
 *     clause = ["at" | "with"] quantity | ("for" | "until" | "to" | "or") condition | "(" quantity "period" ")"
 *
 * What quantities mean under a verb, and what can never end it, is said here; amounts that need the cell stay quantities.
 */
import { msg, t } from '../../../language/language.ts'
import { type Quantity, readQuantity, seesTime } from '../../quantity.ts'
import { type Reader, Unreadable } from '../../tokens.ts'
import { CHARGES, CURRENTS, checkCondition } from './allowed.ts'
import { type Condition, readCondition } from './conditions.ts'

export const VERBS = ['discharge', 'charge', 'rest', 'hold', 'sweep', 'power'] as const
export type Verb = (typeof VERBS)[number]

export interface WrittenStep {
  verb: Verb
  /** Constant current to a voltage that is then held: the hold ends on the condition. */
  then?: Condition[]
  /** Of a discharge or charge: current or power; of a hold and a sweep: voltage; absent: that which was reached. */
  amount?: Quantity
  /** Of a sweep, V/s. */
  speed?: number
  until: Condition[]
  /** Longest time between two moments that are kept, s. */
  period?: number
  /** K, where one is given. */
  temperature?: number
}

const SYNONYMS: Record<string, Verb> = {
  discharge: 'discharge',
  discharging: 'discharge',
  charge: 'charge',
  charging: 'charge',
  rest: 'rest',
  resting: 'rest',
  relax: 'rest',
  relaxation: 'rest',
  pause: 'rest',
  ocv: 'rest',
  hold: 'hold',
  holding: 'hold',
  sweep: 'sweep',
  scan: 'sweep',
  ramp: 'sweep',
  power: 'power',
}
const POWERS = ['power', 'power density', 'specific power']
const EXAMPLE_CURRENT = msg('write 1C, C/10, 5 A/m2, 0.5 mA/cm2 or 100 mA/g')

/** @throws Unreadable with the reason */
export function readStep(reader: Reader): WrittenStep {
  const profile = takeProfile(reader)
  if (!profile && reader.takes('cv')) {
    reader.takes('charge', 'discharge')
    return checked(readClauses(reader, 'hold'))
  }
  if (reader.sees('run'))
    throw new Unreadable(
      'a drive cycle is no step of a list; take the experiment "Measured current", which reads its table',
    )
  const verb = seesStep(reader) ? SYNONYMS[reader.peek().text] : undefined
  if (!verb) throw new Unreadable('a step begins with discharge, charge, rest, hold, sweep or power')
  reader.next()
  const step = readClauses(reader, verb)
  return profile ? splitHold(step) : checked(step)
}

/** Whether a step begins here. */
export function seesStep(reader: Reader, ahead = 0): boolean {
  const { kind, text } = reader.peek(ahead)
  return kind === 'word' && Object.hasOwn(SYNONYMS, text)
}

/** "CC-CV", "CCCV", "CC" before the verb; whether a hold follows. */
function takeProfile(reader: Reader): boolean {
  if (reader.takes('cccv')) return true
  if (!reader.takes('cc')) return false
  if (reader.takes('-', '/')) {
    if (!reader.takes('cv')) throw new Unreadable('write "CC-CV charge at C/2 to 4.2 V until C/20"')
    return true
  }
  return reader.takes('cv')
}

function readClauses(reader: Reader, verb: Verb): WrittenStep {
  const step: WrittenStep = { verb, until: [] }
  if (verb === 'rest') reader.takes('period')
  reader.takes(':', 'of')
  if (verb === 'sweep' && reader.sees('from'))
    throw new Unreadable('a sweep begins at the voltage that was reached; hold another one first, "hold 3.5 V for 1 s"')
  if (verb === 'hold') while (reader.takes('the', 'voltage', 'potential'));
  let first = true
  for (; ; first = false) {
    if (reader.takes('(')) {
      note(reader, step)
      continue
    }
    if (reader.sees(',') && continues(reader)) reader.next()
    if (reader.takes('at', 'with', 'by', '@')) {
      if (reader.takes('a')) reader.takes('constant', 'rate', 'current')
      while (reader.takes('constant', 'rate', 'current', 'power', 'of', 'voltage', 'the'));
      amount(reader, step)
    } else if ((verb === 'sweep' || verb === 'hold') && first && reader.takes('to')) amount(reader, step)
    else if (verb === 'rest' && first && seesTime(reader)) step.until.push(readCondition(reader))
    else if (takesJoin(reader)) step.until.push(readCondition(reader))
    else if (bareQuantity(reader)) {
      // "discharge 1C 30 min".
      if (verb !== 'rest' && (first || !step.amount)) amount(reader, step)
      else step.until.push(readCondition(reader))
    } else if (reader.sees('and') && !(seesStep(reader, 1) || reader.peek(1).text === 'then'))
      throw new Unreadable(
        'a step ends on whatever comes first: write "or" between its conditions; "and" would need all of them',
      )
    else return step
  }
}

/** After a comma the step goes on where a clause begins. */
function continues(reader: Reader): boolean {
  const { text } = reader.peek(1)
  return ['for', 'until', 'till', 'or', 'at', 'with', 'cutoff', 'cut'].includes(text)
}

function takesJoin(reader: Reader): boolean {
  let joined = false
  while (reader.takes('for', 'until', 'till', 'to', 'or', 'up', 'down', 'cutoff')) joined = true
  if (reader.sees('cut') && reader.peek(1).text === '-' && reader.peek(2).text === 'off') {
    for (let k = 0; k < 3; k++) reader.next()
    joined = true
  }
  return joined
}

/** A quantity without a word before it. */
function bareQuantity(reader: Reader): boolean {
  const { kind, text } = reader.peek()
  return kind === 'number' || (kind === 'word' && text === 'c') || (kind === 'mark' && text === '-')
}

/** "(1 minute period)", "(period 1 min)". */
function note(reader: Reader, step: WrittenStep): void {
  const before = reader.takes('period')
  if (before) reader.takes('of', ':', '=')
  const found = readQuantity(reader)
  const named = reader.takes('period') || before
  if (step.verb === 'rest' && !named && found?.kind === 'time' && reader.takes(')')) {
    step.until.push(found)
    return
  }
  if (found?.kind === 'kelvin' && reader.takes(')')) {
    step.temperature = found.value
    return
  }
  if (found?.kind !== 'time' || !named || !reader.takes(')'))
    throw new Unreadable('in brackets behind a step stands how often it is recorded, e.g. "(1 minute period)"')
  if (!positive(found.value))
    throw new Unreadable('"{text}" is no period; write e.g. "(1 minute period)"', { text: found.text })
  step.period = found.value
}

function positive(value: number): boolean {
  return value > 0 && Number.isFinite(value)
}

/** What a step is done at; its kind says what. */
function amount(reader: Reader, step: WrittenStep): void {
  const from = reader.place
  const found = readQuantity(reader)
  if (found?.kind === 'kelvin') {
    step.temperature = found.value
    return
  }
  const text = found ? found.text : reader.quote(from, from + 1)
  if (found?.kind === 'resistance')
    throw new Unreadable(
      '"{text}" is a load of constant resistance, which is not available; give a current or a power',
      { text },
    )
  const { verb } = step
  if (found && (verb === 'charge' || verb === 'discharge') && [...CHARGES, 'time'].includes(found.kind)) {
    step.until.push(found)
    return
  }
  if (verb === 'sweep' && found?.kind === 'sweep rate') {
    if (!positive(found.value))
      throw new Unreadable('a sweep names its end and its rate, e.g. "sweep to 3.1 V at 0.1 mV/s"')
    step.speed = found.value
    return
  }
  if (step.amount && found)
    throw new Unreadable('"{text}" and "{text2}" cannot both be held; a temperature is written 25 °C', {
      text: step.amount.text,
      text2: text,
    })
  if (verb === 'rest') throw new Unreadable('a rest needs a time, e.g. "rest 30 min"')
  if (verb === 'hold' || verb === 'sweep') {
    if (found?.kind !== 'voltage') throw new Unreadable('"{text}" is not a voltage; write e.g. 3.6 V', { text })
  } else if (verb === 'power') {
    if (!found || !POWERS.includes(found.kind) || !positive(found.value))
      throw new Unreadable('"{text}" is not a power; write e.g. 40 W/m2', { text })
  } else if (found?.kind === 'voltage')
    throw new Unreadable('"{text}" is a voltage; write "hold at {text} until C/20", or a current first', { text })
  else if (!found || !(CURRENTS.includes(found.kind) || POWERS.includes(found.kind)) || !positive(found.value))
    throw new Unreadable('"{text}" is not a current; {example}', { text, example: t(EXAMPLE_CURRENT) })
  step.amount = found
}

/** CC-CV: the voltage ends the current and is held until the other conditions are met. */
function splitHold(step: WrittenStep): WrittenStep {
  const volts = step.until.filter((c) => c.kind === 'voltage')
  const then = step.until.filter((c) => c.kind !== 'voltage')
  if (!['charge', 'discharge'].includes(step.verb) || volts.length !== 1 || then.length === 0)
    throw new Unreadable(
      'CC-CV names a current, a voltage and when the hold ends: "CC-CV charge at C/2 to 4.2 V until C/20"',
    )
  const current: WrittenStep = { ...step, until: volts }
  check(current)
  check({ verb: 'hold', amount: volts[0], until: then })
  return { ...current, then }
}

function checked(step: WrittenStep): WrittenStep {
  check(step)
  return step
}

/** Whether the conditions can end the step. */
function check(step: WrittenStep): void {
  const { verb, until, amount } = step
  if ((verb === 'discharge' || verb === 'charge') && !amount)
    throw new Unreadable('what stands behind "{verb}" is not a current; {example}', {
      verb,
      example: t(EXAMPLE_CURRENT),
    })
  if (verb === 'power' && !amount) throw new Unreadable('what stands behind "power" is not a power; write e.g. 40 W/m2')
  if (verb === 'sweep' && (!amount || step.speed === undefined))
    throw new Unreadable('a sweep names its end and its rate, e.g. "sweep to 3.1 V at 0.1 mV/s"')
  for (const condition of until) checkCondition(step, condition)
  const twice = until.find((c, k) => until.findIndex((d) => group(d) === group(c)) !== k)
  if (twice)
    throw new Unreadable('"{text}" is a second condition of its kind; one of them comes first: keep that', {
      text: twice.text,
    })
  const timed = until.some((c) => c.kind === 'time')
  if (verb === 'rest' && !timed)
    throw new Unreadable('a rest needs a time, e.g. "rest 30 min" or "rest until 3.4 V or for 2 h"')
  if (verb === 'hold' && until.length === 0)
    throw new Unreadable('a voltage is held until the current fades or for a time: add "until C/50" or "for 1 h"')
}

/** Conditions of one group cannot both count. */
function group({ kind }: Condition): string {
  if (CURRENTS.includes(kind)) return 'current'
  return CHARGES.includes(kind) ? 'charge' : kind
}
