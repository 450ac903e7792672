/** Errors as data, for the way to the page. */
import { t } from '../language/language.ts'
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
      message: t('The solver met an unexpected error: {message}', { message }),
      advice: [t('undo the last change'), t('reset the run'), t('reload the page; the scenario is kept')],
    },
  }
}
