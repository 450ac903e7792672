/**
 * Linear elements on a Kuhn triangulation whose nodes may be displaced, written as edge weights:
 *
 *     (A u)_p = sum over edges (p,q) of w_pq (u_p - u_q),   w_pq = -K_pq,   K_pq = integral grad l_p . T grad l_q
 *
 * Row sums vanish by construction. Layout: weights[s][p] couples node p with node p + direction s (mask s + 1).
 * Simplex `perm` of lattice cell `cell` has index cell*d! + perm; a group label of 255 leaves it out.
 */
import type { Lattice } from './lattice.ts'

export interface SimplexMesh {
  lattice: Lattice
  /** Undisplaced spacing per axis, length d. */
  spacing: readonly number[]
  /** Displacement of node p, component c at [d*p + c]; absent = none. */
  displacement?: Float64Array
}

/** Label of simplices that are not assembled. */
export const OMITTED = 255

/**
 * Geometry of the simplices of one lattice cell at a time: `load` a cell, then ask for a simplex.
 * The returned arrays are scratch space, overwritten by the next call.
 */
export class CellGeometry {
  readonly dimension: number
  /** Gradients of the barycentric coordinates, vertex m component c at [d*m + c]; set by `gradients`. */
  readonly slopes: Float64Array
  /** Corner positions relative to corner 0's undisplaced position, corner `mask` component c at [d*mask + c]. */
  readonly corners: Float64Array
  private readonly base: Float64Array
  private readonly displacement: Float64Array | undefined
  private readonly paths: readonly (readonly number[])[]
  /** Orientation (+1/-1) of each permutation. */
  private readonly signs: number[]

  constructor(mesh: SimplexMesh) {
    const d = mesh.lattice.dimension
    this.dimension = d
    this.paths = mesh.lattice.paths
    this.signs = mesh.lattice.permutations.map(parity)
    this.displacement = mesh.displacement
    this.base = new Float64Array(d << d)
    for (let mask = 0; mask < 1 << d; mask++)
      for (let c = 0; c < d; c++) this.base[d * mask + c] = (mask >> c) & 1 ? mesh.spacing[c] : 0
    this.corners = this.base.slice()
    this.slopes = new Float64Array(d * (d + 1))
  }

  /** Reads the corner positions of a lattice cell. @returns whether any corner is displaced */
  load(nodes: Int32Array): boolean {
    const { displacement, base, corners, dimension: d } = this
    if (!displacement) return false
    let moved = false
    for (let mask = 0; mask < 1 << d; mask++) {
      const p = d * nodes[mask]
      for (let c = 0; c < d; c++) {
        const shift = displacement[p + c]
        if (shift !== 0) moved = true
        corners[d * mask + c] = base[d * mask + c] + shift
      }
    }
    return moved
  }

  /** Signed volume of a simplex of the loaded cell (positive where the mesh is not folded). */
  volume(perm: number): number {
    const { corners: x, dimension: d } = this
    const path = this.paths[perm]
    const sign = this.signs[perm]
    const o = d * path[0]
    const a = d * path[1]
    if (d === 1) return x[a] - x[o]
    const ax = x[a] - x[o]
    const ay = x[a + 1] - x[o + 1]
    const b = d * path[2]
    const bx = x[b] - x[o]
    const by = x[b + 1] - x[o + 1]
    if (d === 2) return 0.5 * sign * (ax * by - ay * bx)
    const az = x[a + 2] - x[o + 2]
    const bz = x[b + 2] - x[o + 2]
    const c = d * path[3]
    const cx = x[c] - x[o]
    const cy = x[c + 1] - x[o + 1]
    const cz = x[c + 2] - x[o + 2]
    return (sign / 6) * (ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx))
  }

  /** Fills `slopes` for a simplex of the loaded cell. @returns its signed volume (must not be zero) */
  gradients(perm: number): number {
    const { corners: x, slopes: g, dimension: d } = this
    const path = this.paths[perm]
    const sign = this.signs[perm]
    const o = d * path[0]
    const a = d * path[1]
    const ax = x[a] - x[o]
    if (d === 1) {
      g[1] = 1 / ax
      g[0] = -g[1]
      return ax
    }
    const ay = x[a + 1] - x[o + 1]
    const b = d * path[2]
    const bx = x[b] - x[o]
    const by = x[b + 1] - x[o + 1]
    if (d === 2) {
      const det = ax * by - ay * bx
      const f = 1 / det
      g[2] = by * f
      g[3] = -bx * f
      g[4] = -ay * f
      g[5] = ax * f
      g[0] = -g[2] - g[4]
      g[1] = -g[3] - g[5]
      return 0.5 * sign * det
    }
    const az = x[a + 2] - x[o + 2]
    const bz = x[b + 2] - x[o + 2]
    const c = d * path[3]
    const cx = x[c] - x[o]
    const cy = x[c + 1] - x[o + 1]
    const cz = x[c + 2] - x[o + 2]
    const nx = by * cz - bz * cy
    const ny = bz * cx - bx * cz
    const nz = bx * cy - by * cx
    const det = ax * nx + ay * ny + az * nz
    const f = 1 / det
    g[3] = nx * f
    g[4] = ny * f
    g[5] = nz * f
    g[6] = (cy * az - cz * ay) * f
    g[7] = (cz * ax - cx * az) * f
    g[8] = (cx * ay - cy * ax) * f
    g[9] = (ay * bz - az * by) * f
    g[10] = (az * bx - ax * bz) * f
    g[11] = (ax * by - ay * bx) * f
    for (let k = 0; k < 3; k++) g[k] = -g[3 + k] - g[6 + k] - g[9 + k]
    return (sign / 6) * det
  }
}

/** An edge of a simplex: between path vertices a < b, stored at corner `from` in direction `direction`. */
interface PathEdge {
  a: number
  b: number
  from: number
  direction: number
}

function pathEdges(path: readonly number[]): PathEdge[] {
  const edges: PathEdge[] = []
  for (let a = 0; a < path.length; a++)
    for (let b = a + 1; b < path.length; b++) edges.push({ a, b, from: path[a], direction: (path[a] ^ path[b]) - 1 })
  return edges
}

/**
 * Edge weights per group of simplices, assembled slab by slab: yields in between.
 * @param group label per simplex (length count*d!): 0..groups-1, or OMITTED
 * @param tensor symmetric coefficient T (identity if absent)
 * @returns weights[group][direction][node]
 */
export function* assembleLayers(
  mesh: SimplexMesh,
  group: Uint8Array,
  groups: number,
  tensor?: readonly (readonly number[])[],
): Generator<void, Float64Array[][]> {
  const { lattice } = mesh
  const out = Array.from({ length: groups }, () =>
    Array.from({ length: lattice.directionCount }, () => new Float64Array(lattice.count)),
  )
  const geometry = new CellGeometry(mesh)
  const edges = lattice.paths.map(pathEdges)
  const pairs = edges[0].length
  const local = new Float64Array(pairs)
  const flux = new Float64Array(lattice.dimension)
  // Undisplaced cells share one set of weights; most of those vanish and are skipped.
  const plain = lattice.paths.map((_, perm) => {
    simplexWeights(geometry, perm, edges[perm], tensor, flux, local)
    const scale = 1e-14 * Math.max(...local.map(Math.abs))
    return edges[perm].map((e, m) => ({ ...e, weight: local[m] })).filter((e) => Math.abs(e.weight) > scale)
  })
  const simplices = lattice.simplexCount
  const assemble = (cell: number, nodes: Int32Array): void => {
    const moved = geometry.load(nodes)
    for (let perm = 0; perm < simplices; perm++) {
      const label = group[cell * simplices + perm]
      if (label === OMITTED) continue
      const weights = out[label]
      if (moved) {
        const list = edges[perm]
        simplexWeights(geometry, perm, list, tensor, flux, local)
        for (let m = 0; m < pairs; m++) {
          const e = list[m]
          weights[e.direction][nodes[e.from]] += local[m]
        }
      } else {
        const list = plain[perm]
        for (let m = 0; m < list.length; m++) {
          const e = list[m]
          weights[e.direction][nodes[e.from]] += e.weight
        }
      }
    }
  }
  for (let layer = 0; layer < lattice.layerCount; layer++) {
    lattice.visitLayer(layer, assemble)
    yield
  }
  return out
}

/** `assembleLayers` in one go. */
export function assembleGroupWeights(...args: Parameters<typeof assembleLayers>): Float64Array[][] {
  const run = assembleLayers(...args)
  for (;;) {
    const step = run.next()
    if (step.done) return step.value
  }
}

/** -K_ab = -V grad l_a . T grad l_b for the edges of one simplex of the loaded cell. */
function simplexWeights(
  geometry: CellGeometry,
  perm: number,
  edges: readonly PathEdge[],
  tensor: readonly (readonly number[])[] | undefined,
  flux: Float64Array,
  out: Float64Array,
): void {
  const volume = Math.abs(geometry.gradients(perm))
  const { slopes: g, dimension: d } = geometry
  for (let m = 0; m < edges.length; m++) {
    const a = d * edges[m].a
    const b = d * edges[m].b
    let sum = 0
    for (let i = 0; i < d; i++) {
      if (tensor) {
        flux[i] = 0
        for (let j = 0; j < d; j++) flux[i] += tensor[i][j] * g[b + j]
        sum += g[a + i] * flux[i]
      } else sum += g[a + i] * g[b + i]
    }
    out[m] = -volume * sum
  }
}

/**
 * Edge weights of the simplices that `include` names: a mask per simplex (nonzero = included) or a predicate.
 * @returns weights[direction][node]
 */
export function assembleEdgeWeights(
  mesh: SimplexMesh,
  include: Uint8Array | ((cell: number, perm: number) => boolean),
  tensor?: readonly (readonly number[])[],
): Float64Array[] {
  return assembleGroupWeights(mesh, singleGroup(mesh.lattice, include), 1, tensor)[0]
}

/** Lumped control volumes per group: every simplex gives V/(d+1) to each of its vertices. [group][node] */
export function controlVolumes(mesh: SimplexMesh, group: Uint8Array, groups: number): Float64Array[] {
  const { lattice } = mesh
  const { simplexCount: simplices, dimension: d, paths } = lattice
  const out = Array.from({ length: groups }, () => new Float64Array(lattice.count))
  const geometry = new CellGeometry(mesh)
  const plain = geometry.volume(0) / (d + 1)
  lattice.visitCells((cell, nodes) => {
    const moved = geometry.load(nodes)
    for (let perm = 0; perm < simplices; perm++) {
      const label = group[cell * simplices + perm]
      if (label === OMITTED) continue
      const share = moved ? geometry.volume(perm) / (d + 1) : plain
      const path = paths[perm]
      const target = out[label]
      for (let m = 0; m <= d; m++) target[nodes[path[m]]] += share
    }
  })
  return out
}

/** Control volumes of the simplices that `include` names (see `assembleEdgeWeights`). */
export function nodeVolumes(
  mesh: SimplexMesh,
  include: Uint8Array | ((cell: number, perm: number) => boolean),
): Float64Array {
  return controlVolumes(mesh, singleGroup(mesh.lattice, include), 1)[0]
}

/** Signed volumes of all simplices, [cell*d! + perm]. */
export function simplexVolumes(mesh: SimplexMesh): Float64Array {
  const { lattice } = mesh
  const out = new Float64Array(lattice.count * lattice.simplexCount)
  const geometry = new CellGeometry(mesh)
  const plain = geometry.volume(0)
  lattice.visitCells((cell, nodes) => {
    const moved = geometry.load(nodes)
    for (let perm = 0; perm < lattice.simplexCount; perm++)
      out[cell * lattice.simplexCount + perm] = moved ? geometry.volume(perm) : plain
  })
  return out
}

/** Component `axis` of every edge vector x(p + direction) - x(p), unwrapped: [direction][node]. */
export function edgeComponents(mesh: SimplexMesh, axis: number): Float64Array[] {
  const { lattice, displacement } = mesh
  const d = lattice.dimension
  return Array.from({ length: lattice.directionCount }, (_, s) => {
    const mask = s + 1
    const step = (mask >> axis) & 1 ? mesh.spacing[axis] : 0
    const out = new Float64Array(lattice.count).fill(step)
    if (displacement) {
      const next = lattice.forward(mask)
      for (let p = 0; p < out.length; p++) out[p] += displacement[d * next[p] + axis] - displacement[d * p + axis]
    }
    return out
  })
}

function singleGroup(lattice: Lattice, include: Uint8Array | ((cell: number, perm: number) => boolean)): Uint8Array {
  const { simplexCount: simplices } = lattice
  const group = new Uint8Array(lattice.count * simplices).fill(OMITTED)
  for (let cell = 0; cell < lattice.count; cell++)
    for (let perm = 0; perm < simplices; perm++) {
      const index = cell * simplices + perm
      if (typeof include === 'function' ? include(cell, perm) : include[index] !== 0) group[index] = 0
    }
  return group
}

function parity(perm: readonly number[]): number {
  let sign = 1
  for (let a = 0; a < perm.length; a++) for (let b = a + 1; b < perm.length; b++) if (perm[a] > perm[b]) sign = -sign
  return sign
}
