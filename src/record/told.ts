/** A run as far as it has come: its course and its frames up to one of them. */
import type { CellCache } from '../simulation/cells.ts'
import { replay, type Stretch } from '../simulation/course.ts'
import { keptBefore, type ModelDescription, type SimulationEvent } from '../simulation/frame.ts'

export interface ToldFrame {
  index: number
  t: number
  observables: Float64Array
  model: ModelDescription
}

export interface Told {
  frames: readonly ToldFrame[]
  /** Of the last frame, on all nodes. */
  fields: readonly ArrayLike<number>[]
}

/** Runs a course up to a frame, or to its end where that comes first. @throws what `replay` throws */
export function* replayTo(
  course: readonly Stretch[],
  until: number,
  cells?: CellCache,
): Generator<SimulationEvent, Told> {
  const frames: ToldFrame[] = []
  let fields: readonly Float32Array[] = []
  let model: ModelDescription | undefined
  let stretches = 0
  const run = replay(course, cells)
  for (let next = run.next(); !next.done; next = run.next()) {
    const event = next.value
    yield event
    if (event.kind === 'model') {
      model = event.model
      stretches++
    }
    if (event.kind !== 'frame' || !model) continue
    const { index, t, observables } = event.frame
    frames.length = keptBefore(frames, event.frame, model)
    frames.push({ index, t, observables, model })
    fields = event.frame.fields
    if (stretches === course.length && index >= until) break
  }
  return { frames, fields }
}
