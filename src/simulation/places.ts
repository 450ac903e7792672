/** Places in a scenario or a result as they are written in messages: `cell.shapes[0].radius`. */
import { t } from '../language/language.ts'
import { describe, InputError } from '../parameter.ts'
import { fieldPath } from '../problem.ts'
import { parseScenario } from './parse.ts'
import type { Scenario } from './scenario.ts'

type Key = string | number

/** A name, or the number of an entry; names hold no dots and brackets. */
const PART = /^(?:\.?([\p{L}\p{N}_|$-]+)|\[(\d+)\])/u

/** @throws InputError when it is no place */
export function readPlace(text: string): Key[] {
  const keys: Key[] = []
  for (let rest = text; rest !== ''; ) {
    const [part, name, index] = PART.exec(rest) ?? []
    if (part === undefined)
      throw wrong(
        t('got the place "{text}"; write names with dots and numbers in brackets, e.g. cell.shapes[0].radius', {
          text,
        }),
      )
    keys.push(name ?? Number(index))
    rest = rest.slice(part.length)
  }
  return keys
}

/** What stands at a place. @throws InputError that names what there is instead */
export function at(whole: unknown, keys: readonly Key[]): unknown {
  let value = whole
  keys.forEach((key, k) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key))
      throw absent(keys.slice(0, k + 1), value)
    value = value[key as keyof typeof value]
  })
  return value
}

/** Puts a value at a place, which may be new in an object. @throws InputError when nothing there can hold it */
export function put(whole: unknown, keys: readonly Key[], value: unknown): void {
  const holder = at(whole, keys.slice(0, -1))
  const key = keys[keys.length - 1]
  if (key === undefined || typeof holder !== 'object' || holder === null) throw absent(keys, holder)
  const fits = Array.isArray(holder) ? typeof key === 'number' && key < holder.length : typeof key === 'string'
  if (!fits) throw absent(keys, holder)
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true })
}

/** A scenario with other values at some places. @throws InputError when there is none */
export function scenarioWith(base: Scenario, changes: readonly (readonly [place: string, value: unknown])[]): Scenario {
  const raw = structuredClone(base)
  for (const [place, value] of changes) put(raw, readPlace(place), structuredClone(value))
  return parseScenario(raw)
}

/** @param there what should have held the last of the keys */
function absent(keys: readonly Key[], there: unknown): InputError {
  const path = keys.reduce<string>(fieldPath, '')
  if (Array.isArray(there))
    return wrong(
      t('{path} is not there: the list has {n, plural, one {# entry} other {# entries}}, counted from 0', {
        path,
        n: there.length,
      }),
    )
  const names = typeof there === 'object' && there !== null ? Object.keys(there) : undefined
  if (!names) return wrong(t('{path} is not there: what should hold it is {value}', { path, value: describe(there) }))
  const some = `${names.slice(0, 20).join(', ')}${names.length > 20 ? ', …' : ''}`
  return wrong(t('{path} is not there; there are {names}', { path, names: some || t('no entries') }))
}

function wrong(message: string): InputError {
  return new InputError([{ path: '', message }])
}
