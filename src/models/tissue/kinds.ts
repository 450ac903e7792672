/** The kinds of cells of a tissue, each with its own unknowns: where they live, and what their membranes are. */

import { present } from '../../present.ts'
import { type Slots, slotsOf } from './layout.ts'
import type { Membrane } from './membrane.ts'
import type { OtherCells, TissueNet } from './net.ts'

/** What the cells of one phase are made of. */
export interface Material {
  membrane: Membrane
  /** Impermeant charge, mol/m³. */
  fixed: number
}

export interface Cells extends Omit<OtherCells, 'weights'>, Material {
  slots: Slots
  /** Fields that keep their values at nodes without these cells: Na_I, K_I, V. */
  held: readonly number[]
  /** First of the rows Na_I, K_I, Q_I among what `gather` sums. */
  row: number
  /** Impermeant charge over the volume of now, per node, mol/m³: `fixed`, unless the cells breathe. */
  charge: Float64Array
}

/** Rows of `gather`: those of the first kind, then Na_E, K_E, Q_E, then those of the other kinds. */
export const OUTSIDE_ROW = 3

export function rowsOf(net: TissueNet): number {
  return 6 + 3 * net.others.length
}

/** @param setting net, membrane and impermeant charge of the cells and, where there is some, of glia */
export function cellsOf({
  net,
  membrane,
  fixedI,
  glia,
}: {
  net: TissueNet
  membrane: Membrane
  fixedI: number
  glia?: Material
}): Cells[] {
  const first = { volume: net.volumeI, area: net.area, weight: net.edges.weightI, glia: false }
  return [first, ...net.others].map((cells, kind) => {
    const slots = slotsOf(kind, membrane.parameters.gates !== undefined)
    const material = cells.glia ? present(glia, 'the membrane of glia') : { membrane, fixed: fixedI }
    return {
      ...cells,
      slots,
      held: [slots.na, slots.k, slots.v],
      row: kind === 0 ? 0 : 3 + 3 * kind,
      ...material,
      charge: new Float64Array(net.nodes).fill(material.fixed),
    }
  })
}
