/**
 * The resolved cathode: one row of N copies of the fitted mesh of the reference cell between lithium foil and collector,
 * periodic across. Per area of the cell (over the height of the strip), with P1 transmissibilities K:
 *
 *   salt, ions   electrolyte (and carbon, where ions pass it); separator with its pores p_s and T_s
 *   electrons    sigma_a K_active + sigma_c K_carbon        lithium   K_active, of each material by itself
 *   reaction     contact of active material and electrolyte times the roughness
 *
 * Nodes on a contact carry the unknowns of both sides. The first cells are the separator, a medium without structure.
 */
import type { CellMesh, CellResult } from '../../../cell/cell.ts'
import { type TiledMesh, tileMesh } from '../../../cell/tile.ts'
import { edgeList } from '../../../numerics/box.ts'
import { interfaceAreas } from '../../../numerics/interface.ts'
import { assembleLayers, controlVolumes } from '../../../numerics/mesh.ts'
import { OMITTED } from '../../../numerics/simplex.ts'
import { present } from '../../../present.ts'
import { FARADAY } from '../../constants.ts'
import { materialOf } from '../equations/materials.ts'
import { type Edges, type Net, type Particles, standardShift } from '../equations/net.ts'
import type { CathodeSetting } from '../equations/setting.ts'
import { ACTIVE, ACTIVE2, CARBON, ELECTROLYTE } from '../phases.ts'

/** Labels of the simplices: the phases, and the separator. */
const GROUPS = [ELECTROLYTE, ACTIVE, CARBON, ACTIVE2]
const SEPARATOR = 4
const LABELS = 5

export interface StripSpec {
  /** Period of the cell, m. */
  size: number
  /** Cells along the strip, the separator's included. */
  cells: number
  separator: { cells: number; p: number; T: number }
  /** S/m. */
  conductivity: { active: number; carbon: number; active2?: number }
  /** Ions pass through the carbon. */
  open: boolean
  /** True over drawn area of the contact. */
  roughness: number
}

export interface CathodeTiling extends Pick<TiledMesh, 'cellNode' | 'column'> {
  /** Nodes along the strip and across; node p = i + counts[0] * j. */
  counts: readonly number[]
  nodes: number
  /** Nodes per cell and axis, cells, and those of the separator. */
  resolution: number
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
  const { size, cells, separator, conductivity, open } = spec
  const wrap = [false, true]
  const [mesh] = meshes
  const tiled = tileMesh(meshes, size, [cells, 1], GROUPS, wrap)
  const { lattice, spacing, displacement, counts, index, cellNode, column, position } = tiled
  const group = withSeparator(tiled, separator.cells * mesh.n)
  const shape = { lattice, spacing, displacement }
  yield
  const K = yield* assembleLayers(shape, group, LABELS)
  const volumes = controlVolumes(shape, group, LABELS)
  yield
  // Per area of the cell: over the height of the strip.
  const blend = (of: readonly number[], parts: readonly Float64Array[]) =>
    parts[0].map((_, q) => of.reduce((sum, weight, s) => sum + weight * parts[s][q], 0) / size)
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
  const contact = (label: number) => group.map((s) => (s === 0 ? 0 : s === label ? 1 : OMITTED))
  const materials: TiledMaterial[] = []
  for (const [k, { phase, label, one }] of sorts.entries()) {
    const area = take(yield* interfaceAreas(shape, contact(label))).map((a) => (a * spec.roughness) / size)
    materials.push({ phase, active: volume(one), area, lithium: edges[2 + k] })
  }
  yield
  const total = (of: (m: TiledMaterial) => Float64Array) =>
    materials.map(of).reduce((a, b) => a.map((v, p) => v + b[p]))
  const end = Int32Array.from({ length: counts[1] }, (_, j) => counts[0] - 1 + counts[0] * j)
  return {
    counts,
    nodes: index.length,
    resolution: mesh.n,
    cells,
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
    collector: end.filter((p) => solid[p] > 0),
  }
}

/** The foil is entered through what holds salt alone, which takes all of it. */
function foilOf(
  { lattice, index, position, counts, spacing }: TiledMesh,
  group: Uint8Array,
  holdsSalt: (label: number) => boolean,
): CathodeTiling['foil'] {
  const [nx, ny] = counts
  // The simplex of a lattice cell that has its left edge goes up first.
  const left = lattice.permutations.findIndex((perm) => perm[0] === 1)
  const share = new Float64Array(ny)
  for (let j = 0; j < ny; j++) {
    if (!holdsSalt(group[index[nx * j] * lattice.simplexCount + left])) continue
    const next = (j + 1) % ny
    const y = (k: number) => position[3 * nx * k + 1]
    const face = y(next) - y(j) + (next === 0 ? ny * spacing[1] : 0)
    share[j] += face / 2
    share[next] += face / 2
  }
  const total = share.reduce((a, b) => a + b, 0)
  const open = Int32Array.from(share.keys()).filter((j) => share[j] > 0)
  return { node: open.map((j) => nx * j), share: Float64Array.from(open, (j) => share[j] / total) }
}

/** Labels with the first `columns` columns of lattice cells turned into separator. */
function withSeparator({ lattice, group }: TiledMesh, columns: number): Uint8Array {
  const { simplexCount } = lattice
  return group.map((label, s) =>
    label !== OMITTED && lattice.coordinate(Math.floor(s / simplexCount), 0) < columns ? SEPARATOR : label,
  )
}

/** The net of the resolved cell. */
export function tilingNet(setting: CathodeSetting, tiling: CathodeTiling): Net {
  const { thermal } = setting
  const n = tiling.nodes
  const there = (volume: Float64Array) => Uint8Array.from(volume, (v) => (v > 0 ? 1 : 0))
  const salt = conducting(tiling, tiling.edges.salt, 1)
  const half = (w: number) => ({ resistance: 0.5 / w, distance: 1 })
  const [first, ...others] = tiling.materials.map((of): Particles => {
    const material = materialOf(setting, of.phase === ACTIVE2)
    const { solid, sites } = material
    return {
      material,
      hosts: there(of.active),
      active: of.active,
      area: of.area,
      shift: new Float64Array(n).fill(of.phase === ACTIVE2 ? standardShift(setting, material) : 0),
      lithium: conducting(tiling, of.lithium, FARADAY * solid.diffusivity * sites),
      gradient: { ...conducting(tiling, of.lithium, solid.gradient), volume: of.active, active: 1 },
    }
  })
  return {
    nodes: n,
    columns: tiling.counts[0],
    salt: tiling.salt,
    charge: tiling.salt,
    ions: there(tiling.salt),
    conducts: there(tiling.solid),
    particles: [first, ...others],
    electrolyte: {
      from: salt.from,
      to: salt.to,
      face: Array.from(salt.G, (w) => ({ left: half(w), right: half(w), flow: 0 })),
      leaving: new Uint8Array(salt.from.length).fill(1),
    },
    electrons: conducting(tiling, tiling.edges.electrons, thermal),
    foil: tiling.foil,
    collector: { node: tiling.collector, G: new Float64Array(tiling.collector.length).fill(Number.POSITIVE_INFINITY) },
  }
}

/** Edges with a transmissibility, scaled. */
function conducting({ edges: { from, to } }: CathodeTiling, weight: Float64Array, scale: number): Edges {
  const kept = Int32Array.from(weight.keys()).filter((k) => weight[k] !== 0)
  return {
    from: kept.map((k) => from[k]),
    to: kept.map((k) => to[k]),
    G: Float64Array.from(kept, (k) => scale * weight[k]),
  }
}
