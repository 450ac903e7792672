/** The kinds of cells that one period of a tissue holds. */

import { type CellResult, interfaceName, type Piece } from '../../cell/cell.ts'
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

/** Those of the intracellular phase, then those of glia; phases and pieces without a membrane take no part. */
export function kindsOfCells(cell: CellResult): KindOfCells[] {
  return ([INSIDE, GLIA] as const).flatMap((phase) => {
    const found = cell.phases[phase]
    const area = cell.interfaceMeasure[interfaceName(phase, OUTSIDE)]
    if (!found || area === undefined) return []
    const { pieces, contacts } = found
    const own = (pieces ?? []).map((piece, k) => ({ ...piece, area: contacts?.[k][OUTSIDE] ?? piece.area }))
    const live = [...own.keys()].filter((k) => own[k].area > 0)
    const whole = live.length === own.length
    const taking = live.map((k) => own[k])
    const held = whole ? found.fraction : (found.fraction * filled(taking)) / filled(own)
    const kinds = kindsOf(
      whole
        ? { ...found, ...(pieces ? { pieces: own } : {}) }
        : { ...found, percolates: windings(taking), pieces: taking },
      area,
    )
    const shares = sharesOf(kinds)
    return kinds.map((kind, k) => ({
      ...kind,
      pieces: whole ? kind.pieces : kind.pieces.map((piece) => live[piece]),
      phase,
      membrane: shares[k].area * area,
      part: shares[k].fraction * held,
    }))
  })
}

const filled = (pieces: readonly Piece[]) => pieces.reduce((sum, { fraction }) => sum + fraction, 0)

const windings = (pieces: readonly Piece[]) =>
  pieces[0].percolates.map((_, axis) => pieces.some(({ percolates }) => percolates[axis]))

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
  return [INSIDE, GLIA].flatMap((phase) => {
    const own = kinds.filter((kind) => kind.phase === phase)
    const points = own.length > 1 ? pointsInside(mesh, phase) : undefined
    return own.map(({ pieces }) => ({ phase, points: points ? pieces.map((piece) => points[piece]) : [] }))
  })
}
