/** The pieces of a phase: how much each holds, how much interface it has, and where it lies. */
import type { FittedMesh } from '../numerics/fit.ts'
import { CellGeometry, OMITTED } from '../numerics/simplex.ts'
import type { Piece } from './cell.ts'
import { type Connectivity, faceArea, faceRules } from './connectivity.ts'

export interface PhasePieces {
  pieces: Piece[]
  /** Interface of piece k with phase s, per period, at [k][s]. */
  contacts: number[][]
}

/** @returns the pieces by phase */
export function piecesOf(mesh: FittedMesh, { piece, piecePhase, pieceWinds, phases }: Connectivity): PhasePieces[] {
  const { lattice, simplexPhase } = mesh
  const { simplexCount, dimension } = lattice
  const alone = Array<boolean>(dimension).fill(false)
  const geometry = new CellGeometry(mesh)
  const faces = faceRules(lattice.permutations)
  const sizes = pieceWinds.map((winds = alone): Piece => ({ fraction: 0, area: 0, percolates: winds }))
  const contacts = sizes.map(() => phases.map(() => 0))
  lattice.visitCells((cell, corners) => {
    geometry.load(corners)
    for (let perm = 0; perm < simplexCount; perm++) {
      const s = cell * simplexCount + perm
      if (simplexPhase[s] !== OMITTED) sizes[piece[s]].fraction += geometry.volume(perm)
    }
    for (const face of faces) {
      const s = cell * simplexCount + face.from
      const t = (face.axis < 0 ? cell : corners[1 << face.axis]) * simplexCount + face.to
      if (simplexPhase[s] === simplexPhase[t] || simplexPhase[s] === OMITTED || simplexPhase[t] === OMITTED) continue
      const area = faceArea(geometry, lattice.paths[face.from], face.without)
      sizes[piece[s]].area += area
      sizes[piece[t]].area += area
      contacts[piece[s]][simplexPhase[t]] += area
      contacts[piece[t]][simplexPhase[s]] += area
    }
  })
  return phases.map((_, phase) => {
    const own = (_: unknown, k: number) => piecePhase[k] === phase
    return { pieces: sizes.filter(own), contacts: contacts.filter(own) }
  })
}

/** Of every simplex: its piece in the order of `piecesOf`; -1 where left out. */
export function pieceWithin({ piece, piecePhase }: Connectivity): Int32Array {
  const counted: number[] = []
  const place = piecePhase.map((phase) => {
    counted[phase] = (counted[phase] ?? -1) + 1
    return counted[phase]
  })
  return piece.map((k) => (k < 0 ? -1 : place[k]))
}
