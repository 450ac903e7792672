/**
 * `lessons` lists what there is, `lessons NAME` prints the page for the teacher, `lessons check [NAME]` plays lessons and
 * holds what their files claim against what is computed.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checkLesson } from '../lessons/check.ts'
import type { Lesson } from '../lessons/lesson.ts'
import { readLesson } from '../lessons/read.ts'
import { answerText, teacherPage } from '../lessons/text.ts'
import { InputError } from '../problem.ts'
import { loadScenario, usage } from './input.ts'

const LESSONS = fileURLToPath(new URL('../lessons/', import.meta.url))

/** All lessons in their order. @throws InputError that names the file */
export function builtInLessons(): Lesson[] {
  return readdirSync(LESSONS)
    .filter((file) => file.endsWith('.md'))
    .map((file) => {
      try {
        return readLesson(readFileSync(`${LESSONS}${file}`, 'utf8'))
      } catch (error) {
        if (!(error instanceof InputError)) throw error
        throw new InputError(error.problems.map(({ path, message }) => ({ path: `${file} ${path}`, message })))
      }
    })
    .sort((a, b) => a.order - b.order)
}

/** A lesson by name or number. @throws InputError */
function lessonNamed(word: string, lessons: readonly Lesson[]): Lesson {
  const found = lessons.find(({ name, order }) => name === word || String(order) === word)
  if (!found) throw usage(`got "${word}"; lessons are ${lessons.map(({ name }) => name).join(', ')}`)
  return found
}

/** @throws Error where a claim does not hold, with all rows in its message */
export function lessonsCommand(args: string[]): string {
  const option = args.find((arg) => arg.startsWith('-'))
  if (option !== undefined) throw usage(`got the option ${option}; "lessons" has none`)
  const [word, name, ...others] = args
  if (others.length > 0 || (name !== undefined && word !== 'check'))
    throw usage(`got ${args.length} arguments; "lessons", "lessons NAME" or "lessons check [NAME]" are valid`)
  const lessons = builtInLessons()
  if (word === undefined) return lessons.map(({ order, name, title }) => `${order}\t${name}\t${title}`).join('\n')
  if (word !== 'check') return teacherPage(lessonNamed(word, lessons))
  return check(name === undefined ? lessons : [lessonNamed(name, lessons)])
}

function check(lessons: readonly Lesson[]): string {
  const lines: string[] = []
  let wrong = 0
  for (const lesson of lessons) {
    const begun = performance.now()
    for (const { title, claim, computed, distance, holds } of checkLesson(lesson, scenario)) {
      if (!holds) wrong++
      const seconds = ((performance.now() - begun) / 1000).toFixed(1)
      const verdict = holds ? 'holds' : 'DOES NOT HOLD'
      lines.push(
        [
          lesson.name,
          title,
          `claimed ${answerText(claim)}`,
          `computed ${answerText(computed)}`,
          `off by ${Number(distance.toPrecision(3))}`,
          verdict,
          `${seconds} s`,
        ].join('\t'),
      )
      console.error(`${lesson.name}: ${title}: ${verdict}`)
    }
  }
  if (wrong > 0) throw new Error(`${wrong} of ${lines.length} claims do not hold:\n${lines.join('\n')}`)
  return lines.join('\n')
}

function scenario(name: string) {
  return loadScenario(name).scenario
}
