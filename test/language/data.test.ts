/** What families, models, shapes and built-in scenarios say of themselves has its German, and nothing else has. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { TAGS } from '../../src/app/ground/tags.ts'
import { builtInNames, loadScenario } from '../../src/cli/input.ts'
import { textsOfModels } from './models.ts'

const entriesOf = (file: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`../../src/language/de/${file}`, import.meta.url), 'utf8'))
const [page, models, scenarios] = ['page.json', 'models.json', 'scenarios.json'].map(entriesOf)

const textsOfScenarios = [
  ...TAGS,
  ...builtInNames().flatMap((name) => {
    const { title, description, branch } = loadScenario(name).scenario
    return [title, description, ...(branch ? [branch.name] : [])]
  }),
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

it('titles, descriptions, branches and kinds of the scenarios', () => {
  const missing = textsOfScenarios.filter((text) => !(text in scenarios) && !(text in models) && !(text in page))
  expect(missing).toEqual([])
  expect(Object.keys(scenarios).filter((english) => !textsOfScenarios.includes(english))).toEqual([])
})

it.each(Object.entries({ models, scenarios }))('%s keep numbers and formulas', (_, entries) => {
  expect(Object.entries(entries).filter(([english, text]) => fixed(english) !== fixed(text))).toEqual([])
})
