/** Where the pieces of a phase lie in a solved cell, and what they belong to together with other phases. */
import { finish } from '../finish.ts'
import { Lattice } from '../numerics/lattice.ts'
import { controlVolumes } from '../numerics/mesh.ts'
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

/** The pieces of a phase in which these points lie, or next to which, as fractions of the cell. */
export function nearestPieces(mesh: CellMesh, phase: string, points: readonly (readonly number[])[]): Set<number> {
  const { dimension: d, displacement, n } = mesh
  const lattice = Lattice.cube(d, n)
  const piece = pieceAtNodes(mesh, phase)
  const found = new Set<number>()
  for (const point of points) {
    let [nearest, least] = [0, Number.POSITIVE_INFINITY]
    for (let p = 0; p < piece.length; p++) {
      if (piece[p] < 0) continue
      let square = 0
      for (let k = 0; k < d; k++) {
        const offset = lattice.coordinate(p, k) / n + displacement[d * p + k] - point[k]
        square += (offset - Math.round(offset)) ** 2
      }
      if (square < least) [nearest, least] = [piece[p], square]
    }
    found.add(nearest)
  }
  return found
}

/**
 * By how much every node of a phase of closed pieces, each narrower than the cell, is from the middle of its piece, by axis:
 * what the correctors of such a phase are but for the sign. NaN elsewhere. Yields on the way.
 */
export function* closedOffsets(mesh: CellMesh, phase: string): Generator<void, Float64Array[]> {
  const { dimension: d, displacement, n, phases, simplexPhase } = mesh
  const lattice = Lattice.cube(d, n)
  const wanted = phases.indexOf(phase)
  const piece = pieceAtNodes(mesh, phase)
  const spacing = lattice.sizes.map(() => 1 / n)
  const group = simplexPhase.map((s) => (s === wanted ? 0 : OMITTED))
  const volumes = controlVolumes({ lattice, spacing, displacement }, group, 1)[0]
  const offsets: Float64Array[] = []
  for (let axis = 0; axis < d; axis++) {
    yield
    const at = Float64Array.from(piece, (_, p) => lattice.coordinate(p, axis) / n + displacement[d * p + axis])
    // The middle on the circle first, then that of what is unrolled around it.
    const round = means(piece, volumes, (p) => [Math.cos(2 * Math.PI * at[p]), Math.sin(2 * Math.PI * at[p])])
    yield
    const from = at.map((x, p) => {
      if (piece[p] < 0) return Number.NaN
      const [cos, sin] = round[piece[p]]
      const offset = x - Math.atan2(sin, cos) / (2 * Math.PI)
      return offset - Math.round(offset)
    })
    const left = means(piece, volumes, (p) => [from[p]])
    offsets.push(from.map((x, p) => (piece[p] < 0 ? Number.NaN : x - left[piece[p]][0])))
  }
  return offsets
}

/** Means over each piece. */
function means(piece: Int32Array, volumes: Float64Array, of: (p: number) => number[]): number[][] {
  const sums: number[][] = []
  const totals: number[] = []
  piece.forEach((k, p) => {
    if (k < 0) return
    const values = of(p)
    sums[k] ??= values.map(() => 0)
    for (let i = 0; i < values.length; i++) sums[k][i] += volumes[p] * values[i]
    totals[k] = (totals[k] ?? 0) + volumes[p]
  })
  return sums.map((sum, k) => sum.map((v) => v / totals[k]))
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
