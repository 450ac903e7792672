/** Where the run in the worker stands, and when it may hear of the next change. */
import type { Scenario } from '../../simulation/scenario.ts'
import type { LabState } from './lab.ts'
import { finished, hasProtocol } from './runs.ts'

/** A change in one go that is not answered within this time no longer holds back the next one, s. */
const CHANGE_PATIENCE = 0.4

/** Least time between two changes of a drag, s: what is left of it goes to frames. */
const DRAG_INTERVAL = 0.25

/** The run that the worker has, as the engine and its answers know it. */
export interface Course {
  /** Its number; answers to others are dropped. */
  run: number
  /** What it was last told, and whether there is a model of that. */
  scenario?: Scenario
  modelled: boolean
  /** The worker holds a run that answers to changes and credits. */
  alive: boolean
  /** The model of a run that starts anew is not a change worth a notice. */
  fresh: boolean
  /** New frames are shown as they come. */
  follow: boolean
  /** When a change was told the last time, and one of a drag, s. */
  changeSentAt: number
  draggedAt: number
  /** What is not told yet was dragged. */
  dragged: boolean
  /** A frame after the one of this index has to come before the next change of a drag is told. */
  owed?: number
  /** A run that failed goes on by itself once the input is repaired, if it was running. */
  resumeAfterRepair: boolean
}

export function noCourse(): Course {
  return {
    run: 0,
    modelled: false,
    alive: false,
    fresh: true,
    follow: true,
    changeSentAt: Number.NEGATIVE_INFINITY,
    draggedAt: Number.NEGATIVE_INFINITY,
    dragged: false,
    resumeAfterRepair: false,
  }
}

/** What is dragged in a protocol is drawn whole beside the run, which hears of it at the end. */
export function mustWait(course: Course, state: LabState, now: number): boolean {
  if (!state.draft) return now - course.changeSentAt < CHANGE_PATIENCE
  if (hasProtocol(state) || finished(state)) return true
  if (state.status !== 'running') return now - course.changeSentAt < CHANGE_PATIENCE
  // A frame is finished before the newest scenario is taken, so that the run goes on.
  return course.owed !== undefined || now - course.draggedAt < DRAG_INTERVAL
}
