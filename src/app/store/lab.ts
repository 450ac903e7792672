/**
 * What the page knows. Only `scenario` is undoable: a drag writes `draft` (live, outside the history) and becomes one
 * entry when it is committed. Frames are not in here, only their number (see frames.ts).
 */
import { temporal } from 'zundo'
import { create } from 'zustand'
import type { CellResult } from '../../cell/cell.ts'
import type { Notice } from '../../models/family.ts'
import type { SecondSolutions } from '../../models/second.ts'
import type { Problem } from '../../parameter.ts'
import type { ModelDescription, Summary } from '../../simulation/frame.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import type { MapName } from '../ground/colours.ts'
import type { Plot } from './plots.ts'
import { USUAL } from './proof.ts'
import type {
  Branch,
  Comparing,
  ComparisonSeries,
  CurveState,
  KeptCurve,
  MeasuredCurve,
  RateFamily,
  Sketch,
} from './results.ts'

export type {
  Branch,
  Comparing,
  ComparisonSeries,
  CurveState,
  KeptCurve,
  MeasuredCurve,
  RateFamily,
  RateJob,
  Sketch,
} from './results.ts'

export type RunStatus = 'running' | 'paused' | 'ended' | 'failed'

/** Frames per second; Infinity is as fast as the solver goes. */
export const SPEEDS = [5, 10, 30, Number.POSITIVE_INFINITY] as const

export type CellLayer = 'phases' | 'mesh' | 'corrector' | 'flux' | 'flow' | 'sensitivity'

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
  /** Offer to reload the page. */
  offerReload?: boolean
  /** Offer to save the scenario as a file. */
  offerSave?: boolean
  /** Said by the model in use: goes when another one comes. */
  ofModel?: boolean
}

/** What a place below the scales shows. */
export type SlotView =
  | 'discharge'
  | 'fillings'
  | 'curve'
  | 'probes'
  | 'profile'
  | 'wave'
  | 'observables'
  | 'energy'
  | 'budget'
  | 'proof'
  | 'equations'
/** What surrounds the picture: everything, or less where the page is part of another. */
export type Chrome = 'full' | 'minimal' | 'picture' | 'cell' | 'chart'
export type SlotName = 'first' | 'second' | 'third'

/** What is heard: nothing until it is asked for. */
export interface Heard {
  /** The first probe as a tone. */
  tone: boolean
  /** A moved shape in words, for screen readers; also by the voice of the browser. */
  words: boolean
  aloud: boolean
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
  /** The scenario that the model is of. */
  modelOf?: Scenario
  cell?: CellResult
  /** The cell that its tensors are of. */
  cellOf?: Scenario['cell']
  /** The cell of the flow that `cell.filtration` is of. */
  filtrationOf?: Scenario['filtration']
  /** Tensors of the cell under the pointer, while a drag lasts, and that cell. */
  preview?: CellResult
  previewOf?: Scenario['cell']
  /** The scenario admits no model: what is on show is of the one before. */
  refused: boolean
  /** Why the cell under the pointer cannot be computed. */
  previewProblems: readonly Problem[]
  /** The second order of the cell that the microscope looks into, once it has been asked for, or why there is none. */
  second?: { cell: CellResult; solutions?: SecondSolutions; problem?: string }
  summary?: Summary
  notices: readonly ShownNotice[]
  curves: Record<string, CurveState>
  comparisons: readonly ComparisonSeries[]
  comparing?: Comparing
  kept: readonly KeptCurve[]
  measured: readonly MeasuredCurve[]
  rates?: RateFamily
  sketch?: Sketch
  branches: readonly Branch[]
  /** Name of the main line, once it has been a branch or is one that the scenario proposes. */
  lineName?: string

  field: string
  probes: readonly Probe[]
  colour: ColourSettings
  brush: Brush
  /** The cell that the panel edits, where the scenario has it. */
  edited: 'cell' | 'filtration'
  selectedShape: number
  layer: CellLayer
  /** Axis of the corrector or flux on show. */
  axis: number
  /** Cell problem on show. */
  problem: number
  hoveredTerms: readonly string[]
  /** A plane field is shown as a surface. */
  raised: boolean
  /** Where the slices of a box lie along each axis, fractions of its sides. */
  cuts: readonly number[]
  /** Of a box: a surface of one value, as a part of the range of colours. */
  level?: number
  theme: 'light' | 'dark'
  large: boolean
  heard: Heard
  chrome: Chrome
  /** Pictures fill the page, for a projector. */
  present: boolean
  /** The description of the scenario is shown. */
  note: boolean
  /** The only panels that are shown, and the only parameters that can be set; all without. */
  panels?: readonly string[]
  editable?: readonly string[]
  slots: Record<SlotName, SlotView>
  /** Names of the curves that the places draw; the first of the family where nothing is said. */
  picked: Partial<Record<SlotName, string>>
  /** What the chart of a battery draws. */
  plot: Plot
  /** Norms that the error plot draws, and the largest N it computes. */
  proof: { norms: readonly string[]; upTo: number }
}

export const USUAL_SLOTS: Record<SlotName, SlotView> = { first: 'curve', second: 'probes', third: 'equations' }

const initialView = {
  speed: 10,
  frameCount: 0,
  shown: -1,
  time: 0,
  previewProblems: [],
  refused: false,
  notices: [],
  curves: {},
  comparisons: [],
  kept: [],
  measured: [],
  branches: [],
  field: '',
  probes: [],
  colour: { map: 'viridis', range: 'run', min: 0, max: 1 },
  brush: { active: false, kind: '', amount: 0, radius: 0, duration: 0 },
  edited: 'cell',
  selectedShape: 0,
  layer: 'phases',
  axis: 0,
  problem: 0,
  hoveredTerms: [],
  raised: false,
  cuts: [0.5, 0.5, 0.5],
  theme: 'light',
  large: false,
  heard: { tone: false, words: false, aloud: false },
  chrome: 'full',
  present: false,
  note: false,
  slots: USUAL_SLOTS,
  picked: {},
  plot: 'capacity',
  proof: { norms: USUAL, upTo: 8 },
} satisfies Partial<LabState>

export function createLab(scenario: Scenario, status: RunStatus = 'paused') {
  const lab = create<LabState>()(
    temporal((): LabState => ({ ...initialView, scenario, status }) as LabState, {
      partialize: (state) => ({ scenario: state.scenario }),
      equality: (a, b) => a.scenario === b.scenario,
      limit: 300,
    }),
  )
  // Undo may take a shape away that was selected.
  lab.subscribe((s) => {
    const { cell, filtration } = current(s)
    const { shapes } = (s.edited === 'filtration' && filtration) || cell
    const last = Math.max(0, shapes.length - 1)
    if (s.selectedShape > last) lab.setState({ selectedShape: last })
  })
  return lab
}

export type Lab = ReturnType<typeof createLab>

/** What the page shows and the solver computes: the drag in progress, else the committed scenario. */
export function current(state: LabState): Scenario {
  return state.draft ?? state.scenario
}
