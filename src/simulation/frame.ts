/** What a running simulation hands out: values only, so they cross the worker boundary as they are. */
import type { CellResult } from '../cell/cell.ts'
import type { ErrorEstimate } from '../models/estimate.ts'
import type {
  Curve,
  Derived,
  Equation,
  Field,
  Layers,
  MacroSpec,
  Notice,
  Observable,
  StepReport,
  Validity,
} from '../models/family.ts'
import type { ReducedUnits } from '../models/reduced.ts'
import type { Wave } from '../models/wave.ts'

/** State of a run at a moment. Rewind, fork, autosave and recovery are this value. */
export interface Checkpoint {
  t: number
  u: Float64Array
  /** Time integrals of the model's rates since the start of the run (budgets). */
  integrals: Float64Array
  /** Content of the budgets at the start of the run, for closing them. */
  baseline: Float64Array
  /** Step size the integrator would try next, s. */
  dt: number
  /** Model layout the state belongs to. */
  layout: string
  macro: MacroSpec
  /** State of the resolved model that runs beside, if one does. */
  resolved?: { u: Float64Array; integrals: Float64Array; baseline: Float64Array; layout: string }
}

/** What the model is, told once before its frames. */
export interface ModelDescription {
  modelClass: string
  classLabel: string
  classReason: string
  equations: readonly Equation[]
  macro: MacroSpec
  fields: readonly Field[]
  /** Quantities that follow from `fields`, worked out where they are looked at (models/derived.ts). */
  derived?: readonly Derived[]
  /** What makes a wave in it, where something does. */
  wave?: Wave
  observables: readonly Observable[]
  notices: readonly Notice[]
  unknowns: number
  /** Field to show first, by name. */
  opening?: string
  /** Expected end of the run, s: that of the scenario, or of the protocol where it comes first. */
  span: number
  /** What the steps of the protocol do, where a protocol sets the pace. */
  stepLabels?: readonly string[]
  layers?: Layers
  /** Reduced units, in which fields and observables are; lengths and times are then shown in them too. */
  units?: ReducedUnits
  /** The resolved model that runs beside; its fields are `fields`, in the same order. */
  resolved?: ResolvedDescription
}

export interface ResolvedDescription {
  /** Box and nodes of the tiling (in the dimension of the cell: a line becomes a strip). */
  macro: MacroSpec
  /** Cells per axis, and how many of the first ones along x are a medium without structure. */
  repeat: readonly number[]
  plain?: number
  /** Period of the cells in this comparison, m. */
  cellSize: number
  /** The reference cell at the resolution of the tiling (mesh and correctors). */
  cell: CellResult
  unknowns: number
}

export interface Frame {
  /** 0 is the initial state. */
  index: number
  t: number
  /** One array per ModelDescription.fields, on all nodes, x fastest, SI. */
  fields: Float32Array[]
  /** One number per ModelDescription.observables, SI. */
  observables: Float64Array
  checkpoint: Checkpoint
  stats: StepStatistics
  /** The resolved model at the same time: one array per field on the nodes of the tiling, x fastest, SI. */
  resolved?: { fields: Float32Array[]; observables: Float64Array; stats: StepStatistics }
  /** How far the homogenized state may be trusted. */
  validity?: Validity
  /** How far its fields are from the resolved ones, one per field; undefined where nothing can be told. */
  estimates?: readonly (ErrorEstimate | undefined)[]
}

/**
 * How many frames of a line stay before a new one. Those of its index or a later one are of an abandoned future and go,
 * those of a later time too, or of its time in another model: a change that no state can be carried into begins again at
 * zero. Two frames of one model at one time are before and after an event.
 */
export function keptBefore(
  line: readonly { index: number; t: number; model: ModelDescription }[],
  { index, t }: Pick<Frame, 'index' | 't'>,
  model: ModelDescription,
): number {
  let count = line.length
  const event = (entry: (typeof line)[number]) => entry.model === model && entry.index === index - 1
  const later = (entry: (typeof line)[number]) => entry.t > t || (entry.t === t && !event(entry))
  while (count > 0 && (line[count - 1].index >= index || later(line[count - 1]))) count--
  return count
}

export interface StepStatistics {
  accepted: number
  rejected: number
  newtonIterations: number
  linearIterations: number
  /** Last accepted step size, s. */
  dt: number
}

export interface Summary {
  t: number
  frames: number
  stats: StepStatistics
  observables: Record<string, number>
  /** Relative budget error per conserved quantity and the electroneutrality error in mol/m³. */
  budgets: Record<string, number>
  /** The end of time, an event that the model explains (`IntegrationError`), or the end of its protocol. */
  stoppedBy: 'end' | 'event' | 'protocol'
  /** How the protocol ended, in words. */
  ending?: string
  /** What the steps of its protocol did, those that ended in this run. */
  steps?: readonly StepReport[]
  seconds: number
}

export type SimulationEvent =
  | { kind: 'progress'; stage: string; fraction: number }
  | { kind: 'cell'; cell: CellResult }
  | { kind: 'model'; model: ModelDescription }
  | { kind: 'frame'; frame: Frame }
  | { kind: 'notice'; notice: Notice }
  | { kind: 'curve'; curve: Curve }
  | { kind: 'end'; summary: Summary }
