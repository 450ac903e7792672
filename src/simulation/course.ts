/**
 * The course of a run that was changed on its way: scenarios in order, each from the frame at which it took over. What a
 * changed run has computed is the same wherever it is computed again.
 */
import type { CellCache } from './cells.ts'
import type { Checkpoint, SimulationEvent, Summary } from './frame.ts'
import type { Scenario } from './scenario.ts'
import { simulate } from './simulate.ts'

export interface Stretch {
  /** Index of the frame from which it goes on; that frame is told again, as the changed model sees it. */
  frame: number
  scenario: Scenario
}

/**
 * Runs a course to the end of its last scenario; events are those of the runs, in order.
 * @throws RangeError for an empty course; what `simulate` throws
 */
export function* replay(course: readonly Stretch[], cells?: CellCache): Generator<SimulationEvent, Summary> {
  let from: { checkpoint: Checkpoint; index: number } | undefined
  for (const [k, { scenario }] of course.entries()) {
    const stop = course[k + 1]?.frame
    const run = simulate(scenario, { from: from?.checkpoint, firstFrame: from?.index, cells })
    for (let next = run.next(); ; next = run.next()) {
      if (next.done) return next.value
      yield next.value
      if (next.value.kind !== 'frame') continue
      const { checkpoint, index } = next.value.frame
      from = { checkpoint, index }
      if (stop !== undefined && index >= stop) break
    }
  }
  throw new RangeError('got a course without a scenario; it needs at least one')
}
