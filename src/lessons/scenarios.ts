/** Which scenarios a lesson rests on; apart from what computes them, so that the page need not load solvers for it. */
import type { Scenario } from '../simulation/scenario.ts'
import { changed, type Library } from './change.ts'
import type { Lesson, RunStep } from './lesson.ts'

/** The scenario that a run begins with. @throws InputError where it cannot be run */
export function scenarioOfRun(lesson: Lesson, { run }: RunStep, library: Library): Scenario {
  const name = run.load ?? lesson.scenario
  return changed(library(name), { ...(name === lesson.scenario ? lesson.changes : {}), ...run.changes, ...run.set })
}

/** Names of the built-in scenarios that a lesson rests on. */
export function scenarioNames(lesson: Lesson): string[] {
  const names = new Set([lesson.scenario])
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      if ((key === 'scenario' || key === 'load') && typeof inner === 'string') names.add(inner)
      visit(inner)
    }
  }
  for (const step of lesson.steps) {
    if (step.kind === 'run') visit(step.run)
    if (step.kind === 'predict') visit(step.question)
  }
  return [...names]
}
