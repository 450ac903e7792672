/** The kinds of cells of a tissue, each with its own unknowns: where they live, and what their membranes are. */

import { type Slots, slotsOf } from './layout.ts'
import type { Membrane } from './membrane.ts'
import type { OtherCells, TissueNet } from './net.ts'

export interface Cells extends Omit<OtherCells, 'weights'> {
  slots: Slots
  /** First of the rows Na_I, K_I, Q_I among what `gather` sums. */
  row: number
  membrane: Membrane
  /** Impermeant charge, mol/m³. */
  fixed: number
}

/** Rows of `gather`: those of the first kind, then Na_E, K_E, Q_E, then those of the other kinds. */
export const OUTSIDE_ROW = 3

export function rowsOf(net: TissueNet): number {
  return 6 + 3 * net.others.length
}

/** @param setting net, membrane and impermeant charge of all cells */
export function cellsOf({ net, membrane, fixedI }: { net: TissueNet; membrane: Membrane; fixedI: number }): Cells[] {
  const first: Omit<OtherCells, 'weights'> = { volume: net.volumeI, area: net.area, weight: net.edges.weightI }
  return [first, ...net.others].map((cells, kind) => ({
    ...cells,
    slots: slotsOf(kind, membrane.parameters.gates !== undefined),
    row: kind === 0 ? 0 : 3 + 3 * kind,
    membrane,
    fixed: fixedI,
  }))
}
