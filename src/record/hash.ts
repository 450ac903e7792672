/**
 * What a file can be checked against: SHA-256 of what was asked (the scenario) and of what came out (the result).
 *
 * The result is taken over what does not depend on the machine it was computed on: the observables of all frames, which
 * are never thinned out, and the fields of the last one, which rest on all before. Digits beyond the sixth are left out,
 * counted from the largest number of the same unit, since exponentials and sines differ between browsers in the last
 * one; budgets are left out, since they are nothing but round-off. So are wall-clock times and counts of iterations.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Stretch } from '../simulation/course.ts'
import type { Scenario } from '../simulation/scenario.ts'

/** What of a frame's model the hash reads. */
export interface Described {
  observables: readonly { name: string; unit: string; group: string }[]
  fields: readonly { name: string; unit: string }[]
}

export interface HashedFrame {
  t: number
  observables: ArrayLike<number>
  model: Described
}

/** A number is the same as another within this part of the largest one of its unit. */
export const SAME = 1e-6

const hex = (text: string) => bytesToHex(sha256(utf8ToBytes(text)))

/** JSON with the keys of every object in order, and without what is undefined. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, v]) => v !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, v]) => `${JSON.stringify(key)}:${canonical(v)}`).join(',')}}`
}

/** What a run depends on; titles and notes do not count. */
function asked({
  title: _title,
  description: _description,
  ...rest
}: Scenario): Omit<Scenario, 'title' | 'description'> {
  return rest
}

/**
 * SHA-256 of the canonical scenario; of a run that was changed on its way, of the list of its scenarios with the frames
 * at which they took over.
 * @param course of scenarios as `parseScenario` reads them, with what holds where something is left out
 */
export function scenarioHash(course: readonly Stretch[]): string {
  const [first, ...changes] = course
  if (changes.length === 0) return hex(canonical(first ? asked(first.scenario) : null))
  return hex(canonical(course.map(({ frame, scenario }) => ({ frame, scenario: asked(scenario) }))))
}

/** Largest number of each unit, over observables that are no budgets. */
export function observableScales(frames: readonly HashedFrame[]): Map<string, number> {
  const scales = new Map<string, number>()
  for (const { observables, model } of frames)
    model.observables.forEach(({ unit, group }, k) => {
      if (group !== 'budget') grow(scales, unit, Math.abs(observables[k]))
    })
  return scales
}

function fieldScales(fields: readonly ArrayLike<number>[], model: Described): Map<string, number> {
  const scales = new Map<string, number>()
  model.fields.forEach(({ unit }, k) => {
    const values = fields[k] ?? []
    for (let i = 0; i < values.length; i++) grow(scales, unit, Math.abs(values[i]))
  })
  return scales
}

function grow(scales: Map<string, number>, unit: string, size: number): void {
  if (Number.isFinite(size)) scales.set(unit, Math.max(size, scales.get(unit) ?? 0))
}

/** How many millionths of the largest number of its unit a number is; of what is no number, the smallest integer. */
function digits(value: number, scale: number): number {
  if (!Number.isFinite(value)) return -(2 ** 31)
  return scale > 0 ? Math.round(value / (scale * SAME)) : 0
}

/**
 * SHA-256 of a result.
 * @param frames from the first to the last, each with the model that computed it
 * @param fields of the last frame, on all nodes
 */
export function resultHash(frames: readonly HashedFrame[], fields: readonly ArrayLike<number>[]): string {
  const hash = sha256.create()
  const scales = observableScales(frames)
  for (const { t, observables, model } of frames) {
    const read = model.observables.flatMap(({ name, unit, group }, k) =>
      group === 'budget' ? [] : [`${name}=${digits(observables[k], scales.get(unit) ?? 0)}`],
    )
    hash.update(utf8ToBytes(`${t.toPrecision(6)};${read.join(';')}\n`))
  }
  const last = frames.at(-1)
  if (!last) return bytesToHex(hash.digest())
  const sizes = fieldScales(fields, last.model)
  last.model.fields.forEach(({ name, unit }, k) => {
    const scale = sizes.get(unit) ?? 0
    const rounded = Int32Array.from(fields[k] ?? [], (value) => digits(value, scale))
    hash.update(utf8ToBytes(`${name}:`))
    hash.update(new Uint8Array(rounded.buffer))
  })
  return bytesToHex(hash.digest())
}
