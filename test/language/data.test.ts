/** What families, models, shapes, built-in scenarios and atlases say of themselves has its German, and nothing else has. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { TAGS } from '../../src/app/ground/tags.ts'
import type { Atlas } from '../../src/atlases/atlas.ts'
import { builtInNames, loadScenario } from '../../src/cli/input.ts'
import { textsOfModels } from './models.ts'

const entriesOf = (file: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`../../src/language/de/${file}`, import.meta.url), 'utf8'))
const [page, models, scenarios] = ['page.json', 'models.json', 'scenarios.json'].map(entriesOf)

const ATLASES = new URL('../../src/atlases/', import.meta.url)

function textsOfAtlas(file: string): string[] {
  const {
    title,
    sentence,
    over,
    of,
    y,
    law,
    map = {},
  }: Atlas = JSON.parse(readFileSync(new URL(file, ATLASES), 'utf8'))
  const axes = over.flatMap((axis) => [...(axis.title ? [axis.title] : []), ...(axis.names ?? [])])
  return [
    title,
    sentence,
    ...axes,
    ...of.map(({ name }) => name),
    y.title,
    ...(law ? [law.name] : []),
    ...Object.values(map),
  ].filter((text) => /\p{L}{2}/u.test(text))
}

const textsOfScenarios = [
  ...TAGS,
  ...builtInNames().flatMap((name) => {
    const { title, description, branch } = loadScenario(name).scenario
    return [title, description, ...(branch ? [branch.name] : [])]
  }),
  ...readdirSync(ATLASES).flatMap((file) => (file.endsWith('.json') ? textsOfAtlas(file) : [])),
]

/** Numbers and formulas, in any order. */
const fixed = (text: string) => (text.match(/\$[^$]+\$|\d+(?:\.\d+)?/g) ?? []).sort().join(' ')

it('cards, models, settings and shapes', { timeout: 300_000 }, async () => {
  const texts = await textsOfModels()
  expect(texts.length).toBeGreaterThan(600)
  const missing = texts.filter(({ text }) => !(text in models) && !(text in page))
  expect(missing).toEqual([])
  const all = new Set(texts.map(({ text }) => text))
  expect(Object.keys(models).filter((english) => !all.has(english))).toEqual([])
})

it('titles, descriptions, branches and kinds of the scenarios, and what atlases say', () => {
  const missing = textsOfScenarios.filter((text) => !(text in scenarios) && !(text in models) && !(text in page))
  expect(missing).toEqual([])
  expect(Object.keys(scenarios).filter((english) => !textsOfScenarios.includes(english))).toEqual([])
})

it.each(Object.entries({ models, scenarios }))('%s keep numbers and formulas', (_, entries) => {
  expect(Object.entries(entries).filter(([english, text]) => fixed(english) !== fixed(text))).toEqual([])
})
