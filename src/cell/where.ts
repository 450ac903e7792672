/** Where the pieces of a phase lie in a solved cell, and what they belong to together with other phases. */
import { finish } from '../finish.ts'
import { Lattice } from '../numerics/lattice.ts'
import { OMITTED } from '../numerics/simplex.ts'
import type { CellMesh } from './cell.ts'
import { type Connectivity, connect } from './connectivity.ts'

/** Piece of the phase at every node of the mesh, numbered as in `PhaseResult.pieces`; -1 where there is none. */
export function pieceAtNodes(mesh: CellMesh, phase: string): Int32Array {
  const wanted = mesh.phases.indexOf(phase)
  const lattice = Lattice.cube(mesh.dimension, mesh.n)
  const { piece, piecePhase } = connected(mesh, lattice, (s) => s)
  const numbers = numbersOf(piecePhase, wanted)
  const out = new Int32Array(lattice.count).fill(-1)
  lattice.visitCells((cell, corners) => {
    lattice.paths.forEach((path, perm) => {
      const s = cell * lattice.simplexCount + perm
      if (mesh.simplexPhase[s] === wanted) for (const mask of path) out[corners[mask]] = numbers[piece[s]]
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
  const alone = connected(mesh, lattice, (s) => s)
  const joined = connected(mesh, lattice, (s) => (together.includes(mesh.phases[s]) ? 1 : 0))
  const numbers = numbersOf(alone.piecePhase, wanted)
  const out: boolean[] = []
  mesh.simplexPhase.forEach((label, s) => {
    if (label === wanted) out[numbers[alone.piece[s]]] = joined.pieceWinds[joined.piece[s]]?.[axis] === true
  })
  return out
}

/** Pieces of a mesh whose phases are labelled anew. */
function connected(mesh: CellMesh, lattice: Lattice, label: (phase: number) => number): Connectivity {
  const spacing = lattice.sizes.map((n) => 1 / n)
  const labels = mesh.simplexPhase.map((s) => (s === OMITTED ? OMITTED : label(s)))
  return finish(connect({ lattice, spacing, displacement: mesh.displacement }, labels, mesh.phases.length))
}

/** Numbers of pieces among those of one phase. */
function numbersOf(piecePhase: readonly number[], phase: number): Int32Array {
  let count = 0
  return Int32Array.from(piecePhase, (s) => (s === phase ? count++ : -1))
}
