/**
 * The answer of a built-in scenario: where its whole run ends, and how much work that took. A change of the code that
 * changes numbers shows here, whatever it was meant to do.
 */
import { loadScenario } from '../../src/cli/input.ts'
import { CellCache } from '../../src/simulation/cells.ts'
import type { Frame, ModelDescription, StepStatistics, Summary } from '../../src/simulation/frame.ts'
import { simulate } from '../../src/simulation/simulate.ts'

/** Of one model: its last observables, the largest size of each over the run, and its work. */
export interface Course {
  observables: Record<string, { last: number; largest: number }>
  work: Omit<StepStatistics, 'dt'>
}

export interface Answer {
  t: number
  frames: number
  stoppedBy: string
  homogenized: Course
  /** The resolved model beside, where the scenario has one. */
  resolved?: Course
}

/** Groups of observables that are zero but for round-off: they have bounds, not answers. */
export const ROUND_OFF = ['budget', 'accuracy']

export const cells = new CellCache()

/** Runs a scenario to its end; `each` sees every frame. */
export function answer(name: string, each?: (frame: Frame, model: ModelDescription) => void): Answer {
  const { scenario } = loadScenario(name)
  let model: ModelDescription | undefined
  let summary: Summary | undefined
  const frames: Frame[] = []
  for (const event of simulate(scenario, { cells })) {
    if (event.kind === 'model') model = event.model
    if (event.kind === 'end') summary = event.summary
    if (event.kind !== 'frame' || !model) continue
    each?.(event.frame, model)
    frames.push({ ...event.frame, fields: [] })
  }
  if (!model || !summary) throw new Error(`${name} came to no end`)
  const { observables } = model
  const course = (seen: readonly { observables: Float64Array; stats: StepStatistics }[]): Course => {
    const { observables: last, stats } = seen[seen.length - 1]
    const largest = (k: number) => seen.reduce((most, s) => Math.max(most, Math.abs(s.observables[k])), 0)
    const { accepted, rejected, newtonIterations, linearIterations } = stats
    return {
      observables: Object.fromEntries(
        observables.flatMap((o, k) =>
          ROUND_OFF.includes(o.group) ? [] : [[o.name, { last: last[k], largest: largest(k) }]],
        ),
      ),
      work: { accepted, rejected, newtonIterations, linearIterations },
    }
  }
  const resolved = frames.flatMap((f) => f.resolved ?? [])
  return {
    t: summary.t,
    frames: summary.frames,
    stoppedBy: summary.stoppedBy,
    homogenized: course(frames),
    ...(resolved.length > 0 ? { resolved: course(resolved) } : {}),
  }
}
