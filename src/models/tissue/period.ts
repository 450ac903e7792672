/** The kinds of cells that one period of a tissue holds. */

import { type CellResult, interfaceName } from '../../cell/cell.ts'
import { pointsInside } from '../../cell/where.ts'
import { groupsOf, type Kind, kindsOf, sharesOf } from '../pieces.ts'
import { GLIA, INSIDE, OUTSIDE } from './phases.ts'
import type { Share } from './states.ts'

/** A kind of cells, and what it holds of the unit cell. */
export interface KindOfCells extends Kind {
  phase: typeof INSIDE | typeof GLIA
  /** Membrane per period, and part of the cell: those of the phase, shared out. */
  membrane: number
  part: number
}

/** Those of the intracellular phase, then those of glia; phases without a membrane have none. */
export function kindsOfCells(cell: CellResult): KindOfCells[] {
  return ([INSIDE, GLIA] as const).flatMap((phase) => {
    const found = cell.phases[phase]
    const area = cell.interfaceMeasure[interfaceName(phase, OUTSIDE)]
    if (!found || area === undefined) return []
    const { pieces, contacts } = found
    const own = pieces?.map((piece, k) => ({ ...piece, area: contacts?.[k][OUTSIDE] ?? piece.area }))
    const kinds = kindsOf({ ...found, ...(own ? { pieces: own } : {}) }, area)
    const shares = sharesOf(kinds)
    return kinds.map((kind, k) => ({
      ...kind,
      phase,
      membrane: shares[k].area * area,
      part: shares[k].fraction * found.fraction,
    }))
  })
}

/** A kind by its phase and by a point inside each of its pieces; no points where it is the only one of its phase. */
export interface PlacedKind {
  phase: string
  points: readonly (readonly number[])[]
}

/** The pieces of a kind. */
type Members = Pick<KindOfCells, 'phase' | 'pieces'>

/**
 * The kinds that another mesh of the same cell has, with the pieces of this one: laid out in the same order within each
 * phase, each piece belongs to the kind in which its middle lies.
 */
export function inKindsOf(cell: CellResult, kinds: readonly KindOfCells[], shares: readonly Share[]): Members[] {
  return ([INSIDE, GLIA] as const).flatMap((phase): Members[] => {
    const own = kinds.filter((kind) => kind.phase === phase)
    const parts = shares.filter(({ glia }) => glia === (phase === GLIA)).map(({ part }) => part)
    if (own.length === parts.length) return own
    const row = own.flatMap(({ pieces }) => pieces)
    const total = parts.reduce((a, b) => a + b, 0)
    const groups = groupsOf(
      row.map((piece) => cell.phases[phase].pieces?.[piece].fraction ?? 1),
      parts.map((part) => part / total),
    )
    return parts.map((_, k) => ({ phase, pieces: row.filter((_, place) => groups[place] === k) }))
  })
}

export function placesOf({ mesh }: CellResult, kinds: readonly Members[]): PlacedKind[] {
  return kinds.map(({ phase, pieces }) => {
    if (kinds.filter((kind) => kind.phase === phase).length === 1) return { phase, points: [] }
    const points = pointsInside(mesh, phase)
    return { phase, points: pieces.map((piece) => points[piece]) }
  })
}
