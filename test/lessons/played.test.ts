/** Every lesson, played without a page: what its file claims is what the program computes. */
import { describe, expect, it } from 'vitest'
import { checkLesson } from '../../src/lessons/check.ts'
import { claimOf } from '../../src/lessons/lesson.ts'
import { score } from '../../src/lessons/score.ts'
import { answerText } from '../../src/lessons/text.ts'
import { lessons, library } from './setup.ts'

it('have names and numbers of their own, in the order of their files', () => {
  expect(new Set(lessons.map(({ name }) => name)).size).toBe(lessons.length)
  expect(lessons.map(({ order }) => order)).toEqual(lessons.map((_, k) => k + 1))
})

describe.each(lessons.map((lesson) => [lesson.name, lesson] as const))('%s', (_, lesson) => {
  it('claims what is computed', () => {
    for (const { title, claim, computed, distance, holds } of checkLesson(lesson, library))
      expect(
        holds,
        `${title}: claimed ${answerText(claim)}, computed ${answerText(computed)}, off by ${distance}`,
      ).toBe(true)
  })

  it('asks before it shows, and ends with an explanation', () => {
    expect(lesson.steps[0].kind).toBe('predict')
    expect(lesson.steps.at(-1)?.kind).toBe('explain')
    for (const kind of ['run', 'mark'] as const) expect(lesson.steps.some((step) => step.kind === kind)).toBe(true)
  })

  it('would call its own claim right', () => {
    for (const step of lesson.steps)
      if (step.kind === 'predict') {
        const claim = claimOf(step.question)
        expect(score(step.question, claim, claim)).toEqual({ verdict: 'right', distance: 0 })
      }
  })

  it('has a page for the teacher', () => {
    for (const list of [lesson.goals, lesson.prior, lesson.misconceptions, lesson.leavesOut])
      expect(list.length).toBeGreaterThan(0)
    for (const plan of Object.values(lesson.minutes)) expect(plan.length).toBeGreaterThan(40)
  })
})
