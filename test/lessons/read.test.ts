/** Files of lessons: what is read, and how a bad one is answered. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { PREDICTIONS } from '../../src/lessons/lesson.ts'
import { readLesson } from '../../src/lessons/read.ts'
import { InputError, LONGEST_MESSAGE } from '../../src/problem.ts'
import { NUMBER, source } from './setup.ts'

function problems(text: string): string[] {
  try {
    readLesson(text)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    for (const line of error.message.split('\n')) expect(line.length).toBeLessThanOrEqual(LONGEST_MESSAGE)
    return error.problems.map(({ path, message }) => `${path}: ${message}`)
  }
  return []
}

it('reads the facts and the steps in their order', () => {
  const lesson = readLesson(source())
  expect(lesson).toMatchObject({ name: 'short', order: 1, minutes: { 45: 'Do it twice.' } })
  expect(lesson.steps.map(({ kind, title, text }) => [kind, title, text])).toEqual([
    ['predict', 'A predict', 'Some words.'],
    ['run', 'A run', 'Some words.'],
    ['mark', 'A mark', 'Some words.'],
    ['explain', 'A explain', 'Some words.'],
  ])
})

it('reads Windows line ends', () => {
  expect(readLesson(source().replaceAll('\n', '\r\n')).steps).toHaveLength(4)
})

describe.each<[string, string, RegExp]>([
  ['no facts', 'Just words.', /begins with its facts/],
  ['facts that are no YAML', source(NUMBER, { 'goals: [See it.]': 'goals: [See it.' }), /not YAML/],
  ['a fact too many', source(NUMBER, { 'order: 1': 'order: 1\nordre: 2' }), /^ordre: unknown field/],
  ['a fact too few', source(NUMBER, { 'title: A short lesson\n': '' }), /^title: got nothing/],
  [
    'a fact of another kind',
    source(NUMBER, { 'order: 1': 'order: first' }),
    /^order: got "first"; must be of type number/,
  ],
  ['a step of another kind', source(NUMBER, { 'yaml run': 'yaml go' }), /^steps\[1\]: got "yaml go"/],
  ['a step without a block', `${source()}## More\n\nWords.\n`, /^steps\[4\]: got no block under "More"/],
  ['a step without words', source(NUMBER, { 'Some words.': '' }), /^steps\[0\]\.predict: no text/],
  ['a question of another kind', source('ask: colour'), /^steps\[0\]\.predict\.ask: got "colour"; valid are "number"/],
  ['a claim out of its range', source(NUMBER.replace('0.5', '5')), /predict\.claim: got 5, which lies outside/],
  ['an observation of another kind', source(NUMBER.replace('kind: phase', 'kind: mood')), /predict\.computed\.kind: /],
  [
    'an observation with a slip',
    source(NUMBER.replace('of: pore', 'off: pore')),
    /predict\.computed\.off: unknown field/,
  ],
  [
    'an observation that takes what is not there',
    source(NUMBER.replace('fraction', 'weight')),
    /computed\.take: got "weight"; valid are "fraction"/,
  ],
  [
    'a choice whose claim is no option',
    source('ask: choice\noptions: [{is: a, label: A}]\nclaim: b\ncomputed: {kind: class}'),
    /claim: got "b", which is none/,
  ],
  [
    'a map with uneven rows',
    source(
      'ask: region\nlabel: Map\nclaim: ["##", "#"]\ntolerance: 0.2\nwithin: 0.1\ncomputed: {kind: region, of: c_1, side: above}',
    ),
    /equally long/,
  ],
  [
    'a sketch with too few points',
    source(
      'ask: curve\nx: {label: t, unit: s, from: 0, to: 1}\ny: {label: c, unit: mM, from: 0, to: 1}\npoints: 2\nlines: [{name: a, label: A, claim: [[0, 0], [1, 1]], computed: {kind: series, of: current}}]\ntolerance: 0.1\nwithin: 0.1',
    ),
    /points: got 2/,
  ],
  [
    'a mark that is no option',
    source(NUMBER, { 'ask: text\nseen: It moved.': 'ask: choice\noptions: [{is: a, label: A}]\nseen: b' }),
    /mark\.seen: got "b"/,
  ],
  [
    "a run of the lesson's own scenario",
    source(NUMBER, { 'task: Look.': 'load: porous-opening' }),
    /run\.load: got "porous-opening", the scenario of the lesson/,
  ],
  [
    'a prediction that is never run',
    source(NUMBER, { 'yaml run\ntask: Look.': 'yaml explain' }),
    /the run comes first/,
  ],
  [
    'an alias',
    source(NUMBER, { 'goals: [See it.]': 'goals: &a [See it.]', 'prior: [Nothing.]': 'prior: *a' }),
    /not YAML/,
  ],
  [
    'facts without an end',
    source(NUMBER, { 'goals: [See it.]': `goals: ${'['.repeat(400)}${']'.repeat(400)}` }),
    /inside each other/,
  ],
])('%s', (_, text, sentence) => {
  it('is answered with the field it is about', () => {
    expect(problems(text).join('\n')).toMatch(new RegExp(sentence.source, 'm'))
  })
})

it('tells all problems at once', () => {
  expect(problems(source(NUMBER.replace('0.5', '5'), { 'order: 1': 'order: first' }))).toHaveLength(2)
})

it('the document has every observation and every question', () => {
  const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
  const text = read('docs/add-a-lesson.md')
  const kinds = [...read('src/lessons/observation.ts').matchAll(/kind: z\.literal\('([\w-]+)'\)/g)].map((m) => m[1])
  expect(kinds.length).toBeGreaterThan(15)
  for (const word of [...kinds, ...Object.keys(PREDICTIONS)]) expect(text, word).toContain(`\`${word}\``)
})
