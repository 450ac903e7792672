/** What makes two scenarios the same run, and how a run is made longer. */
import type { Scenario } from '../../simulation/scenario.ts'
import { familyOf } from '../ground/house.ts'
import { current, type LabState } from './lab.ts'

/** What a run depends on; titles do not count. */
export function fingerprint(scenario: Scenario): string {
  const { title: _title, description: _description, ...rest } = scenario
  return JSON.stringify(rest)
}

/** What a comparison depends on: everything of a run but whether the resolved model also runs beside. */
export function comparisonPrint({ micro, branch: _branch, ...rest }: Scenario): string {
  return fingerprint({ ...rest, micro: micro && { ...micro, prepared: micro.prepared ?? true, repeat: undefined } })
}

/** Whether frames of the one mean something beside frames of the other; another title alone is no other scenario. */
export function sameSetting(a: Scenario, b: Scenario): boolean {
  if (a.family !== b.family || a.macro.dimension !== b.macro.dimension) return false
  return a.title === b.title || fingerprint(a) === fingerprint(b)
}

/** Whether two scenarios have the same cells, everywhere in the box. */
export function sameCells(a: Scenario, b: Scenario): boolean {
  return a.cell === b.cell && a.filtration === b.filtration && a.graded === b.graded && a.breathing === b.breathing
}

/** Heading of the parameters that say what a run begins from. */
const START = 'Start'

/** Whether two scenarios begin from something else, which a run that goes on does not notice. */
export function otherStart(a: Scenario, b: Scenario): boolean {
  return familyOf(a).parameters.some(({ group, name }) => group === START && a.parameters[name] !== b.parameters[name])
}

/** The run follows a protocol, which sets its pace and its end. */
export function hasProtocol({ model }: LabState): boolean {
  return model?.stepLabels !== undefined
}

/** The run has come to an end that more time would not move: that of its protocol. */
export function finished(state: LabState): boolean {
  const { status, summary, model } = state
  if (status !== 'ended') return false
  return (
    summary?.stoppedBy === 'protocol' ||
    (hasProtocol(state) && model !== undefined && model.span < current(state).time.end)
  )
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
