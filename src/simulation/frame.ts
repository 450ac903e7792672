/** What a running simulation hands out: values only, so they cross the worker boundary as they are. */
import type { CellResult } from '../cell/cell.ts'
import type { Curve, Equation, Field, MacroSpec, Notice, Observable } from '../models/family.ts'

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
}

/** What the model is, told once before its frames. */
export interface ModelDescription {
  modelClass: string
  classLabel: string
  classReason: string
  equations: readonly Equation[]
  macro: MacroSpec
  fields: readonly Field[]
  observables: readonly Observable[]
  notices: readonly Notice[]
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
  stoppedBy: 'end' | 'event'
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
