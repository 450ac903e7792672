/**
 * A list of steps written as text, one step a line:
 *
 *     discharge at 1C until 2.5 V        charge at 12.7 A/m2 for 30 min       rest 1 h
 *     hold 3.6 V until C/50              sweep to 3.1 V at 0.1 mV/s           power 40 W/m2 until 2.5 V
 *
 * A discharge or charge ends at the cut-offs of the cell unless a condition comes first; "hold until C/50" holds the
 * voltage that was reached. Conditions may be joined by "or". Lines may also be separated by semicolons; "#" begins a remark.
 */
import type { Conditions, Limits, Step } from './protocol.ts'

export const STEPS_HELP =
  'One step a line: "discharge at 1C until 2.5 V", "charge at C/2 until 3.6 V or for 2 h", "rest 30 min", "hold 3.6 V until C/50", "sweep to 3.1 V at 0.1 mV/s", "power 40 W/m2 until 2.5 V".'

export const STEP_EXAMPLES = [
  { label: 'Pulses', text: 'discharge at 1C for 10 min\nrest 30 min\ndischarge at 1C for 10 min\nrest 30 min' },
  { label: 'Cycle', text: 'discharge at C/2\nrest 30 min\ncharge at C/2\nrest 30 min' },
  { label: 'CC-CV', text: 'discharge at 1C for 30 min\ncharge at 1C\nhold until C/20' },
  { label: 'Power', text: 'power 20 W/m2 for 30 min\nrest 30 min\npower 20 W/m2' },
]

type Make<T> = (limits: Limits) => T

/** Reads the text; `problem` names the first line that cannot be read, what is allowed and an example. */
export function parseSteps(text: string): { steps: Make<Step>[]; problem?: string } {
  const lines = text
    .split(/[\n;]/)
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '')
  const steps: Make<Step>[] = []
  if (lines.length === 0) return { steps, problem: `got no step; write one a line, e.g. "rest 30 min"` }
  for (const [k, line] of lines.entries()) {
    const step = parseStep(line)
    if (typeof step === 'string') return { steps, problem: `step ${k + 1}: got "${line}"; ${step}` }
    steps.push(step)
  }
  return { steps }
}

const NUMBER = '[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[-+]?\\d+)?'

function parseStep(line: string): Make<Step> | string {
  if (/\d,\d{3}\b/.test(line)) return `"${line.match(/[\d,]+/)?.[0]}" may be read in two ways; write 1000, or 1.5`
  // A comma between digits is a decimal comma.
  const text = line.toLowerCase().replace(/(\d),(\d)/g, '$1.$2')
  const rest = text.match(/^rest(?:\s+for)?\s+(.+)$/)
  if (rest) {
    const duration = seconds(rest[1])
    if (duration === undefined) return `a rest needs a time, e.g. "rest 30 min"`
    return () => ({ label: 'rest', hold: 'current', value: 0, until: { duration } })
  }
  const main = text.match(
    /^(discharge|charge|hold|power|sweep)\b\s*(?:at|to)?\s*((?!until\b|for\b).*?)(?:\s+(until|for)\s+(.*))?$/,
  )
  if (!main) return `a step begins with discharge, charge, rest, hold, sweep or power`
  const [, verb, what, word, tail] = main
  const until = conditions(word, tail, verb)
  if (typeof until === 'string') return until
  if (verb === 'discharge' || verb === 'charge') {
    const I = amperes(what)
    if (!I) return `"${what}" is not a current; write 1C, C/10, 5 A/m2 or 0.5 mA/cm2`
    const sign = verb === 'discharge' ? 1 : -1
    return (limits) => {
      const value = I(limits)
      const limit: Conditions = sign > 0 ? { below: limits.lowest } : { above: limits.highest }
      return {
        label: `${verb} at ${Number(value.toPrecision(4))} A/m²`,
        hold: 'current',
        value: sign * value,
        until: { ...limit, ...until(limits) },
      }
    }
  }
  if (verb === 'hold') {
    const V = volts(what)
    if (V === undefined && what !== '') return `"${what}" is not a voltage; write e.g. 3.6 V`
    if (until({ lowest: 0, highest: 9, capacity: 1 }).below !== undefined)
      return `a held voltage does not change: end it with a time or a current, "until C/50" or "for 1 h"`
    if (!word) return `a voltage is held until the current fades or for a time: add "until C/50" or "for 1 h"`
    const label = V === undefined ? 'hold the voltage' : `hold at ${V} V`
    return (limits) => ({ label, hold: 'voltage', value: V, until: until(limits) })
  }
  if (verb === 'power') {
    const P = what.match(new RegExp(`^(${NUMBER})\\s*w/m(?:2|²)$`))
    if (!P || !(Number(P[1]) > 0)) return `"${what}" is not a power; write e.g. 40 W/m2`
    return (limits) => ({
      label: `power ${P[1]} W/m²`,
      hold: 'power',
      value: Number(P[1]),
      until: { below: limits.lowest, ...until(limits) },
    })
  }
  return sweep(what, until)
}

function sweep(what: string, until: Make<Conditions>): Make<Step> | string {
  const found = what.match(new RegExp(`^(.+?)\\s+(?:at|with)\\s+(${NUMBER})\\s*(m|µ|u)?v/s$`))
  const V = found ? volts(found[1]) : undefined
  if (!found || V === undefined || !(Number(found[2]) > 0))
    return `a sweep names its end and its rate, e.g. "sweep to 3.1 V at 0.1 mV/s"`
  const speed = Number(found[2]) * (found[3] === 'm' ? 1e-3 : found[3] ? 1e-6 : 1)
  return (limits) => ({
    label: `sweep to ${V} V`,
    hold: 'voltage',
    value: undefined,
    ramp: speed,
    until: { ...until(limits), reach: V },
  })
}

function conditions(word: string | undefined, tail: string | undefined, verb: string): Make<Conditions> | string {
  if (!word || tail === undefined) return () => ({})
  const parts = tail.split(/\s+or\s+/)
  const made: Make<Conditions>[] = []
  for (const part of parts) {
    const bare = part.replace(/^(until|for)\s+/, '')
    const duration = seconds(bare)
    const V = volts(bare)
    const I = amperes(bare)
    if (duration !== undefined) made.push(() => ({ duration }))
    else if (V !== undefined) made.push(() => (verb === 'charge' ? { above: V } : { below: V }))
    else if (I) made.push((limits) => ({ taper: I(limits) }))
    else return `"${bare}" is not a condition; write a time (30 min), a voltage (2.5 V) or a current (C/50)`
  }
  return (limits) => Object.assign({}, ...made.map((m) => m(limits)))
}

/** A step of longer than that is a slip, s. */
const LONGEST = 1e9

const UNITS: Record<string, number> = {
  s: 1,
  sec: 1,
  second: 1,
  seconds: 1,
  min: 60,
  minute: 60,
  minutes: 60,
  h: 3600,
  hour: 3600,
  hours: 3600,
  d: 86400,
  day: 86400,
  days: 86400,
}

function seconds(text: string): number | undefined {
  const found = text.trim().match(new RegExp(`^(${NUMBER})\\s*([a-z]+)$`))
  const unit = found ? UNITS[found[2]] : undefined
  const value = unit === undefined ? Number.NaN : Number(found?.[1]) * unit
  return value > 0 && value <= LONGEST ? value : undefined
}

function volts(text: string): number | undefined {
  const found = text.trim().match(new RegExp(`^(${NUMBER})\\s*(m)?v$`))
  return found ? Number(found[1]) * (found[2] ? 1e-3 : 1) : undefined
}

/** Magnitude of a current, A/m². */
function amperes(text: string): Make<number> | undefined {
  const t = text.trim()
  const fraction = t.match(new RegExp(`^c\\s*/\\s*(${NUMBER})$`))
  if (fraction && Number(fraction[1]) > 0) return ({ capacity }) => capacity / 3600 / Number(fraction[1])
  const multiple = t.match(new RegExp(`^(${NUMBER})?\\s*c$`))
  if (multiple && !(Number(multiple[1] ?? 1) > 0)) return undefined
  if (multiple) return ({ capacity }) => ((multiple[1] === undefined ? 1 : Number(multiple[1])) * capacity) / 3600
  const density = t.match(new RegExp(`^(${NUMBER})\\s*(m)?a/(c)?m(?:2|²)$`))
  if (!density || !(Number(density[1]) > 0)) return undefined
  const value = Number(density[1]) * (density[2] ? 1e-3 : 1) * (density[3] ? 1e4 : 1)
  return () => value
}
