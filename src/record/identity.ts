/** What a file says of where it comes from: program, version, date, what was asked and what came out. */
import type { Stretch } from '../simulation/course.ts'
import { VERSION } from '../version.ts'
import { type HashedFrame, resultHash, scenarioHash } from './hash.ts'

export const PROGRAM = 'Twoscale'

export interface Identity {
  program: string
  version: string
  /** When it was written, ISO 8601. */
  written: string
  /** Title of the scenario. */
  title: string
  /** SHA-256, see hash.ts. */
  scenario: string
  /** SHA-256 of the result up to `frames`, see hash.ts; missing where nothing has been computed. */
  result?: string
  /** Index of the last frame that counts, and its time, s. */
  frame?: number
  time?: number
  /** How often the run was changed on its way. */
  changes?: number
}

/** A result as far as it is hashed. */
export interface Result {
  frames: readonly (HashedFrame & { index: number })[]
  /** Of the last frame. */
  fields: readonly ArrayLike<number>[]
}

/** @param course of the run; its last scenario gives the title */
export function identify(course: readonly Stretch[], told?: Result, now = new Date()): Identity {
  const last = told?.frames.at(-1)
  return {
    program: PROGRAM,
    version: VERSION,
    written: now.toISOString(),
    title: course.at(-1)?.scenario.title ?? '',
    scenario: scenarioHash(course),
    ...(told && last && { result: resultHash(told.frames, told.fields), frame: last.index, time: last.t }),
    ...(course.length > 1 && { changes: course.length - 1 }),
  }
}

/** The lines of an identity, each a name and a text. */
export function identityLines({ program, version, written, title, scenario, result, frame, time, changes }: Identity) {
  return [
    ['Software', `${program} ${version}`],
    ['Creation Time', written],
    ['Title', title],
    ['Scenario SHA-256', scenario],
    ...(changes ? [['Changed on its way', changes === 1 ? 'once' : `${changes} times`]] : []),
    ...(result ? [['Result SHA-256', result]] : []),
    ...(time === undefined ? [] : [['Up to', `frame ${frame} at t = ${Number(time.toPrecision(9))} s`]]),
  ] as [name: string, text: string][]
}

/**
 * The identity as remarks above a table, which readers of tables pass over. What separates cells is taken out of titles,
 * so that no remark is read as the names of columns.
 */
export function remarks(identity: Identity): string {
  return identityLines(identity)
    .map(([name, text]) => `# ${name}: ${text.replace(/[\s,;|]+/g, ' ')}\n`)
    .join('')
}
