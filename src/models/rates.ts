/** Rates of charge and discharge as people write them: "C/10, C/2, 1C, 20 A/m2, 2 mA cm-2"; negative ones charge. */
import { msg, t } from '../language/language.ts'
import { readQuantity } from './quantity.ts'
import { clip, Reader, Unreadable } from './tokens.ts'

export interface Rate {
  /** A/m² or multiples of 1C, which passes the capacity in one hour. */
  value: number
  by: 'current' | 'rate'
}

const ALLOWED = msg('C-rates such as C/10, 1C or 2C, and currents such as 5 A/m2; negative ones charge')
const EXAMPLE = msg('try "C/5, 1C, 2C"')
/** Longest list, characters, and most rates of one. */
const LONGEST = 4000
const MOST = 200

/** Reads a list; `problem` names the first word that cannot be read. A number alone is a current in A/m². */
export function parseRates(text: string): { rates: Rate[]; problem?: string } {
  const rates: Rate[] = []
  if (text.length > LONGEST)
    return {
      rates,
      problem: t('got {got} characters; a list of rates has at most {most}; {example}', {
        got: text.length,
        most: LONGEST,
        example: t(EXAMPLE),
      }),
    }
  const reader = new Reader(text, { comma: 'between' })
  for (;;) {
    while (reader.takes(',', ';') || reader.peek().kind === 'line') if (reader.peek().kind === 'line') reader.next()
    if (reader.peek().kind === 'end') break
    const from = reader.place
    const comma = decimalComma(reader)
    if (comma) return { rates, problem: comma }
    const rate = readRate(reader)
    if (!rate)
      return {
        rates,
        problem: t('got "{got}"; allowed are {allowed}; {example}', {
          got: word(reader, from),
          allowed: t(ALLOWED),
          example: t(EXAMPLE),
        }),
      }
    if (!rates.some((r) => r.value === rate.value && r.by === rate.by)) rates.push(rate)
    if (rates.length > MOST) return { rates, problem: t('got more than {most} rates; leave some out', { most: MOST }) }
  }
  if (rates.length === 0)
    return {
      rates,
      problem: t('got no rate; allowed are {allowed}; {example}', { allowed: t(ALLOWED), example: t(EXAMPLE) }),
    }
  return { rates }
}

/** Most characters of a number, or of what follows its comma, in the question about it. */
const LONGEST_PART = 16

/** "1,5C" is one rate to some and two to others: what to write instead; undefined where commas only separate. */
function decimalComma(reader: Reader): string | undefined {
  const [whole, comma, part, unit] = [0, 1, 2, 3].map((k) => reader.peek(k))
  const glued = whole.kind === 'number' && comma.text === ',' && comma.glued && part.kind === 'number' && part.glued
  if (!glued || !/^\d+$/.test(whole.text + part.text)) return undefined
  // Bare numbers are a list of currents, if none of them is nothing.
  if (unit.kind !== 'word' && whole.value > 0) return undefined
  const from = reader.place
  reader.place = from + 2
  // Said five times: what nobody means is cut short.
  const rest = clip(word(reader, from + 2), LONGEST_PART)
  const text = clip(whole.text, LONGEST_PART)
  reader.place = from
  const one = `${text}.${rest}`
  const two = whole.value > 0 ? t(', or the two rates {text} A/m2 and {rest}', { text, rest }) : ''
  return t('got "{got},{rest}", which may be {one}{two}; write {what}', {
    got: text,
    rest,
    one,
    two,
    what: whole.value > 0 ? t('"{one}", or "{text} A/m2, {rest}"', { one, text, rest }) : `"${one}"`,
  })
}

/** One rate up to the next separator. */
function readRate(reader: Reader): Rate | undefined {
  try {
    const sign = reader.takes('-') ? -1 : 1
    if (sign > 0) reader.takes('+')
    const found = readQuantity(reader)
    if (!found || !ends(reader) || !(found.value > 0) || !Number.isFinite(found.value)) return undefined
    const value = sign * found.value
    if (found.kind === 'rate') return { value, by: 'rate' }
    return found.kind === 'current density' || found.kind === 'number' ? { value, by: 'current' } : undefined
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

function ends(reader: Reader): boolean {
  const { kind } = reader.peek()
  return kind === 'end' || kind === 'line' || reader.sees(',', ';')
}

/** What stands between two separators, from a place on. */
function word(reader: Reader, from: number): string {
  reader.place = from
  while (!ends(reader)) reader.next()
  return clip(reader.quote(from))
}

/** As it is shown: C/10, 2C, 20 A/m². */
export function rateLabel({ value, by }: Rate): string {
  const size = Math.abs(value)
  const sign = value < 0 ? '−' : ''
  const digits = (x: number) => String(Number(x.toPrecision(4)))
  if (by === 'current') return `${sign}${digits(size)} A/m²`
  const inverse = 1 / size
  const whole = Math.abs(inverse - Math.round(inverse)) < 1e-6 * inverse
  return size < 1 && whole ? `${sign}C/${Math.round(inverse)}` : `${sign}${digits(size)}C`
}
