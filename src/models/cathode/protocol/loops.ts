/** The small rules of loops: how often, until when, and the numbers that people put before their steps. */
import { readNumber } from '../../quantity.ts'
import { type Reader, Unreadable } from '../../tokens.ts'
import { type Condition, readCondition } from './conditions.ts'

/** What a text may hold at most. */
export const MOST = { characters: 20_000, items: 500, depth: 8, rounds: 1000, steps: 5000 } as const
const OFTEN = ['once', 'twice', 'thrice']
const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

/** "2.", "2)", "Step 2:", "-" before a step. */
export function skipEnumeration(reader: Reader): void {
  if (reader.takes('-', '·', '*')) return
  const from = reader.place
  reader.takes('step')
  const { kind, text } = reader.peek()
  if (kind === 'number' && /^\d+\.?$/.test(text)) {
    const after = reader.peek(1)
    const body = reader.peek(2)
    if (text.endsWith('.') && after.kind === 'word' && after.text !== 'x') {
      reader.next()
      return
    }
    if ([')', ':', '.'].includes(after.text) && body.kind === 'word') {
      reader.next()
      reader.next()
      return
    }
  }
  reader.place = from
}

/** "3 times", "3 x", "x 3", "3". */
export function readCount(reader: Reader): number | undefined {
  const from = reader.place
  const sign = reader.takes('x', '*', '^')
  const often = OFTEN.indexOf(reader.peek().text) + 1
  const counted = NUMBERS.indexOf(reader.peek().text) + 1
  if (often > 0 || counted > 0) reader.next()
  if (often > 0) return often
  const number = counted > 0 ? counted : readNumber(reader)
  if (number === undefined) {
    reader.place = from
    return undefined
  }
  if (!sign) reader.takes('times', 'time', 'x', '*', 'cycles', 'rounds')
  if (!(Number.isInteger(number) && number >= 1 && number <= MOST.rounds))
    throw new Unreadable('"{text}" is no number of rounds; it is a whole number from 1 to {most}', {
      text: reader.quote(from),
      most: MOST.rounds,
    })
  return number
}

/** What ends a loop. @throws Unreadable for what can never */
export function readLoopCondition(reader: Reader): Condition {
  const condition = readCondition(reader)
  const { kind, text, value, side } = condition
  const current = ['rate', 'current', 'current density', 'specific current'].includes(kind)
  if (kind === 'number' || kind === 'percent' || kind === 'unknown')
    throw new Unreadable('"{text}" has no unit here; write e.g. 3 V, C/20 or 50% SOC', { text })
  if (kind === 'time' || !(current || kind === 'voltage' || kind === 'state of charge'))
    throw new Unreadable(
      'a loop ends on a voltage, a current or a state of charge, or after a number of rounds; "{text}" is none (a cell does not age here)',
      { text },
    )
  if (!(value >= 0)) throw new Unreadable('"{text}" is below zero', { text })
  if (side === undefined && !current)
    throw new Unreadable('"{text}" does not say on which side a loop ends; write "below {text}" or "above {text}"', {
      text,
    })
  return condition
}
