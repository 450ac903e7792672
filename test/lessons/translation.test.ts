/** Lessons in other languages: other words, the same questions, numbers, formulas and runs. */
import { describe, expect, it } from 'vitest'
import { builtInLessons, translations } from '../../src/cli/lessons.ts'
import type { Lesson, PredictStep } from '../../src/lessons/lesson.ts'
import { differences } from '../../src/lessons/translation.ts'
import { lesson, lessons } from './setup.ts'

it('are all there in German', () => {
  expect(builtInLessons('de').map(({ name }) => name)).toEqual(lessons.map(({ name }) => name))
})

describe.each(translations.map((language) => [language, builtInLessons(language)] as const))('in %s', (_, shelf) => {
  it.each(shelf.map((each) => [each.name, each] as const))('%s says the same in other words', (name, translated) => {
    expect(differences(lesson(name), translated)).toEqual([])
    expect(translated.title).not.toBe(lesson(name).title)
  })
})

/** The lesson with something else in it. */
function other(change: (copy: Lesson) => void): string[] {
  const copy = structuredClone(lesson('tensor'))
  change(copy)
  return differences(lesson('tensor'), copy).map(({ path }) => path)
}
const asked = (copy: Lesson, k: number) => (copy.steps[k] as PredictStep).question

it.each<[string, (copy: Lesson) => void, string[]]>([
  ['other words', (copy) => Object.assign(copy.steps[0], { text: 'Etwas', title: 'anderes' }), []],
  ['another claim', (copy) => Object.assign(asked(copy, 4), { claim: 27 }), ['steps.4.question.claim']],
  ['another unit', (copy) => Object.assign(asked(copy, 4), { unit: 'rad' }), ['steps.4.question.unit']],
  ['another number in a text', (copy) => Object.assign(copy.steps[4], { text: '31°' }), ['steps.4.text']],
  ['a formula less', (copy) => Object.assign(copy.steps[3], { text: '0.68 0.30 0.72 0.72' }), ['steps.3.text']],
  ['a step less', (copy) => Object.assign(copy, { steps: copy.steps.slice(0, 7) }), ['steps.7']],
  ['another run', (copy) => Object.assign(copy.steps[5], { run: {} }), expect.arrayContaining(['steps.5.run.changes'])],
  ['another scenario', (copy) => Object.assign(copy, { scenario: 'porous-opening' }), ['scenario']],
  ['another option', (copy) => Object.assign(copy.steps[2], { mark: { ask: 'text', seen: 'x' } }), expect.anything()],
])('%s: named where it is', (_, change, paths) => {
  expect(other(change)).toEqual(paths)
})
