/**
 * Quantities as people write them: a number with its unit, in whatever order units are joined ("mA/cm2", "mA cm-2",
 * "mA·cm⁻²"), C-rates, times of several parts, states of charge, temperatures. The grammar, from tokens:
 *
 *     quantity    = rate | clock | time | percent | temperature | number [unit]
 *     rate        = [number] "C" | "C/" number | number "/" number "C"
 *     clock       = number ":" number ":" number
 *     time        = ("a" | "half" | "two" | …) unit | number unit {["and"] number unit}
 *     percent     = number "%" [charge]              charge = "SOC" | "DOD" | "state of charge" | "of the capacity"
 *     temperature = ["-"] number ("°C" | "oC" | "degC" | "celsius" | "kelvin")
 *     unit        = factor {["/" | "per" | "·" | "*"] factor}
 *     factor      = symbol [["^"] exponent]          e.g. mA, cm2, cm-2, m²
 */
import { Reader, Unreadable } from './tokens.ts'
import { type Kind, kindOf, times, UNITS, type Unit } from './units.ts'

export interface Quantity {
  kind: Kind
  value: number
  /** As it is written. */
  text: string
}

/** Words of the grammars that are no units, though they stand behind numbers or could be split into some. */
const NO_UNIT = new Set(
  (
    'at and or to is of as a an until till for x then times with by up down cut cutoff period passed end repeat loop cycle ' +
    'discharge charge rest hold sweep power go goto'
  ).split(' '),
)
/** Longest word that is taken apart into units, letters. */
const LONGEST_UNIT = 12

const COUNTS = ['a', 'an', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'twelve']
const COUNT_VALUES = [1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12]
/** s. */
const MINUTE = 60
const HOUR = 3600
/** 0 °C, K. */
const CELSIUS = 273.15

/** The unit that a text is, such as "mA/cm2", and what it measures; "C" is that of rates. Undefined for anything else. */
export function unitOf(text: string): { kind: Kind; factor: number } | undefined {
  const reader = new Reader(text, { comma: 'between' })
  const unit = reader.takes('c') ? undefined : readUnit(reader)
  if (reader.peek().kind !== 'end' || reader.place === 0) return undefined
  return unit ? { kind: kindOf(unit), factor: unit.factor } : { kind: 'rate', factor: 1 }
}

/** Whether a time begins here: a number or "half an hour". */
export function seesTime(reader: Reader): boolean {
  const { kind, text } = reader.peek()
  return kind === 'number' || (kind === 'word' && (text === 'half' || COUNTS.includes(text)))
}

/**
 * The quantity that comes; undefined, with nothing read, where none does.
 * @throws Unreadable for a number that cannot be read
 */
export function readQuantity(reader: Reader): Quantity | undefined {
  const from = reader.place
  const found = counted(reader) ?? rate(reader) ?? measured(reader)
  if (!found) {
    reader.place = from
    return undefined
  }
  return { ...found, text: reader.quote(from) }
}

type Value = Omit<Quantity, 'text'>

/** The number that comes. @throws Unreadable */
export function readNumber(reader: Reader): number | undefined {
  const token = reader.peek()
  if (token.kind !== 'number') return undefined
  if (token.doubt) throw new Unreadable(`"${reader.quote(reader.place, reader.place + 1)}" ${token.doubt}`)
  reader.next()
  return token.value
}

/** "half an hour", "two hours", "a minute". */
function counted(reader: Reader): Value | undefined {
  const from = reader.place
  const { kind, text } = reader.peek()
  if (kind !== 'word') return undefined
  const half = reader.takes('half')
  const count = COUNTS.indexOf(reader.peek().text)
  if (reader.peek().kind === 'word' && count >= 0) reader.next()
  else if (!half) return undefined
  const unit = UNITS.get(reader.peek().text)
  if (reader.peek().kind !== 'word' || !unit || kindOf(unit) !== 'time' || text.length > LONGEST_UNIT) {
    reader.place = from
    return undefined
  }
  reader.next()
  return { kind: 'time', value: (half ? 0.5 : 1) * (count >= 0 ? COUNT_VALUES[count] : 1) * unit.factor }
}

/** "C", "C/10", "0.5C", "1/3 C". */
function rate(reader: Reader): Value | undefined {
  const from = reader.place
  let value = readNumber(reader)
  if (value !== undefined && reader.sees('/') && reader.peek(1).kind === 'number') {
    reader.next()
    value /= readNumber(reader) ?? 1
  }
  if (!reader.takes('c', 'crate')) {
    reader.place = from
    return undefined
  }
  if (value === undefined && reader.sees('/')) {
    reader.next()
    const divisor = readNumber(reader)
    if (divisor === undefined) {
      reader.place = from
      return undefined
    }
    value = 1 / divisor
  }
  if (reader.sees('-') && reader.peek(1).text === 'rate') reader.next()
  reader.takes('rate')
  return { kind: 'rate', value: value ?? 1 }
}

/** A number with what follows it. */
function measured(reader: Reader): Value | undefined {
  const sign = reader.sees('-') && reader.peek(1).kind === 'number' ? -1 : 1
  if (sign < 0) {
    reader.next()
    const backwards = rate(reader)
    if (backwards) return { kind: 'rate', value: -backwards.value }
  }
  const number = readNumber(reader)
  if (number === undefined) return undefined
  if (reader.sees(':')) return clock(reader, number)
  if (reader.takes('%')) return percent(reader, number / 100)
  const degrees = temperature(reader, sign * number)
  if (degrees) return degrees
  const charge = stateOfCharge(reader, number)
  if (charge) return charge
  const unit = readUnit(reader)
  if (!unit) return { kind: takesUnknownUnit(reader) ? 'unknown' : 'number', value: sign * number }
  const kind = kindOf(unit)
  if (kind !== 'time') return { kind, value: sign * number * unit.factor }
  return { kind, value: sign * (number * unit.factor + further(reader, unit.factor === HOUR)) }
}

/** A word behind a number is meant as a unit. */
function takesUnknownUnit(reader: Reader): boolean {
  const { kind, text } = reader.peek()
  const unit = kind === 'word' && !NO_UNIT.has(text)
  if (unit) reader.next()
  return unit
}

/** hh:mm:ss after its hours, s. */
function clock(reader: Reader, hours: number): Value {
  const parts = [hours]
  while (parts.length < 4 && reader.sees(':') && reader.peek(1).kind === 'number') {
    reader.next()
    parts.push(readNumber(reader) ?? 0)
  }
  if (parts.length !== 3)
    throw new Unreadable(
      'a time with colons may be read in two ways unless it is hh:mm:ss; write 1:30:00, or 1 h 30 min',
    )
  const [h, min, s] = parts
  if (!(min < 60 && s < 60)) throw new Unreadable('minutes and seconds of hh:mm:ss end at 59; write 1:30:00, or 90 min')
  return { kind: 'time', value: 3600 * h + 60 * min + s }
}

/** Further parts of a time, s: "30 minutes" after "1 hour"; after hours "30m" and a glued "30" as well. */
function further(reader: Reader, hours: boolean): number {
  let sum = 0
  for (;;) {
    const from = reader.place
    if (reader.sees('and', ',')) reader.next()
    const { glued } = reader.peek()
    const number = readNumber(reader)
    const unit = number === undefined ? undefined : readUnit(reader)
    const metres = unit?.factor === 1 && kindOf(unit) === 'unknown' && reader.tokens[reader.place - 1].text === 'm'
    if (number !== undefined && unit && (kindOf(unit) === 'time' || (hours && metres))) {
      sum += number * (metres ? MINUTE : unit.factor)
      continue
    }
    if (number !== undefined && !unit && hours && glued && sum === 0 && reader.peek().kind !== 'word')
      return MINUTE * number
    reader.place = from
    return sum
  }
}

function percent(reader: Reader, share: number): Value {
  const charge = stateOfCharge(reader, share)
  if (charge) return charge
  const from = reader.place
  if (reader.takes('of')) {
    reader.takes('the', 'its', 'nominal')
    if (reader.takes('capacity', 'charge')) return { kind: 'share', value: share }
  }
  reader.place = from
  return { kind: 'percent', value: share }
}

/** "SOC", "state of charge", "DOD" (what is missing from it) after a number. */
function stateOfCharge(reader: Reader, share: number): Value | undefined {
  if (reader.takes('soc')) return { kind: 'state of charge', value: share }
  if (reader.takes('dod')) return { kind: 'state of charge', value: 1 - share }
  const words = [0, 1, 2].map((k) => reader.peek(k).text).join(' ')
  if (words !== 'state of charge' && words !== 'depth of discharge') return undefined
  for (let k = 0; k < 3; k++) reader.next()
  return { kind: 'state of charge', value: words.startsWith('state') ? share : 1 - share }
}

function temperature(reader: Reader, number: number): Value | undefined {
  const degree = reader.peek()
  const after = reader.peek(1)
  const celsius =
    degree.text === '°c' || (degree.kind === 'word' && ['oc', 'degc', 'celsius', 'ºc'].includes(degree.text))
  const split = ['°', 'º', 'deg', 'degrees', 'degree'].includes(degree.text) && ['c', 'celsius'].includes(after.text)
  if (celsius || split) {
    reader.next()
    if (split) reader.next()
    return { kind: 'kelvin', value: number + CELSIUS }
  }
  return reader.takes('k', 'kelvin') ? { kind: 'kelvin', value: number } : undefined
}

/** The unit that comes, of one or several factors. */
function readUnit(reader: Reader): Unit | undefined {
  let unit = factor(reader)
  if (!unit) return undefined
  for (;;) {
    const from = reader.place
    const inverse = reader.sees('/', 'per')
    const joined = reader.takes('/', 'per', '·', '*', '.')
    // "2 h rest": a further word belongs to the unit where it has an exponent or the whole has a meaning with it.
    const next = factor(reader)
    const both: Unit | undefined = next && times(unit, next, inverse ? -1 : 1)
    if (!both || !(joined || (kindOf(unit) !== 'time' && kindOf(both) !== 'unknown'))) {
      reader.place = from
      return unit
    }
    unit = both
  }
}

/** A symbol with its exponent; several symbols in one word where it is none by itself ("mAcm-2"). */
function factor(reader: Reader): Unit | undefined {
  const token = reader.peek()
  if (token.kind !== 'word' || (NO_UNIT.has(token.text) && token.text !== 'a')) return undefined
  const symbols = symbolsOf(token.text)
  if (!symbols) return undefined
  reader.next()
  const last = symbols.length - 1
  const whole = times({ factor: 1, dimension: [0, 0, 0, 0, 0] }, symbols[last], exponent(reader, symbols[last]))
  return symbols.slice(0, last).reduce((unit, symbol) => times(unit, symbol, 1), whole)
}

/** A word as units, longest first: as itself, or taken apart. */
function symbolsOf(word: string): Unit[] | undefined {
  const known = UNITS.get(word)
  if (known) return [known]
  if (word.length > LONGEST_UNIT) return undefined
  for (let k = word.length - 1; k > 0; k--) {
    const first = UNITS.get(word.slice(0, k))
    const rest = first && UNITS.get(word.slice(k))
    if (first && rest) return [first, rest]
  }
  return undefined
}

/** "2" (of lengths: "1h5min" is a time), "²", "^2", "-2", "⁻²" right after a symbol; 1 without. */
function exponent(reader: Reader, { dimension }: Unit): number {
  const from = reader.place
  const power = reader.peek()
  if (power.kind === 'power') {
    reader.next()
    return power.value
  }
  const raised = reader.takes('^')
  const sign = reader.peek().glued && reader.takes('-') ? -1 : 1
  const { kind, value, glued, text } = reader.peek()
  const bare = !raised && sign > 0
  if (kind === 'number' && (glued || raised) && /^[1-9]$/.test(text) && (!bare || dimension[2] === 1)) {
    reader.next()
    return sign * value
  }
  reader.place = from
  return 1
}
