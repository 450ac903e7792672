/**
 * A box of whole cells: copies of the fitted cell mesh side by side, embedded into a coarsenable lattice. What every
 * resolved model starts from. Along a wrapped axis the last cell joins the first one: a strip then stands for the
 * periodic medium also where the cell has no mirror planes.
 */
import { t } from '../language/language.ts'
import { coarsenable } from '../numerics/box.ts'
import { Lattice } from '../numerics/lattice.ts'
import { OMITTED } from '../numerics/simplex.ts'
import { InputError } from '../parameter.ts'
import type { CellMesh } from './cell.ts'
import { assignFlat } from './connectivity.ts'

export interface TiledMesh {
  lattice: Lattice
  spacing: readonly number[]
  /** Of lattice nodes, m. */
  displacement: Float64Array
  /** Index into `phases` per simplex of the lattice, OMITTED outside the box and for other phases. */
  group: Uint8Array
  /** The same, but flat simplices have the group of their neighbours, so that surfaces close up. */
  closed: Uint8Array
  /** Nodes per axis of the box; along a wrapped axis the last plane of nodes is the first one. */
  counts: readonly number[]
  /** Lattice node of node p of the box. */
  index: Int32Array
  /** Node of the periodic cell mesh that node p of the box is a copy of. */
  cellNode: Int32Array
  /** Column of cells along x that node p belongs to, where they differ; else 0 everywhere. */
  column: Int32Array
  /** Position of node p, component c at [3p + c], m. */
  position: Float64Array
}

/** A field of the cell on the nodes of a tiling. @param of it, in each column */
export function onTiles(
  { cellNode, column }: Pick<TiledMesh, 'cellNode' | 'column'>,
  of: readonly Float64Array[],
): Float64Array {
  return Float64Array.from(cellNode, (q, p) => of[column[p]][q])
}

/** Meshes agree on the faces between columns to this part of the period. */
const SAME = 1e-12

/**
 * @param cells their meshes by columns along x, or the one of all
 * @param size period of the cell, m
 * @param repeat copies per axis
 * @param phases names of the phases in the order of their group labels
 * @param wrap axes along which the box is periodic; such a box has no coarser lattices
 * @throws InputError when the meshes of neighbouring columns do not fit each other
 */
export function tileMesh(
  cells: CellMesh | readonly CellMesh[],
  size: number,
  repeat: readonly number[],
  phases: readonly string[],
  wrap: readonly boolean[] = repeat.map(() => false),
): TiledMesh {
  const meshes = 'n' in cells ? [cells] : cells
  const { dimension: d, n } = meshes[0]
  if (meshes.length > 1) requireFit(meshes)
  const counts = repeat.map((r, k) => r * n + (wrap[k] ? 0 : 1))
  const room = coarsenable(counts)
  const lattice = new Lattice(counts.map((c, k) => (wrap[k] ? c : room[k])))
  const periodic = Lattice.cube(d, n)
  const labels = meshes.map((mesh) =>
    Uint8Array.from({ length: 256 }, (_, phase) => {
      const at = phases.indexOf(mesh.phases[phase])
      return at < 0 ? OMITTED : at
    }),
  )
  const displacement = new Float64Array(d * lattice.count)
  const simplices = lattice.simplexCount
  const group = new Uint8Array(lattice.count * simplices).fill(OMITTED)
  const whole = meshes.map((mesh) => assignFlat(periodic, mesh.simplexPhase))
  const closed = whole.every((phases, k) => phases === meshes[k].simplexPhase) ? group : group.slice()
  const nodes = counts.reduce((a, b) => a * b, 1)
  const index = new Int32Array(nodes)
  const cellNode = new Int32Array(nodes)
  const column = new Int32Array(nodes)
  const position = new Float64Array(3 * nodes)
  const h = size / n
  let p = 0
  for (let q = 0; q < lattice.count; q++) {
    const c = counts.map((_, k) => lattice.coordinate(q, k))
    if (c.some((i, k) => i >= counts[k])) continue
    const origin = periodic.index(c[0] % n, (c[1] ?? 0) % n, (c[2] ?? 0) % n)
    const of = meshes.length === 1 ? 0 : Math.min(Math.floor(c[0] / n), meshes.length - 1)
    const mesh = meshes[of]
    for (let k = 0; k < d; k++) {
      displacement[d * q + k] = size * mesh.displacement[d * origin + k]
      position[3 * p + k] = c[k] * h + displacement[d * q + k]
    }
    if (c.every((i, k) => wrap[k] || i < counts[k] - 1))
      for (let s = 0; s < simplices; s++) {
        closed[q * simplices + s] = labels[of][whole[of][origin * simplices + s]]
        group[q * simplices + s] = labels[of][mesh.simplexPhase[origin * simplices + s]]
      }
    index[p] = q
    cellNode[p] = origin
    column[p] = of
    p++
  }
  return {
    lattice,
    spacing: counts.map(() => h),
    displacement,
    group,
    closed,
    counts,
    index,
    cellNode,
    column,
    position,
  }
}

/** @throws InputError where the surfaces of two columns meet their common face at different points */
function requireFit(meshes: readonly CellMesh[]): void {
  const { dimension: d, n } = meshes[0]
  for (let p = 0; p < n ** d; p += n)
    for (let k = d * p; k < d * (p + 1); k++)
      for (let j = 1; j < meshes.length; j++) {
        if (Math.abs(meshes[j].displacement[k] - meshes[j - 1].displacement[k]) <= SAME) continue
        throw new InputError([
          {
            path: 'graded',
            message: t(
              'cells that reach the faces between them do not fit their neighbours where they vary, so they cannot be resolved; keep what varies inside of the cell, or do without the resolved model',
            ),
          },
        ])
      }
}

/**
 * Tells tilings apart: a state belongs to the volumes it was computed with.
 * @param shares volume fractions of all phases but one at every node
 */
export function tileMark(resolution: number, ...shares: readonly Float64Array[]): string {
  let mark = 0
  for (const share of shares) for (let p = 0; p < share.length; p++) mark = (31 * mark + 7 * share[p]) % 1e9
  return `${resolution}/${mark}`
}

/** Areas where both sides have a volume: beside flat simplices a node may lack one, and the others take its part. */
export function areaBetween(area: Float64Array, one: Float64Array, other: Float64Array): Float64Array {
  const kept = area.map((a, p) => (one[p] > 0 && other[p] > 0 ? a : 0))
  const [total, left] = [area, kept].map((of) => of.reduce((a, b) => a + b, 0))
  return left === total ? area : kept.map((a) => (a * total) / left)
}
