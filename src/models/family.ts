/**
 * The contract of a model family (design: everything a family is, seen from outside).
 * A family is one folder in `models/`, one line in `models/cards.ts` and one in `models/index.ts`; the family contract suite tests it.
 */
import type { CellProblemSpec, CellResult } from '../cell/cell.ts'
import type { System } from '../numerics/system.ts'
import type { Parameter, Problem, Values, ValuesOf } from '../parameter.ts'
import type { ComparisonCard, FamilyComparison } from './comparison.ts'
import type { Curve, CurveRequest, Discharge, SweepTable } from './curve.ts'
import type { Derived } from './derived.ts'
import type { Field, Layers } from './field.ts'
import type { FiltrationCard } from './filtration.ts'
import type { FamilyInput, MacroSpec, ResolvedSetup } from './input.ts'
import type { Law } from './law.ts'
import type { Port } from './port.ts'
import type { Rate } from './rates.ts'
import type { ReducedUnits } from './reduced.ts'
import type { Wave } from './wave.ts'
import type { Equation, ModelClass, Notes, Work } from './words.ts'

export type { ComparisonCard, ComparisonRow, FamilyComparison, Norm, Observation } from './comparison.ts'
export type { Curve, CurveAxis, CurveRequest, CurveTable, Discharge, SweepTable } from './curve.ts'
export type { Derived } from './derived.ts'
export type { Field, Layers, MicroscopicField, MicroscopicTerm, SecondOrderTerms } from './field.ts'
export type { ComparisonTime, FamilyInput, MacroSpec, ResolvedSetup, Stimulus } from './input.ts'

export type { Equation, ModelClass, Notes, Work } from './words.ts'

export interface StimulusKind {
  name: string
  label: string
  /** Schema of `amount`. */
  amount: Parameter & { kind: 'number' }
  /** How long a brush stroke lasts by default [s]. */
  duration: number
}

/** An experiment: boundary conditions, protocols and outputs as data. Its values are edited like parameters. */
export interface Experiment {
  name: string
  label: string
  help: string
  parameters: readonly Parameter[]
  /** Values to begin with under these parameters of the scenario, where they are not the defaults. */
  suited?(parameters: Values): Values
  /** What is looked at first: a plot of the rates' chart (voltage over capacity without one), or a curve of the family. */
  opening?: { plot: string } | { curve: string }
}

/** A number per frame (time series), e.g. an integral, a maximum, a budget error. */
export interface Observable {
  name: string
  label: string
  unit: string
  factor: number
  /** Which chart shows it: `budget`, `energy`, or one of the family's own words. */
  group: string
}

/** Something the user should know; never an error dialog. */
export interface Notice {
  level: 'info' | 'warning' | 'error'
  message: string
  /** What to try, most likely first. */
  advice?: string[]
}

/** What a step of a protocol did. SI. */
export interface StepReport {
  /** Counted from 1, as the observable `step` does. */
  step: number
  label: string
  start: number
  end: number
  /** Why it ended, in words: "after 600 s". */
  reason: string
  /**
   * `early`: before it had lasted, or passed, what it was to; `skipped`: it was over as soon as it began; `idle`: the same of
   * a held voltage whose current was to fade and had.
   */
  outcome: 'done' | 'early' | 'skipped' | 'idle'
  /** What else is to be known, in words: a loop that it ends gave up. */
  remark?: string
  /** Voltage where it ended, V, and charge that it passed, C/m². */
  voltage: number
  charge: number
}

/** A Model: a System on a mesh that can be observed. The homogenized and the microscale model are both this. */
export interface Model extends System {
  /** What the interface names: e.g. `connected-disconnected`. */
  modelClass: string
  /** What this model adds to the equations of its class. */
  further?: readonly Equation[]
  /** Two models with the same layout string have interchangeable states u. */
  layout: string
  macro: MacroSpec
  fields: readonly Field[]
  observables: readonly Observable[]
  notices: readonly Notice[]
  /** Quantities that follow from `fields`, for whoever asks; of a homogenized model. */
  derived?: readonly Derived[]
  /** What makes a wave in this model, where its membranes are excitable, say. */
  wave?: Wave
  /** Field values on all nodes (row-major, x fastest), one array per `fields` entry, SI. */
  sample(t: number, u: Float64Array): Float32Array[]
  /**
   * The state of a checkpoint as a state of this model: the same numbers if the layouts agree, interpolated where that
   * has a meaning (another mesh of the same box), undefined where it has none.
   */
  adopt(from: { t?: number; u: Float64Array; layout: string; macro: MacroSpec }): Float64Array | undefined
  /** In words how `adopt` carries a state of another layout over, where there is more to say than that it does. */
  carriedOver?(from: { layout: string }): string | undefined
  /** What keeps a run from beginning that only solving tells, piece by piece; see `checkStart`. */
  obstacles?(): Generator<void, readonly Problem[]>
  /** Makes ready, piece by piece, what `observe` rests on and takes long; without it that is made when it is first asked. */
  ready?(): Generator<void, void>
  /** Contents that the budgets follow (e.g. mol of each ion), for `Checkpoint.baseline`. */
  contents(u: Float64Array): Float64Array
  /** One number per `observables` entry, SI. `integrals` are the time integrals of `rates` since the baseline. */
  observe(t: number, u: Float64Array, integrals: Float64Array, baseline: Float64Array): Float64Array
  /** Time that the model's protocol is expected to take [s]; such a model sets its own pace and may end by an event. */
  horizon?: number
  /** The load of the protocol has kinks, which one-step methods pass without forgetting anything. */
  kinked?: boolean
  /** What the steps of the protocol do, in words; the observable `step` counts them from 1. */
  stepLabels?: readonly string[]
  /** What the steps that have ended did, since the model was made. */
  stepReports?(): readonly StepReport[]
  /** What the box consists of along x, for pictures. */
  layers?: Layers
  /** The box is one period of a medium without ends: it has no sides. */
  ring?: boolean
  /** Field to show first, by name; absent: the first one. */
  opening?: string
  /** How the last event ended the run, in words. */
  ending?(): string | undefined
  /**
   * Dimensionless groups of a homogenized state, and where they fail.
   * @param span time between two frames, s
   * @param period of the cells, m: that of the resolved model where one runs beside
   */
  validity?(u: Float64Array, span: number, period: number): Validity
  /** The electrodes at (t, u), after `enter`; undefined or absent without any. */
  port?(t: number, u: Float64Array): Port | undefined
}

/**
 * A model resolved cell by cell on a tiling of the box with copies of the fitted cell mesh. `macro.nodes` are the nodes
 * of the tiling (resolution * repeat + 1 per axis); `fields` are those of the homogenized model, in the same order, each
 * valid at the nodes of its `microscopic.phase` (all nodes without one) and of the interface.
 */
export interface ResolvedModel extends Model {
  /** Copies of the cell per axis of the cell. */
  repeat: readonly number[]
  /** How many of the first ones along x are a medium without structure, where `partial` fields have no value. */
  plain?: number
}

/** A dimensionless number that homogenization needs to be small. */
export interface ValidityNumber {
  name: string
  label: string
  /** KaTeX of its definition. */
  tex: string
  /** Worst value over the box. */
  value: number
  /** Homogenization is trusted while value <= threshold. */
  threshold: number
  /** What it compares, and what to do when it fails. */
  help: string
}

export interface Validity {
  numbers: readonly ValidityNumber[]
  /** Per node of the homogenized box: bit k is set where numbers[k] is above its threshold. Empty: nowhere. */
  outside: Uint8Array
}

/** What a family is to people, and to those who read scenarios: nothing of it solves anything. */
export interface FamilyCard {
  name: string
  label: string
  /** One sentence of what the family describes. */
  summary: string
  /** Names of the phases a reference cell of this family may use, background first. */
  phases: readonly { name: string; label: string }[]
  sources: readonly string[]
  /** The works that sources name, its paper first. */
  works?: () => Promise<readonly Work[]>
  parameters: readonly Parameter[]
  experiments: readonly Experiment[]
  /** Experiments whose models have two electrodes (`Model.port`), where an impedance can be measured. */
  ports?: readonly string[]
  /** Area of the whole electrode, m²: what amperes of a cell are divided by; undefined where the parameters do not say. */
  electrodeArea?(parameters: Values): number | undefined
  /** Dimensions of the box that the family computes; 1, 2 and 3 without. */
  dimensions?: readonly (1 | 2 | 3)[]
  /** What flows through it may have a second cell. */
  filtration?: FiltrationCard
  /** Water crosses the membranes of its cells: they may breathe. */
  breathes?: true
  /** Its models have observables of the group `energy`. */
  energy?: boolean
  /** Some of its models make waves (`Model.wave`). */
  waves?: true
  /** Where numbers have no sizes of their own: the units in which they are shown (lengths in that of the box, …). */
  reduced?(parameters: Values, macro: MacroSpec): ReducedUnits | undefined
  stimuli: readonly StimulusKind[]
  /** Laws by which quantities that follow from fields are worked out (`Derived.law`), by name. */
  laws?: Readonly<Record<string, Law>>
  /** Why a stimulus kind that people try does not exist (e.g. an ion without its counter-charge), if there is a reason. */
  explainStimulus?(kind: string): string | undefined
  /** Read by few, so fetched when they are. */
  notes?: () => Promise<Notes>
  /** The experiment of a scenario that names none. */
  defaultExperiment: string
  /**
   * Cell problems that a model needs for given parameters in a cell of these phases, background first.
   * @param model the homogenized one unless said otherwise
   */
  cellProblems(parameters: Values, phases: readonly string[], model?: 'homogenized' | 'resolved'): CellProblemSpec[]
  /** Problems that only the family can see (consistency between parameters). */
  check?(input: FamilyInput): Problem[]
  /** Most nodes across the first axis of a resolved model, where its solver eliminates column by column. */
  resolvedColumn?: number
  /** Most nodes of a wider one in two and in three dimensions, which its solver dissects; none where it cannot. */
  resolvedNodes?: Readonly<Record<2 | 3, number>>
  /** What comparing the homogenized with the resolved model is; absent without a resolved model. */
  comparison?: ComparisonCard
  /** Steady states under a list of voltages. */
  sweep?: {
    /** The unit in which the family reads voltages that are given without one, also in words (plural), and V. */
    unit(parameters: Values): { name: string; words: string; volts: number }
  }
  /** Charges and discharges at constant currents: what makes a family one of batteries. */
  rates?: {
    /** Rates to begin with, as people write them. */
    usual: string
  }
  /** `steady` curves depend on the scenario alone, not on the state on show. */
  curves: readonly { name: string; label: string; slow: boolean; steady?: boolean }[]
}

/** Capabilities of a card that solvers belong to. */
type Capability = 'comparison' | 'sweep' | 'rates'

/** A card that has these capabilities and no others. */
export type CardWith<K extends Capability> = Omit<FamilyCard, Capability> & Required<Pick<FamilyCard, K>>

/** A card with its solvers. */
export interface ModelFamily extends FamilyCard {
  /** By `Model.modelClass`: what the models are that the cell and the parameters may select. */
  classes: Readonly<Record<string, ModelClass>>
  /**
   * The homogenized model.
   * @throws InputError when the cell or the parameters admit no model (e.g. extracellular phase cut off)
   */
  macro(input: FamilyInput, cell: CellResult): Model
  /**
   * The same scenario resolved cell by cell; input.macro is the box of whole cells, in the dimension of the cell. Yields
   * while it is made.
   * @throws InputError when the resolved model cannot take the cell
   */
  resolved?(input: FamilyInput, cell: CellResult, setup: ResolvedSetup): Generator<void, ResolvedModel>
  /** How many of the first cells of the resolved box are a medium without structure (see `ResolvedModel.plain`). */
  plain?(input: FamilyInput): number
  comparison?: FamilyComparison
  sweep?: NonNullable<FamilyCard['sweep']> & {
    /**
     * For voltages in V; yields fractions of progress.
     * @throws InputError when the scenario has no voltage or admits no model
     */
    run(input: FamilyInput, cell: CellResult, voltages: readonly number[]): Generator<number, SweepTable>
  }
  rates?: NonNullable<FamilyCard['rates']> & {
    /**
     * The scenario's cell at a constant current, to the cut-off; yields fractions of progress.
     * @throws InputError when no model exists; IntegrationError when the current cannot be carried
     */
    discharge(input: FamilyInput, cell: CellResult, rate: Rate, rtol: number): Generator<number, Discharge>
  }
  /** Computes a curve; yields fractions of progress. */
  curve(
    request: CurveRequest,
    input: FamilyInput,
    cell: CellResult,
    state: { t: number; u: Float64Array },
  ): Generator<number, Curve>
}

/** The choice of an experiment of a list with its own values: a union told apart by the name. */
export type ChosenExperiment<L extends readonly Experiment[]> = {
  [K in keyof L]: { name: L[K]['name']; values: ValuesOf<L[K]['parameters']> }
}[number]
