/** The worker's side of a lesson's answer; loaded when a lesson asks for one. */
import { changed } from '../lessons/change.ts'
import { computeAnswer } from '../lessons/check.ts'
import { Observer } from '../lessons/observe.ts'
import { present } from '../present.ts'
import { readable } from '../problem.ts'
import type { AnswerRequest, AnswerResponse } from './answers.ts'

export function answer({ question, own, scenarios }: AnswerRequest): AnswerResponse {
  try {
    const observer = new Observer((name) => changed(present(scenarios[name], `the scenario ${name}`)), own)
    return { kind: 'answer', answer: computeAnswer(question, observer) }
  } catch (error) {
    return { kind: 'answerFailed', message: readable(error instanceof Error ? error.message : String(error)) }
  }
}
