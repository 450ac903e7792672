/**
 * Where a porous electrolyte lives: nodes with pore volume (ions), total volume and walls (fixed charge), edges with
 * transmissibilities for diffusion, drift and the electric displacement. The homogenized model fills them from its
 * tensors, the resolved one from the geometry; the equations are the same.
 *
 * Units: volumes m³, transmissibilities m (times a diffusivity, a permittivity); unit depth in one and two dimensions.
 */
import { leadingBlock, type Tensor } from '../../cell/cell.ts'
import { boxGrid, edgeList, type Side, side } from '../../numerics/box.ts'
import { Lattice } from '../../numerics/lattice.ts'
import { assembleEdgeWeights, nodeVolumes } from '../../numerics/mesh.ts'
import type { SimplexMesh } from '../../numerics/simplex.ts'
import type { MacroSpec } from '../family.ts'

export interface PorousNet {
  nodes: number
  /** Position of node p, component c at [3p + c], m. */
  position: Float64Array
  /** Pore volume and total volume of the node's cell. */
  pore: Float64Array
  volume: Float64Array
  /** Volume whose fixed charge the node carries; adds up to the total volume. */
  walls: Float64Array
  edges: {
    count: number
    from: Int32Array
    to: Int32Array
    diffusion: Float64Array
    drift: Float64Array
    displacement: Float64Array
  }
  /** True when nodes form a chain 0-1-2-…, in order along x. */
  chain: boolean
  left: Side
  right: Side
  /** Embedding into a coarsenable lattice (absent for chains). */
  grid?: { lattice: Lattice; index: Int32Array; diffusion: Float64Array[]; displacement: Float64Array[] }
  /** Nodes per axis in order of the index, for direct solvers. */
  counts: readonly number[]
  /** Without sides: what leaves at one end of an axis enters at the other. */
  periodic?: true
}

export interface BoxTensors {
  pore: number
  diffusion: Tensor
  drift: Tensor
  /** Over the permittivity of the fluid. */
  permittivity: Tensor
  /** Area of the walls per volume, in any unit; charge is spread evenly without. */
  walls?: number
}

/** The medium, or the one at every place of the box, a fraction of its length. */
export type Medium = BoxTensors | ((place: number) => BoxTensors)

/** @param faces positions of the nodes along x as fractions of the length; uniform if absent */
export function boxNet(macro: MacroSpec, medium: Medium, faces?: Float64Array): PorousNet {
  const counts = macro.nodes
  const d = macro.dimension
  const spacing = counts.map((n, k) => macro.size[k] / (n - 1))
  const { lattice, index, inside } = boxGrid(counts)
  const displacement = faces && new Float64Array(d * lattice.count)
  if (faces && displacement)
    for (let q = 0; q < lattice.count; q++) {
      const i = Math.min(lattice.coordinate(q, 0), counts[0] - 1)
      displacement[d * q] = (faces[i] - i / (counts[0] - 1)) * macro.size[0]
    }
  const net = netOn({ lattice, spacing, displacement }, index, (cell) => inside[cell] === 1, medium, macro.size[0])
  return {
    ...net,
    chain: d === 1,
    left: side(counts, spacing, 0),
    right: side(counts, spacing, counts[0] - 1),
    grid: d === 1 ? undefined : net.grid,
    counts,
  }
}

/** The box closed upon itself along every axis; its nodes are those of macro without the last ones, which repeat the first. */
export function periodicNet(macro: MacroSpec, medium: Medium): PorousNet {
  const counts = macro.nodes.map((n) => n - 1)
  const spacing = counts.map((n, k) => macro.size[k] / n)
  const lattice = new Lattice(counts)
  const index = Int32Array.from({ length: lattice.count }, (_, p) => p)
  const none: Side = { node: new Int32Array(0), face: new Float64Array(0) }
  return {
    ...netOn({ lattice, spacing }, index, () => true, medium, macro.size[0]),
    chain: false,
    left: none,
    right: none,
    counts,
    periodic: true,
  }
}

/** Volumes and transmissibilities of the homogenized medium on the nodes `index` of a lattice. */
function netOn(
  mesh: SimplexMesh,
  index: Int32Array,
  include: (cell: number) => boolean,
  medium: Medium,
  length: number,
): Pick<PorousNet, 'nodes' | 'position' | 'pore' | 'volume' | 'walls' | 'edges' | 'grid'> {
  const { lattice, spacing, displacement } = mesh
  const d = lattice.dimension
  const position = new Float64Array(3 * index.length)
  for (let p = 0; p < index.length; p++)
    for (let k = 0; k < d; k++)
      position[3 * p + k] = lattice.coordinate(index[p], k) * spacing[k] + (displacement?.[d * index[p] + k] ?? 0)
  const of = <T>(read: (tensors: BoxTensors) => T) =>
    typeof medium === 'function' ? inColumns(mesh, (x) => read(medium(x / length))) : read(medium)
  const groups = (['diffusion', 'drift', 'permittivity'] as const).map((name) =>
    assembleEdgeWeights(
      mesh,
      include,
      of((tensors) => leadingBlock(tensors[name], d)),
    ),
  )
  const { weights, ...list } = edgeList(lattice, index, groups)
  const take = (values: Float64Array) => Float64Array.from(index, (q) => values[q])
  // A third of every triangle would give the nodes of outer rows more of one column than of the other.
  const volumes = (part: (cell: number) => number) =>
    displacement && d > 1 ? quarters(mesh, include, part) : nodeVolumes(mesh, include, part)
  const volume = take(volumes(() => 1))
  const filled = (part: number | ((cell: number) => number)) =>
    typeof part === 'number' ? volume.map((v) => v * part) : take(volumes(part))
  const walled = typeof medium === 'function' ? filled(of(({ walls = 1 }) => walls)) : volume
  const area = walled.reduce((sum, a) => sum + a, 0)
  const whole = volume.reduce((sum, v) => sum + v, 0)
  return {
    nodes: index.length,
    position,
    pore: filled(of(({ pore }) => pore)),
    volume,
    // Walls of one charge per area; a medium without any has its charge everywhere.
    walls: area > 0 ? walled.map((a) => (a * whole) / area) : volume,
    edges: { ...list, diffusion: weights[0], drift: weights[1], displacement: weights[2] },
    grid: { lattice, index, diffusion: groups[0], displacement: groups[2] },
  }
}

/** Volumes of the nodes of a sheet whose columns differ in width: a quarter of each cell that they are a corner of. */
function quarters(
  { lattice, spacing, displacement }: SimplexMesh,
  include: (cell: number) => boolean,
  part: (cell: number) => number,
): Float64Array {
  const out = new Float64Array(lattice.count)
  const shift = (q: number) => displacement?.[2 * q] ?? 0
  for (let q = 0; q < lattice.count; q++) {
    if (!include(q)) continue
    const right = lattice.forward(1)[q]
    const quarter = (part(q) * spacing[1] * (spacing[0] + shift(right) - shift(q))) / 4
    for (const corner of [q, right, lattice.forward(2)[q], lattice.forward(3)[q]]) out[corner] += quarter
  }
  return out
}

/** A quantity that is a function of x: its value on lattice cells, that in the middle of their column. */
function inColumns<T>({ lattice, spacing, displacement }: SimplexMesh, at: (x: number) => T): (cell: number) => T {
  const d = lattice.dimension
  const right = lattice.forward(1)
  const shift = (q: number) => displacement?.[d * q] ?? 0
  const known = new Map<number, T>()
  return (cell) => {
    const i = lattice.coordinate(cell, 0)
    const value = known.get(i) ?? at((i + 0.5) * spacing[0] + (shift(cell) + shift(right[cell])) / 2)
    known.set(i, value)
    return value
  }
}
