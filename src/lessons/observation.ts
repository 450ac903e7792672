/**
 * What a lesson may compute to say what is right: observations of the program, written in its file. An observation is
 * made of a scenario (the lesson's own unless it says otherwise) and comes to a number, a curve, a tensor or a region.
 * Values are in display units, as the page shows them.
 */
import * as z from 'zod/mini'

/** Changes to a scenario by path, e.g. `cell.shapes[0].radii: [0.4, 0.2]`; null takes a field out. */
const changes = z.record(z.string(), z.unknown())

/** Which scenario is observed: the lesson's own with these changes, or another built-in one. */
const scene = { scenario: z.optional(z.string()), changes: z.optional(changes) }

const entry = z.enum(['xx', 'yy', 'zz', 'xy', 'xz', 'yz'])

/** The cell problem of that name or phase; its kind where a phase has several. */
const cellProblem = { of: z.string(), problem: z.optional(z.enum(['perforated', 'contrast', 'stokes'])) }

/** An effective tensor. */
const tensor = z.strictObject({
  kind: z.literal('tensor'),
  ...cellProblem,
  ...scene,
})

/** An entry of an effective tensor, or what people compare it with. */
const tensorEntry = z.strictObject({
  kind: z.literal('entry'),
  ...cellProblem,
  take: z.union([entry, z.enum(['bruggeman', 'voigt', 'reuss', 'upper', 'lower'])]),
  /** Times the square of the period, in µm²: of a permeability. */
  scaled: z.optional(z.boolean()),
  ...scene,
})

/** A number to compare with, or a unit. */
const constant = z.strictObject({ kind: z.literal('constant'), value: z.number() })

/** Angle of the long axis of a tensor of the plane, degrees from x. */
const angle = z.strictObject({
  kind: z.literal('angle'),
  ...cellProblem,
  ...scene,
})

/** Fraction of a phase, or how many of the axes it percolates along. */
const phase = z.strictObject({
  kind: z.literal('phase'),
  of: z.string(),
  take: z.enum(['fraction', 'percolates']),
  ...scene,
})

/** The class of the model that the cell decides, by its name; `none` where it admits no model. */
const modelClass = z.strictObject({ kind: z.literal('class'), ...scene })

/** An observable against time. */
const series = z.strictObject({
  kind: z.literal('series'),
  of: z.string(),
  /** Against another observable. */
  against: z.optional(z.string()),
  ...scene,
})

/** A field along the first axis, through the middle of the others, at a time in seconds (or at the end). */
const profile = z.strictObject({ kind: z.literal('profile'), of: z.string(), at: z.optional(z.number()), ...scene })

/** Where a field is above (or below) a value, or a share of the way from its smallest to its largest value. */
const region = z.strictObject({
  kind: z.literal('region'),
  of: z.string(),
  at: z.optional(z.number()),
  side: z.enum(['above', 'below']),
  value: z.optional(z.number()),
  share: z.optional(z.number()),
  ...scene,
})

/** Where in the reference cell a corrector is above (or below) zero. */
const corrector = z.strictObject({
  kind: z.literal('corrector'),
  of: z.string(),
  problem: z.optional(z.enum(['perforated', 'contrast'])),
  axis: z.enum(['x', 'y']),
  side: z.enum(['above', 'below']),
  ...scene,
})

/** Steady states under voltages from … to [V, divided by `volts`]. */
const sweep = z.strictObject({
  kind: z.literal('sweep'),
  of: z.string(),
  from: z.number(),
  to: z.number(),
  steps: z.number(),
  /** V in one unit of the abscissa: 0.001 for mV. */
  volts: z.number(),
  /** SI value in one unit of the ordinate. */
  factor: z.optional(z.number()),
  ...scene,
})

/** A trace of a curve that the family offers, in the state at a time (or at the end), at a place along the box from 0 to 1. */
const curve = z.strictObject({
  kind: z.literal('curve'),
  of: z.string(),
  trace: z.optional(z.string()),
  at: z.optional(z.number()),
  place: z.optional(z.number()),
  ...scene,
})

/** A charge or discharge at a rate as people write it: voltage against the share of the capacity that has passed. */
const discharge = z.strictObject({ kind: z.literal('discharge'), of: z.string(), ...scene })

/** The impedance in the complex plane: -Im Z against Re Z [Ω m² divided by `factor`]. */
const impedance = z.strictObject({
  kind: z.literal('impedance'),
  from: z.number(),
  to: z.number(),
  points: z.number(),
  at: z.optional(z.number()),
  factor: z.number(),
  ...scene,
})

/** A norm of the difference from the resolved model against the number of cells along the box. */
const errors = z.strictObject({
  kind: z.literal('errors'),
  of: z.string(),
  cells: z.array(z.number()),
  ...scene,
})

/** A number of a curve. */
const take = z.strictObject({
  kind: z.literal('take'),
  take: z.enum(['first', 'last', 'max', 'min', 'span', 'place-of-max', 'length', 'order', 'crossing', 'at', 'loop']),
  /** Abscissa for `at` and `loop`, ordinate for `crossing`. */
  value: z.optional(z.number()),
  of: z.lazy(() => curveObservation),
})

const two = {
  of: z.lazy(() => z.tuple([numberObservation, numberObservation])),
}
const ratio = z.strictObject({ kind: z.literal('ratio'), ...two })
const difference = z.strictObject({ kind: z.literal('difference'), ...two })

/** A number against the values of a field of the scenario. */
const scan = z.strictObject({
  kind: z.literal('scan'),
  path: z.string(),
  values: z.array(z.number()),
  /** SI value in one unit of the abscissa. */
  factor: z.optional(z.number()),
  of: z.lazy(() => numberObservation),
})

/** A word by thresholds: the first case that holds, else the other. */
const decide = z.strictObject({
  kind: z.literal('decide'),
  of: z.lazy(() => numberObservation),
  cases: z.array(z.strictObject({ is: z.string(), below: z.optional(z.number()), above: z.optional(z.number()) })),
  otherwise: z.string(),
})

const named = {
  of: z.lazy(() => z.record(z.string(), numberObservation)),
}
/** The word of the largest, or of the smallest number. */
const largest = z.strictObject({ kind: z.literal('largest'), ...named })
const smallest = z.strictObject({ kind: z.literal('smallest'), ...named })

export type CurveObservation =
  | z.infer<
      typeof series | typeof profile | typeof sweep | typeof curve | typeof discharge | typeof impedance | typeof errors
    >
  | { kind: 'scan'; path: string; values: number[]; factor?: number; of: NumberObservation }
export type NumberObservation =
  | z.infer<typeof tensorEntry>
  | z.infer<typeof angle>
  | z.infer<typeof constant>
  | z.infer<typeof phase>
  | { kind: 'take'; take: z.infer<typeof take>['take']; value?: number; of: CurveObservation }
  | { kind: 'ratio' | 'difference'; of: [NumberObservation, NumberObservation] }
export type WordObservation =
  | z.infer<typeof modelClass>
  | {
      kind: 'decide'
      of: NumberObservation
      cases: { is: string; below?: number; above?: number }[]
      otherwise: string
    }
  | { kind: 'largest' | 'smallest'; of: Record<string, NumberObservation> }
export type TensorObservation = z.infer<typeof tensor>
export type RegionObservation = z.infer<typeof region> | z.infer<typeof corrector>

/** Which scenario an observation looks at. */
export interface Scene {
  scenario?: string
  changes?: Record<string, unknown>
}

type Schema<T> = z.ZodMiniType<T>
export const curveObservation = z.discriminatedUnion('kind', [
  series,
  profile,
  sweep,
  curve,
  discharge,
  impedance,
  errors,
  scan,
]) as unknown as Schema<CurveObservation>
export const numberObservation = z.discriminatedUnion('kind', [
  tensorEntry,
  angle,
  constant,
  phase,
  take,
  ratio,
  difference,
]) as unknown as Schema<NumberObservation>
export const wordObservation = z.discriminatedUnion('kind', [
  modelClass,
  decide,
  largest,
  smallest,
]) as unknown as Schema<WordObservation>
export const tensorObservation = tensor
export const regionObservation = z.discriminatedUnion('kind', [region, corrector])
export { changes as changesSchema }
