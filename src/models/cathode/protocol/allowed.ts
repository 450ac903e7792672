/** Which conditions may end a step: what each verb allows, and what can never happen under it. */
import { t } from '../../../language/language.ts'
import type { Quantity } from '../../quantity.ts'
import { Unreadable } from '../../tokens.ts'
import type { Condition } from './conditions.ts'

export const CURRENTS = ['rate', 'current', 'current density', 'specific current']
export const CHARGES = ['charge', 'charge density', 'specific charge', 'share']

/** A step as far as its conditions rest on it. */
interface Held {
  verb: string
  amount?: Quantity
}

/** A step of longer than that is a slip, s. */
const LONGEST = 1e9

/** @throws Unreadable where a condition can never end a step of that verb, or is none */
export function checkCondition({ verb, amount }: Held, condition: Condition): void {
  const { kind, text, value, side } = condition
  const current = CURRENTS.includes(kind)
  const down = verb === 'discharge' || verb === 'power'
  if (kind === 'unknown' && /\d\s*m$/.test(text))
    throw new Unreadable('"{text}" is a length; minutes are written min', { text })
  if (verb === 'rest' && ['number', 'percent', 'unknown'].includes(kind))
    throw new Unreadable('"{text}" is not a time; a rest needs a time, e.g. "rest 30 min"', { text })
  if (kind === 'percent')
    throw new Unreadable('"{text}" has no unit; write {text} SOC or {text} of the capacity', { text })
  if (kind === 'number') throw new Unreadable('"{text}" has no unit; write e.g. {text} V', { text })
  if (kind === 'unknown')
    throw new Unreadable('"{text}" has no known unit; write a time in s, min or h, or V, A/m2, mAh/g', { text })
  const known = current || CHARGES.includes(kind) || ['time', 'voltage', 'state of charge'].includes(kind)
  if (!known)
    throw new Unreadable(
      '"{text}" is not a condition; write a time (30 min), a voltage (2.5 V), a current (C/50), a charge (100 mAh/g) or 50% SOC',
      { text },
    )
  if (!Number.isFinite(value) || !(kind === 'voltage' || kind === 'state of charge' ? value >= 0 : value > 0))
    throw new Unreadable(
      verb === 'rest' ? t('a rest needs a time, e.g. "rest 30 min"') : t('"{text}" is not above zero', { text }),
    )
  if (kind === 'time' && value > LONGEST)
    throw new Unreadable('"{text}" is longer than 30 years; write a shorter time', { text })
  if (kind === 'state of charge' && value > 1)
    throw new Unreadable('"{text}" is more than full; write 0 to 100% SOC', { text })
  if (verb === 'sweep' && kind === 'voltage')
    throw new Unreadable('a sweep ends at the voltage it goes to; leave out "{text}"', { text })
  if (verb === 'hold' && kind === 'voltage')
    throw new Unreadable('a held voltage does not change: end it with a time or a current, "until C/50" or "for 1 h"')
  if (verb === 'rest' && kind !== 'time' && kind !== 'voltage')
    throw new Unreadable('at rest no current flows: "{text}" is never met; end the rest with a time, "rest 30 min"', {
      text,
    })
  const held = amount && CURRENTS.includes(amount.kind)
  if (current && held && verb !== 'hold')
    throw new Unreadable(
      'the current is held and never comes to "{text}": end it with a voltage or a time, and let a hold follow, "hold until {text}"',
      { text },
    )
  if (current && down)
    throw new Unreadable(
      'at constant power the current grows on discharge and never fades to "{text}"; end it with a voltage or a time',
      { text },
    )
  if (kind === 'voltage' && side && (down || verb === 'charge') && side !== (down ? 'below' : 'above'))
    throw new Unreadable('on {what}: "{text}" would end it at once or never', {
      what: down ? t('discharge the voltage falls') : t('charge the voltage rises'),
      text,
    })
  if (kind === 'state of charge' && side && (down || verb === 'charge') && side !== (down ? 'below' : 'above'))
    throw new Unreadable('on {what}: "{text}" would end it at once or never', {
      what: down ? t('discharge the state of charge falls') : t('charge it rises'),
      text,
    })
}
