/** What makes two scenarios the same run, and how a run is made longer. */
import type { Scenario } from '../../simulation/scenario.ts'

/** What a run depends on; titles do not count. */
export function fingerprint(scenario: Scenario): string {
  const { title: _title, description: _description, ...rest } = scenario
  return JSON.stringify(rest)
}

/** What a comparison depends on: everything of a run but whether the resolved model also runs beside. */
export function comparisonPrint({ micro, branch: _branch, ...rest }: Scenario): string {
  return fingerprint({ ...rest, micro: micro && { ...micro, prepared: micro.prepared ?? true, repeat: undefined } })
}

/** Whether frames of the one mean something beside frames of the other. */
export function sameTissue(a: Scenario, b: Scenario): boolean {
  return a.title === b.title && a.family === b.family && a.macro.dimension === b.macro.dimension
}

/** The most frames that a scenario may ask for. */
const MOST_FRAMES = 5000

/** The scenario with its end later by about `span` seconds, at the same distance between frames. */
export function prolonged(scenario: Scenario, span: number): Scenario {
  const { time } = scenario
  const spacing = time.end / time.frames
  const frames = Math.min(MOST_FRAMES, time.frames + Math.max(1, Math.round(span / spacing)))
  return { ...scenario, time: { ...time, frames, end: frames * spacing } }
}
