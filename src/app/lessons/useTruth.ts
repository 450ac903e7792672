/** What is right, computed in a worker when it may be seen, once for each question. */
import { useEffect, useState } from 'react'
import type { Answer, Lesson, PredictStep } from '../../lessons/lesson.ts'
import { scenarioNames } from '../../lessons/scenarios.ts'
import { computeInWorker } from '../../worker/answers.ts'
import { preset } from '../ground/presets.ts'

/** By lesson and step: what is right is the same in every language. */
const known = new Map<string, Answer>()
const keyOf = (lesson: Lesson, step: PredictStep) => `${lesson.name} ${lesson.steps.indexOf(step)}`

export interface Truth {
  answer?: Answer
  /** Why there is none. */
  problem?: string
  again: () => void
}

/** @param step undefined while nothing may be seen */
export function useTruth(lesson: Lesson, step: PredictStep | undefined): Truth {
  const [tries, setTries] = useState(0)
  const [found, setFound] = useState<{ step: PredictStep; answer?: Answer; problem?: string }>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try is another computation
  useEffect(() => {
    if (!step || known.has(keyOf(lesson, step))) return
    const life = new AbortController()
    const scenarios = Object.fromEntries(scenarioNames(lesson).map((name) => [name, preset(name)]))
    const own = { scenario: lesson.scenario, changes: lesson.changes }
    computeInWorker({ kind: 'answer', question: step.question, own, scenarios }, life.signal).then(
      (answer) => {
        known.set(keyOf(lesson, step), answer)
        setFound({ step, answer })
      },
      (error: Error) => setFound({ step, problem: error.message }),
    )
    return () => life.abort()
  }, [lesson, step, tries])
  const here = found?.step === step ? found : undefined
  return {
    answer: step && (known.get(keyOf(lesson, step)) ?? here?.answer),
    problem: here?.problem,
    again: () => {
      setFound(undefined)
      setTries(tries + 1)
    },
  }
}
