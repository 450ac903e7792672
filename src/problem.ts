/** What is wrong with an input, as sentences that can be read whatever the input was. */
import { t } from './language/language.ts'

/** One thing that is wrong with an input: where, and a sentence: what was got, what is allowed, what to try. */
export interface Problem {
  /** Path in the input, e.g. `cell.shapes[0].radius`. Empty for the whole input. */
  path: string
  message: string
}

/**
 * Thrown (or carried as data over the worker boundary) when an input cannot be used. Holds the problems at once, each
 * short enough to be read whatever the input was, and the first ones of very many.
 */
export class InputError extends Error {
  readonly problems: readonly Problem[]
  constructor(problems: readonly Problem[]) {
    const told = problems.slice(0, MOST_PROBLEMS).map(bounded)
    const rest = problems.length - told.length
    if (rest > 0) told.push({ path: '', message: t('{rest} more problems are not listed; mend these first', { rest }) })
    super(told.map(formatProblem).join('\n'))
    this.name = 'InputError'
    this.problems = told
  }
}

export function formatProblem(problem: Problem): string {
  return problem.path === '' ? problem.message : `${problem.path}: ${problem.message}`
}

/** Longest message that is told, its path included. */
export const LONGEST_MESSAGE = 300
const LONGEST_PATH = 80
const LONGEST_QUOTE = 60
const MOST_PROBLEMS = 50
/** What breaks a line, moves the cursor or turns the direction of writing. */
const UNSEEN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu

function bounded({ path, message }: Problem): Problem {
  const short = readable(path, LONGEST_PATH)
  return { path: short, message: readable(message, LONGEST_MESSAGE - short.length - 2) }
}

/** A sentence as it is shown whatever the input was: in one line, what it quotes short, no longer than `most`. */
export function readable(text: string, most = LONGEST_MESSAGE): string {
  const quoted = text.replace(/"([^"]*)"/g, (_, inner: string) => `"${shortened(inner, LONGEST_QUOTE)}"`)
  return shortened(visible(quoted), most)
}

/** A text without what breaks its line or hides a part of it. */
export function visible(text: string): string {
  return text.replace(UNSEEN, '\ufffd')
}

/** The beginning of a long text. */
export function shortened(text: string, most = LONGEST_MESSAGE): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text
}

/** The path of a field of an object, or of an entry of a list; a name that is not a plain word is quoted. */
export function fieldPath(path: string, key: PropertyKey): string {
  if (typeof key === 'number') return `${path}[${key}]`
  const name = String(key)
  const shown = /^[\p{L}\p{N}_$-]+$/u.test(name) ? name : `"${shortened(name, LONGEST_QUOTE)}"`
  return path === '' ? shown : `${path}.${shown}`
}

/** Problems in one line: as many as fit into `most` characters, and how many more there are. */
export function formatProblems(problems: readonly Problem[], most = LONGEST_MESSAGE): string {
  const [first, ...others] = problems.map(formatProblem)
  let line = shortened(first ?? '', most)
  for (const [k, other] of others.entries()) {
    if (line.length + other.length + 20 > most) return shortened(`${line}; and ${others.length - k} more`, most)
    line += `; ${other}`
  }
  return line
}

/** Any value as a short piece of an error sentence. */
export function describe(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'string') return `"${value.length > 40 ? `${value.slice(0, 40)}…` : value}"`
  if (Array.isArray(value)) return t('a list of {value}', { value: value.length })
  if (typeof value === 'object' && value !== null) return t('an object')
  return String(value)
}
