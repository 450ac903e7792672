/** What is right in a lesson, computed in a worker of its own. */

import type { Answer, Question } from '../lessons/lesson.ts'
import type { OwnScene } from '../lessons/runs.ts'
import type { Scenario } from '../simulation/scenario.ts'
import { askOnce } from './once.ts'

export interface AnswerRequest {
  kind: 'answer'
  question: Question
  own: OwnScene
  /** Built-in scenarios that the question may need, by name. */
  scenarios: Record<string, Scenario>
}

export type AnswerResponse = { kind: 'answer'; answer: Answer } | { kind: 'answerFailed'; message: string }

/** @throws Error with the reason where there is no answer; it is never settled once `signal` is aborted */
export async function computeInWorker(request: AnswerRequest, signal: AbortSignal): Promise<Answer> {
  const response = await askOnce<AnswerRequest, AnswerResponse>(request, signal)
  if (response.kind === 'answer') return response.answer
  throw new Error(response.message)
}
