/** What is right in a lesson, computed in a worker of its own: it may take seconds, and giving it up ends the worker. */

import { t } from '../language/language.ts'
import { tellLanguage } from '../language/workers.ts'
import type { Answer, Question } from '../lessons/lesson.ts'
import type { OwnScene } from '../lessons/runs.ts'
import type { Scenario } from '../simulation/scenario.ts'
import { trustedScript } from '../trusted.ts'
import entry from './entry.ts?worker&url'

export interface AnswerRequest {
  kind: 'answer'
  question: Question
  own: OwnScene
  /** Built-in scenarios that the question may need, by name. */
  scenarios: Record<string, Scenario>
}

export type AnswerResponse = { kind: 'answer'; answer: Answer } | { kind: 'answerFailed'; message: string }

/** @throws Error with the reason where there is no answer; it is never settled once `signal` is aborted */
export function computeInWorker(request: AnswerRequest, signal: AbortSignal): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(trustedScript(entry), { type: 'module', name: `twoscale-answer-${performance.now()}` })
    const hush = tellLanguage(worker)
    const end = () => {
      hush()
      worker.terminate()
    }
    signal.addEventListener('abort', end)
    worker.onmessage = ({ data }: MessageEvent<AnswerResponse | { kind: 'ready' }>) => {
      if (data.kind === 'ready') {
        worker.postMessage(request)
        return
      }
      end()
      if (data.kind === 'answer') resolve(data.answer)
      else reject(new Error(data.message))
    }
    worker.onerror = (event) => {
      event.preventDefault()
      end()
      reject(new Error(event.message || t('the worker could not be loaded')))
    }
  })
}
