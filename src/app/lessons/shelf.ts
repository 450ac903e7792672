/** The lessons of the house, which load with the room; those in another language when it is on. */
import { useEffect, useReducer } from 'react'
import { type Language, language } from '../../language/language.ts'
import type { Lesson } from '../../lessons/lesson.ts'
import { readLesson } from '../../lessons/read.ts'

type Files = Readonly<Record<string, string>>
export type Shelf = readonly Lesson[]

const files = import.meta.glob<string>('../../lessons/*.md', { eager: true, query: '?raw', import: 'default' })
const OTHERS: Record<Exclude<Language, 'en'>, () => Promise<{ files: Files }>> = {
  de: () => import('./shelf.de.ts'),
}

const english: Shelf = Object.values(files)
  .map(readLesson)
  .sort((a, b) => a.order - b.order)
const shelves = new Map<Language, Shelf>([['en', english]])

/** A lesson that is not translated, or all where they do not come, are told in English. */
async function fill(spoken: Exclude<Language, 'en'>): Promise<void> {
  const own = await OTHERS[spoken]().then(
    ({ files }) => Object.values(files).map(readLesson),
    () => [],
  )
  shelves.set(
    spoken,
    english.map((lesson) => own.find(({ name }) => name === lesson.name) ?? lesson),
  )
}

/** All lessons in their order, in the language that is on; undefined until they are there. */
export function useShelf(): Shelf | undefined {
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  const spoken = language()
  useEffect(() => {
    if (spoken === 'en' || shelves.has(spoken)) return
    let alive = true
    void fill(spoken).then(() => alive && redraw())
    return () => {
      alive = false
    }
  }, [spoken])
  return shelves.get(spoken)
}
