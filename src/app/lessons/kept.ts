/** Progress by lesson, kept in this browser; without storage it lasts as long as the page. */
import { createStore, getMany, set, type UseStore } from 'idb-keyval'
import type { Lesson } from '../../lessons/lesson.ts'
import { type Progress, restore, serialise } from '../../lessons/progress.ts'

const here = new Map<string, string>()
let opened: UseStore | undefined
const store: UseStore = (mode, work) => {
  opened ??= createStore('twoscale-lessons', 'progress')
  return opened(mode, work)
}

/** Progress of each lesson of a list. */
export async function keptProgress(lessons: readonly Lesson[]): Promise<Progress[]> {
  const names = lessons.map(({ name }) => name)
  const texts = await getMany<unknown>(names, store).catch(() => [])
  return lessons.map((lesson, k) => restore(lesson, here.get(lesson.name) ?? texts[k]))
}

export function keep(lesson: Lesson, progress: Progress): void {
  const text = serialise(lesson, progress)
  here.set(lesson.name, text)
  // A full or broken storage: the lesson goes on, and is forgotten with the page.
  set(lesson.name, text, store).catch(() => undefined)
}
