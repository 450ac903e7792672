/**
 * Whether the mesh can tell if a phase is connected. Two shapes closer than the mesh width, or a wall thinner than
 * it, may be closed or opened by the mesh; its answer is then no statement about the geometry.
 *
 * Around every lattice node lies a box of one mesh width. These boxes fill the cell, so a path of a phase passes
 * through a chain of boxes and through the faces between them that hold some of the phase. Where the chain winds
 * around the cell and the mesh does not, the mesh cannot tell. The smallest value of a level set g on a box is
 * estimated at its centre x,
 *
 *     min g  ~  g(x) - h/2 sum over axes of |slope of g at x|,
 *
 * exact for linear g, whatever its steepness.
 *
 * The other way round: a phase that percolates only through boxes where such a doubtful phase may pass is held
 * together by what the mesh cannot resolve either.
 */
import type { FittedMesh } from '../numerics/fit.ts'
import type { Lattice } from '../numerics/lattice.ts'
import type { LevelSet } from '../numerics/levelSet.ts'
import type { PhaseConnectivity } from './connectivity.ts'
import { ORIGIN, onePeriod, PeriodicForest } from './forest.ts'

export interface Contacts {
  /** By phase and axis: true where the mesh does not decide whether the phase percolates. */
  unresolved: boolean[][]
  /** Number of boxes that may hold some of a doubtful phase but, on the mesh, hold none of it. */
  lost: number
}

/** Level sets above this many mesh widths are not near their phase (no shape's level set is steeper than 3). */
const FAR = 5
/** Step of the slopes, in mesh widths. */
const STEP = 1e-3

/**
 * Costs nothing where every phase percolates along every axis. Yields between slabs of work.
 * @param levelSets by phase, negative inside
 * @param volumes control volumes by phase
 */
export function* findContacts(
  mesh: FittedMesh,
  levelSets: readonly LevelSet[],
  phases: readonly PhaseConnectivity[],
  volumes: readonly Float64Array[],
): Generator<void, Contacts> {
  const { lattice, nodePhase } = mesh
  const unresolved = phases.map(({ percolates }) => percolates.map(() => false))
  const doubtful: Uint8Array[] = []
  let lost = 0
  for (const [s, { percolates }] of phases.entries()) {
    if (!percolates.includes(false)) continue
    const boxes = yield* boxesOf(mesh, levelSets[s])
    const winds = windings(lattice, boxes, faceTest(mesh, levelSets[s]))
    yield
    unresolved[s] = percolates.map((through, axis) => !through && winds[axis])
    if (!unresolved[s].includes(true)) continue
    doubtful.push(boxes)
    for (let p = 0; p < lattice.count; p++) if (boxes[p] === 1 && volumes[s][p] === 0) lost++
  }
  if (doubtful.length === 0) return { unresolved, lost }
  for (const [s, { percolates }] of phases.entries()) {
    if (!percolates.includes(true)) continue
    const sure = new Uint8Array(lattice.count)
    for (let p = 0; p < sure.length; p++)
      if (nodePhase[p] === s && doubtful.every((boxes) => boxes[p] === 0)) sure[p] = 1
    const winds = windings(lattice, sure)
    yield
    percolates.forEach((through, axis) => {
      if (through && !winds[axis]) unresolved[s][axis] = true
    })
  }
  return { unresolved, lost }
}

/** 1 for every node whose box may hold some of the phase. */
function* boxesOf(mesh: FittedMesh, level: LevelSet): Generator<void, Uint8Array> {
  const { lattice } = mesh
  const d = lattice.dimension
  const h = mesh.spacing[0]
  const boxes = new Uint8Array(lattice.count)
  const axes = Array.from({ length: d }, (_, c) => c)
  for (let layer = 0; layer < lattice.layerCount; layer++) {
    lattice.visitLayer(layer, (p, _, i, j, k) => {
      const [x, y, z] = [i * h, j * h, d === 3 ? k * h : 0]
      const g = level(x, y, z)
      if (g < 0 || (g < FAR * h && lowest(level, g, [x, y, z], axes, h) < 0)) boxes[p] = 1
    })
    yield
  }
  return boxes
}

/** Whether the face between the box of the node at (i, j, k) and the next one along an axis may hold some of the phase. */
function faceTest(mesh: FittedMesh, level: LevelSet): (p: number, axis: number) => boolean {
  const { lattice } = mesh
  const d = lattice.dimension
  const h = mesh.spacing[0]
  const others = [0, 1, 2].map((axis) => [0, 1, 2].filter((c) => c !== axis && c < d))
  const at: [number, number, number] = [0, 0, 0]
  return (p, axis) => {
    for (let c = 0; c < d; c++) at[c] = (lattice.coordinate(p, c) + (c === axis ? 0.5 : 0)) * h
    const g = level(at[0], at[1], at[2])
    return g < 0 || (g < FAR * h && lowest(level, g, at, others[axis], h) < 0)
  }
}

/**
 * Estimate of the smallest value within h/2 along the given axes, from the slopes at the point: a gap between two
 * shapes is a dip that values at +- h/2 would jump over.
 * @param g value at the point
 */
function lowest(
  level: LevelSet,
  g: number,
  point: [number, number, number],
  axes: readonly number[],
  h: number,
): number {
  let value = g
  for (const c of axes) {
    const centre = point[c]
    point[c] = centre + STEP * h
    const after = level(point[0], point[1], point[2])
    point[c] = centre - STEP * h
    const before = level(point[0], point[1], point[2])
    point[c] = centre
    value -= (0.5 / STEP) * Math.max(0, g - Math.min(after, before))
  }
  return value
}

/** Axes along which the marked nodes, joined along lattice edges that are `open`, wind around the cell. */
function windings(
  lattice: Lattice,
  marked: Uint8Array,
  open: (p: number, axis: number) => boolean = () => true,
): boolean[] {
  const { dimension, count, sizes, strides } = lattice
  const forest = new PeriodicForest(count, dimension)
  for (let p = 0; p < count; p++) {
    if (marked[p] === 0) continue
    for (let axis = 0; axis < dimension; axis++) {
      const wraps = lattice.coordinate(p, axis) === sizes[axis] - 1
      const q = p + strides[axis] * (wraps ? 1 - sizes[axis] : 1)
      if (marked[q] === 1 && open(p, axis)) forest.join(p, q, wraps ? onePeriod(axis) : ORIGIN)
    }
  }
  return forest.allWindings()
}
