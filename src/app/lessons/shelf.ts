/** The lessons of the house, which load with the room. */
import type { Lesson } from '../../lessons/lesson.ts'
import { readLesson } from '../../lessons/read.ts'

const files = import.meta.glob<string>('../../lessons/*.md', { eager: true, query: '?raw', import: 'default' })

export const shelf: readonly Lesson[] = Object.values(files)
  .map(readLesson)
  .sort((a, b) => a.order - b.order)
