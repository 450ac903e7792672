/**
 * Protocols written as text (grammar.ts; docs/protocols.md) as steps: amounts in A/m² and W/m², loops unrolled.
 *
 * A discharge or charge ends at the cut-offs of the cell unless a condition comes first; "hold until C/50" holds the voltage
 * that was reached.
 */
import { english, msg, t } from '../../../language/language.ts'
import type { Quantity } from '../../quantity.ts'
import type { Condition } from './conditions.ts'
import { type Item, type Loop, readProtocol } from './grammar.ts'
import type { Check, Conditions, Leave, Limits, Step } from './protocol.ts'
import type { WrittenStep } from './written.ts'

export const STEPS_HELP =
  'One step a line: "discharge at 1C until 2.5 V", "charge at C/2 until 3.6 V or for 2 h", "rest 30 min", "hold 3.6 V until C/50", "sweep to 3.1 V at 0.1 mV/s", "power 40 W/m2 until 2.5 V", "discharge at 100 mA/g until 50% SOC", "repeat 3 times: discharge at 1C; charge at 1C".'

export const STEP_EXAMPLES = [
  { label: 'Pulses', text: 'repeat 2 times: discharge at 1C for 10 min; rest 30 min' },
  { label: 'Cycle', text: 'discharge at C/2\nrest 30 min\ncharge at C/2\nrest 30 min' },
  { label: 'CC-CV', text: 'discharge at 1C for 30 min\ncharge at 1C\nhold until C/20' },
  { label: 'Power', text: 'power 20 W/m2 for 30 min\nrest 30 min\npower 20 W/m2' },
]

/** What of a cell a text may ask for. */
export interface CellFacts {
  /** m², undefined where it is not given. */
  area: number | undefined
  /** K. */
  temperature: number
}

/** What a text asks for that this cell does not have, in words; undefined if nothing. */
export function unmetBy(text: string, { area, temperature }: CellFacts): string | undefined {
  for (const [k, { step, source }] of written(readProtocol(text).items).entries()) {
    const total = amountsOf(step).find(({ kind }) => ['current', 'power', 'charge'].includes(kind))
    if (total && area === undefined)
      return t(
        'step {k}: got "{source}"; "{text}" is for a whole cell, whose area is not given; set the area of the electrode, or write it per area, e.g. {what}',
        {
          k: k + 1,
          source,
          text: total.text,
          what: total.kind === 'power' ? '40 W/m2' : total.kind === 'charge' ? '10 Ah/m2' : '5 A/m2',
        },
      )
    const kelvin = step.temperature
    if (kelvin !== undefined && Math.abs(kelvin - temperature) > ALIKE)
      return t(
        'step {k}: got "{source}"; the whole cell is at {celsius} throughout (isothermal); set its temperature to {celsius2} ({kelvin} K), or leave it out of the step',
        {
          k: k + 1,
          source,
          celsius: celsius(temperature),
          celsius2: celsius(kelvin),
          kelvin: Number(kelvin.toFixed(2)),
        },
      )
  }
  return undefined
}

/** Temperatures that differ by less are the same, K. */
const ALIKE = 0.5

function celsius(kelvin: number): string {
  return `${Number((kelvin - 273.15).toFixed(2))} °C`
}

function amountsOf({ amount, until, then }: WrittenStep): Quantity[] {
  return [...(amount ? [amount] : []), ...until, ...(then ?? [])]
}

function written(items: readonly Item[]): { step: WrittenStep; source: string }[] {
  return items.flatMap((item) => ('step' in item ? [item] : written(item.body)))
}

/** The steps of a text that can be read. @throws RangeError where it needs an area that is not given */
export function stepsFrom(items: readonly Item[], limits: Limits): Step[] {
  const out: Step[] = []
  unroll(items, limits, out)
  return out
}

function unroll(items: readonly Item[], limits: Limits, out: Step[]): void {
  for (const item of items)
    if ('step' in item) out.push(...stepsOf(item.step, limits))
    else repeat(item, limits, out)
}

/** Rounds of a loop with a condition that are expected to be needed, of those it may take. */
const EXPECTED = 0.1

function repeat({ rounds, until, body }: Loop, limits: Limits, out: Step[]): void {
  const begun: number[] = []
  const expected = Math.ceil(EXPECTED * rounds)
  for (let round = 0; round < rounds; round++) {
    const first = out.length
    begun.push(first)
    unroll(body, limits, out)
    if (until && round >= expected) for (let k = first; k < out.length; k++) out[k] = { ...out[k], spare: true }
  }
  if (!until) return
  const when = checkOf(until, limits)
  const leave: Leave = { when, to: out.length }
  // Inner loops that begin at the same step are asked after the outer one.
  for (const k of begun.slice(1)) out[k] = { ...out[k], leave: [leave, ...(out[k].leave ?? [])] }
  const end = out.length - 1
  out[end] = { ...out[end], last: { when, words: `its loop ended after ${rounds} rounds without "${until.text}"` } }
}

function checkOf(condition: Condition, limits: Limits): Check {
  const { kind, value, side = 'below' } = condition
  if (kind === 'voltage') return { of: 'voltage', side, value }
  if (kind === 'state of charge') return { of: 'filling', side: side === 'below' ? 'above' : 'below', value: 1 - value }
  return { of: 'current', side, value: perArea(condition, limits) }
}

function stepsOf(step: WrittenStep, limits: Limits): Step[] {
  const { verb, then, period } = step
  const recorded = period === undefined ? {} : { period }
  const made = { ...stepOf(step, limits), ...recorded }
  if (!then) return [made]
  const V = step.until[0].value
  return [
    made,
    {
      label: english(msg('hold at {a} V'), { a: V }),
      hold: 'voltage',
      value: V,
      until: conditionsOf(verb, then, limits),
      ...recorded,
    },
  ]
}

/** By verb and unit. */
const LABELS: Readonly<Record<string, string>> = {
  'discharge A': msg('discharge at {a} A/m²'),
  'discharge W': msg('discharge at {a} W/m²'),
  'charge A': msg('charge at {a} A/m²'),
  'charge W': msg('charge at {a} W/m²'),
  'power W': msg('power {a} W/m²'),
}

function stepOf({ verb, amount, speed, until }: WrittenStep, limits: Limits): Step {
  const asked = conditionsOf(verb, until, limits)
  if (verb === 'rest') return { label: 'rest', hold: 'current', value: 0, until: asked }
  if (verb === 'sweep') {
    const V = amount?.value
    const label = english(msg('sweep to {a} V'), { a: String(V) })
    return { label, hold: 'voltage', value: undefined, ramp: speed, until: { ...asked, reach: V } }
  }
  if (verb === 'hold') {
    const label = amount ? english(msg('hold at {a} V'), { a: amount.value }) : msg('hold the voltage')
    return { label, hold: 'voltage', value: amount?.value, until: asked }
  }
  const power = amount?.kind.includes('power')
  const size = amount ? perArea(amount, limits) : 0
  const side = verb === 'charge' ? 'above' : 'below'
  const limit: Conditions = side === 'below' ? { below: limits.lowest } : { above: limits.highest }
  return {
    label: english(LABELS[`${verb} ${power ? 'W' : 'A'}`], { a: Number(size.toPrecision(4)) }),
    hold: power ? 'power' : 'current',
    value: verb === 'charge' ? -size : size,
    until: { ...limit, ...asked },
    ...(asked[side] === undefined && { implied: side }),
  }
}

/** Conditions of a step; a voltage is passed downwards on discharge, upwards on charge, and from where it was at rest. */
function conditionsOf(verb: WrittenStep['verb'], until: readonly Condition[], limits: Limits): Conditions {
  const out: Conditions = {}
  for (const condition of until) {
    const { kind, value } = condition
    if (kind === 'time') out.duration = value
    else if (kind === 'voltage') {
      if (verb === 'rest' || verb === 'sweep') out.reach = value
      else if (verb === 'charge') out.above = value
      else out.below = value
    } else if (kind === 'state of charge') out.filling = 1 - value
    else if (kind.includes('charge') || kind === 'share') out.passed = passedOf(condition, limits)
    else out.taper = perArea(condition, limits)
  }
  return out
}

/** A/m² or W/m². */
export function perArea({ kind, value }: Pick<Quantity, 'kind' | 'value'>, limits: Limits): number {
  if (kind === 'rate') return (value * limits.capacity) / 3600
  if (kind.startsWith('specific')) return value * massOf(limits)
  return kind === 'current' || kind === 'power' ? value / areaOf(limits) : value
}

/** Over the capacity. */
function passedOf({ kind, value }: Quantity, limits: Limits): number {
  if (kind === 'share') return value
  const charge =
    kind === 'charge' ? value / areaOf(limits) : kind === 'specific charge' ? value * massOf(limits) : value
  return charge / limits.capacity
}

function areaOf({ area }: Limits): number {
  if (area === undefined) throw new RangeError('the area of the electrode is missing')
  return area
}

function massOf({ mass }: Limits): number {
  if (mass === undefined) throw new RangeError('the mass of the active material is missing')
  return mass
}
