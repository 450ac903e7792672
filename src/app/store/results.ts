/** What a laboratory has computed beside its run, or was given. */
import type { Curve, Discharge } from '../../models/family.ts'
import type { Rate } from '../../models/rates.ts'
import type { Problem } from '../../parameter.ts'
import type { ComparisonRow } from '../../simulation/compare.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import type { Spectrum } from '../../tables/take.ts'
import type { Track } from './track.ts'

export interface CurveState {
  curve?: Curve
  problems?: Problem[]
  pending: boolean
  /** Time of the state it was computed for, s. */
  t: number
}

/** Errors of one scenario for a list of N, as far as they are computed. */
export interface ComparisonSeries {
  id: number
  label: string
  /** What was compared; the series outlives it, so that scenarios can be laid over each other. */
  scenario: Scenario
  /** By N. */
  rows: readonly ComparisonRow[]
  problems?: readonly Problem[]
}

/** How far the comparison under way is; apart from its series, so that only rows redraw the plot. */
export interface Comparing {
  /** Its series. */
  id: number
  list: readonly number[]
  /** The present N, how much of it is done, and when it began, s. */
  N: number
  fraction: number
  startedAt: number
  /** Seconds until the whole list is done; undefined while there is nothing to tell it from. */
  left?: number
}

/** A frozen course of the run; its frames are in the frame buffer under the same id. */
export interface Branch {
  id: number
  /** Given by hand or by the scenario; without it the name says what differs from the main line. */
  name?: string
  scenario: Scenario
  /** Time of its last frame, s. */
  end: number
  visible: boolean
}

/** A charge or discharge of an earlier run, laid under that of now. */
export interface KeptCurve {
  id: number
  scenario: Scenario
  track: Track
  /** Kept by hand: the others make room first. */
  pinned: boolean
  /** Parameters were changed on the way. */
  mixed: boolean
}

/** A curve or an impedance from a file. */
export interface MeasuredCurve {
  id: number
  name: string
  /** As it is drawn: peaks kept, where there are too many points. */
  track?: Track
  /** Points evenly apart, from which deviations are told. */
  even?: Track
  spectrum?: Spectrum
  /** What was decided, assumed or left out. */
  notes: readonly string[]
}

/** A discharge at one rate, as far as it has come. */
export interface RateJob {
  rate: Rate
  fraction: number
  discharge?: Discharge
  /** Why there is none. */
  problem?: string
}

/** The whole discharge of what is dragged. */
export interface Sketch {
  scenario: Scenario
  track: Track
  /** On coarse meshes; the exact one follows. */
  coarse: boolean
}

/** The scenario's cell at several rates. */
export interface RateFamily {
  scenario: Scenario
  jobs: readonly RateJob[]
  /** Some jobs are still waited for. */
  pending: boolean
}
