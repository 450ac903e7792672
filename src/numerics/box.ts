/**
 * A vertex-centred grid of a box (end points included, x fastest), embedded into a periodic lattice that can be
 * coarsened: what homogenized models and tilings share.
 */
import { Lattice } from './lattice.ts'

export interface BoxGrid {
  lattice: Lattice
  /** Lattice node of grid node p. */
  index: Int32Array
  /** 1 for lattice cells that lie in the box. */
  inside: Uint8Array
}

export function boxGrid(counts: readonly number[]): BoxGrid {
  const lattice = new Lattice(coarsenable(counts))
  const nodes = counts.reduce((a, b) => a * b, 1)
  const index = new Int32Array(nodes)
  const [nx, ny = 1] = counts
  for (let p = 0; p < nodes; p++) index[p] = lattice.index(p % nx, Math.floor(p / nx) % ny, Math.floor(p / (nx * ny)))
  const inside = new Uint8Array(lattice.count)
  for (let q = 0; q < lattice.count; q++) inside[q] = counts.every((n, k) => lattice.coordinate(q, k) < n - 1) ? 1 : 0
  return { lattice, index, inside }
}

/** A grid with lengths: positions of its nodes and their control volumes (unit length along axes that the box lacks). */
export interface BoxMesh extends BoxGrid {
  counts: readonly number[]
  spacing: readonly number[]
  /** Component c of node p at [3p + c]. */
  position: Float64Array
  volume: Float64Array
}

export function boxMesh({ size, nodes: counts }: { size: readonly number[]; nodes: readonly number[] }): BoxMesh {
  const spacing = counts.map((n, k) => size[k] / (n - 1))
  const grid = boxGrid(counts)
  const position = new Float64Array(3 * grid.index.length)
  const volume = new Float64Array(grid.index.length)
  grid.index.forEach((q, p) => {
    let v = 1
    counts.forEach((n, k) => {
      const i = grid.lattice.coordinate(q, k)
      position[3 * p + k] = i * spacing[k]
      v *= spacing[k] * (i === 0 || i === n - 1 ? 0.5 : 1)
    })
    volume[p] = v
  })
  return { ...grid, counts, spacing, position, volume }
}

/** Nodes of the coarsest lattice that a direct solver takes with ease. */
const COARSEST = 150

/**
 * Smallest lattice that holds the nodes plus one empty line per axis (so that nothing wraps around, also after
 * coarsening) and can be halved along all axes together until few nodes are left, whatever the shape of the box.
 */
export function coarsenable(counts: readonly number[]): number[] {
  for (let factor = 1; ; factor *= 2) {
    const coarse = counts.map((n) => Math.ceil((n + 1) / factor))
    if (coarse.reduce((a, b) => a * b, 1) <= COARSEST) return coarse.map((n) => n * factor)
  }
}

export interface EdgeList {
  count: number
  from: Int32Array
  to: Int32Array
  /** Weight of every edge, per group. */
  weights: Float64Array[]
}

/**
 * Edges between grid nodes on which at least one group conducts.
 * @param groups edge weights of the lattice, [group][direction][lattice node] (see mesh.ts)
 */
export function edgeList(lattice: Lattice, index: Int32Array, groups: readonly (readonly Float64Array[])[]): EdgeList {
  const reverse = new Int32Array(lattice.count).fill(-1)
  for (let p = 0; p < index.length; p++) reverse[index[p]] = p
  const most = lattice.directionCount * index.length
  const [from, to] = [new Int32Array(most), new Int32Array(most)]
  const weights = groups.map(() => new Float64Array(most))
  let count = 0
  const negligible = groups.map((group) => 1e-13 * Math.max(...group.map(largest)))
  for (let direction = 0; direction < lattice.directionCount; direction++) {
    const next = lattice.forward(direction + 1)
    const own = groups.map((group) => group[direction])
    for (let p = 0; p < index.length; p++) {
      const at = index[p]
      let conducts = false
      for (let g = 0; g < own.length; g++) {
        weights[g][count] = own[g][at]
        if (!(Math.abs(own[g][at]) <= negligible[g])) conducts = true
      }
      if (!conducts) continue
      from[count] = p
      to[count] = reverse[next[at]]
      count++
    }
  }
  const cut = <A extends Int32Array | Float64Array>(all: A) => all.slice(0, count) as A
  return { count, from: cut(from), to: cut(to), weights: weights.map(cut) }
}

export interface Side {
  node: Int32Array
  face: Float64Array
}

/**
 * Nodes and face areas of the plane at index i along x; boxes of one and two dimensions have unit depth.
 * @param wrap axes along which the box is periodic
 */
export function side(
  counts: readonly number[],
  spacing: readonly number[],
  i: number,
  wrap: readonly boolean[] = [],
): Side {
  const [nx, ny = 1, nz = 1] = counts
  const node = new Int32Array(ny * nz)
  const face = new Float64Array(ny * nz)
  const width = (j: number, n: number, axis: number) => (wrap[axis] ? 1 : share(j, n)) * (spacing[axis] ?? 1)
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      node[j + ny * k] = i + nx * (j + ny * k)
      face[j + ny * k] = width(j, ny, 1) * width(k, nz, 2)
    }
  }
  return { node, face }
}

function share(i: number, n: number): number {
  return n === 1 ? 1 : i === 0 || i === n - 1 ? 0.5 : 1
}

function largest(values: Float64Array): number {
  let m = 0
  for (const v of values) if (Math.abs(v) > m) m = Math.abs(v)
  return m
}
