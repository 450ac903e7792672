/**
 * A lesson in another language says the same in other words: what it asks, computes and runs is that of the English file,
 * and its texts hold the same numbers and formulas.
 */
import type { Problem } from '../problem.ts'
import type { Lesson } from './lesson.ts'

const TEXTS = new Set(['title', 'question', 'label', 'text', 'task', 'belief', 'instead'])
/** Whole branches of texts. */
const BRANCHES = new Set(['goals', 'prior', 'minutes', 'leavesOut'])

/** Where a translation differs from the English lesson in more than its words. */
export function differences(english: Lesson, translated: Lesson): Problem[] {
  return [...compare(english, translated, [], false)]
}

function* compare(a: unknown, b: unknown, path: readonly string[], text: boolean): Generator<Problem> {
  if (isBranch(a) && isBranch(b)) {
    for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
      yield* compare(a[key], b[key], [...path, key], text || BRANCHES.has(key) || isText(a, key))
    return
  }
  const [wanted, got] = text && typeof a === 'string' && typeof b === 'string' ? [fixed(a), fixed(b)] : [a, b]
  if (wanted !== got)
    yield { path: path.join('.'), message: `got ${shown(got)}; the English file has ${shown(wanted)}` }
}

function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** A sentence that was seen is a text, an option's name is not; a unit is one where it is words. */
function isText(holder: Record<string, unknown>, key: string): boolean {
  if (key === 'seen') return holder.ask === 'text'
  if (key === 'unit') return /^of /.test(String(holder.unit))
  return TEXTS.has(key) && typeof holder[key] === 'string'
}

/** What of a text does not depend on the language: numbers and formulas, in any order; words within formulas do. */
function fixed(text: string): string {
  const formulas = text.match(/\$\$[\s\S]+?\$\$|\$[^$\n]+\$/g) ?? []
  const rest = formulas.reduce((left, formula) => left.replace(formula, ' '), text)
  const numbers = rest.match(/\d+(?:\.\d+)?/g) ?? []
  return [...numbers.sort(), ...formulas.map((formula) => formula.replace(/\\text\{[^}]*\}/g, '')).sort()].join(' ')
}

function shown(value: unknown): string {
  return value === undefined || value === '' ? 'nothing' : `"${String(value).slice(0, 80)}"`
}
