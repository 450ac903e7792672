/** Reads what a link says beside the scenario. */

import * as z from 'zod/mini'
import { t } from '../../language/language.ts'
import { checkAmount } from '../../limits.ts'
import { describe, InputError, type Problem } from '../../parameter.ts'
import type { Stretch } from '../../simulation/course.ts'
import { openScenario } from '../ground/house.ts'
import { PLOTS } from './plots.ts'
import { FIELD_MAPS, MOST_STRETCHES, type SharedView } from './sharedView.ts'
import { VIEWS_BY_NAME } from './slots.ts'

const MOST_PROBES = 4
const MOST_BRANCHES = 4

const slot = z.enum(VIEWS_BY_NAME)

const course = z.array(z.object({ frame: z.number(), scenario: z.looseObject({}) }))

/** Everything may be left out. Counts are checked afterwards, with few words of the library: its code is the page's. */
const schema = z.object({
  field: z.optional(z.string()),
  probes: z.optional(z.array(z.array(z.number()))),
  colour: z.optional(
    z.object({ map: z.enum(FIELD_MAPS), range: z.enum(['run', 'frame', 'fixed']), min: z.number(), max: z.number() }),
  ),
  slots: z.optional(z.object({ first: slot, second: slot, third: slot })),
  picked: z.optional(
    z.object({ first: z.optional(z.string()), second: z.optional(z.string()), third: z.optional(z.string()) }),
  ),
  plot: z.optional(z.enum(PLOTS.map(({ value }) => value))),
  layer: z.optional(z.enum(['phases', 'mesh', 'corrector', 'flux', 'flow', 'sensitivity'])),
  axis: z.optional(z.number()),
  problem: z.optional(z.number()),
  raised: z.optional(z.boolean()),
  cuts: z.optional(z.array(z.number())),
  level: z.optional(z.number()),
  camera: z.optional(z.array(z.number())),
  theme: z.optional(z.enum(['light', 'dark'])),
  large: z.optional(z.boolean()),
  judge: z.optional(
    z.object({
      comparison: z.optional(z.enum(['resolved', 'difference'])),
      corrected: z.optional(z.boolean()),
      lens: z.optional(z.boolean()),
      lensMode: z.optional(z.enum(['reconstructed', 'resolved', 'difference'])),
      lensOrder: z.optional(z.literal([0, 1, 2])),
      lensPart: z.optional(z.string()),
      depth: z.optional(z.number()),
    }),
  ),
  frame: z.optional(z.number()),
  running: z.optional(z.boolean()),
  lineName: z.optional(z.string()),
  course: z.optional(course),
  branches: z.optional(
    z.array(z.object({ name: z.optional(z.string()), visible: z.boolean(), until: z.number(), course })),
  ),
})

/**
 * Reads the part of a link beside its scenario.
 * @throws InputError that names the field
 */
export function parseView(raw: unknown): SharedView {
  const tooMuch = checkAmount(raw)
  if (tooMuch.length > 0) throw new InputError(tooMuch)
  const read = schema.safeParse(raw)
  const problems = read.success
    ? counts(read.data)
    : read.error.issues
        .slice(0, 5)
        .map((issue) => ({ path: `view.${issue.path.join('.')}`, message: inWords(issue, raw) }))
  if (!read.success || problems.length > 0) throw new InputError(problems)
  const { course, branches, ...rest } = read.data
  return {
    ...rest,
    ...(course && { course: ordered(course, 'view.course') }),
    ...(branches && {
      branches: branches.map((b, k) => ({ ...b, course: ordered(b.course, `view.branches[${k}].course`) })),
    }),
  }
}

/** A choice says what there is; for the rest the library has its own words. */
function inWords(issue: z.core.$ZodIssue, raw: unknown): string {
  if (issue.code !== 'invalid_value') return issue.message
  const got = issue.path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    raw,
  )
  return t('got {got}; valid are {valid}', { got: describe(got), valid: issue.values.join(', ') })
}

/** Lists that are too long or too short, and numbers that are no places in a list. */
function counts({
  probes,
  cuts,
  level,
  camera,
  course,
  branches,
  axis,
  problem,
  frame,
}: z.infer<typeof schema>): Problem[] {
  const problems: Problem[] = []
  const length = (path: string, list: readonly unknown[] | undefined, least: number, most: number) => {
    if (list && (list.length < least || list.length > most))
      problems.push({
        path: `view.${path}`,
        message:
          least === most
            ? t('got {n} entries; {least} are allowed', { n: list.length, least })
            : t('got {n} entries; {least} to {most} are allowed', { n: list.length, least, most }),
      })
  }
  const place = (path: string, value: number | undefined) => {
    if (value !== undefined && !(Number.isInteger(value) && value >= 0))
      problems.push({ path: `view.${path}`, message: t('got {value}; must be a whole number from 0 on', { value }) })
  }
  length('probes', probes, 0, MOST_PROBES)
  for (const [k, point] of (probes ?? []).entries()) length(`probes.${k}`, point, 1, 3)
  length('cuts', cuts, 3, 3)
  if (level !== undefined && !(level >= 0 && level <= 1))
    problems.push({ path: 'view.level', message: t('got {value}; must be a number from 0 to 1', { value: level }) })
  length('camera', camera, 6, 6)
  length('course', course, 1, MOST_STRETCHES)
  length('branches', branches, 0, MOST_BRANCHES)
  for (const [k, branch] of (branches ?? []).entries()) {
    length(`branches.${k}.course`, branch.course, 1, MOST_STRETCHES)
    place(`branches.${k}.until`, branch.until)
  }
  place('axis', axis)
  place('problem', problem)
  place('frame', frame)
  return problems
}

function ordered(list: readonly { frame: number; scenario: unknown }[], path: string): Stretch[] {
  return list.map(({ frame, scenario }, k) => {
    const before = list[k - 1]?.frame ?? 0
    if (!(Number.isInteger(frame) && frame >= before))
      throw new InputError([
        {
          path: `${path}[${k}].frame`,
          message: t('got {frame} after {before}; frames are whole numbers that only go on', { frame, before }),
        },
      ])
    return { frame, scenario: openScenario(scenario).scenario }
  })
}
