/**
 * What ends a step or a loop, as it is written: "2.5 V", "voltage below 3 V", "C/50", "50% SOC", "100 mAh/g", "2 h",
 * see docs/protocols.md for the grammar.
 */
import { type Quantity, readQuantity } from '../../quantity.ts'
import { type Reader, Unreadable } from '../../tokens.ts'
import type { Kind } from '../../units.ts'

export interface Condition extends Quantity {
  /** Where the text says on which side. */
  side?: 'below' | 'above'
}

const SUBJECTS: Record<string, readonly Kind[]> = {
  voltage: ['voltage'],
  potential: ['voltage'],
  v: ['voltage'],
  u: ['voltage'],
  current: ['rate', 'current', 'current density', 'specific current'],
  i: ['rate', 'current', 'current density', 'specific current'],
  soc: ['state of charge'],
  dod: ['state of charge'],
  capacity: ['charge', 'charge density', 'specific charge', 'share'],
  charge: ['charge', 'charge density', 'specific charge', 'share'],
  time: ['time'],
}
const FILLERS = [
  'the',
  'cell',
  'terminal',
  'its',
  'cutoff',
  'is',
  'reaches',
  'reaching',
  'equals',
  'of',
  'at',
  'to',
  '=',
  'goes',
  'gets',
  'has',
  'than',
  'down',
  'up',
]
const BELOW = ['<', 'below', 'under', 'drops', 'drop', 'falls', 'fall', 'decreases', 'less', 'lower', 'fades']
const ABOVE = ['>', 'above', 'over', 'rises', 'rise', 'increases', 'exceeds', 'greater', 'more', 'higher']

/** @throws Unreadable where nothing comes that can end anything */
export function readCondition(reader: Reader): Condition {
  const from = reader.place
  const subject = takeSubject(reader)
  const side = takeSide(reader)
  const depth = subject === 'dod'
  const found = readQuantity(reader)
  if (!found) {
    for (let k = 0; k < 3 && !ended(reader); k++) reader.next()
    if (/full|empty|cut-?off|limit/i.test(reader.quote(from)))
      throw new Unreadable(
        '"{text}" needs no words: a charge or discharge ends at the cut-off of the cell, or where it is full or empty; leave it out',
        { text: reader.quote(from) },
      )
    throw new Unreadable(
      '"{text}" is not a condition; write a time (30 min), a voltage (2.5 V), a current (C/50), a charge (100 mAh/g) or 50% SOC',
      { text: reader.quote(from) },
    )
  }
  reader.takes('passed')
  const kinds = subject === undefined ? undefined : SUBJECTS[subject]
  const text = reader.quote(from)
  const share = kinds?.includes('state of charge') && (found.kind === 'percent' || found.kind === 'number')
  if (share)
    return { kind: 'state of charge', value: depth ? 1 - found.value : found.value, text, ...turned(side, depth) }
  if (kinds?.includes('share') && found.kind === 'percent')
    throw new Unreadable('"{text}" may be what has passed or what is left; write "20% of the capacity" or "80% SOC"', {
      text,
    })
  if (kinds && !kinds.includes(found.kind))
    throw new Unreadable('"{text}" names another quantity than its unit; write e.g. 2.5 V, C/50, 30 min or 50% SOC', {
      text,
    })
  return { ...found, text, ...turned(side, depth) }
}

function turned(side: Condition['side'], depth: boolean): Pick<Condition, 'side'> {
  if (!side) return {}
  return { side: depth ? (side === 'below' ? 'above' : 'below') : side }
}

function ended(reader: Reader): boolean {
  const { kind } = reader.peek()
  return kind === 'end' || kind === 'line' || reader.sees(';', ',', ')')
}

function takeSubject(reader: Reader): string | undefined {
  while (reader.sees('the', 'cell', 'terminal', 'its')) reader.next()
  const { kind, text } = reader.peek()
  if (kind !== 'word' || !Object.hasOwn(SUBJECTS, text)) return undefined
  reader.next()
  return text
}

function takeSide(reader: Reader): Condition['side'] {
  let side: Condition['side']
  for (;;) {
    if (reader.takes(...BELOW)) side = 'below'
    else if (reader.takes(...ABOVE)) side = 'above'
    else if (!reader.takes(...FILLERS)) return side
  }
}
