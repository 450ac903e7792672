/**
 * `lessons` lists what there is, with the titles in other languages; `lessons NAME` prints the page for the teacher, `lessons
 * check [NAME]` plays lessons, holds what their files claim against what is computed, and translations against the English
 * file. A lesson is named by its name, its number or its file.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkLesson } from '../lessons/check.ts'
import type { Lesson } from '../lessons/lesson.ts'
import { readLesson } from '../lessons/read.ts'
import { answerText, teacherPage } from '../lessons/text.ts'
import { differences } from '../lessons/translation.ts'
import { beyond, LIMITS } from '../limits.ts'
import { InputError } from '../problem.ts'
import { loadScenario, usage } from './input.ts'

const LESSONS = fileURLToPath(new URL('../lessons/', import.meta.url))

/** Languages that lessons are translated into: their folders. */
export const translations: readonly string[] = readdirSync(LESSONS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

/**
 * All lessons in their order, in English or those there are in another language.
 * @throws InputError that names the file
 */
export function builtInLessons(language = ''): Lesson[] {
  const folder = join(LESSONS, language)
  return readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .map((file) => {
      try {
        return readLesson(readFileSync(join(folder, file), 'utf8'))
      } catch (error) {
        if (!(error instanceof InputError)) throw error
        throw new InputError(error.problems.map(({ path, message }) => ({ path: `${file} ${path}`, message })))
      }
    })
    .sort((a, b) => a.order - b.order)
}

/** A lesson by name, number or file. @throws InputError */
function lessonNamed(word: string, lessons: readonly Lesson[]): Lesson {
  if (word.endsWith('.md') && existsSync(word)) {
    const large = beyond(LIMITS.file, statSync(word).size)
    if (large) throw usage(`the file ${word} is not read: ${large}`)
    return readLesson(readFileSync(word, 'utf8'))
  }
  const found = lessons.find(({ name, order }) => name === word || String(order) === word)
  if (!found)
    throw usage(
      `got "${word}", which is neither a file (.md) nor a lesson; lessons are ${lessons.map(({ name }) => name).join(', ')}`,
    )
  return found
}

/** @throws Error that names the claims that do not hold; their rows are on stderr then */
export function lessonsCommand(args: string[]): string {
  const option = args.find((arg) => arg.startsWith('-'))
  if (option !== undefined) throw usage(`got the option ${option}; "lessons" has none`)
  const [word, name, ...others] = args
  if (others.length > 0 || (name !== undefined && word !== 'check'))
    throw usage(`got ${args.length} arguments; "lessons", "lessons NAME" or "lessons check [NAME]" are valid`)
  const lessons = builtInLessons()
  if (word === undefined) return list(lessons)
  if (word !== 'check') return teacherPage(lessonNamed(word, lessons))
  return check(name === undefined ? lessons : [lessonNamed(name, lessons)])
}

function list(lessons: readonly Lesson[]): string {
  const others = translations.map(builtInLessons)
  return lessons
    .map(({ order, name, title }) => {
      const titles = others.map((shelf) => shelf.find((lesson) => lesson.name === name)?.title ?? '')
      return [order, name, title, ...titles].join('\t')
    })
    .join('\n')
}

/** @throws InputError for a translation that differs in more than its words */
function checkTranslations(lessons: readonly Lesson[]): string[] {
  return translations.flatMap((language) =>
    builtInLessons(language).flatMap((translated) => {
      const english = lessons.find(({ name }) => name === translated.name)
      if (!english) return []
      const problems = differences(english, translated)
      if (problems.length > 0)
        throw new InputError(
          problems.map(({ path, message }) => ({ path: `${translated.name} (${language}) ${path}`, message })),
        )
      return [[translated.name, language, translated.title, 'the same in other words'].join('\t')]
    }),
  )
}

function check(lessons: readonly Lesson[]): string {
  const lines: string[] = []
  const wrong: string[] = []
  for (const lesson of lessons) {
    const begun = performance.now()
    for (const { title, question, claim, computed, distance, holds } of checkLesson(lesson, scenario)) {
      const seconds = ((performance.now() - begun) / 1000).toFixed(1)
      const row = [
        lesson.name,
        title,
        `claimed ${answerText(claim, question)}`,
        `computed ${answerText(computed, question)}`,
        `off by ${Number(distance.toPrecision(3))}`,
        holds ? 'holds' : 'DOES NOT HOLD',
        `${seconds} s`,
      ].join('\t')
      lines.push(row)
      if (holds) continue
      wrong.push(`${lesson.name}, ${title}`)
      console.error(row)
    }
  }
  if (wrong.length > 0)
    throw new Error(`${wrong.length} of ${lines.length} claims are not what is computed: ${wrong.join('; ')}`)
  return [...lines, ...checkTranslations(lessons)].join('\n')
}

function scenario(name: string) {
  return loadScenario(name).scenario
}
