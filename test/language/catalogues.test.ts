/** The catalogues hold what the sources say: all of it, nothing else, with the same placeholders. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { bareTexts, textsOfSources } from './texts.ts'

const FOLDER = new URL('../../src/language/de/', import.meta.url)
const files = readdirSync(FOLDER)
const entriesOf = (file: string): [string, string][] =>
  Object.entries(JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')))
const all = files.flatMap(entriesOf)
const german = new Map(all)
const texts = new Set(textsOfSources().map(({ text }) => text))

/** The names in braces, also of counts: `{n}`, `{n, plural, …}`. */
function places(text: string): string[] {
  const inner = /\{(\w+), plural,((?:[^{}]|\{[^{}]*\})*)\}/g
  return [...new Set([...text.replace(inner, '{$1}').matchAll(/\{(\w+)\}/g)].map((m) => m[1]))].sort()
}

it('every text of the sources has its German', () => {
  expect(texts.size).toBeGreaterThan(30)
  expect([...texts].filter((text) => !german.has(text))).toEqual([])
})

/** Names, and what is typed as it stands. */
const AS_IT_STANDS = new Set(['Twoscale', 'Bruggeman', 'BibTeX', '&amp;teacher=1', 'lessons', 'lessons check'])

it('no words of the page stand outside of the catalogues', () => {
  expect(bareTexts().filter(({ text }) => !AS_IT_STANDS.has(text))).toEqual([])
})

it.each(['page.json', 'messages.json'])('no entry of %s is without a text', (file) => {
  expect(entriesOf(file).filter(([english]) => !texts.has(english))).toEqual([])
})

it('a text that is in two catalogues says the same in both', () => {
  expect(all.filter(([english, text]) => german.get(english) !== text)).toEqual([])
})

it.each(files)('%s is sorted, says something everywhere, and keeps placeholders', (file) => {
  const entries = entriesOf(file)
  const keys = entries.map(([english]) => english)
  expect(keys).toEqual([...keys].sort())
  expect(entries.filter(([, text]) => text.trim() === '')).toEqual([])
  expect(entries.filter(([english, text]) => `${places(english)}` !== `${places(text)}`)).toEqual([])
  // What begins or ends with a space would be put together from pieces.
  expect(entries.filter(([english, text]) => english !== english.trim() || text !== text.trim())).toEqual([])
})
