/** What a family says of comparing its homogenized with its resolved model: how it runs, what is measured, and its words. */
import type { CellResult } from '../cell/cell.ts'
import type { Values } from '../parameter.ts'
import type { ComparisonTime, FamilyInput, ResolvedSetup } from './input.ts'
import type { Unequal } from './pieces.ts'
import type { ReducedUnits } from './reduced.ts'

/** An error as people read it, in the order of the legend; which of them there are, the rows say. */
export interface Norm {
  name: string
  symbol: string
  /** What the symbol says. */
  label: string
  /** Place among the colours of series. */
  colour: number
  /** Drawn until someone chooses. */
  usual: boolean
  /** Drawn with hollow marks: errors of another kind than the filled ones of the same colours. */
  hollow?: boolean
}

/** What was measured with N = L / l cells along the first axis. */
export interface ComparisonRow {
  N: number
  errors: Record<string, number>
  /** Of these errors as they are estimated from the homogenized model alone; those that can be. */
  estimates?: Record<string, number>
  /** Quantities of the resolved model itself, SI; they have no order. */
  quantities: Record<string, number>
  seconds: number
}

/** What the words of an error plot rest on. */
export interface Observation {
  rows: readonly ComparisonRow[]
  /** Observed order in epsilon per norm. */
  orders: Readonly<Record<string, number>>
  /** The cell is its own mirror image along every axis. */
  mirror: boolean
  /** The start carries its correctors. */
  prepared: boolean
  /** Pieces of `ComparisonCard.lumped` that differ. */
  unequal?: Unequal
  /** In which quantities are said, where the scenario has no sizes of its own. */
  units?: ReducedUnits
}

export interface ComparisonCard {
  norms: readonly Norm[]
  /** What the theory calls the period over the length of the box. */
  small: 'ε' | 's'
  /** What is fixed while the cells shrink; said wherever N can be chosen. */
  limit: string
  /** A slope to hold the errors against. */
  guide: {
    name: string
    /** In the legend. */
    label: string
    order: number
    /** It is drawn through the first of these errors that is shown. */
    through: readonly string[]
  }
  /** Whether the start may carry correctors. */
  prepared: boolean
  /** What is to be seen, in sentences that rest on the rows alone. */
  explain(observation: Observation): string[]
  /** Inputs without gradients have nothing to compare: which can be told beforehand, and what to change. */
  uniform?: { applies(input: FamilyInput): boolean; message: string; path: string }
  /** Phases whose pieces in one period have the same unknowns in the homogenized model where they are of one kind. */
  lumped?: readonly string[]
  /** A choice whose options are all compared at once: their errors are named `…_OPTION`. */
  variants?: string
  /** Rows as points of the steady curve. */
  onCurve?: OnCurve
}

/** With what runs it. */
export interface FamilyComparison extends ComparisonCard {
  /**
   * Runs both models and yields the fraction done.
   * @param cell at the resolution of the tiling, with the problems that the resolved model asks for
   * @throws InputError when one of the models cannot be made
   */
  run(
    input: FamilyInput,
    cell: CellResult,
    setup: ResolvedSetup & ComparisonTime,
  ): Generator<number, Pick<ComparisonRow, 'errors' | 'estimates' | 'quantities'>>
}

export interface OnCurve {
  /** Parameters and experiment values that the resolved points do not depend on, or that are their abscissa. */
  ignores: { parameters: readonly string[]; values: readonly string[] }
  /** SI; undefined where a row holds no such point. */
  point(
    quantities: Readonly<Record<string, number>>,
    parameters: Values,
    values: Values,
  ): { x: number; y: number } | undefined
}
