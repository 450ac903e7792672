/**
 * How much an input may hold, whatever it is of. One table: checked before any other work by all that read inputs (files,
 * links, the form, the library), printed by `describe limits`, said in refusals. Everything that people have made so far
 * stays below a tenth of it.
 */
import { msg, t } from './language/language.ts'
import { fieldPath, type Problem } from './problem.ts'

export interface Limit {
  most: number
  /** What is counted. */
  of: string
  /** What to do where there is more. */
  instead: string
}

const limit = (most: number, of: string, instead: string): Limit => ({ most, of, instead })

export const LIMITS = {
  link: limit(100_000, msg('characters of a link'), msg('send the scenario as a file')),
  unpacked: limit(5_000_000, msg('bytes that a link unpacks to'), msg('send the scenario as a file')),
  file: limit(5_000_000, msg('bytes of a file'), msg('leave out what is not a scenario')),
  values: limit(300_000, msg('values in a file or link'), msg('leave out what is not a scenario')),
  nesting: limit(16, msg('lists and objects inside each other'), msg('write the value itself')),
  name: limit(100, msg('characters of the name of a field'), msg('check its spelling')),
  title: limit(300, msg('characters of a title or name'), msg('put the rest into the description')),
  table: limit(4_000_000, msg('characters of a measured table'), msg('take every second row')),
  text: limit(20_000, msg('characters of any other text'), msg('shorten it')),
  phases: limit(16, msg('phases of a cell'), msg('give shapes of one material the same phase')),
  shapes: limit(200, msg('shapes of a cell'), msg('draw a smaller part of the structure')),
  corners: limit(400, msg('corners of one outline'), msg('leave out every second corner')),
  allCorners: limit(1_000, msg('corners of all outlines of a cell'), msg('leave out every second corner')),
  problems: limit(100, msg('cell problems of a file'), msg('split the file')),
  graded: limit(200, msg('places of a number that varies'), msg('leave out every second place')),
  stimuli: limit(500, msg('stimuli of a scenario'), msg('join those that act at the same time')),
} as const satisfies Record<string, Limit>

/** Fields that hold measured rows, which no one shortens by hand. */
const TABLE = /(^|\.)table$/

/** The sentence for a count beyond its limit, or undefined. */
export function beyond({ most, of, instead }: Limit, count: number): string | undefined {
  if (count <= most) return undefined
  return t('got {count} {of}; at most {most} are allowed; try to {instead}', {
    count: count.toLocaleString('en'),
    of: t(of),
    most: most.toLocaleString('en'),
    instead: t(instead),
  })
}

/**
 * What is too much in a value parsed from JSON: nesting, number of values, lengths of texts and names. Stops at the first
 * problem, takes no stack and no more time than the limits allow.
 */
export function checkAmount(input: unknown): Problem[] {
  const open: { value: unknown; path: string; depth: number }[] = [{ value: input, path: '', depth: 0 }]
  let values = 0
  for (let at = open.pop(); at; at = open.pop()) {
    const { value, path, depth } = at
    const found = (limit: Limit, count: number): Problem[] | undefined => {
      const message = beyond(limit, count)
      return message === undefined ? undefined : [{ path, message }]
    }
    if (typeof value === 'string') {
      const wrong = found(TABLE.test(path) ? LIMITS.table : LIMITS.text, value.length)
      if (wrong) return wrong
    }
    if (typeof value !== 'object' || value === null) continue
    const entries = Array.isArray(value) ? value.map((v, k) => [k, v] as const) : Object.entries(value)
    values += entries.length
    const wrong = found(LIMITS.nesting, depth + 1) ?? found(LIMITS.values, values)
    if (wrong) return wrong
    for (const [key, inner] of entries) {
      const long = typeof key === 'string' ? found(LIMITS.name, key.length) : undefined
      if (long) return long
      // Copies of the input would lose it without a word.
      if (key === '__proto__') return [{ path: fieldPath(path, key), message: t('unknown field; remove it') }]
      open.push({ value: inner, path: fieldPath(path, key), depth: depth + 1 })
    }
  }
  return []
}
