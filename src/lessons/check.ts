/** Lessons played without a page: what is right is computed, and the claim of the file is held against it. */
import type { Library } from './change.ts'
import { type Answer, claimOf, type Lesson, type Question } from './lesson.ts'
import { Observer } from './observe.ts'
import { scenarioOfRun } from './scenarios.ts'
import { distanceBetween, ellipseOf } from './score.ts'

/** What is right, computed. @throws InputError where the observation names what the scenario does not have */
export function computeAnswer(question: Question, observer: Observer): Answer {
  switch (question.ask) {
    case 'number':
      return { ask: 'number', value: observer.number(question.computed) }
    case 'choice':
      return { ask: 'choice', is: observer.word(question.computed) }
    case 'curve': {
      const lines = question.lines.map(({ name, computed }): [string, [number, number][]] => {
        const { x, y } = observer.curve(computed)
        return [name, x.map((at, k) => [at, y[k]])]
      })
      return { ask: 'curve', lines: Object.fromEntries(lines) }
    }
    case 'ellipse':
      return { ask: 'ellipse', shape: ellipseOf(observer.tensor(question.computed)) }
    case 'region': {
      const { claim } = question
      return { ask: 'region', rows: observer.region(question.computed, claim[0].length, claim.length) }
    }
  }
}

/** A prediction of a lesson with what its file claims and what is computed. */
export interface Checked {
  title: string
  question: Question
  claim: Answer
  computed: Answer
  /** In the measure of the question. */
  distance: number
  holds: boolean
}

/**
 * Plays a lesson to its end, a prediction at a time; its runs are set up as the page does.
 * @throws InputError where a scenario of it cannot be run
 */
export function* checkLesson(lesson: Lesson, library: Library): Generator<Checked, void> {
  const observer = new Observer(library, lesson)
  for (const step of lesson.steps) {
    if (step.kind === 'run') scenarioOfRun(lesson, step, library)
    if (step.kind !== 'predict') continue
    const { question, title } = step
    const [claim, computed] = [claimOf(question), computeAnswer(question, observer)]
    const distance = distanceBetween(question, claim, computed)
    const holds = distance <= (question.ask === 'choice' ? 0 : question.within)
    yield { title, question, claim, computed, distance, holds }
  }
}
