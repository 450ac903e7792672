/** A run as far as it has come: its course and its frames up to one of them. */
import type { Stretch } from '../simulation/course.ts'
import type { ModelDescription } from '../simulation/frame.ts'
import type { Scenario } from '../simulation/scenario.ts'
import { canonical } from './hash.ts'
import type { Told } from './identity.ts'

export interface ToldFrame {
  index: number
  t: number
  observables: Float64Array
  model: ModelDescription
}

/** The frames up to one whose fields are there. */
export function told(
  frames: readonly ToldFrame[],
  last: { index: number; full: { fields: readonly Float32Array[] } },
): Told {
  return { frames: frames.filter(({ index }) => index <= last.index), fields: last.full.fields }
}

/** The course up to a frame; what was changed there, and is not in use yet, belongs to it. */
export function courseTo(course: readonly Stretch[], frame: number, scenario: Scenario): Stretch[] {
  const before = course.filter((stretch) => stretch.frame <= frame)
  const last = before.at(-1)
  return last && canonical(last.scenario) === canonical(scenario) ? before : [...before, { frame, scenario }]
}
