/**
 * The resolved cathode: copies of the fitted mesh of the reference cell between lithium foil and collector, one row that
 * is periodic across or several with closed sides. Per area of the foil, with P1 transmissibilities K:
 *
 *   salt, ions   electrolyte (and carbon, where ions pass it); separator with its pores p_s and T_s
 *   electrons    sigma_a K_active + sigma_c K_carbon        lithium   K_active, of each material by itself
 *   reaction     contact of active material and electrolyte times the roughness
 *
 * Nodes on a contact carry the unknowns of both sides. The first cells are the separator, a medium without structure. The
 * collector is connected on a part of its height, from the top.
 */
import type { CellMesh, CellResult } from '../../../cell/cell.ts'
import { areaBetween, type TiledMesh, tileMesh } from '../../../cell/tile.ts'
import { edgeList } from '../../../numerics/box.ts'
import { interfaceAreas } from '../../../numerics/interface.ts'
import { assembleLayers, controlVolumes } from '../../../numerics/mesh.ts'
import { OMITTED } from '../../../numerics/simplex.ts'
import { present } from '../../../present.ts'
import { ACTIVE, ACTIVE2, CARBON, ELECTROLYTE } from '../phases.ts'

/** Labels of the simplices: the phases, and the separator. */
const GROUPS = [ELECTROLYTE, ACTIVE, CARBON, ACTIVE2]
const SEPARATOR = 4
const LABELS = 5

export interface StripSpec {
  /** Period of the cell, m. */
  size: number
  /** Cells per axis, the separator's included. */
  repeat: readonly number[]
  /** Rows, the upper ones, of which the collector is connected; all unless given. */
  tab?: number
  separator: { cells: number; p: number; T: number }
  /** S/m. */
  conductivity: { active: number; carbon: number; active2?: number }
  /** Ions pass through the carbon. */
  open: boolean
  /** True over drawn area of the contact. */
  roughness: number
}

export interface CathodeTiling extends Pick<TiledMesh, 'cellNode' | 'column'> {
  /** Nodes per axis, the first one fastest; along a wrapped axis the last plane is the first one. */
  counts: readonly number[]
  /** Axes along which the box is periodic. */
  wrap: readonly boolean[]
  nodes: number
  /** Nodes per cell and axis, cells per axis, along x, and those of the separator there. */
  resolution: number
  repeat: readonly number[]
  cells: number
  separatorCells: number
  /** Period of the cell, m. */
  size: number
  /** Position of node p, component c at [3p + c], m. */
  position: Float64Array
  /** Volumes that hold salt, are active material of both sorts, conduct electrons; m. */
  salt: Float64Array
  active: Float64Array
  solid: Float64Array
  /** Reactive area of both sorts, m² per m² of cell. */
  area: Float64Array
  /** The active materials, the first one first. */
  materials: readonly TiledMaterial[]
  /** Transmissibilities; electrons S/m². */
  edges: {
    count: number
    from: Int32Array
    to: Int32Array
    salt: Float64Array
    electrons: Float64Array
  }
  /** Nodes at the foil that hold salt, and their shares of its area. */
  foil: { node: Int32Array; share: Float64Array }
  /** Solid at the collector. */
  collector: Int32Array
}

/** An active material on a tiling: its volumes [m], reactive areas, and transmissibilities for lithium. */
export interface TiledMaterial {
  phase: typeof ACTIVE | typeof ACTIVE2
  active: Float64Array
  area: Float64Array
  lithium: Float64Array
}

/** The cells of a strip by columns, or the one of all; those that are separator have the mesh of their neighbour. */
export function stripCells(cell: CellResult, separatorCells: number): readonly CellResult[] {
  if (!cell.columns) return [cell]
  return [...Array.from({ length: separatorCells }, () => present(cell.columns, 'columns')[0]), ...cell.columns]
}

/** @param meshes of the columns of the strip, or the one of all cells */
export function* tileCathode(meshes: readonly CellMesh[], spec: StripSpec): Generator<void, CathodeTiling> {
  const { size, repeat, separator, conductivity, open } = spec
  const wrap = repeat.map((r, axis) => axis > 0 && r === 1)
  const [mesh] = meshes
  const tiled = tileMesh(meshes, size, repeat, GROUPS, wrap)
  const section = repeat.slice(1).reduce((area, r) => area * r * size, 1)
  const { lattice, spacing, displacement, counts, index, cellNode, column, position } = tiled
  const columns = separator.cells * mesh.n
  const group = withSeparator(tiled, tiled.group, columns)
  const closed = tiled.closed === tiled.group ? group : withSeparator(tiled, tiled.closed, columns)
  const shape = { lattice, spacing, displacement }
  yield
  const K = yield* assembleLayers(shape, group, LABELS)
  const volumes = controlVolumes(shape, group, LABELS)
  yield
  // Per area of the foil.
  const blend = (of: readonly number[], parts: readonly Float64Array[]) =>
    parts[0].map((_, q) => of.reduce((sum, weight, s) => sum + weight * parts[s][q], 0) / section)
  const weights = (of: readonly number[]) =>
    K[0].map((_, s) =>
      blend(
        of,
        K.map((k) => k[s]),
      ),
    )
  const take = (values: Float64Array) => Float64Array.from(index, (q) => values[q])
  const volume = (of: readonly number[]) => take(blend(of, volumes))
  const sorts = ([ACTIVE, ACTIVE2] as const)
    .filter((phase) => phase === ACTIVE || mesh.phases.includes(phase))
    .map((phase) => {
      const label = GROUPS.indexOf(phase)
      return { phase, label, one: Array.from({ length: LABELS }, (_, k) => (k === label ? 1 : 0)) }
    })
  const { weights: edges, ...list } = edgeList(lattice, index, [
    weights([1, 0, open ? 1 : 0, 0, separator.T]),
    weights([0, conductivity.active, conductivity.carbon, conductivity.active2 ?? 0, 0]),
    ...sorts.map(({ one }) => weights(one)),
  ])
  yield
  const salt = volume([1, 0, open ? 1 : 0, 0, separator.p])
  const solid = volume([0, 1, 1, 1, 0])
  const contact = (label: number) => closed.map((s) => (s === 0 ? 0 : s === label ? 1 : OMITTED))
  const materials: TiledMaterial[] = []
  for (const [k, { phase, label, one }] of sorts.entries()) {
    const area = take(yield* interfaceAreas(shape, contact(label))).map((a) => (a * spec.roughness) / section)
    const active = volume(one)
    materials.push({ phase, active, area: areaBetween(area, salt, active), lithium: edges[2 + k] })
  }
  yield
  const total = (of: (m: TiledMaterial) => Float64Array) =>
    materials.map(of).reduce((a, b) => a.map((v, p) => v + b[p]))
  const [rows] = repeat.slice(1)
  const edge = (rows - (spec.tab ?? rows)) * mesh.n
  const end = Int32Array.from({ length: index.length / counts[0] }, (_, j) => counts[0] - 1 + counts[0] * j)
  const connected = (p: number) => Math.floor(p / counts[0]) % counts[1] >= edge
  return {
    counts,
    wrap,
    nodes: index.length,
    resolution: mesh.n,
    repeat,
    cells: repeat[0],
    separatorCells: separator.cells,
    size,
    position,
    cellNode,
    column,
    salt,
    active: total(({ active }) => active),
    solid,
    area: total(({ area }) => area),
    materials,
    edges: { ...list, salt: edges[0], electrons: edges[1] },
    foil: foilOf(tiled, group, (s) => s === 0 || s === SEPARATOR || (open && s === 2)),
    collector: end.filter((p) => solid[p] > 0 && connected(p)),
  }
}

/** The foil is entered through what holds salt alone, which takes all of it. */
function foilOf(tiled: TiledMesh, group: Uint8Array, holdsSalt: (label: number) => boolean): CathodeTiling['foil'] {
  const { lattice, index, counts } = tiled
  const node = new Int32Array(lattice.count).fill(-1)
  index.forEach((q, p) => {
    node[q] = p
  })
  const share = new Float64Array(index.length)
  for (let p = 0; p < index.length; p += counts[0])
    for (let s = 0; s < lattice.simplexCount; s++) {
      // Simplices that go along x last have their first vertices on the foil.
      if (lattice.permutations[s].at(-1) !== 0 || !holdsSalt(group[index[p] * lattice.simplexCount + s])) continue
      const masks = lattice.paths[s].slice(0, -1)
      const corners = masks.map((mask) => node[mask === 0 ? index[p] : lattice.forward(mask)[index[p]]])
      const face = faceOf(tiled, p, masks, corners)
      for (const q of corners) share[q] += face / corners.length
    }
  const total = share.reduce((a, b) => a + b, 0)
  const open = Int32Array.from(share.keys()).filter((p) => share[p] > 0)
  return { node: open, share: Float64Array.from(open, (p) => share[p] / total) }
}

/** Area, or length, of the face with these corners of the lattice cell of node p. */
function faceOf(
  { lattice: { dimension: d }, position, counts, spacing }: TiledMesh,
  p: number,
  masks: readonly number[],
  corners: readonly number[],
): number {
  const at = (k: number, axis: number) => {
    // Behind a wrapped side the node is that of the other one.
    const around =
      ((masks[k] >> axis) & 1) === 1 && position[3 * corners[k] + axis] < position[3 * p + axis] - spacing[axis]
    return position[3 * corners[k] + axis] + (around ? counts[axis] * spacing[axis] : 0)
  }
  const along = (k: number, axis: number) => at(k, axis) - at(0, axis)
  if (d === 2) return Math.abs(along(1, 1))
  return 0.5 * Math.abs(along(1, 1) * along(2, 2) - along(1, 2) * along(2, 1))
}

/** Labels with the first `columns` columns of lattice cells turned into separator. */
function withSeparator({ lattice }: TiledMesh, group: Uint8Array, columns: number): Uint8Array {
  const { simplexCount } = lattice
  return group.map((label, s) =>
    label !== OMITTED && lattice.coordinate(Math.floor(s / simplexCount), 0) < columns ? SEPARATOR : label,
  )
}

/** The cell of the cathode that a place lies in, x first. */
export function cellAt({ size, cells, repeat, separatorCells }: CathodeTiling, x: number, y: number): number {
  const row = Math.min(repeat[1] - 1, Math.max(0, Math.floor(y / size)))
  return Math.min(cells - 1, Math.max(separatorCells, Math.floor(x / size))) + cells * row
}

/** A node in the box, parts of its sides; particles, which have one filling in the homogenized cell, in the middle of their cell. */
export function placeIn(tiling: CathodeTiling, p: number, filling: boolean): [number, number] {
  const { position, size, cells, repeat } = tiling
  const [x, y] = [position[3 * p], position[3 * p + 1]]
  // Round-off must not lead out of the box.
  if (!filling) return [Math.min(1, x / (cells * size)), Math.min(1, y / (repeat[1] * size))]
  const at = cellAt(tiling, x, y)
  return [((at % cells) + 0.5) / cells, (Math.floor(at / cells) + 0.5) / repeat[1]]
}
