/** Answers and the teacher's page in words: for the command line, and for those who do not see a picture. */
import { t } from '../language/language.ts'
import { number } from '../words.ts'
import { type Answer, claimOf, type Lesson, type Question } from './lesson.ts'

/** An answer as a short text. */
export function answerText(answer: Answer, question?: Question): string {
  switch (answer.ask) {
    case 'number': {
      const unit = question?.ask === 'number' && question.unit !== '1' ? ` ${question.unit}` : ''
      return `${number(answer.value, 3)}${unit}`
    }
    case 'choice': {
      const option = question?.ask === 'choice' && question.options.find(({ is }) => is === answer.is)
      return (option ? option.label : answer.is).replaceAll('**', '').replace(/\.$/, '')
    }
    case 'ellipse': {
      const { long, short, angle } = answer.shape
      return t('half axes {long} and {short}, the long one at {angle}°', {
        long: number(long, 3),
        short: number(short, 3),
        angle: number(Math.round(angle), 3),
      })
    }
    case 'curve':
      return Object.entries(answer.lines)
        .map(
          ([name, points]) =>
            `${name}: ${few(points)
              .map(([x, y]) => `(${number(x, 3)}, ${number(y, 3)})`)
              .join(' ')}`,
        )
        .join('; ')
    case 'region':
      return answer.rows.join(' / ')
  }
}

/** Some points of many, the ends among them. */
function few<T>(points: readonly T[], most = 6): T[] {
  if (points.length <= most) return [...points]
  return Array.from({ length: most }, (_, k) => points[Math.round((k * (points.length - 1)) / (most - 1))])
}

/** The page for the teacher as Markdown. */
export function teacherPage(lesson: Lesson): string {
  const list = (items: readonly string[]) => items.map((item) => `- ${item}`)
  const answers = lesson.steps.flatMap((step) =>
    step.kind === 'predict' ? [`- ${step.title}: ${answerText(claimOf(step.question), step.question)}`] : [],
  )
  return [
    `# Lesson ${lesson.order}: ${lesson.title}`,
    '',
    lesson.question,
    '',
    '## Goals',
    ...list(lesson.goals),
    '',
    '## Prior knowledge',
    ...list(lesson.prior),
    '',
    '## Plans',
    ...Object.entries(lesson.minutes).map(([minutes, plan]) => `- ${minutes} minutes: ${plan}`),
    '',
    '## Expected answers',
    ...answers,
    '',
    '## Misconceptions',
    ...lesson.misconceptions.map(({ belief, instead }) => `- "${belief}" ${instead}`),
    '',
    '## What the model leaves out',
    ...list(lesson.leavesOut),
    '',
    '## Steps',
    ...lesson.steps.map(({ kind, title }, k) => `${k + 1}. ${kind}: ${title}`),
    '',
    `Open it with ?lesson=${lesson.name}, this page with ?lesson=${lesson.name}&teacher=1.`,
  ].join('\n')
}
