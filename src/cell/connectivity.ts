/**
 * Connected pieces of every phase on the torus, and the measure of the interfaces, from one walk over the faces of
 * the Kuhn mesh. Simplex v_0 ... v_d with axes (a_1, ..., a_d) shares
 *   the face without v_i, 0 < i < d, with the simplex of the same lattice cell whose axes a_i, a_i+1 are swapped,
 *   the face without v_0 with the simplex of axes (a_2, ..., a_d, a_1) of the lattice cell one step along a_1,
 * and the face without v_d is the latter seen from the other side.
 *
 * A union-find forest stores for every simplex the number of periods to its root; a face that closes a loop with a
 * nonzero number of periods is a path through the cell. A phase percolates along an axis if one of its loops winds
 * along that axis.
 */

import type { Lattice } from '../numerics/lattice.ts'
import { CellGeometry, OMITTED, type SimplexMesh } from '../numerics/simplex.ts'
import { present } from '../present.ts'
import { ORIGIN, onePeriod, PeriodicForest } from './forest.ts'

export interface PhaseConnectivity {
  percolates: boolean[]
  /** Number of connected pieces. */
  components: number
}

export interface Connectivity {
  /** By phase index. */
  phases: PhaseConnectivity[]
  /** Total area between phases s < t at [s][t]. */
  interfaceMeasure: number[][]
  /** Piece of simplex cell*d! + perm, numbered from 0 over all phases; -1 where left out. */
  piece: Int32Array
  /** Phase of each piece. */
  piecePhase: number[]
  /** Axes along which a piece winds around the torus; undefined where it does not wind at all. */
  pieceWinds: (readonly boolean[] | undefined)[]
  /**
   * Periods between a simplex and the copy of its piece that holds the piece's root, packed:
   * subtracting them from unwrapped positions makes an enclosed piece contiguous. See `periodsOf` in forest.ts.
   */
  periods: Int32Array
}

/** Simplices numbered between two yields. */
const SLAB = 100_000
/**
 * Yields between slabs of work.
 * @param simplexPhase phase per simplex, OMITTED where flat
 */
export function* connect(
  mesh: SimplexMesh,
  simplexPhase: Uint8Array,
  phaseCount: number,
): Generator<void, Connectivity> {
  const { lattice } = mesh
  const forest = new PeriodicForest(lattice.count * lattice.simplexCount, lattice.dimension)
  const walk = new FaceWalk(mesh, simplexPhase, phaseCount, forest)
  for (let layer = 0; layer < lattice.layerCount; layer++) {
    lattice.visitLayer(layer, (cell, corners, i, j, k) => walk.visit(cell, corners, i, j, k))
    yield
  }
  const { interfaceMeasure } = walk
  return { ...(yield* number(forest, simplexPhase, phaseCount, lattice.dimension)), interfaceMeasure }
}

/** Numbers the trees of a forest as pieces. */
function* number(
  forest: PeriodicForest,
  simplexPhase: Uint8Array,
  phaseCount: number,
  d: number,
): Generator<void, Omit<Connectivity, 'interfaceMeasure'>> {
  const piece = new Int32Array(simplexPhase.length).fill(-1)
  const piecePhase: number[] = []
  const pieceWinds: (readonly boolean[] | undefined)[] = []
  const phases = Array.from({ length: phaseCount }, (): PhaseConnectivity => {
    return { percolates: Array<boolean>(d).fill(false), components: 0 }
  })
  for (let s = 0; s < piece.length; s++) {
    const phase = simplexPhase[s]
    if (phase === OMITTED) continue
    const root = forest.find(s)
    if (piece[root] === -1) {
      piece[root] = piecePhase.length
      piecePhase.push(phase)
      const flags = forest.windings(root)
      pieceWinds.push(flags)
      phases[phase].components++
      flags?.forEach((flag, axis) => {
        if (flag) phases[phase].percolates[axis] = true
      })
    }
    piece[s] = piece[root]
    if (s % SLAB === 0) yield
  }
  return { phases, piece, piecePhase, pieceWinds, periods: forest.offset }
}

/** Walks over the faces of the mesh: joins simplices of one phase, sums up the areas between different ones. */
class FaceWalk {
  readonly interfaceMeasure: number[][]
  private readonly mesh: SimplexMesh
  private readonly simplexPhase: Uint8Array
  private readonly forest: PeriodicForest
  private readonly faces: readonly FaceRule[]
  /** Phases with flat simplices given to a neighbour's. */
  private readonly assigned: Uint8Array
  private readonly geometry: CellGeometry
  private readonly coordinates = [0, 0, 0]

  constructor(mesh: SimplexMesh, simplexPhase: Uint8Array, phaseCount: number, forest: PeriodicForest) {
    this.mesh = mesh
    this.simplexPhase = simplexPhase
    this.forest = forest
    this.faces = faceRules(mesh.lattice.permutations)
    this.assigned = assignFlat(mesh.lattice, simplexPhase, this.faces)
    this.geometry = new CellGeometry(mesh)
    this.interfaceMeasure = Array.from({ length: phaseCount }, () => Array<number>(phaseCount).fill(0))
  }

  /** The faces of one lattice cell at (i, j, k). */
  visit(cell: number, corners: Int32Array, i: number, j: number, k: number): void {
    const { simplexPhase, forest, faces, assigned, geometry, coordinates } = this
    const { lattice } = this.mesh
    const { simplexCount: simplices, sizes } = lattice
    coordinates[0] = i
    coordinates[1] = j
    coordinates[2] = k
    const first = cell * simplices
    this.joinUniform(first, simplices)
    let loaded = false
    for (let f = 0; f < faces.length; f++) {
      const face = faces[f]
      const s = first + face.from
      const other = face.axis < 0 ? cell : corners[1 << face.axis]
      const t = other * simplices + face.to
      const phase = assigned[s]
      if (assigned[t] !== phase) {
        if (!loaded) geometry.load(corners)
        loaded = true
        const area = faceArea(geometry, lattice.paths[face.from], face.without)
        const [low, high] = phase < assigned[t] ? [phase, assigned[t]] : [assigned[t], phase]
        this.interfaceMeasure[low][high] += area
      } else if (simplexPhase[s] !== OMITTED && simplexPhase[t] !== OMITTED) {
        const wraps = face.axis >= 0 && coordinates[face.axis] === sizes[face.axis] - 1
        forest.join(s, t, wraps ? onePeriod(face.axis) : ORIGIN)
      }
    }
  }

  /** A lattice cell of one phase is joined inside without a search. */
  private joinUniform(first: number, simplices: number): void {
    const { simplexPhase, forest } = this
    if (simplexPhase[first] === OMITTED || !forest.isRoot(first)) return
    for (let perm = 1; perm < simplices; perm++) if (simplexPhase[first + perm] !== simplexPhase[first]) return
    for (let perm = 1; perm < simplices; perm++) if (forest.isRoot(first + perm)) forest.attach(first, first + perm)
  }
}

export interface FaceRule {
  from: number
  to: number
  /** Axis along which the neighbouring lattice cell lies; -1 = same cell. */
  axis: number
  /** Vertex of `from` that the face leaves out. */
  without: number
}

export function faceRules(permutations: readonly (readonly number[])[]): FaceRule[] {
  const key = (perm: readonly number[]) => perm.join()
  const index = new Map(permutations.map((perm, k) => [key(perm), k]))
  return permutations.flatMap((perm, from) => {
    const d = perm.length
    const rules: FaceRule[] = [
      { from, to: present(index.get(key([...perm.slice(1), perm[0]])), 'a permutation'), axis: perm[0], without: 0 },
    ]
    for (let i = 1; i < d; i++) {
      const swapped = [...perm]
      swapped[i - 1] = perm[i]
      swapped[i] = perm[i - 1]
      const to = present(index.get(key(swapped)), 'a permutation')
      if (to > from) rules.push({ from, to, axis: -1, without: i })
    }
    return rules
  })
}

/** Phases with flat simplices given to the phase that most of their neighbours have, so that areas close up. */
export function assignFlat(
  lattice: Lattice,
  simplexPhase: Uint8Array,
  faces: readonly FaceRule[] = faceRules(lattice.permutations),
): Uint8Array {
  const simplices = lattice.simplexCount
  if (!simplexPhase.includes(OMITTED)) return simplexPhase
  const votes = new Map<number, number[]>()
  const vote = (flat: number, phase: number): void => {
    const list = votes.get(flat) ?? []
    list.push(phase)
    votes.set(flat, list)
  }
  lattice.visitCells((cell, corners) => {
    for (const face of faces) {
      const s = cell * simplices + face.from
      const t = (face.axis < 0 ? cell : corners[1 << face.axis]) * simplices + face.to
      if (simplexPhase[s] === OMITTED) vote(s, simplexPhase[t])
      if (simplexPhase[t] === OMITTED) vote(t, simplexPhase[s])
    }
  })
  const assigned = simplexPhase.slice()
  for (const [flat, phases] of votes) {
    const known = phases.filter((phase) => phase !== OMITTED).sort((a, b) => a - b)
    const tally = (phase: number) => known.filter((other) => other === phase).length
    assigned[flat] = known.reduce((best, phase) => (tally(phase) > tally(best) ? phase : best), known[0] ?? 0)
  }
  return assigned
}

/** Area (length in 2D) of the face of a simplex of the loaded cell that leaves out one vertex. */
export function faceArea(geometry: CellGeometry, path: readonly number[], without: number): number {
  const { corners: x, dimension: d } = geometry
  const [a, b, c] = path.filter((_, m) => m !== without).map((mask) => d * mask) as [number, number, number?]
  const ux = x[b] - x[a]
  const uy = x[b + 1] - x[a + 1]
  if (c === undefined) return Math.hypot(ux, uy)
  const uz = x[b + 2] - x[a + 2]
  const vx = x[c] - x[a]
  const vy = x[c + 1] - x[a + 1]
  const vz = x[c + 2] - x[a + 2]
  return 0.5 * Math.hypot(uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx)
}
