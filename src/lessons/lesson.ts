/**
 * What a lesson is: a scenario, what of the page is shown, a page for the teacher, and steps in the order predict, run,
 * mark, explain (several rounds may follow each other). `read.ts` makes it of a file.
 */
import * as z from 'zod/mini'
import {
  changesSchema,
  curveObservation,
  numberObservation,
  regionObservation,
  tensorObservation,
  wordObservation,
} from './observation.ts'

const text = z.string()
const axis = z.strictObject({ label: text, unit: text, from: z.number(), to: z.number(), log: z.optional(z.boolean()) })
/** One kind of help: only one is open at a time. */
const help = z.strictObject({ kind: z.enum(['hint', 'example', 'formula', 'picture']), text })

/** How far a prediction may be off and still counts as right; see `score.ts` for what is measured. */
const tolerance = z.number()
/** How far the claim of the file may be off what is computed, by the same measure. */
const within = z.number()
const base = { tolerance, within }

export const PREDICTIONS = {
  /** Tolerances are in the unit of the number. */
  number: z.strictObject({
    ask: z.literal('number'),
    label: text,
    unit: text,
    from: z.number(),
    to: z.number(),
    claim: z.number(),
    ...base,
    computed: numberObservation,
    help: z.optional(z.array(help)),
  }),
  choice: z.strictObject({
    ask: z.literal('choice'),
    options: z.array(z.strictObject({ is: text, label: text })),
    claim: text,
    computed: wordObservation,
    help: z.optional(z.array(help)),
  }),
  /** Tolerances are root mean squares, as a share of the height of the picture. */
  curve: z.strictObject({
    ask: z.literal('curve'),
    x: axis,
    y: axis,
    /** Points that are moved, equally apart. */
    points: z.number(),
    lines: z.array(
      z.strictObject({
        name: text,
        label: text,
        claim: z.array(z.tuple([z.number(), z.number()])),
        computed: curveObservation,
      }),
    ),
    ...base,
    help: z.optional(z.array(help)),
  }),
  /** Half axes are in units of the bulk value, the angle in degrees from x; tolerances are those of `tensorDistance`. */
  ellipse: z.strictObject({
    ask: z.literal('ellipse'),
    claim: z.strictObject({ long: z.number(), short: z.number(), angle: z.number() }),
    ...base,
    computed: tensorObservation,
    help: z.optional(z.array(help)),
  }),
  /** Rows of the map from above, `#` inside and `.` outside; tolerances are the share of cells on one side only. */
  region: z.strictObject({
    ask: z.literal('region'),
    label: text,
    /** The map is that of the box, or of the reference cell. */
    over: z.optional(z.enum(['box', 'cell'])),
    claim: z.array(text),
    ...base,
    computed: regionObservation,
    help: z.optional(z.array(help)),
  }),
} as const

export const PANELS = ['cell', 'stage', 'charts', 'parameters'] as const

/** What the laboratory does when a step runs, and what the person does then. */
export const RUN = z.strictObject({
  /** Another built-in scenario, from its beginning. */
  load: z.optional(text),
  changes: z.optional(changesSchema),
  /** Values of a running scenario: the run goes on. */
  set: z.optional(changesSchema),
  field: z.optional(text),
  /** What the first place below the pictures shows. */
  chart: z.optional(text),
  task: z.optional(text),
})

export const MARK = z.strictObject({
  ask: z.enum(['choice', 'text']),
  options: z.optional(z.array(z.strictObject({ is: text, label: text }))),
  /** The sentence that is true: its name in the options, or an example of a typed one. */
  seen: text,
  help: z.optional(z.array(help)),
})

export const FRONT = z.strictObject({
  name: text,
  title: text,
  order: z.number(),
  question: text,
  scenario: text,
  changes: z.optional(changesSchema),
  panels: z.optional(z.array(z.enum(PANELS))),
  /** Parameters that the runs put at hand. */
  parameters: z.optional(z.array(text)),
  /** false where the questions are not about the reference cell. */
  pictured: z.optional(z.boolean()),
  goals: z.array(text),
  prior: z.array(text),
  minutes: z.strictObject({ 10: text, 45: text, 90: text }),
  misconceptions: z.array(z.strictObject({ belief: text, instead: text })),
  leavesOut: z.array(text),
})

export type Front = z.infer<typeof FRONT>
export type Help = z.infer<typeof help>
export type Axis = z.infer<typeof axis>
export type PanelName = (typeof PANELS)[number]
export type NumberQuestion = z.infer<typeof PREDICTIONS.number>
export type ChoiceQuestion = z.infer<typeof PREDICTIONS.choice>
export type CurveQuestion = z.infer<typeof PREDICTIONS.curve>
export type EllipseQuestion = z.infer<typeof PREDICTIONS.ellipse>
export type RegionQuestion = z.infer<typeof PREDICTIONS.region>
export type Question = NumberQuestion | ChoiceQuestion | CurveQuestion | EllipseQuestion | RegionQuestion
export type Run = z.infer<typeof RUN>
export type Mark = z.infer<typeof MARK>

/** Markdown, formulas in dollars. */
interface Told {
  title: string
  text: string
}
export type PredictStep = Told & { kind: 'predict'; question: Question }
export type RunStep = Told & { kind: 'run'; run: Run }
export type MarkStep = Told & { kind: 'mark'; mark: Mark }
export type ExplainStep = Told & { kind: 'explain' }
export type Step = PredictStep | RunStep | MarkStep | ExplainStep

export interface Lesson extends Front {
  steps: readonly Step[]
}

/** Half axes in units of the bulk value, the angle of the long one from x in degrees. */
export interface EllipseShape {
  long: number
  short: number
  angle: number
}

/** What is predicted, claimed or computed, by the kind of the question. Curves are points by the name of their line. */
export type Answer =
  | { ask: 'number'; value: number }
  | { ask: 'choice'; is: string }
  | { ask: 'curve'; lines: Record<string, [number, number][]> }
  | { ask: 'ellipse'; shape: EllipseShape }
  | { ask: 'region'; rows: string[] }
export type AnswerTo<Q extends Question> = Extract<Answer, { ask: Q['ask'] }>

/** The answer that the file claims. */
export function claimOf(question: Question): Answer {
  switch (question.ask) {
    case 'number':
      return { ask: 'number', value: question.claim }
    case 'choice':
      return { ask: 'choice', is: question.claim }
    case 'curve':
      return { ask: 'curve', lines: Object.fromEntries(question.lines.map(({ name, claim }) => [name, claim])) }
    case 'ellipse':
      return { ask: 'ellipse', shape: question.claim }
    case 'region':
      return { ask: 'region', rows: question.claim }
  }
}
