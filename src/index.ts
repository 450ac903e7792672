/**
 * Twoscale as a library: reference cells, scenarios and their results without a page. Everything is SI. What takes long
 * is a generator that yields what it is doing, so that it can be shown, paused and given up; `finish` runs it through.
 *
 * ```ts
 * import { compare, finish, parseScenario, solveCell } from 'twoscale'
 * ```
 *
 * @packageDocumentation
 */

// Reference cells and their effective tensors.
export type {
  Bounds,
  CellProblemResult,
  CellProblemSpec,
  CellResult,
  CellSpec,
  PhaseResult,
  ShapeSpec,
  Tensor,
} from './cell/cell.ts'
export { problemOf } from './cell/cell.ts'
export { type ComputeOptions, computeCell, solveCell } from './cell/compute.ts'
export { parseCellFile } from './cell/file.ts'
export { finish } from './finish.ts'
export { effective, entry } from './models/entries.ts'
// Families of models.
export type {
  ComparisonCard,
  ComparisonRow,
  ComparisonTime,
  Curve,
  CurveRequest,
  Discharge,
  Experiment,
  FamilyCard,
  FamilyComparison,
  FamilyInput,
  Field,
  MacroSpec,
  Model,
  ModelFamily,
  Notice,
  Observable,
  ResolvedModel,
  ResolvedSetup,
  Stimulus,
  SweepTable,
} from './models/family.ts'
export { families, registerFamily } from './models/index.ts'
export { sideBySide } from './models/sideBySide.ts'
export { IntegrationError } from './numerics/steps.ts'
export type { Linearisation, System } from './numerics/system.ts'
// Parameters, and what is said of bad input.
export {
  declare,
  formatProblem,
  InputError,
  type Parameter,
  type Problem,
  type Value,
  type Values,
  type ValuesOf,
} from './parameter.ts'
// Runs, the judge, curves, impedance.
export { type Comparison, type ComparisonEvent, compare } from './simulation/compare.ts'
export { computeDischarge } from './simulation/discharge.ts'
export type { Checkpoint, Frame, ModelDescription, SimulationEvent, Summary } from './simulation/frame.ts'
export { frequencyList, type ImpedancePoint } from './simulation/impedance.ts'
// Scenarios.
export { parseScenario } from './simulation/parse.ts'
export { type Scenario, type Setting, settings } from './simulation/scenario.ts'
export { cellFileSchema, type JsonSchema, scenarioSchema } from './simulation/schema.ts'
export { computeCurve, type SimulateOptions, simulate } from './simulation/simulate.ts'
export { type Spectrum, spectrum } from './simulation/spectrum.ts'
export { sweep } from './simulation/sweep.ts'
