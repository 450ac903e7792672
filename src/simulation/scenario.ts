/**
 * A scenario is everything a run depends on, as one JSON value in SI: same scenario, same numbers.
 * `parseScenario` is the only way in: files, links and built-in scenarios all pass through it.
 */
import * as z from 'zod/mini'
import type { CellSpec } from '../cell/cell.ts'
import { allowedResolutions, validateCell } from '../cell/validate.ts'
import type { FamilyInput, MacroSpec, ModelFamily, Stimulus } from '../models/family.ts'
import { families, findFamily } from '../models/index.ts'
import { checkValue, describe, InputError, type Problem, type Values, validateValues } from '../parameter.ts'
import { refuseRepeat } from './resolve.ts'

export const SCENARIO_VERSION = 1

export interface Scenario {
  version: 1
  /** Shown in the gallery and the title bar. */
  title: string
  /** One sentence: what to look for. */
  description: string
  family: string
  cell: CellSpec & {
    /** Period ℓ, m. */
    size: number
  }
  parameters: Values
  macro: MacroSpec
  experiment: { name: string; values: Values }
  stimuli: Stimulus[]
  time: {
    /** End of the run, s. */
    end: number
    /** Number of frames after the initial one, equally spaced. */
    frames: number
    /** Relative tolerance of the time integrator. */
    rtol: number
  }
  /** The resolved model. */
  micro?: MicroSpec
  /** A second course that the scenario proposes: from the state at `at` with other parameters. */
  branch?: { at: number; name: string; parameters: Values }
}

export interface MicroSpec {
  /** Nodes per cell and axis. */
  resolution: number
  /** N = L / l, cells along the first axis: with it, the resolved model runs beside the homogenized one. */
  repeat?: number
  /** Start with correctors (true, the default) or as the plain restriction of the homogenized data. */
  prepared?: boolean
}

/** Most nodes of the macroscopic box, by dimension. */
export const NODE_LIMITS: Record<number, number> = { 1: 4001, 2: 66_049, 3: 35_937 }

const region = z.union([
  z.strictObject({ shape: z.literal('everywhere') }),
  z.strictObject({ shape: z.enum(['gaussian', 'ball']), center: z.array(z.number()), radius: z.number() }),
])

const structure = z.strictObject({
  version: z.number(),
  title: z.string(),
  description: z.string(),
  family: z.string(),
  cell: z.looseObject({ size: z.number() }),
  parameters: z.record(z.string(), z.unknown()),
  macro: z.strictObject({ dimension: z.number(), size: z.array(z.number()), nodes: z.array(z.number()) }),
  experiment: z.strictObject({ name: z.string(), values: z.record(z.string(), z.unknown()) }),
  stimuli: z.array(
    z.strictObject({ kind: z.string(), amount: z.number(), start: z.number(), end: z.number(), region }),
  ),
  time: z.strictObject({ end: z.number(), frames: z.number(), rtol: z.number() }),
  micro: z.optional(
    z.strictObject({
      resolution: z.number(),
      repeat: z.optional(z.number()),
      prepared: z.optional(z.boolean()),
    }),
  ),
  branch: z.optional(
    z.strictObject({ at: z.number(), name: z.string(), parameters: z.record(z.string(), z.unknown()) }),
  ),
})

/**
 * Reads a scenario from parsed JSON; missing optional parts get their defaults.
 * @throws InputError with every problem at once
 */
export function parseScenario(input: unknown): Scenario {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw new InputError([
      {
        path: '',
        message: `got ${describe(input)}; a scenario is a JSON object with version, family, cell, macro and time`,
      },
    ])
  const raw = input as Record<string, unknown>
  if (typeof raw.version === 'number' && raw.version > SCENARIO_VERSION)
    throw new InputError([
      {
        path: 'version',
        message: `got ${raw.version}; this program reads version ${SCENARIO_VERSION}; open it with a newer Twoscale`,
      },
    ])
  if (raw.version !== SCENARIO_VERSION)
    throw new InputError([{ path: 'version', message: `got ${describe(raw.version)}; must be ${SCENARIO_VERSION}` }])
  const filled = {
    title: 'Untitled',
    description: '',
    parameters: {},
    experiment: { name: 'sealed', values: {} },
    stimuli: [],
    ...raw,
  } as Record<string, unknown>
  if (typeof filled.time === 'object' && filled.time !== null) filled.time = { frames: 100, rtol: 1e-3, ...filled.time }
  const experiment = filled.experiment
  if (typeof experiment === 'object' && experiment !== null) filled.experiment = { values: {}, ...experiment }
  const parsed = structure.safeParse(filled)
  if (!parsed.success) throw new InputError(parsed.error.issues.flatMap((issue) => translate(issue, filled)))
  const scenario = parsed.data as unknown as Scenario
  const problems: Problem[] = []
  const family = findFamily(scenario.family)
  if (!family)
    throw new InputError([
      {
        path: 'family',
        message: `got ${describe(scenario.family)}; valid are ${families.map((f) => `"${f.name}"`).join(', ')}`,
      },
    ])
  const { size, ...cell } = scenario.cell
  problems.push(...validateCell(cell))
  if (!(size >= 1e-10 && size <= 1))
    problems.push({
      path: 'cell.size',
      message: `got ${size} m; the period must lie between 1e-10 and 1 m; try 1e-5`,
    })
  const parameters = validateValues(family.parameters, scenario.parameters, 'parameters')
  problems.push(...parameters.problems, ...checkMacro(scenario.macro), ...checkTime(scenario.time))
  const protocol = family.experiments.find((e) => e.name === scenario.experiment.name)
  let values: Values = {}
  if (!protocol)
    problems.push({
      path: 'experiment.name',
      message: `got ${describe(scenario.experiment.name)}; valid are ${family.experiments.map((e) => `"${e.name}"`).join(', ')}`,
    })
  else {
    const checked = validateValues(protocol.parameters, scenario.experiment.values, 'experiment.values')
    problems.push(...checked.problems)
    values = checked.values
  }
  const { micro, branch } = scenario
  if (micro && !allowedResolutions(cell.dimension).includes(micro.resolution))
    problems.push({
      path: 'micro.resolution',
      message: `got ${micro.resolution}; must be a resolution that the cell allows; try 16`,
    })
  if (branch) {
    if (!(branch.at >= 0 && branch.at < scenario.time.end))
      problems.push({
        path: 'branch.at',
        message: `got ${branch.at} s; must lie between 0 and the end of the run at ${scenario.time.end} s`,
      })
    problems.push(...validateValues(family.parameters, branch.parameters, 'branch.parameters').problems)
  }
  problems.push(...scenario.stimuli.flatMap((s, k) => checkStimulus(family, s, `stimuli[${k}]`)))
  const result: Scenario = {
    ...scenario,
    parameters: parameters.values,
    experiment: { name: scenario.experiment.name, values },
  }
  if (problems.length === 0 && micro?.repeat !== undefined) {
    const message = refuseRepeat(result, micro.repeat)
    if (message) problems.push({ path: 'micro.repeat', message })
  }
  if (problems.length === 0) problems.push(...family.check(familyInput(result)))
  if (problems.length > 0) throw new InputError(problems)
  return result
}

/** What the family reads of a scenario. */
export function familyInput(s: Scenario): FamilyInput {
  return {
    parameters: s.parameters,
    cellSize: s.cell.size,
    macro: s.macro,
    experiment: s.experiment,
    stimuli: s.stimuli,
  }
}

function checkMacro(macro: MacroSpec): Problem[] {
  const problems: Problem[] = []
  const d = macro.dimension as number
  if (d !== 1 && d !== 2 && d !== 3) return [{ path: 'macro.dimension', message: `got ${d}; must be 1, 2 or 3` }]
  for (const key of ['size', 'nodes'] as const)
    if (macro[key].length !== d)
      problems.push({ path: `macro.${key}`, message: `got ${macro[key].length} numbers; must be ${d}, one per axis` })
  macro.size.forEach((s, k) => {
    if (!(s >= 1e-9 && s <= 1))
      problems.push({ path: `macro.size[${k}]`, message: `got ${s} m; must lie between 1e-9 and 1 m; try 1e-3` })
  })
  macro.nodes.forEach((n, k) => {
    if (!Number.isInteger(n) || n < 3)
      problems.push({ path: `macro.nodes[${k}]`, message: `got ${n}; must be a whole number of at least 3; try 65` })
  })
  const total = macro.nodes.reduce((a, b) => a * b, 1)
  if (total > NODE_LIMITS[d])
    problems.push({
      path: 'macro.nodes',
      message: `got ${macro.nodes.join(' × ')} = ${total} nodes; at most ${NODE_LIMITS[d]} in ${d}D; try ${Math.floor(NODE_LIMITS[d] ** (1 / d))} per axis`,
    })
  return problems
}

function checkTime(time: Scenario['time']): Problem[] {
  const problems: Problem[] = []
  if (!(time.end > 0 && time.end <= 1e9))
    problems.push({ path: 'time.end', message: `got ${time.end} s; must be positive and at most 1e9 s; try 60` })
  if (!Number.isInteger(time.frames) || time.frames < 1 || time.frames > 5000)
    problems.push({
      path: 'time.frames',
      message: `got ${time.frames}; must be a whole number from 1 to 5000; try 120`,
    })
  if (!(time.rtol >= 1e-9 && time.rtol <= 0.1))
    problems.push({ path: 'time.rtol', message: `got ${time.rtol}; must lie between 1e-9 and 0.1; try 1e-3` })
  return problems
}

function checkStimulus(family: ModelFamily, s: Stimulus, path: string): Problem[] {
  const problems: Problem[] = []
  const kind = family.stimuli.find((k) => k.name === s.kind)
  // Kinds that do not exist but that people try get the family's own explanation (ModelFamily.check).
  if (kind) {
    const message = checkValue(kind.amount, s.amount)
    if (message) problems.push({ path: `${path}.amount`, message })
  } else {
    const explained = family.explainStimulus(s.kind)
    problems.push({
      path: `${path}.kind`,
      message: explained ?? `got ${describe(s.kind)}; valid are ${family.stimuli.map((k) => `"${k.name}"`).join(', ')}`,
    })
  }
  if (!(s.end > s.start))
    problems.push({ path: `${path}.end`, message: `got ${s.end} s, not after the start at ${s.start} s` })
  if (s.region.shape !== 'everywhere' && !(s.region.radius > 0))
    problems.push({ path: `${path}.region.radius`, message: `got ${s.region.radius} m; must be positive; try 1e-4` })
  return problems
}

/** A structural issue as a sentence. */
function translate(issue: z.core.$ZodIssue, input: unknown): Problem[] {
  const path = issue.path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  )
  let value: unknown = input
  for (const key of issue.path) value = (value as Record<PropertyKey, unknown> | undefined)?.[key]
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: path === '' ? key : `${path}.${key}`,
        message: 'unknown field; remove it or check its spelling',
      }))
    case 'invalid_type':
      return [
        {
          path,
          message: `got ${describe(value)}; must be ${article(issue.expected)}`,
        },
      ]
    default:
      return [
        {
          path,
          message: `got ${describe(value)}; it does not have the form of a ${issue.path.at(-1)?.toString() ?? 'scenario'}`,
        },
      ]
  }
}

function article(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`
}
