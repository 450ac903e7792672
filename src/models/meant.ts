/** Phases that were meant: those whose names differ by case, or by a slip of one or two letters. */
import { t } from '../language/language.ts'

/** Letters to change, insert, leave out or swap with their neighbours, from one word to another. */
function slips(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (same ? 0 : 1))
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) next[j] = Math.min(next[j], before[j - 2] + 1)
    }
    ;[before, row] = [row, next]
  }
  return row[b.length]
}

/** Longest name that is looked at. */
const LONGEST = 40

/** The valid name that a name is a slip of; undefined where it is none of them. */
export function nearMiss(name: string, valid: readonly string[]): string | undefined {
  const plain = (text: string) =>
    text
      .trim()
      .toLowerCase()
      .replace(/[\s_-]+/g, '')
  if (name.length > LONGEST) return undefined
  const word = plain(name)
  return valid
    .map((known) => ({ known, away: slips(word, plain(known)) }))
    .filter(({ known, away }) => away <= (known.length < 4 ? 0 : known.length < 8 ? 1 : 2))
    .sort((a, b) => a.away - b.away)[0]?.known
}

/** A sentence for each name that is a slip of a valid one. */
export function meantBy(names: readonly string[], valid: readonly string[]): string[] {
  return names.flatMap((name) => {
    const meant = nearMiss(name, valid)
    return meant ? [t('if "{meant}" is meant by "{name}", name it so', { meant, name })] : []
  })
}
