/**
 * A scenario is everything a run depends on, as one JSON value in SI: same scenario, same numbers.
 */
import type { CellSpec } from '../cell/cell.ts'
import type { MacroSpec, Stimulus } from '../models/family.ts'
import type { Values } from '../parameter.ts'

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
}
