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
import { CellGeometry, OMITTED, type SimplexMesh } from '../numerics/mesh.ts'

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
  /** Whether a piece winds around the torus at all. */
  pieceWinds: boolean[]
  /**
   * Periods between a simplex and the copy of its piece that holds the piece's root, packed like `PERIOD_SHIFT`:
   * subtracting them from unwrapped positions makes an enclosed piece contiguous. See `periodsOf`.
   */
  periods: Int32Array
}

/** Offsets of up to +-512 periods an axis are packed in 10 bits each. */
const BITS = 10
const HALF = 1 << (BITS - 1)
const FIELD = (1 << BITS) - 1
/** Simplices numbered between two yields. */
const SLAB = 100_000
const ORIGIN = HALF | (HALF << BITS) | (HALF << (2 * BITS))

/** Component `axis` of a packed number of periods. */
export function periodsOf(packed: number, axis: number): number {
  return ((packed >> (BITS * axis)) & FIELD) - HALF
}

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
  const { dimension: d, simplexCount: simplices, permutations, sizes, count } = lattice
  const total = count * simplices
  const parent = new Int32Array(total)
  const offset = new Int32Array(total).fill(ORIGIN)
  for (let s = 0; s < total; s++) parent[s] = s
  const winds = new Map<number, boolean[]>()

  /** Root of s; afterwards offset[s] is relative to it. */
  const find = (s: number): number => {
    let root = s
    while (parent[root] !== root) root = parent[root]
    // Second pass: compress, accumulating offsets from the far end.
    compress(s, root)
    return root
  }
  const stack: number[] = []
  const compress = (s: number, root: number): void => {
    for (let at = s; at !== root && parent[at] !== root; at = parent[at]) stack.push(at)
    while (stack.length > 0) {
      const at = stack.pop()!
      offset[at] = offset[at] + offset[parent[at]] - ORIGIN
      parent[at] = root
    }
  }
  /** Joins s with t, where t lies `step` (packed) periods further. */
  const join = (s: number, t: number, step: number): void => {
    const a = find(s)
    const b = find(t)
    const gap = offset[s] + step - offset[t]
    if (a !== b) {
      // Position of b's tree in a's frame.
      parent[b] = a
      offset[b] = gap
      const old = winds.get(b)
      if (old) {
        winds.delete(b)
        mark(a, (axis) => old[axis])
      }
    } else if (gap !== ORIGIN) mark(a, (axis) => periodsOf(gap, axis) !== 0)
  }
  const mark = (root: number, along: (axis: number) => boolean): void => {
    const flags = winds.get(root) ?? Array<boolean>(d).fill(false)
    for (let axis = 0; axis < d; axis++) if (along(axis)) flags[axis] = true
    winds.set(root, flags)
  }

  const faces = faceRules(permutations)
  const plainCell = faces.filter((f) => f.axis < 0)
  const geometry = new CellGeometry(mesh)
  const assigned = assignFlat(mesh, simplexPhase, faces)
  const interfaceMeasure = Array.from({ length: phaseCount }, () => Array<number>(phaseCount).fill(0))
  const coordinates = [0, 0, 0]
  const walk = (cell: number, corners: Int32Array, i: number, j: number, k: number): void => {
    coordinates[0] = i
    coordinates[1] = j
    coordinates[2] = k
    let loaded = false
    const first = cell * simplices
    // A lattice cell of one phase is joined inside without a search.
    let uniform = simplexPhase[first] !== OMITTED
    for (let perm = 1; perm < simplices && uniform; perm++) uniform = simplexPhase[first + perm] === simplexPhase[first]
    if (uniform && parent[first] === first && plainCell.length > 0) {
      for (let perm = 1; perm < simplices; perm++) {
        if (parent[first + perm] === first + perm) {
          parent[first + perm] = first
          offset[first + perm] = ORIGIN
        }
      }
    }
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
        interfaceMeasure[low][high] += area
      } else if (simplexPhase[s] !== OMITTED && simplexPhase[t] !== OMITTED) {
        const wraps = face.axis >= 0 && coordinates[face.axis] === sizes[face.axis] - 1
        join(s, t, wraps ? ORIGIN + (1 << (BITS * face.axis)) : ORIGIN)
      }
    }
  }
  for (let layer = 0; layer < lattice.layerCount; layer++) {
    lattice.visitLayer(layer, walk)
    yield
  }

  const piece = new Int32Array(total).fill(-1)
  const piecePhase: number[] = []
  const pieceWinds: boolean[] = []
  const phases = Array.from({ length: phaseCount }, (): PhaseConnectivity => {
    return { percolates: Array<boolean>(d).fill(false), components: 0 }
  })
  for (let s = 0; s < total; s++) {
    const phase = simplexPhase[s]
    if (phase === OMITTED) continue
    const root = find(s)
    if (piece[root] === -1) {
      piece[root] = piecePhase.length
      piecePhase.push(phase)
      const flags = winds.get(root)
      pieceWinds.push(flags !== undefined)
      phases[phase].components++
      flags?.forEach((flag, axis) => {
        if (flag) phases[phase].percolates[axis] = true
      })
    }
    piece[s] = piece[root]
    if (s % SLAB === 0) yield
  }
  return { phases, interfaceMeasure, piece, piecePhase, pieceWinds, periods: offset }
}

interface FaceRule {
  from: number
  to: number
  /** Axis along which the neighbouring lattice cell lies; -1 = same cell. */
  axis: number
  /** Vertex of `from` that the face leaves out. */
  without: number
}

function faceRules(permutations: readonly (readonly number[])[]): FaceRule[] {
  const key = (perm: readonly number[]) => perm.join()
  const index = new Map(permutations.map((perm, k) => [key(perm), k]))
  return permutations.flatMap((perm, from) => {
    const d = perm.length
    const rules: FaceRule[] = [{ from, to: index.get(key([...perm.slice(1), perm[0]]))!, axis: perm[0], without: 0 }]
    for (let i = 1; i < d; i++) {
      const swapped = [...perm]
      swapped[i - 1] = perm[i]
      swapped[i] = perm[i - 1]
      const to = index.get(key(swapped))!
      if (to > from) rules.push({ from, to, axis: -1, without: i })
    }
    return rules
  })
}

/** Phases with flat simplices given to the phase that most of their neighbours have, so that areas close up. */
function assignFlat(mesh: SimplexMesh, simplexPhase: Uint8Array, faces: readonly FaceRule[]): Uint8Array {
  const { lattice } = mesh
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
function faceArea(geometry: CellGeometry, path: readonly number[], without: number): number {
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
