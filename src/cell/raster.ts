/**
 * Points located in the fitted mesh: what an image of a field on the cell is interpolated from.
 *
 * Nodes are numbered on the closed lattice, 0..n per axis with x fastest, so that the same raster serves the periodic
 * cell (coordinates mod n) and every copy of it in a tiling (coordinates + n * cell); see `renumber`. Simplices that a
 * displaced boundary node pushes beyond the cell belong to the next copy; the few points that this uncovers are
 * extrapolated from the simplex beside them.
 */
import { Lattice } from '../numerics/lattice.ts'
import type { CellMesh } from './cell.ts'
import { NearestPoint } from './nearest.ts'

const FLAT = 255
const INTERFACE = 254

export interface CellRaster {
  /** Phase of each point (into `mesh.phases`). */
  phase: Uint8Array
  /** The d + 1 corners of the simplex of each point, on the closed lattice. */
  corners: Int32Array
  /** Their barycentric coordinates. */
  weights: Float32Array
  /** Nearest node on an interface, on the closed lattice; -1 if the cell has none. */
  nearest: Int32Array
}

/** @param points d coordinates per point, in [0,1] */
export function rasterise(mesh: CellMesh, points: Float64Array): CellRaster {
  const d = mesh.dimension
  const count = points.length / d
  const locator = new Locator(mesh)
  const raster: CellRaster = {
    phase: new Uint8Array(count),
    corners: new Int32Array(count * (d + 1)),
    weights: new Float32Array(count * (d + 1)),
    nearest: new Int32Array(count),
  }
  const onInterface: number[] = []
  const closed = (mesh.n + 1) ** d
  const periodic = renumber(
    Int32Array.from({ length: closed }, (_, p) => p),
    mesh,
    (i, j, k) => periodicNode(mesh, i, j, k),
  )
  for (let p = 0; p < closed; p++) if (mesh.nodePhase[periodic[p]] === INTERFACE) onInterface.push(p)
  const places = new Float64Array(onInterface.length * d)
  onInterface.forEach((p, q) => {
    for (let c = 0; c < d; c++) places[d * q + c] = locator.positions[d * p + c]
  })
  const tree = new NearestPoint(places, d)
  for (let q = 0; q < count; q++) {
    locator.locate(points, q, raster)
    raster.nearest[q] = onInterface[tree.find(points, d * q)] ?? -1
  }
  return raster
}

/** Index of node (i, j, k) of the closed lattice in the arrays of the mesh. */
export function periodicNode({ n }: CellMesh, i: number, j: number, k: number): number {
  return (i % n) + n * ((j % n) + n * (k % n))
}

/** Nodes of the closed lattice under another numbering. */
export function renumber(
  nodes: Int32Array,
  { n }: CellMesh,
  number: (i: number, j: number, k: number) => number,
): Int32Array {
  const side = n + 1
  return nodes.map((p) => number(p % side, Math.floor(p / side) % side, Math.floor(p / (side * side))))
}

/** Coordinates of every node of the closed lattice, d each. */
export function nodePositions(mesh: CellMesh): Float64Array {
  const { n, dimension: d, displacement } = mesh
  const side = n + 1
  const out = new Float64Array(d * side ** d)
  let at = 0
  for (let k = 0; k < (d === 3 ? side : 1); k++)
    for (let j = 0; j < side; j++)
      for (let i = 0; i < side; i++) {
        const p = d * periodicNode(mesh, i, j, k)
        out[at++] = i / n + displacement[p]
        out[at++] = j / n + displacement[p + 1]
        if (d === 3) out[at++] = k / n + displacement[p + 2]
      }
  return out
}

/** Inside or on the border of a simplex, up to round-off. */
const TOUCHES = -1e-12

class Locator {
  readonly positions: Float64Array
  private readonly mesh: CellMesh
  /** Per simplex of a lattice cell: steps on the closed lattice to its corners. */
  private readonly steps: number[][]
  private readonly point = new Float64Array(3)
  private readonly box = [0, 0, 0]
  /** Least barycentric coordinate of the best simplex so far, and what it is. */
  private score = 0
  private phase = 0
  private readonly corners = new Int32Array(4)
  private readonly weights = new Float64Array(4)

  constructor(mesh: CellMesh) {
    this.mesh = mesh
    this.positions = nodePositions(mesh)
    const side = mesh.n + 1
    const step = (mask: number) => (mask & 1) + side * (((mask >> 1) & 1) + side * ((mask >> 2) & 1))
    this.steps = Lattice.cube(mesh.dimension, 1).paths.map((path) => path.map(step))
  }

  /** Nodes move by about half a mesh width, so the simplex of a point is in its own lattice cell or beside it. */
  locate(points: Float64Array, q: number, out: CellRaster): void {
    const { n, dimension: d } = this.mesh
    this.score = -Infinity
    for (let c = 0; c < d; c++) {
      this.point[c] = points[d * q + c]
      this.box[c] = Math.max(0, Math.min(n - 1, Math.floor(this.point[c] * n)))
    }
    const [i0, j0, k0] = this.box
    this.tryBox(i0, j0, k0)
    const depth = d === 3 ? 1 : 0
    for (let k = Math.max(0, k0 - depth); k <= Math.min(n - 1, k0 + depth) && this.score < TOUCHES; k++)
      for (let j = Math.max(0, j0 - 1); j <= Math.min(n - 1, j0 + 1) && this.score < TOUCHES; j++)
        for (let i = Math.max(0, i0 - 1); i <= Math.min(n - 1, i0 + 1) && this.score < TOUCHES; i++)
          this.tryBox(i, j, k)
    out.phase[q] = this.phase
    for (let m = 0; m <= d; m++) {
      out.corners[(d + 1) * q + m] = this.corners[m]
      out.weights[(d + 1) * q + m] = this.weights[m]
    }
  }

  private tryBox(i: number, j: number, k: number): void {
    const { n, simplexPhase } = this.mesh
    const side = n + 1
    const origin = i + side * (j + side * k)
    const cell = i + n * (j + n * k)
    for (let s = 0; s < this.steps.length; s++) {
      const phase = simplexPhase[cell * this.steps.length + s]
      if (phase !== FLAT) this.trySimplex(origin, this.steps[s], phase)
    }
  }

  /** Along the path v0, v1, ..., vd: x = v0 + sum t_m (v_m - v_{m-1}), so the coordinates are 1 - t1, t1 - t2, ... */
  private trySimplex(origin: number, steps: number[], phase: number): void {
    const { positions: x, point } = this
    const d = this.mesh.dimension
    const [v0, v1, v2] = [d * (origin + steps[0]), d * (origin + steps[1]), d * (origin + steps[2])]
    const ax = x[v1] - x[v0]
    const ay = x[v1 + 1] - x[v0 + 1]
    const bx = x[v2] - x[v1]
    const by = x[v2 + 1] - x[v1 + 1]
    const rx = point[0] - x[v0]
    const ry = point[1] - x[v0 + 1]
    let t1: number
    let t2: number
    let t3 = 0
    if (d === 2) {
      const area = ax * by - ay * bx
      t1 = (rx * by - ry * bx) / area
      t2 = (ax * ry - ay * rx) / area
    } else {
      const v3 = 3 * (origin + steps[3])
      const [az, bz, rz] = [x[v1 + 2] - x[v0 + 2], x[v2 + 2] - x[v1 + 2], point[2] - x[v0 + 2]]
      const [cx, cy, cz] = [x[v3] - x[v2], x[v3 + 1] - x[v2 + 1], x[v3 + 2] - x[v2 + 2]]
      const [nx, ny, nz] = [by * cz - bz * cy, bz * cx - bx * cz, bx * cy - by * cx]
      const volume = ax * nx + ay * ny + az * nz
      t1 = (rx * nx + ry * ny + rz * nz) / volume
      t2 = (rx * (cy * az - cz * ay) + ry * (cz * ax - cx * az) + rz * (cx * ay - cy * ax)) / volume
      t3 = (rx * (ay * bz - az * by) + ry * (az * bx - ax * bz) + rz * (ax * by - ay * bx)) / volume
    }
    const last = d === 2 ? t2 : t3
    const score = Math.min(1 - t1, t1 - t2, t2 - t3, last)
    if (!(score > this.score)) return
    this.score = score
    this.phase = phase
    for (let m = 0; m <= d; m++) this.corners[m] = origin + steps[m]
    this.weights[0] = 1 - t1
    this.weights[1] = t1 - t2
    this.weights[2] = t2 - t3
    this.weights[3] = t3
  }
}
