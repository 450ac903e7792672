/**
 * The resolved tissue: a box tiled by N copies (per axis) of the fitted mesh of the reference cell. Nodes on the
 * membrane carry both phases; volumes are the lumped control volumes of each phase, the membrane area of a node is its
 * share of the interface faces that meet there, and the edges carry the P1 transmissibilities of each phase.
 */
import type { CellMesh } from '../../cell/cell.ts'
import { coarsenable, type Side, side } from '../../numerics/box.ts'
import { Lattice } from '../../numerics/lattice.ts'
import { assembleGroupWeights, controlVolumes, OMITTED } from '../../numerics/mesh.ts'
import { InputError } from '../../parameter.ts'
import { type Compartments, tissueEdges } from './compartments.ts'
import { INSIDE, OUTSIDE } from './effective.ts'

export interface Tiling extends Compartments {
  /** Copies of the cell per axis. */
  repeat: readonly number[]
  /** Nodes per cell and axis. */
  resolution: number
  /** Nodes per axis of the box. */
  counts: readonly number[]
  /** Node of the periodic cell mesh that node p is a copy of. */
  cellNode: Int32Array
  /** True when the intracellular phase of every cell stays inside the cell. */
  isolated: boolean
}

export function isTiling(place: Compartments): place is Tiling {
  return 'cellNode' in place
}

/**
 * @param size period of the cell, m
 * @param gap factor on the diffusivity of the intracellular phase: the resistance of junctions, spread over the cytosol
 * @throws InputError when the cell lacks one of the two phases
 */
export function tileCell(mesh: CellMesh, size: number, repeat: readonly number[], gap = 1): Tiling {
  const d = mesh.dimension
  const n = mesh.n
  const inside = mesh.phases.indexOf(INSIDE)
  const outside = mesh.phases.indexOf(OUTSIDE)
  if (inside < 0 || outside < 0)
    throw new InputError([
      {
        path: 'cell.shapes',
        message: `got the phases ${mesh.phases.join(', ')}; a tissue needs ${OUTSIDE} and ${INSIDE}`,
      },
    ])
  const counts = repeat.map((r) => r * n + 1)
  const lattice = new Lattice(counts.map(coarsenable))
  const periodic = Lattice.cube(d, n)
  const displacement = new Float64Array(d * lattice.count)
  const simplices = lattice.simplexCount
  const group = new Uint8Array(lattice.count * simplices).fill(OMITTED)
  const nodes = counts.reduce((a, b) => a * b, 1)
  const index = new Int32Array(nodes)
  const cellNode = new Int32Array(nodes)
  const position = new Float64Array(3 * nodes)
  const h = size / n
  let p = 0
  for (let q = 0; q < lattice.count; q++) {
    const c = counts.map((_, k) => lattice.coordinate(q, k))
    if (c.some((i, k) => i >= counts[k])) continue
    const origin = periodic.index(c[0] % n, (c[1] ?? 0) % n, (c[2] ?? 0) % n)
    for (let k = 0; k < d; k++) {
      displacement[d * q + k] = size * mesh.displacement[d * origin + k]
      position[3 * p + k] = c[k] * h + displacement[d * q + k]
    }
    if (c.every((i, k) => i < counts[k] - 1))
      for (let s = 0; s < simplices; s++) {
        const phase = mesh.simplexPhase[origin * simplices + s]
        group[q * simplices + s] = phase === inside ? 0 : phase === outside ? 1 : OMITTED
      }
    index[p] = q
    cellNode[p] = origin
    p++
  }
  const spacing = counts.map(() => h)
  const shape = { lattice, spacing, displacement }
  const [full, weightsE] = assembleGroupWeights(shape, group, 2)
  const weightsI = gap === 1 ? full : full.map((w) => w.map((x) => x * gap))
  const [volumesI, volumesE] = controlVolumes(shape, group, 2)
  const areas = interfaceAreas(lattice, group, (q, k) => lattice.coordinate(q, k) * h + displacement[d * q + k])
  const take = (values: Float64Array) => Float64Array.from(index, (q) => values[q])
  const volumeE = take(volumesE)
  // A side is entered through the extracellular phase alone, which takes the whole flow.
  const outer = ({ node, face }: Side) => {
    const total = (a: Float64Array) => a.reduce((x, y) => x + y, 0)
    const open = face.map((f, k) => (volumeE[node[k]] > 0 ? f : 0))
    const scale = total(face) / total(open)
    return { node, face: open.map((f) => f * scale) }
  }
  return {
    nodes,
    position,
    width: h,
    volumeI: take(volumesI),
    volumeE,
    area: take(areas),
    edges: tissueEdges(lattice, index, weightsI, weightsE),
    chain: false,
    left: outer(side(counts, spacing, 0)),
    right: outer(side(counts, spacing, counts[0] - 1)),
    lattice: { lattice, index, weightsI, weightsE },
    repeat,
    resolution: n,
    counts,
    cellNode,
    isolated: staysInside(mesh, periodic, inside),
  }
}

/** No simplex of the intracellular phase touches a face of the cell. */
function staysInside(mesh: CellMesh, periodic: Lattice, inside: number): boolean {
  const { simplexCount, dimension, paths } = periodic
  for (let q = 0; q < periodic.count; q++)
    for (let s = 0; s < simplexCount; s++) {
      if (mesh.simplexPhase[q * simplexCount + s] !== inside) continue
      for (const mask of paths[s])
        for (let k = 0; k < dimension; k++) {
          const at = (periodic.coordinate(q, k) + ((mask >> k) & 1)) % mesh.n
          if (at === 0) return false
        }
    }
  return true
}

/**
 * Area of the faces between the two groups, an equal share to each vertex. A face belongs to two simplices: within a
 * lattice cell their permutations differ by one swap, across the cell boundary by a rotation.
 */
function interfaceAreas(
  lattice: Lattice,
  group: Uint8Array,
  coordinate: (q: number, k: number) => number,
): Float64Array {
  const d = lattice.dimension
  const { permutations, paths, simplexCount } = lattice
  const named = new Map(permutations.map((perm, s) => [perm.join(), s]))
  const areas = new Float64Array(lattice.count)
  const label = (q: number, s: number) => group[q * simplexCount + s]
  for (let q = 0; q < lattice.count; q++)
    for (let s = 0; s < simplexCount; s++) {
      const here = label(q, s)
      if (here === OMITTED) continue
      const perm = permutations[s]
      for (let omit = 0; omit < d; omit++) {
        let there: number
        if (omit === 0) {
          const rotated = named.get([...perm.slice(1), perm[0]].join())!
          there = label(lattice.forward(1 << perm[0])[q], rotated)
        } else {
          const swapped = [...perm]
          ;[swapped[omit - 1], swapped[omit]] = [swapped[omit], swapped[omit - 1]]
          const t = named.get(swapped.join())!
          // Faces inside a lattice cell are met from both sides: count them once.
          if (t < s) continue
          there = label(q, t)
        }
        if (there === OMITTED || there === here) continue
        const vertices = paths[s]
          .filter((_, m) => m !== omit)
          .map((mask) => (mask === 0 ? q : lattice.forward(mask)[q]))
        const share = measure(vertices.map((v) => Array.from({ length: d }, (_, k) => coordinate(v, k)))) / d
        for (const v of vertices) areas[v] += share
      }
    }
  return areas
}

/** Length of a segment, area of a triangle. */
function measure(v: number[][]): number {
  const a = v[1].map((x, k) => x - v[0][k])
  if (v.length === 2) return Math.hypot(...a)
  const b = v[2].map((x, k) => x - v[0][k])
  return Math.hypot(a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]) / 2
}
