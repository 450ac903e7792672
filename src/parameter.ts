/**
 * One schema per parameter. From it follow the type, the default, the validation, the form field, the help of the
 * command line and the place of the parameter in the typeset equations.
 *
 * Values are stored in SI (what scenario files hold). `unit` and `factor` are for people:
 * displayed value = SI value / factor, e.g. V in mV has `unit: 'mV', factor: 1e-3`.
 */

import { t } from './language/language.ts'
import { describe, fieldPath, type Problem } from './problem.ts'

export * from './problem.ts'

interface ParameterBase {
  /** Key in `scenario.parameters` or `scenario.experiment.values`. */
  name: string
  label: string
  /** KaTeX, without dollars. */
  symbol: string
  /** Heading under which the form shows it. */
  group: string
  /** Where the default comes from; shown one click away. */
  source: string
  /** Ids of the terms in the family's equations that this parameter enters (highlighted on hover). */
  terms?: readonly string[]
  /** One sentence for people who meet it for the first time. */
  help?: string
  /** Switches an extension that the family's paper does not contain. */
  beyondPaper?: boolean
  /** Shown only where this parameter of the scenario, or each of several, has one of these values; it has no effect elsewhere. */
  only?: Condition | readonly Condition[]
  /** Shown only where the cell has this phase; it has no effect elsewhere. */
  phase?: string
}

/** A parameter of the scenario has one of these values. */
export interface Condition {
  parameter: string
  values: readonly Value[]
}

export interface NumberParameter extends ParameterBase {
  kind: 'number'
  /** Whole numbers only; `counts` says of what, e.g. `cells along the box`. */
  integer?: boolean
  counts?: string
  /** Only these values, and what they are in words. */
  allowed?: { values: readonly number[]; words: string }
  /** Display unit as text, '1' for dimensionless numbers. */
  unit: string
  /** SI value of one display unit. */
  factor: number
  /** Default, SI. */
  value: number
  /** Limits, SI, inclusive. */
  min: number
  max: number
  /** The part of that range that a slider covers, where the limits lie far beyond everyday values. */
  slider?: { min: number; max: number }
  scale: 'linear' | 'log'
}

export interface ChoiceParameter extends ParameterBase {
  kind: 'choice'
  value: string
  options: readonly ChoiceOption[]
}

export interface ChoiceOption {
  value: string
  label: string
  /** What is to be known about this option; shown with the choice while it is the one chosen. */
  help?: string
  /** A property that is told at a glance. */
  badge?: { text: string; tone: 'good' | 'warn' }
}

export interface FlagParameter extends ParameterBase {
  kind: 'flag'
  value: boolean
}

/** A text with a grammar of its own, e.g. a list of steps. */
export interface TextParameter extends ParameterBase {
  kind: 'text'
  value: string
  /** What is wrong with a text, undefined if nothing is. */
  check?(text: string): string | undefined
  /** People may have it as a file. */
  file?: boolean
  /** Texts to begin with. */
  examples?: readonly { label: string; text: string }[]
}

export type Parameter = NumberParameter | ChoiceParameter | FlagParameter | TextParameter
export type Value = number | string | boolean
export type Values = Record<string, Value>

/** What a parameter's values are: a choice is one of its options, and nothing else compiles. */
export type ValueOf<P> = P extends { kind: 'number' }
  ? number
  : P extends { kind: 'flag' }
    ? boolean
    : P extends { kind: 'choice'; options: readonly { value: infer V }[] }
      ? V
      : string

/** The values of a schema whose names are literals (`declare` keeps them): `ValuesOf<typeof parameters>`. */
export type ValuesOf<S extends readonly Parameter[]> = { [P in S[number] as P['name']]: ValueOf<P> }

type Common = 'group' | 'source'
type NumberSpec<N extends string> = Omit<NumberParameter, 'kind' | 'name' | 'scale' | Common> &
  Partial<Pick<NumberParameter, 'scale' | Common>> & { name: N }
type ChoiceSpec<N extends string, V extends string> = Omit<
  ChoiceParameter,
  'kind' | 'name' | 'value' | 'options' | Common
> &
  Partial<Pick<ChoiceParameter, Common>> & {
    name: N
    value?: NoInfer<V>
    options: readonly (ChoiceOption & { value: V })[]
  }
type FlagSpec<N extends string> = Omit<FlagParameter, 'kind' | 'name' | Common> &
  Partial<Pick<FlagParameter, Common>> & { name: N }
type TextSpec<N extends string> = Omit<TextParameter, 'kind' | 'name' | Common> &
  Partial<Pick<TextParameter, Common>> & { name: N }

/**
 * Ways to write down parameters that share a source and, where given, a group and a phase. Names and options keep their
 * literal types, so that `ValuesOf` of a list of them (`as const`) knows every value by name. A choice begins with its first option.
 */
export function declare(common: { source: string; group?: string; phase?: string }) {
  const shared = { group: '', ...common }
  return {
    number: <const N extends string>(p: NumberSpec<N>): NumberParameter & { name: N } => ({
      kind: 'number',
      scale: 'linear',
      ...shared,
      ...p,
    }),
    choice: <const N extends string, const V extends string>(
      p: ChoiceSpec<N, V>,
    ): ChoiceParameter & { name: N; value: V; options: readonly (ChoiceOption & { value: V })[] } => ({
      kind: 'choice',
      ...shared,
      ...p,
      value: p.value ?? p.options[0].value,
    }),
    flag: <const N extends string>(p: FlagSpec<N>): FlagParameter & { name: N } => ({ kind: 'flag', ...shared, ...p }),
    text: <const N extends string>(p: TextSpec<N>): TextParameter & { name: N } => ({ kind: 'text', ...shared, ...p }),
  }
}

/** What a slider for the parameter covers, SI. */
export function sliderRange(p: NumberParameter): { min: number; max: number } {
  return p.slider ?? p
}

/** The nearest value that the parameter can have, limits apart. */
export function snap(p: NumberParameter, value: number): number {
  if (p.allowed) return p.allowed.values.reduce((a, b) => (Math.abs(b - value) < Math.abs(a - value) ? b : a))
  return p.integer ? Math.round(value) : value
}

function clamp(p: NumberParameter, value: number): number {
  return Math.min(p.max, Math.max(p.min, value))
}

/** Defaults of a schema (SI). */
export function defaults<const S extends readonly Parameter[]>(schema: S): ValuesOf<S> {
  return Object.fromEntries(schema.map((p) => [p.name, p.value])) as ValuesOf<S>
}

/**
 * Whether a parameter has an effect.
 * @param values of the scenario, with those beside it
 * @param phases of the cell
 */
export function hasEffect({ only, phase }: Parameter, values: Values, phases: readonly string[]): boolean {
  if (phase !== undefined && !phases.includes(phase)) return false
  return [only ?? []].flat().every((one) => one.values.includes(values[one.parameter] ?? ''))
}

/** A value in SI as text in its display unit, e.g. `-70.42 mV`. */
export function format(p: Parameter, value: Value): string {
  if (p.kind !== 'number' || typeof value !== 'number') return String(value)
  const shown = Number((value / p.factor).toPrecision(7))
  return p.unit === '1' ? String(shown) : `${shown} ${p.unit}`
}

/**
 * Checks values against a schema. Missing values get their defaults, every problem is reported.
 * @param path prefix of the problems' paths, e.g. `parameters`
 */
export function validateValues(
  schema: readonly Parameter[],
  values: unknown,
  path: string,
): { values: Values; problems: Problem[] } {
  const problems: Problem[] = []
  const out = defaults(schema)
  if (values === undefined) return { values: out, problems }
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    problems.push({ path, message: t('got {got}; must be an object of parameter values', { got: describe(values) }) })
    return { values: out, problems }
  }
  const known = new Map(schema.map((p) => [p.name, p]))
  for (const [name, value] of Object.entries(values)) {
    const p = known.get(name)
    const at = fieldPath(path, name)
    if (!p) {
      problems.push({
        path: at,
        message: t('unknown parameter; valid are {valid}', { valid: schema.map((q) => q.name).join(', ') }),
      })
      continue
    }
    const message = checkValue(p, value)
    if (message) problems.push({ path: at, message })
    else out[name] = value as Value
  }
  return { values: out, problems }
}

/** The sentence that explains why `value` (SI) cannot be used for `p`, or undefined when it can. */
export function checkValue(p: Parameter, value: unknown): string | undefined {
  switch (p.kind) {
    case 'number': {
      if (p.allowed && !p.allowed.values.includes(value as number)) {
        const wanted = typeof value === 'number' && Number.isFinite(value) ? value : p.value
        return t('got {got}; must be {words}; try {better}', {
          got: describe(value),
          words: t(p.allowed.words),
          better: snap(p, wanted),
        })
      }
      if (typeof value !== 'number' || !Number.isFinite(value))
        return t('got {got}; must be a finite number between {least} and {most}; try {better}', {
          got: describe(value),
          least: format(p, p.min),
          most: format(p, p.max),
          better: format(p, p.value),
        })
      if (p.integer && !Number.isInteger(value))
        return t('got {got}; must be a whole number{what} from {least} to {most}; try {better}', {
          got: format(p, value),
          what: p.counts ? ` ${t('of {counts}', { counts: t(p.counts) })}` : '',
          least: format(p, p.min),
          most: format(p, p.max),
          better: clamp(p, snap(p, value)),
        })
      // Each limit has its own slack: that of the larger one would let a small lower limit through.
      if (value < p.min - 1e-9 * Math.abs(p.min) || value > p.max + 1e-9 * Math.abs(p.max))
        return t('got {got}; must lie between {least} and {most}; try {better}', {
          got: format(p, value),
          least: format(p, p.min),
          most: format(p, p.max),
          better: format(p, p.value),
        })
      return undefined
    }
    case 'choice':
      if (p.options.some((o) => o.value === value)) return undefined
      return t('got {got}; valid are {valid}', {
        got: describe(value),
        valid: p.options.map((o) => `"${o.value}"`).join(', '),
      })
    case 'flag':
      return typeof value === 'boolean' ? undefined : t('got {got}; must be true or false', { got: describe(value) })
    case 'text':
      if (typeof value !== 'string')
        return t('got {got}; must be a text; try {better}', { got: describe(value), better: describe(p.value) })
      return p.check?.(value)
  }
}
