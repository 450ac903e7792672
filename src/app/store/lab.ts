/**
 * What the page knows. Only `scenario` is undoable: a drag writes `draft` (live, outside the history) and becomes one
 * entry when it is committed. Frames are not in here, only their number (see frames.ts).
 */
import { temporal } from 'zundo'
import { create } from 'zustand'
import type { CellResult } from '../../cell/cell.ts'
import type { Curve, Notice } from '../../models/family.ts'
import type { Problem } from '../../parameter.ts'
import type { ModelDescription, Summary } from '../../simulation/frame.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import type { MapName } from '../colours.ts'

export type RunStatus = 'running' | 'paused' | 'ended' | 'failed'

/** Frames per second; Infinity is as fast as the solver goes. */
export const SPEEDS = [5, 10, 30, Number.POSITIVE_INFINITY] as const

export type CellLayer = 'phases' | 'mesh' | 'corrector' | 'flux' | 'sensitivity'

export interface Probe {
  id: number
  /** Position in Ω, m. */
  point: number[]
}

export interface ColourSettings {
  map: MapName
  /** `run` covers what the run has shown so far, `frame` snaps to every frame, `fixed` stays. */
  range: 'run' | 'frame' | 'fixed'
  /** SI, used by `fixed`. */
  min: number
  max: number
}

export interface Brush {
  active: boolean
  kind: string
  /** SI. */
  amount: number
  /** m. */
  radius: number
  /** s. */
  duration: number
}

export interface ShownNotice extends Notice {
  id: number
  /** Offer to undo the edit that caused it. */
  offerUndo?: boolean
}

export interface CurveState {
  curve?: Curve
  problems?: Problem[]
  pending: boolean
  /** Time of the state it was computed for, s. */
  t: number
}

export interface LabState {
  scenario: Scenario
  draft?: Scenario
  status: RunStatus
  speed: number
  /** Stored frames, and the position of the one on show. */
  frameCount: number
  shown: number
  /** Time of the frame on show, s. */
  time: number
  progress?: { stage: string; fraction: number }
  model?: ModelDescription
  cell?: CellResult
  /** Tensors of the cell under the pointer, while a drag lasts. */
  preview?: CellResult
  /** Why the cell under the pointer cannot be computed. */
  previewProblems: readonly Problem[]
  summary?: Summary
  notices: readonly ShownNotice[]
  curves: Record<string, CurveState>

  field: string
  probes: readonly Probe[]
  colour: ColourSettings
  brush: Brush
  selectedShape: number
  layer: CellLayer
  /** Axis of the corrector or flux on show. */
  axis: number
  /** Cell problem on show. */
  problem: number
  hoveredTerms: readonly string[]
  theme: 'light' | 'dark'
  large: boolean
}

const initialView = {
  speed: 10,
  frameCount: 0,
  shown: -1,
  time: 0,
  previewProblems: [],
  notices: [],
  curves: {},
  field: '',
  probes: [],
  colour: { map: 'viridis', range: 'run', min: 0, max: 1 },
  brush: { active: false, kind: '', amount: 0, radius: 0, duration: 0 },
  selectedShape: 0,
  layer: 'phases',
  axis: 0,
  problem: 0,
  hoveredTerms: [],
  theme: 'light',
  large: false,
} satisfies Partial<LabState>

export function createLab(scenario: Scenario, status: RunStatus = 'paused') {
  return create<LabState>()(
    temporal((): LabState => ({ ...initialView, scenario, status }) as LabState, {
      partialize: (state) => ({ scenario: state.scenario }),
      equality: (a, b) => a.scenario === b.scenario,
      limit: 300,
    }),
  )
}

export type Lab = ReturnType<typeof createLab>

/** What the page shows and the solver computes: the drag in progress, else the committed scenario. */
export function current(state: LabState): Scenario {
  return state.draft ?? state.scenario
}
