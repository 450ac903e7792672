/** Errors as data, for the way to the page. */
import type { Notice } from '../models/family.ts'
import { IntegrationError } from '../numerics/steps.ts'
import { formatProblems, InputError, type Problem } from '../parameter.ts'

export function explain(error: unknown): { problems: Problem[]; notice: Notice } {
  if (error instanceof InputError)
    return {
      problems: [...error.problems],
      notice: { level: 'error', message: formatProblems(error.problems) },
    }
  if (error instanceof IntegrationError)
    return {
      problems: [{ path: '', message: error.message }],
      notice: { level: 'error', message: error.message, advice: error.advice },
    }
  const message = error instanceof Error ? error.message : String(error)
  return {
    problems: [{ path: '', message }],
    notice: {
      level: 'error',
      message: `The solver met an unexpected error: ${message}`,
      advice: ['undo the last change', 'reset the run', 'reload the page; the scenario is kept'],
    },
  }
}
