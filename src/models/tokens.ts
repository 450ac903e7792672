/**
 * What people write, as tokens: numbers, words, powers (², ⁻¹), marks and ends of lines. One pass over the text, however
 * hostile it is; what the tokens mean is for the grammars (quantity.ts, rates.ts, the protocols of cathodes).
 */

import { t, type Values } from '../language/language.ts'
import { visible } from '../problem.ts'

export interface Token {
  kind: 'number' | 'word' | 'power' | 'mark' | 'line' | 'end'
  /** As a mark or word is compared: lower case, one sign for each of its variants. */
  text: string
  /** Of numbers and powers; NaN where a number cannot be read, for the reason in `doubt`. */
  value: number
  doubt?: string
  /** Where it stands in the text, and where it ends. */
  at: number
  to: number
  /** No blank stands before it. */
  glued: boolean
}

export interface Writing {
  /** What a comma between digits is. */
  comma: 'decimal' | 'between'
}

/** Longest number, characters. */
const LONGEST_NUMBER = 32

const DIGIT = /[0-9]/
const LETTER = /\p{L}/u
const BLANK = /\s/
const LINE = /[\n\r\v\f\u2028\u2029\u0085]/
const QUOTE = /["'“”„‘’«»`]/
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** Variants of a mark that mean the same. */
const SAME: Record<string, string> = {
  '−': '-',
  '–': '-',
  '—': '-',
  '‐': '-',
  '‑': '-',
  '⋅': '·',
  '∙': '·',
  '•': '·',
  '×': 'x',
  '✕': 'x',
  '≤': '<',
  '≥': '>',
  '℃': '°c',
  '∕': '/',
  '÷': '/',
}

/** Quotation marks are blanks; "#" begins a remark that goes to the end of its line. */
export function tokenize(text: string, writing: Writing): Token[] {
  const tokens: Token[] = []
  let glued = false
  for (let at = 0; at < text.length; ) {
    const c = text[at]
    if (c === '#') {
      while (at < text.length && !LINE.test(text[at])) at++
      continue
    }
    if (!LINE.test(c) && (BLANK.test(c) || QUOTE.test(c) || c === '\u200b' || c === '\ufeff')) {
      at++
      glued = false
      continue
    }
    const token = read(text, at, writing)
    tokens.push({ ...token, at, glued })
    at = token.to
    glued = true
  }
  tokens.push({ kind: 'end', text: '', value: Number.NaN, at: text.length, to: text.length, glued: false })
  return tokens
}

type Read = Omit<Token, 'at' | 'glued'>

function read(text: string, at: number, writing: Writing): Read {
  const c = text[at]
  if (LINE.test(c)) return { kind: 'line', text: '\n', value: Number.NaN, to: at + 1 }
  if (DIGIT.test(c) || ((c === '.' || (c === ',' && writing.comma === 'decimal')) && isDigit(text, at + 1)))
    return number(text, at, writing)
  if (SUPERSCRIPTS.includes(c) || (c === '⁻' && SUPERSCRIPTS.includes(text[at + 1] ?? ' '))) return power(text, at)
  const same = SAME[c]
  if (same !== undefined) return { kind: 'mark', text: same, value: Number.NaN, to: at + 1 }
  const letters = run(text, at, LETTER)
  if (letters > at)
    return {
      kind: 'word',
      text: text.slice(at, letters).toLowerCase().replace(/μ/g, 'µ'),
      value: Number.NaN,
      to: letters,
    }
  // A character of two halves stays whole.
  const to = at + (String.fromCodePoint(text.codePointAt(at) ?? 0).length || 1)
  return { kind: 'mark', text: text.slice(at, to), value: Number.NaN, to }
}

function isDigit(text: string, at: number): boolean {
  return at < text.length && DIGIT.test(text[at])
}

/** Where the characters of a kind that begin at a place end. */
function run(text: string, at: number, kind: RegExp): number {
  let to = at
  while (to < text.length && kind.test(text[to])) to++
  return to
}

/** Digits, a decimal point (or comma) and digits, an exponent. */
function number(text: string, at: number, { comma }: Writing): Read {
  let to = run(text, at, DIGIT)
  let doubt: string | undefined
  if (text[to] === '.') to = run(text, to + 1, DIGIT)
  else if (text[to] === ',' && comma === 'decimal' && isDigit(text, to + 1)) {
    const end = run(text, to + 1, DIGIT)
    if (end - to === 4 && to > at) doubt = t('may be read in two ways; write 1000, or 1.5')
    to = end
  }
  if (/[eE]/.test(text[to] ?? '')) {
    const sign = /[-+−]/.test(text[to + 1] ?? '') ? 1 : 0
    if (isDigit(text, to + 1 + sign)) to = run(text, to + 1 + sign, DIGIT)
  }
  if (to - at > LONGEST_NUMBER)
    doubt = t('is a number of {to} characters; at most {most} are read', { to: to - at, most: LONGEST_NUMBER })
  const written = text.slice(at, to)
  const value = doubt ? Number.NaN : Number(written.replace(',', '.').replace('−', '-'))
  return { kind: 'number', text: written, value, doubt, to }
}

function power(text: string, at: number): Read {
  const negative = text[at] === '⁻'
  let to = at + (negative ? 1 : 0)
  let value = 0
  for (; to < text.length && SUPERSCRIPTS.includes(text[to]); to++) value = 10 * value + SUPERSCRIPTS.indexOf(text[to])
  return { kind: 'power', text: text.slice(at, to), value: negative ? -value : value, to }
}

/** Why a text cannot be read, in the middle of a grammar. */
export class Unreadable extends Error {
  /** @param message a text, said by `t` */
  constructor(message: string, values?: Values) {
    super(t(message, values))
  }
}

/** Longest piece of a text that a message repeats, characters. */
const QUOTED = 40

/** Tokens from the first to the last, with what has been read and what comes. */
export class Reader {
  readonly source: string
  readonly tokens: readonly Token[]
  place = 0

  constructor(source: string, writing: Writing) {
    this.source = source
    this.tokens = tokenize(source, writing)
  }

  peek(ahead = 0): Token {
    return this.tokens[Math.min(this.place + ahead, this.tokens.length - 1)]
  }

  next(): Token {
    const token = this.peek()
    if (this.place < this.tokens.length - 1) this.place++
    return token
  }

  /** Whether a word or mark comes, one of these. */
  sees(...texts: readonly string[]): boolean {
    const { kind, text } = this.peek()
    return (kind === 'word' || kind === 'mark') && texts.includes(text)
  }

  /** Reads one of these words or marks if it comes. */
  takes(...texts: readonly string[]): boolean {
    const seen = this.sees(...texts)
    if (seen) this.next()
    return seen
  }

  /** The text from a place among the tokens to the present one, as messages quote it. */
  quote(from: number, to = this.place): string {
    const first = this.tokens[from]
    const last = this.tokens[Math.max(from, to - 1)]
    return clip(this.source.slice(first.at, last.to))
  }
}

/** The beginning of a text, as messages repeat it. */
export function clip(text: string, length = QUOTED): string {
  const flat = visible(text.trim())
  return flat.length > length ? `${flat.slice(0, length)}…` : flat
}
