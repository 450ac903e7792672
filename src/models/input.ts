/** What models are made of: box, stimuli, a scenario as families read it, and how a resolved model is set up. */
import type { Values } from '../parameter.ts'

/** The macroscopic box Ω and its nodes per axis (vertex-centred, end points included). Lengths in m. */
export interface MacroSpec {
  /** Axes of the box that are its own, where it is one row of cells wide along the others (a line resolved as a strip). */
  strip?: number
  dimension: 1 | 2 | 3
  size: number[]
  nodes: number[]
}

/** A local intervention in space and time: what the brush paints and an experiment may contain. SI. */
export interface Stimulus {
  /** One of the family's `stimuli`. */
  kind: string
  /** Strength in the SI unit of the stimulus kind. */
  amount: number
  /** Time window [s]; inactive outside. */
  start: number
  end: number
  /** Centre and radius of a Gaussian exp(-|x-c|²/r²) (`gaussian`) or of a ball (`ball`), or `everywhere`. m. */
  region: { shape: 'everywhere' } | { shape: 'gaussian' | 'ball'; center: number[]; radius: number }
}

/** What a family reads of a scenario, SI; a family names the types of its own parameters and experiments. */
export interface FamilyInput<P = Values, E = { name: string; values: Values }> {
  parameters: P
  /** Cell period ℓ [m]. */
  cellSize: number
  macro: MacroSpec
  experiment: E
  stimuli: readonly Stimulus[]
  /** Of its cell, background first. */
  phases?: readonly string[]
  /** The second cell, of what flows: its period [m], and its phases, background first. */
  filtration?: { size: number; phases: readonly string[] }
}

/** How a resolved model is made: cells per axis, and whether it starts prepared (with correctors) or as the plain restriction. */
export interface ResolvedSetup {
  repeat: readonly number[]
  prepared: boolean
  /** Period over that of the scenario; dimensionless membrane (wall, kinetic) parameters are kept. */
  factor: number
  /** Start from this homogenized state instead of the scenario's own start. */
  from?: { u: Float64Array; macro: MacroSpec; layout: string }
  /** Layout of the homogenized model that it runs beside: what differs inside a period is told apart as there. */
  layout?: string
}

/** How long the two models are compared, and how finely: norms are sampled at equal distances up to `end` [s]. */
export interface ComparisonTime {
  end: number
  samples: number
  /** Relative tolerance of both integrators. */
  rtol: number
}
