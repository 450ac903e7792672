/** Which lesson is played, and what of the laboratory it shows. */
import { create } from 'zustand'

/** What a lesson shows of the page; the list of a lesson's file. */
export type PanelName = 'cell' | 'stage' | 'charts' | 'parameters'

export type Shows = (panel: PanelName) => boolean

export interface LessonView {
  /** Name of the lesson that is played. */
  open?: string
  /** Name of the lesson whose page for the teacher is open. */
  teacher?: string
  /** A prediction is asked for: the laboratory, which would show the answer, is covered. */
  covered: boolean
  /** Absent: all. */
  panels?: readonly PanelName[]
  /** Which run of which lesson was set up last. */
  standing?: string
}

export type LessonStore = ReturnType<typeof createLessons>

export function createLessons(asked: Pick<LessonView, 'open' | 'teacher'> = {}) {
  return create<LessonView>()(() => ({ covered: asked.open !== undefined && asked.teacher === undefined, ...asked }))
}

/** What the address asks for: `?lesson=NAME`, and with `&teacher=1` the page for the teacher. */
export function askedLesson(search: string): Pick<LessonView, 'open' | 'teacher'> {
  const parameters = new URLSearchParams(search)
  const name = parameters.get('lesson') ?? undefined
  return parameters.get('teacher') === '1' ? { teacher: name } : { open: name }
}

export function openLesson(lessons: LessonStore, open: string): void {
  lessons.setState({ open, covered: true, panels: undefined, standing: undefined })
  tellAddress(open)
}

export function closeLesson(lessons: LessonStore): void {
  lessons.setState({ open: undefined, covered: false, panels: undefined, standing: undefined })
  tellAddress(undefined)
}

/** A reload comes back to the lesson. */
function tellAddress(name: string | undefined): void {
  const address = new URL(location.href)
  if (name === undefined) address.searchParams.delete('lesson')
  else address.searchParams.set('lesson', name)
  address.searchParams.delete('teacher')
  history.replaceState(null, '', address)
}
