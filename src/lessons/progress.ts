/**
 * How far a person has come in a lesson: a pure reducer. A prediction is open until it is given, stands from then on,
 * and only a run shows what is right. One kind of help at a time.
 */
import * as z from 'zod/mini'
import type { Answer, Lesson, Question, Step } from './lesson.ts'
import type { Verdict } from './score.ts'

export interface Progress {
  /** Index of the step on show. */
  step: number
  /** Answers by step: given once, never changed. */
  predictions: Readonly<Record<number, Answer>>
  /** Runs that were started, by step. */
  runs: Readonly<Record<number, true>>
  /** What became of predictions, by step. */
  verdicts: Readonly<Record<number, Verdict>>
  /** The option or the sentence, by step. */
  marks: Readonly<Record<number, string>>
  /** The help that is open, by its place in the step. */
  help?: number
}

export type Action =
  | { kind: 'predict'; answer: Answer }
  | { kind: 'run' }
  | { kind: 'judge'; step: number; verdict: Verdict }
  | { kind: 'mark'; sentence: string }
  | { kind: 'help'; index: number | undefined }
  | { kind: 'next' }
  | { kind: 'back' }
  | { kind: 'restart' }

export const fresh = (): Progress => ({ step: 0, predictions: {}, runs: {}, verdicts: {}, marks: {} })

/** What an action makes of the progress; the same progress where it is not allowed (yet). */
export function advance(lesson: Lesson, progress: Progress, action: Action): Progress {
  const { step } = progress
  const current = lesson.steps[step]
  switch (action.kind) {
    case 'predict':
      if (current?.kind !== 'predict' || progress.predictions[step] || !complete(current.question, action.answer))
        return progress
      return { ...progress, help: undefined, predictions: { ...progress.predictions, [step]: action.answer } }
    case 'run':
      return current?.kind === 'run' ? { ...progress, runs: { ...progress.runs, [step]: true } } : progress
    case 'judge':
      if (!progress.predictions[action.step] || progress.verdicts[action.step]) return progress
      return { ...progress, verdicts: { ...progress.verdicts, [action.step]: action.verdict } }
    case 'mark':
      if (current?.kind !== 'mark' || progress.marks[step] !== undefined || action.sentence.trim() === '')
        return progress
      return { ...progress, help: undefined, marks: { ...progress.marks, [step]: action.sentence } }
    case 'help':
      return { ...progress, help: action.index === progress.help ? undefined : action.index }
    case 'next':
      if (!done(lesson, progress, step) || step + 1 >= lesson.steps.length) return progress
      return { ...progress, step: step + 1, help: undefined }
    case 'back':
      return step > 0 ? { ...progress, step: step - 1, help: undefined } : progress
    case 'restart':
      return fresh()
  }
}

/** Whether a step has been gone through, so that the next one may come. */
export function done({ steps }: Lesson, { predictions, runs, marks }: Progress, index: number): boolean {
  const kind = steps[index]?.kind
  if (kind === 'predict') return predictions[index] !== undefined
  if (kind === 'run') return runs[index] !== undefined
  if (kind === 'mark') return marks[index] !== undefined
  return kind === 'explain'
}

/** Whether the whole lesson has been gone through. */
export function finished(lesson: Lesson, progress: Progress): boolean {
  return lesson.steps.every((_, k) => k <= progress.step && done(lesson, progress, k))
}

/** The prediction that the step's run answers: the nearest one before it. */
export function predictionOf({ steps }: Lesson, index: number): number | undefined {
  for (let k = index; k >= 0; k--) if (steps[k].kind === 'predict') return k
  return undefined
}

/** Whether what is right may be shown at a step: its prediction was given, and the run after that was started. */
export function revealed(lesson: Lesson, progress: Progress, index: number): boolean {
  const asked = predictionOf(lesson, index)
  if (asked === undefined || !progress.predictions[asked]) return false
  return lesson.steps.some((step, k) => k > asked && k <= index && step.kind === 'run' && progress.runs[k])
}

/** Help that a step offers. */
export function helpOf(step: Step) {
  const list = step.kind === 'predict' ? step.question.help : step.kind === 'mark' ? step.mark.help : undefined
  return list ?? []
}

/** Whether an answer says all that is asked: every line is drawn, an option chosen, a cell set. */
export function complete(question: Question, answer: Answer): boolean {
  if (answer.ask !== question.ask) return false
  switch (answer.ask) {
    case 'number':
      return Number.isFinite(answer.value)
    case 'choice':
      return question.ask === 'choice' && question.options.some(({ is }) => is === answer.is)
    case 'curve':
      return question.ask === 'curve' && question.lines.every(({ name }) => (answer.lines[name]?.length ?? 0) >= 2)
    case 'ellipse':
      return answer.shape.long >= answer.shape.short && answer.shape.short >= 0
    case 'region':
      return answer.rows.some((row) => row.includes('#'))
  }
}

const answer = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('number'), value: z.number() }),
  z.strictObject({ ask: z.literal('choice'), is: z.string() }),
  z.strictObject({
    ask: z.literal('curve'),
    lines: z.record(z.string(), z.array(z.tuple([z.number(), z.number()]))),
  }),
  z.strictObject({
    ask: z.literal('ellipse'),
    shape: z.strictObject({ long: z.number(), short: z.number(), angle: z.number() }),
  }),
  z.strictObject({ ask: z.literal('region'), rows: z.array(z.string()) }),
])

const stored = z.strictObject({
  version: z.literal(1),
  /** Of the lesson as it was: its steps in words. */
  steps: z.string(),
  step: z.number(),
  predictions: z.record(z.string(), answer),
  runs: z.record(z.string(), z.literal(true)),
  verdicts: z.record(z.string(), z.enum(['right', 'near', 'off'])),
  marks: z.record(z.string(), z.string()),
})

/** Progress as JSON. */
export function serialise(lesson: Lesson, { help: _, ...progress }: Progress): string {
  return JSON.stringify({ version: 1, steps: outline(lesson), ...progress })
}

/** Progress of JSON; from the beginning where it is of another state of the lesson, or cannot be read. */
export function restore(lesson: Lesson, text: unknown): Progress {
  if (typeof text !== 'string') return fresh()
  try {
    const found = stored.safeParse(JSON.parse(text))
    if (!found.success || found.data.steps !== outline(lesson)) return fresh()
    const { version: _, steps: __, ...progress } = found.data
    if (!lesson.steps[progress.step]) return fresh()
    const sound = Object.entries(progress.predictions).every(([k, given]) => {
      const step = lesson.steps[Number(k)]
      return step?.kind === 'predict' && complete(step.question, given)
    })
    return sound ? progress : fresh()
  } catch {
    return fresh()
  }
}

/** The steps and what they ask: progress of an older state of the lesson does not fit another one. */
function outline({ steps }: Lesson): string {
  return steps.map((step) => (step.kind === 'predict' ? `predict ${step.question.ask}` : step.kind)).join(', ')
}
