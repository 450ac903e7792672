/**
 * Linear elements on a Kuhn triangulation whose nodes may be displaced, written as edge weights:
 *
 *     (A u)_p = sum over edges (p,q) of w_pq (u_p - u_q),   w_pq = -K_pq,   K_pq = integral grad l_p . T grad l_q
 *
 * Row sums vanish by construction. Layout: weights[s][p] couples node p with node p + direction s (mask s + 1).
 * Simplex `perm` of lattice cell `cell` has index cell*d! + perm; a group label of 255 leaves it out.
 */
import type { Lattice } from './lattice.ts'
import { CellGeometry, OMITTED, type SimplexMesh } from './simplex.ts'

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
 * @param coefficient symmetric T (identity if absent), or that of every lattice cell
 * @returns weights[group][direction][node]
 */
export function* assembleLayers(
  mesh: SimplexMesh,
  group: Uint8Array,
  groups: number,
  coefficient?: Matrix | ((cell: number) => Matrix),
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
  const varies = typeof coefficient === 'function'
  let tensor = varies ? undefined : coefficient
  // Undisplaced cells share one set of weights; most of those vanish and are skipped.
  const plain = lattice.paths.map((_, perm) => {
    simplexWeights(geometry, perm, edges[perm], tensor, flux, local)
    const scale = 1e-14 * Math.max(...local.map(Math.abs))
    return edges[perm].map((e, m) => ({ ...e, weight: local[m] })).filter((e) => Math.abs(e.weight) > scale)
  })
  const simplices = lattice.simplexCount
  const assemble = (cell: number, nodes: Int32Array): void => {
    const own = geometry.load(nodes) || varies
    if (varies) tensor = coefficient(cell)
    for (let perm = 0; perm < simplices; perm++) {
      const label = group[cell * simplices + perm]
      if (label === OMITTED) continue
      const weights = out[label]
      if (own) {
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

type Matrix = readonly (readonly number[])[]

/** `assembleLayers` in one go. */
export function assembleGroupWeights(...args: Parameters<typeof assembleLayers>): Float64Array[][] {
  const run = assembleLayers(...args)
  for (;;) {
    const step = run.next()
    if (step.done) return step.value
  }
}

/**
 * Adds to edge weights those of some simplices, each times a factor.
 * @param simplices indices cell*d! + perm
 * @param weights [direction][node], changed in place
 */
export function addSimplexWeights(
  mesh: SimplexMesh,
  simplices: ArrayLike<number>,
  factors: ArrayLike<number>,
  weights: readonly Float64Array[],
): void {
  const { lattice } = mesh
  const geometry = new CellGeometry(mesh)
  const edges = lattice.paths.map(pathEdges)
  const local = new Float64Array(edges[0].length)
  const flux = new Float64Array(lattice.dimension)
  const nodes = new Int32Array(1 << lattice.dimension)
  for (let k = 0; k < simplices.length; k++) {
    const cell = Math.floor(simplices[k] / lattice.simplexCount)
    const perm = simplices[k] % lattice.simplexCount
    for (let mask = 0; mask < nodes.length; mask++) nodes[mask] = lattice.forward(mask)[cell]
    geometry.load(nodes)
    simplexWeights(geometry, perm, edges[perm], undefined, flux, local)
    edges[perm].forEach((e, m) => {
      weights[e.direction][nodes[e.from]] += factors[k] * local[m]
    })
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
  coefficient?: Matrix | ((cell: number) => Matrix),
): Float64Array[] {
  return assembleGroupWeights(mesh, singleGroup(mesh.lattice, include), 1, coefficient)[0]
}

/**
 * Lumped control volumes per group: every simplex gives V/(d+1) to each of its vertices. [group][node]
 * @param density of what is summed, per volume of every lattice cell (1 if absent)
 */
export function controlVolumes(
  mesh: SimplexMesh,
  group: Uint8Array,
  groups: number,
  density?: (cell: number) => number,
): Float64Array[] {
  const { lattice } = mesh
  const { simplexCount: simplices, dimension: d, paths } = lattice
  const out = Array.from({ length: groups }, () => new Float64Array(lattice.count))
  const geometry = new CellGeometry(mesh)
  const plain = geometry.volume(0) / (d + 1)
  lattice.visitCells((cell, nodes) => {
    const moved = geometry.load(nodes)
    const held = density ? density(cell) : 1
    for (let perm = 0; perm < simplices; perm++) {
      const label = group[cell * simplices + perm]
      if (label === OMITTED) continue
      const share = held * (moved ? geometry.volume(perm) / (d + 1) : plain)
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
  density?: (cell: number) => number,
): Float64Array {
  return controlVolumes(mesh, singleGroup(mesh.lattice, include), 1, density)[0]
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
