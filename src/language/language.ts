/**
 * The language of what people read. A text is its own key: where a catalogue has no entry, the English text is shown.
 * Sources stay English, and `t` is called where a text is shown, so that a change of the language reaches all of them.
 */

/** What the placeholders of a text stand for. */
export type Values = Readonly<Record<string, string | number>>
/** A text in the language of a catalogue; undefined where it has none. */
export type Translate = (message: string, values?: Values) => string | undefined

export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const
export type Language = keyof typeof LANGUAGES

let spoken: Language = 'en'
let translate: Translate | undefined
const listeners = new Set<() => void>()

export function isLanguage(text: string | null | undefined): text is Language {
  return text != null && Object.hasOwn(LANGUAGES, text)
}

/** The one that is on. */
export function language(): Language {
  return spoken
}

/** Puts a language on (`speak` loads its catalogue before); English has no catalogue. */
export function putOn(next: Language, texts?: Translate): void {
  spoken = next
  translate = texts
  for (const listener of listeners) listener()
}

/** @returns what ends the listening */
export function onLanguage(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/**
 * A text in the language that is on. With values it is a pattern: `{name}` stands for one of them, and
 * `{n, plural, one {# frame} other {# frames}}` chooses by a count. Without values every character is itself.
 */
export function t(message: string, values?: Values): string {
  return translate?.(message, values) ?? (values ? english(message, values) : message)
}

/** Marks a text of a constant for the catalogues; `t` is called where it is shown. */
export const msg = <T extends string>(message: T): T => message

/**
 * A name that the program put together: of parts with commas, with a number and its unit, a letter, or a unit in brackets behind a part, such as
 * `probe 2, as before` or `time (ms)`. What is known as a whole is taken as a whole.
 */
export function tName(name: string): string {
  const whole = t(name)
  if (whole !== name) return whole
  const [, part, behind] = /^(.*)( \(.*\)| [\d.]+(?: \S+)?| [A-Z])$/.exec(name) ?? []
  const known = part && tName(part)
  if (known && known !== part) return known + behind
  const comma = name.lastIndexOf(', ')
  return comma > 0 ? `${tName(name.slice(0, comma))}, ${tName(name.slice(comma + 2))}` : name
}

/** Numbers by themselves, not those of names and units. */
const NUMBER = /(?<![\w.])-?\d+(?:\.\d+)?(?:e[-+]?\d+)?(?![\w.]*\w)/g
const NAMES = 'abcdefgh'

/**
 * A sentence that stands in the data in English, made by `english` of patterns whose places are a, b, …: what steps of a protocol
 * do (`hold at 3.6 V`), and how one ended (`Hold at 3.6 V ended after 60 s`).
 */
export function tSaid(sentence: string): string {
  if (!translate) return sentence
  const found = sentence.match(NUMBER) ?? []
  if (found.length > NAMES.length) return sentence
  let k = 0
  const pattern = sentence.replace(NUMBER, () => `{${NAMES[k++]}}`)
  const whole = translate(pattern, Object.fromEntries(found.map((number, i) => [NAMES[i], number])))
  if (whole !== undefined) return whole
  const [, step, reason] = /^(.*) ended (.*)$/.exec(sentence) ?? []
  if (step && reason)
    return t('{step} ended {reason}', { step: tSaid(step[0].toLowerCase() + step.slice(1)), reason: tSaid(reason) })
  const comma = sentence.indexOf(', ')
  return comma < 0 ? sentence : `${tSaid(sentence.slice(0, comma))}, ${tSaid(sentence.slice(comma + 2))}`
}

const PLACE = /\{(\w+)(?:, plural, one \{([^{}]*)\} other \{([^{}]*)\})?\}/g

/** A pattern in English whatever is on, as files hold it. Numbers are written as they are: with a point, and without grouping. */
export function english(message: string, values: Values): string {
  return message.replace(PLACE, (place, name: string, one?: string, other?: string) => {
    const value = Object.hasOwn(values, name) ? String(values[name]) : place
    if (one === undefined || other === undefined) return value
    return (Number(value) === 1 ? one : other).replaceAll('#', value)
  })
}
