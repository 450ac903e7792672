/** The way through a lesson: nothing is shown before it is predicted, and what is given stays. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Answer } from '../../src/lessons/lesson.ts'
import {
  type Action,
  advance,
  done,
  finished,
  fresh,
  type Progress,
  restore,
  revealed,
  serialise,
} from '../../src/lessons/progress.ts'
import { readLesson } from '../../src/lessons/read.ts'
import { source } from './setup.ts'

const lesson = readLesson(source())
const half: Answer = { ask: 'number', value: 0.5 }
const go = (...actions: Action[]) => actions.reduce((p, action) => advance(lesson, p, action), fresh())
const predicted: Action[] = [{ kind: 'predict', answer: half }, { kind: 'next' }]
const whole: Action[] = [
  ...predicted,
  { kind: 'run' },
  { kind: 'next' },
  { kind: 'mark', sentence: 'It moved.' },
  { kind: 'next' },
]

describe('the way through', () => {
  it('asks before it runs, and runs before it shows', () => {
    expect(go({ kind: 'next' }).step).toBe(0)
    expect(go({ kind: 'run' }).runs).toEqual({})
    const before = go(...predicted)
    expect([before.step, revealed(lesson, before, before.step)]).toEqual([1, false])
    const after = advance(lesson, before, { kind: 'run' })
    expect(revealed(lesson, after, 1)).toBe(true)
    // Not by going back: the question itself shows no answer.
    expect(revealed(lesson, after, 0)).toBe(false)
  })

  it('keeps a prediction as it was given', () => {
    const later = go(
      ...whole,
      { kind: 'back' },
      { kind: 'back' },
      { kind: 'back' },
      { kind: 'predict', answer: { ask: 'number', value: 0.9 } },
    )
    expect(later).toMatchObject({ step: 0, predictions: { 0: half } })
  })

  it.each<Answer>([
    { ask: 'number', value: Number.NaN },
    { ask: 'choice', is: 'a' },
  ])('takes no answer that is none: %j', (answer) => {
    expect(go({ kind: 'predict', answer })).toEqual(fresh())
  })

  it('takes no empty sentence', () => {
    expect(go(...predicted, { kind: 'run' }, { kind: 'next' }, { kind: 'mark', sentence: '  ' }).marks).toEqual({})
  })

  it('comes to an end', () => {
    expect(finished(lesson, go(...whole))).toBe(true)
    expect(finished(lesson, go(...whole.slice(0, 4)))).toBe(false)
    expect(go(...whole, { kind: 'next' }).step).toBe(3)
    expect(go(...whole, { kind: 'restart' })).toEqual(fresh())
  })

  it('opens one help at a time, and closes it with the step', () => {
    expect(go({ kind: 'help', index: 0 }, { kind: 'help', index: 1 }).help).toBe(1)
    expect(go({ kind: 'help', index: 1 }, { kind: 'help', index: 1 }).help).toBeUndefined()
    expect(go({ kind: 'help', index: 1 }, ...predicted).help).toBeUndefined()
  })

  it('judges a prediction once', () => {
    const judged = go(
      ...predicted,
      { kind: 'judge', step: 0, verdict: 'near' },
      { kind: 'judge', step: 0, verdict: 'right' },
    )
    expect(judged.verdicts).toEqual({ 0: 'near' })
    expect(go({ kind: 'judge', step: 0, verdict: 'right' }).verdicts).toEqual({})
  })

  it('shows nothing unpredicted, whatever is pressed', () => {
    const actions = fc.array(
      fc.constantFrom<Action>(
        { kind: 'next' },
        { kind: 'back' },
        { kind: 'run' },
        { kind: 'restart' },
        { kind: 'mark', sentence: 'x' },
        { kind: 'help', index: 0 },
        { kind: 'predict', answer: half },
      ),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(actions, (list) => {
        let p: Progress = fresh()
        for (const action of list) {
          p = advance(lesson, p, action)
          if (p.step > 0) expect(p.predictions[0]).toEqual(half)
          if (revealed(lesson, p, p.step)) expect([p.predictions[0], p.runs[1]]).toEqual([half, true])
          for (let k = 0; k < p.step; k++) expect(done(lesson, p, k)).toBe(true)
          expect(restore(lesson, serialise(lesson, p))).toEqual({ ...p, help: undefined })
        }
      }),
    )
  })
})

describe('progress that was kept', () => {
  it('comes back', () => {
    const p = go(...whole)
    expect(restore(lesson, serialise(lesson, p))).toEqual(p)
  })

  it.each([
    ['of another lesson', serialise({ ...lesson, steps: lesson.steps.slice(1) }, go(...whole))],
    ['broken', '{"version":1'],
    ['of another version', serialise(lesson, go(...whole)).replace('"version":1', '"version":2')],
    ['beyond the end', serialise(lesson, { ...go(...whole), step: 9 })],
    [
      'with an answer of another kind',
      serialise(lesson, { ...go(...whole), predictions: { 0: { ask: 'choice', is: 'a' } } }),
    ],
    ['nothing', undefined],
    ['a number', 3],
  ])('begins anew where it is %s', (_, text) => {
    expect(restore(lesson, text)).toEqual(fresh())
  })
})
