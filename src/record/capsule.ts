/**
 * A run capsule: a run's whole course, what came out of it, and which program wrote it. Whoever opens it runs the course
 * again and learns whether the numbers are the same.
 */

import * as z from 'zod/mini'
import { t } from '../language/language.ts'
import { checkAmount } from '../limits.ts'
import { InputError, type Problem } from '../parameter.ts'
import type { Stretch } from '../simulation/course.ts'
import { parseScenario } from '../simulation/parse.ts'
import { type Identity, identify } from './identity.ts'
import type { Told, ToldFrame } from './told.ts'

/** Frames whose observables a capsule lists, evenly over the run; its hash is of all. */
export const LISTED = 200
/** Changes of a run that a capsule carries. */
export const MOST_CHANGES = 500

export interface Listed {
  name: string
  label: string
  unit: string
  /** SI value of one unit. */
  factor: number
}

/** A field of the last frame, SI. */
export interface FieldExtent extends Listed {
  least: number
  greatest: number
  mean: number
}

export interface Capsule {
  twoscaleCapsule: 1
  record: Identity
  course: readonly Stretch[]
  /** Index of the frame up to which it goes. */
  until: number
  /** What the columns of `rows` are. */
  observables: readonly Listed[]
  /** Index and time [s] of a frame, then its observables, SI; null where its model has none of that name. */
  rows: readonly (readonly (number | null)[])[]
  fields: readonly FieldExtent[]
}

/**
 * The capsule of a run.
 * @param listed how many frames it lists, at least two
 * @throws RangeError where nothing has been computed, or the run was changed more often than a capsule carries
 */
export function encapsulate(course: readonly Stretch[], told: Told, listed = LISTED): Capsule {
  const last = told.frames.at(-1)
  if (!last) throw new RangeError('got a run without a frame; let it compute one')
  if (course.length > MOST_CHANGES)
    throw new RangeError(
      `got a run that was changed ${course.length - 1} times; a capsule holds ${MOST_CHANGES - 1} changes; reset it and run again`,
    )
  const observables = columnsOf(told.frames)
  return {
    twoscaleCapsule: 1,
    record: identify(course, told),
    course,
    until: last.index,
    observables,
    rows: some(told.frames, listed).map((frame) => row(frame, observables)),
    fields: extents(told, last),
  }
}

/** Budgets are round-off and not listed. */
function columnsOf(frames: readonly ToldFrame[]): Listed[] {
  const found = new Map<string, Listed>()
  for (const model of new Set(frames.map((frame) => frame.model)))
    for (const { name, label, unit, factor, group } of model.observables)
      if (group !== 'budget' && !found.has(name)) found.set(name, { name, label, unit, factor })
  return [...found.values()]
}

function some<T>(list: readonly T[], most: number): T[] {
  const every = Math.ceil((list.length - 1) / Math.max(1, most - 1))
  return list.filter((_, k) => k % every === 0 || k === list.length - 1)
}

function row({ index, t, observables, model }: ToldFrame, columns: readonly Listed[]): (number | null)[] {
  const values = columns.map(({ name }) => {
    const value = observables[model.observables.findIndex((o) => o.name === name)]
    return Number.isFinite(value) ? Number(value.toPrecision(12)) : null
  })
  return [index, t, ...values]
}

export function extents({ fields }: Told, { model }: ToldFrame): FieldExtent[] {
  return model.fields.map(({ name, label, unit, factor }, k) => {
    let [least, greatest, sum, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0]
    for (let i = 0; i < (fields[k]?.length ?? 0); i++) {
      const value = fields[k][i]
      // Where a field is not defined it is no number.
      if (!Number.isFinite(value)) continue
      least = Math.min(least, value)
      greatest = Math.max(greatest, value)
      sum += value
      count++
    }
    return { name, label, unit, factor, least, greatest, mean: count > 0 ? sum / count : 0 }
  })
}

const listed = { name: z.string(), label: z.string(), unit: z.string(), factor: z.number() }

const structure = z.object({
  twoscaleCapsule: z.literal(1),
  record: z.object({
    program: z.string(),
    version: z.string(),
    written: z.string(),
    title: z.string(),
    scenario: z.string(),
    result: z.optional(z.string()),
    frame: z.optional(z.number()),
    time: z.optional(z.number()),
    changes: z.optional(z.number()),
  }),
  course: z.array(z.object({ frame: z.number(), scenario: z.unknown() })),
  until: z.number(),
  observables: z.array(z.object(listed)),
  rows: z.array(z.array(z.nullable(z.number()))),
  fields: z.array(z.object({ ...listed, least: z.number(), greatest: z.number(), mean: z.number() })),
})

export function isCapsule(raw: unknown): boolean {
  return typeof raw === 'object' && raw !== null && 'twoscaleCapsule' in raw
}

/**
 * Reads a capsule from parsed JSON.
 * @throws InputError with what is wrong, each by its field
 */
export function parseCapsule(raw: unknown): Capsule {
  const tooMuch = checkAmount(raw)
  if (tooMuch.length > 0) throw new InputError(tooMuch)
  const form = isCapsule(raw) ? (raw as { twoscaleCapsule: unknown }).twoscaleCapsule : undefined
  if (form === undefined)
    throw new InputError([
      { path: '', message: t('got no run capsule; take a file that "Run capsule" or "run --out" of Twoscale wrote') },
    ])
  if (typeof form === 'number' && form > 1)
    throw new InputError([
      {
        path: 'twoscaleCapsule',
        message: t('got {form}; this program reads 1; open it with a newer Twoscale', { form }),
      },
    ])
  const read = structure.safeParse(raw)
  if (!read.success)
    throw new InputError(
      read.error.issues.slice(0, 5).map(({ path }) => ({
        path: path.join('.'),
        message: 'does not have the form of a capsule; save it again from where it came',
      })),
    )
  const { data } = read
  const problems = counts(data)
  if (problems.length > 0) throw new InputError(problems)
  return {
    ...data,
    course: data.course.map(({ frame, scenario }) => ({ frame, scenario: parseScenario(scenario) })),
  }
}

function counts({ course, until, rows, observables }: z.infer<typeof structure>): Problem[] {
  if (course.length < 1 || course.length > MOST_CHANGES)
    return [{ path: 'course', message: `got ${course.length} scenarios; 1 to ${MOST_CHANGES} are allowed` }]
  const wrong = course.findIndex(({ frame }, k) => !Number.isInteger(frame) || frame < (course[k - 1]?.frame ?? 0))
  if (wrong >= 0)
    return [
      {
        path: `course[${wrong}].frame`,
        message: `got ${course[wrong].frame}; frames are whole numbers that only go on`,
      },
    ]
  if (!Number.isInteger(until) || until < course[course.length - 1].frame)
    return [{ path: 'until', message: `got ${until}; must be the index of a frame of the last scenario` }]
  const width = observables.length + 2
  const short = rows.findIndex((values) => values.length !== width || values[0] === null || values[1] === null)
  if (short >= 0)
    return [
      {
        path: `rows[${short}]`,
        message: `got ${rows[short].length} values; must be an index, a time and ${observables.length} observables`,
      },
    ]
  return []
}
