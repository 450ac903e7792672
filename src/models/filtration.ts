/** A second, larger reference cell that the pores which flow are homogenized over, beside the first one. */
import type { CellProblemSpec } from '../cell/cell.ts'
import type { Values } from '../parameter.ts'

/** What a family has such a cell for. */
export interface FiltrationCard {
  /** Cell problems of that cell, of these phases, background first. */
  problems(parameters: Values, phases: readonly string[]): CellProblemSpec[]
  /** Whether there is a flow at all: forms offer the cell there. */
  flows(parameters: Values): boolean
  /** Why it would not act, and what to try, within a sentence; undefined where it does. */
  refuse(parameters: Values): string | undefined
  /** The parameter that it takes the place of: the period of the pores that flow over that of the cell, 1 beside it. */
  replaces: string
}
