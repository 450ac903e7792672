/** Reading scenarios: `parseScenario` is the only way in; files, links and built-in scenarios all pass through it. */

import * as z from 'zod/mini'
import { checkBreathing } from '../cell/breathing.ts'
import { checkGraded } from '../cell/graded.ts'
import { validateCell } from '../cell/validate.ts'
import { t } from '../language/language.ts'
import { beyond, checkAmount, LIMITS } from '../limits.ts'
import { cards, findCard } from '../models/cards.ts'
import type { FamilyCard, MacroSpec, Stimulus } from '../models/family.ts'
import { checkValue, describe, InputError, type Problem, type Values, validateValues } from '../parameter.ts'
import { checkFiltration } from './filtration.ts'
import { refuseRepeat } from './resolve.ts'
import {
  breathes,
  familyInput,
  NODE_LIMITS,
  pathText,
  SCENARIO_VERSION,
  type Scenario,
  settingOf,
  settings,
  usualTime,
} from './scenario.ts'
import { structural } from './structural.ts'

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
  filtration: z.optional(z.looseObject({ size: z.number() })),
  graded: z.optional(
    z.array(z.strictObject({ number: z.string(), along: z.array(z.tuple([z.number(), z.number()])) })),
  ),
  breathing: z.optional(z.array(z.strictObject({ number: z.string(), range: z.tuple([z.number(), z.number()]) }))),
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
        message: t('got {got}; a scenario is a JSON object with version, family, cell, macro and time', {
          got: describe(input),
        }),
      },
    ])
  const tooMuch = checkAmount(input)
  if (tooMuch.length > 0) throw new InputError(tooMuch)
  // What a saved file says of where it comes from is no part of the scenario.
  const { record: _record, ...raw } = input as Record<string, unknown>
  checkVersion(raw.version)
  const filled = {
    title: 'Untitled',
    description: '',
    parameters: {},
    stimuli: [],
    ...raw,
  } as Record<string, unknown>
  if (typeof filled.time === 'object' && filled.time !== null) filled.time = { ...usualTime(), ...filled.time }
  filled.experiment ??= usualExperiment(raw.family)
  const { experiment } = filled
  if (typeof experiment === 'object' && experiment !== null) filled.experiment = { values: {}, ...experiment }
  const parsed = structure.safeParse(filled)
  if (!parsed.success) throw new InputError(parsed.error.issues.flatMap((issue) => structural(issue, filled)))
  const scenario = parsed.data as unknown as Scenario
  const problems: Problem[] = []
  const family = findCard(scenario.family)
  if (!family)
    throw new InputError([
      {
        path: 'family',
        message: t('got {got}; valid are {valid}', {
          got: describe(scenario.family),
          valid: cards.map((f) => `"${f.name}"`).join(', '),
        }),
      },
    ])
  const { size: _, ...cell } = scenario.cell
  const wrong = validateCell(cell)
  problems.push(...wrong, ...checkSettings(scenario))
  if (wrong.length === 0) problems.push(...checkNumbers(scenario, family))
  const parameters = validateValues(family.parameters, scenario.parameters, 'parameters')
  problems.push(...parameters.problems, ...checkFiltration(scenario, family, parameters.values))
  const protocol = family.experiments.find((e) => e.name === scenario.experiment.name)
  let values: Values = {}
  if (!protocol)
    problems.push({
      path: 'experiment.name',
      message: t('got {got}; valid are {valid}', {
        got: describe(scenario.experiment.name),
        valid: family.experiments.map((e) => `"${e.name}"`).join(', '),
      }),
    })
  else {
    const checked = validateValues(protocol.parameters, scenario.experiment.values, 'experiment.values')
    problems.push(...checked.problems)
    values = checked.values
  }
  const { micro, branch } = scenario
  if (branch) {
    if (!(branch.at >= 0 && branch.at < scenario.time.end))
      problems.push({
        path: 'branch.at',
        message: t('got {got} s; must lie between 0 and the end of the run at {end} s', {
          got: branch.at,
          end: scenario.time.end,
        }),
      })
    problems.push(...validateValues(family.parameters, branch.parameters, 'branch.parameters').problems)
  }
  const { title, stimuli } = scenario
  const many = beyond(LIMITS.stimuli, stimuli.length)
  if (many) problems.push({ path: 'stimuli', message: many })
  for (const [path, text] of [
    ['title', title],
    ['branch.name', branch?.name ?? ''],
  ] as const) {
    const long = beyond(LIMITS.title, text.length)
    if (long) problems.push({ path, message: long })
  }
  if (!many) problems.push(...stimuli.flatMap((s, k) => checkStimulus(family, s, `stimuli[${k}]`)))
  const result: Scenario = {
    ...scenario,
    parameters: parameters.values,
    experiment: { name: scenario.experiment.name, values },
  }
  if (problems.length === 0 && micro?.repeat !== undefined) {
    const message = refuseRepeat(result, micro.repeat)
    if (message) problems.push({ path: 'micro.repeat', message })
  }
  if (problems.length === 0) problems.push(...(family.check?.(familyInput(result)) ?? []))
  if (problems.length > 0) throw new InputError(problems)
  return result
}

/** The numbers of a valid cell that vary or breathe. */
function checkNumbers(scenario: Scenario, family: FamilyCard): Problem[] {
  const { size: _, ...cell } = scenario.cell
  const { graded = [] } = scenario
  const problems = checkGraded(graded, cell)
  if (breathes(scenario))
    problems.push(...refuseBreathing(scenario, family), ...checkBreathing(scenario.breathing, cell))
  return problems
}

/** What keeps the cells of a scenario from breathing. */
function refuseBreathing({ graded = [] }: Scenario, family: FamilyCard): Problem[] {
  const problem = (message: string): Problem[] => [{ path: 'breathing', message }]
  if (!family.breathes)
    return problem(
      t('got cells that swell in the family "{family}", where no water crosses a membrane; leave breathing out', {
        family: family.name,
      }),
    )
  if (graded.length > 0)
    return problem(
      t(
        'got cells that swell beside cells that vary along the box; one table has no room for both: leave one of them out',
      ),
    )
  return []
}

/** The experiment of a scenario that names none. */
function usualExperiment(family: unknown): unknown {
  return { name: (typeof family === 'string' && findCard(family)?.defaultExperiment) || '' }
}

/** The settings against their schemas; `validateCell` checks those of the cells but their periods. */
function checkSettings(scenario: Scenario): Problem[] {
  const { macro, cell } = scenario
  const shape = checkBox(macro)
  if (shape.length > 0 || (cell.dimension !== 2 && cell.dimension !== 3)) return shape
  const problems = settings(scenario).flatMap(({ path, parameter }) => {
    if ((path[0] === 'cell' || path[0] === 'filtration') && path[1] === 'resolution') return []
    const message = checkValue(parameter, settingOf(scenario, path))
    return message ? [{ path: pathText(path), message }] : []
  })
  const total = macro.nodes.reduce((a, b) => a * b, 1)
  const most = NODE_LIMITS[macro.dimension]
  if (total > most)
    problems.push({
      path: 'macro.nodes',
      message: t('got {got} = {total} nodes; at most {most} in {dimension}D; try {better} per axis', {
        got: macro.nodes.join(' × '),
        total,
        most,
        dimension: macro.dimension,
        better: Math.floor(most ** (1 / macro.dimension)),
      }),
    })
  return problems
}

function checkBox(macro: MacroSpec): Problem[] {
  const d = macro.dimension as number
  if (d !== 1 && d !== 2 && d !== 3)
    return [{ path: 'macro.dimension', message: t('got {got}; must be 1, 2 or 3', { got: d }) }]
  return (['size', 'nodes'] as const).flatMap((key) =>
    macro[key].length === d
      ? []
      : [
          {
            path: `macro.${key}`,
            message: t('got {got} numbers; must be {d}, one per axis', { got: macro[key].length, d }),
          },
        ],
  )
}

function checkStimulus(family: FamilyCard, s: Stimulus, path: string): Problem[] {
  const problems: Problem[] = []
  const kind = family.stimuli.find((k) => k.name === s.kind)
  // Kinds that do not exist but that people try get the family's own explanation (FamilyCard.explainStimulus).
  if (kind) {
    const message = checkValue(kind.amount, s.amount)
    if (message) problems.push({ path: `${path}.amount`, message })
  } else {
    const explained = family.explainStimulus?.(s.kind)
    problems.push({
      path: `${path}.kind`,
      message:
        explained ??
        t('got {got}; valid are {valid}', {
          got: describe(s.kind),
          valid: family.stimuli.map((k) => `"${k.name}"`).join(', '),
        }),
    })
  }
  if (!(s.end > s.start))
    problems.push({
      path: `${path}.end`,
      message: t('got {got} s, not after the start at {start} s', { got: s.end, start: s.start }),
    })
  if (s.region.shape !== 'everywhere' && !(s.region.radius > 0))
    problems.push({
      path: `${path}.region.radius`,
      message: t('got {got} m; must be positive; try 1e-4', { got: s.region.radius }),
    })
  return problems
}

/** @throws InputError unless the file is of this version */
function checkVersion(version: unknown): void {
  if (typeof version === 'number' && version > SCENARIO_VERSION)
    throw new InputError([
      {
        path: 'version',
        message: t('got {got}; this program reads version {known}; open it with a newer Twoscale', {
          got: version,
          known: SCENARIO_VERSION,
        }),
      },
    ])
  if (version !== SCENARIO_VERSION)
    throw new InputError([
      {
        path: 'version',
        message: t('got {got}; must be {known}', {
          got: describe(version),
          known: SCENARIO_VERSION,
        }),
      },
    ])
}
