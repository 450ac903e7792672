/** Where the pieces of a phase lie in a solved cell, and what they belong to together with other phases. */
import { finish } from '../finish.ts'
import { Lattice } from '../numerics/lattice.ts'
import { OMITTED } from '../numerics/simplex.ts'
import type { CellMesh } from './cell.ts'
import { connect } from './connectivity.ts'

/** Piece of the phase at every node of the mesh, numbered as in `PhaseResult.pieces`; -1 where there is none. */
export function pieceAtNodes(
  { dimension, n, phases, simplexPhase, simplexPiece }: CellMesh,
  phase: string,
): Int32Array {
  const wanted = phases.indexOf(phase)
  const lattice = Lattice.cube(dimension, n)
  const out = new Int32Array(lattice.count).fill(-1)
  lattice.visitCells((cell, corners) => {
    lattice.paths.forEach((path, perm) => {
      const s = cell * lattice.simplexCount + perm
      if (simplexPhase[s] === wanted) for (const mask of path) out[corners[mask]] = simplexPiece?.[s] ?? 0
    })
  })
  return out
}

/**
 * A point of every piece of the phase, in the order of `PhaseResult.pieces`, as far from its surface as the mesh tells:
 * what finds the piece again on another mesh of the same cell.
 */
export function pointsInside(mesh: CellMesh, phase: string): number[][] {
  const lattice = Lattice.cube(mesh.dimension, mesh.n)
  const depth = depths(mesh, lattice, mesh.phases.indexOf(phase))
  const deepest: number[] = []
  pieceAtNodes(mesh, phase).forEach((piece, p) => {
    if (piece >= 0 && (deepest[piece] === undefined || depth[p] > depth[deepest[piece]])) deepest[piece] = p
  })
  const d = mesh.dimension
  return deepest.map((p) =>
    lattice.sizes.map((n, axis) => lattice.coordinate(p, axis) / n + mesh.displacement[d * p + axis]),
  )
}

/** Steps along the lattice from each node inside a phase to the next that is not. */
function depths({ nodePhase }: CellMesh, lattice: Lattice, phase: number): Int32Array {
  const depth = Int32Array.from(nodePhase, (s) => (s === phase ? -1 : 0))
  let front = [...depth.keys()].filter((p) => depth[p] === 0)
  while (front.length > 0) {
    const next: number[] = []
    for (const p of front)
      for (const [axis, n] of lattice.sizes.entries())
        for (const step of [1, n - 1]) {
          const at = lattice.coordinate(p, axis)
          const q = p + (((at + step) % n) - at) * lattice.strides[axis]
          if (depth[q] >= 0) continue
          depth[q] = depth[p] + 1
          next.push(q)
        }
    front = next
  }
  return depth
}

/**
 * Whether each piece of a phase, numbered as in `PhaseResult.pieces`, belongs to something that reaches through the cell
 * along an axis when phases are taken together.
 * @param together phases, `phase` among them
 */
export function reachThrough(mesh: CellMesh, phase: string, together: readonly string[], axis: number): boolean[] {
  const wanted = mesh.phases.indexOf(phase)
  const lattice = Lattice.cube(mesh.dimension, mesh.n)
  const spacing = lattice.sizes.map((n) => 1 / n)
  const label = mesh.simplexPhase.map((s) => (s === OMITTED ? OMITTED : together.includes(mesh.phases[s]) ? 1 : 0))
  const joined = finish(connect({ lattice, spacing, displacement: mesh.displacement }, label, 2))
  const out: boolean[] = []
  mesh.simplexPhase.forEach((phase, s) => {
    if (phase === wanted) out[mesh.simplexPiece?.[s] ?? 0] = joined.pieceWinds[joined.piece[s]]?.[axis] === true
  })
  return out
}
