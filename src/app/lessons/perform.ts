/** What a lesson does in the laboratory. */
import { t } from '../../language/language.ts'
import { changed } from '../../lessons/change.ts'
import type { Lesson, RunStep } from '../../lessons/lesson.ts'
import { scenarioOfRun } from '../../lessons/scenarios.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import { curvesOf, familyOf } from '../ground/house.ts'
import { preset } from '../ground/presets.ts'
import type { Session } from '../session/session.ts'
import { newId } from '../store/documents.ts'
import { edit } from '../store/edits.ts'
import { current } from '../store/lab.ts'
import { showCurve, showIn, slotViews } from '../store/slots.ts'

/** Shows a scenario from its beginning, in the document of that id. */
export type Load = (session: Session, scenario: Scenario, id: string) => void

/** One document a tab for all runs of lessons: they must not push what people made out of their recent work. */
const DOCUMENT = 'twoscale-lesson-document'

function documentOfLessons(): string {
  const id = sessionStorage.getItem(DOCUMENT) ?? newId()
  sessionStorage.setItem(DOCUMENT, id)
  return id
}

/**
 * Sets up what a run shows: a scenario from its beginning, or other values of the one that runs.
 * @param whole from its beginning in any case: what runs is not of this lesson
 */
export function perform(session: Session, lesson: Lesson, step: RunStep, load: Load, whole = false): void {
  const { lab } = session
  const { run } = step
  if (!whole && run.set && !run.load && !run.changes) edit(lab, (scenario) => changed(scenario, run.set))
  else {
    const title = t('Lesson {order}: {title}', { order: lesson.order, title: lesson.title })
    load(session, { ...scenarioOfRun(lesson, step, preset), title }, documentOfLessons())
  }
  if (run.field !== undefined) lab.setState({ field: run.field })
  if (run.chart === undefined) return
  const scenario = current(lab.getState())
  const view = slotViews(familyOf(scenario)).find(({ value }) => value === run.chart)
  if (view) showIn(lab, 'first', view.value)
  else if (curvesOf(scenario).some(({ name }) => name === run.chart)) showCurve(lab, run.chart)
}
