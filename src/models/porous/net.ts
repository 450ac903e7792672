/**
 * Where a porous electrolyte lives: nodes with pore volume (ions), total volume and walls (fixed charge), edges with
 * transmissibilities for diffusion, drift and the electric displacement. The homogenized model fills them from its
 * tensors, the resolved one from the geometry; the equations are the same.
 *
 * Units: volumes m³, transmissibilities m (times a diffusivity, a permittivity); unit depth in one and two dimensions.
 */
import type { Tensor } from '../../cell/cell.ts'
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
}

/** @param faces positions of the nodes along x as fractions of the length; uniform if absent */
export function boxNet(macro: MacroSpec, tensors: BoxTensors, faces?: Float64Array): PorousNet {
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
  const net = netOn({ lattice, spacing, displacement }, index, (cell) => inside[cell] === 1, tensors)
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
export function periodicNet(macro: MacroSpec, tensors: BoxTensors): PorousNet {
  const counts = macro.nodes.map((n) => n - 1)
  const spacing = counts.map((n, k) => macro.size[k] / n)
  const lattice = new Lattice(counts)
  const index = Int32Array.from({ length: lattice.count }, (_, p) => p)
  const none: Side = { node: new Int32Array(0), face: new Float64Array(0) }
  return {
    ...netOn({ lattice, spacing }, index, () => true, tensors),
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
  tensors: BoxTensors,
): Pick<PorousNet, 'nodes' | 'position' | 'pore' | 'volume' | 'walls' | 'edges' | 'grid'> {
  const { lattice, spacing, displacement } = mesh
  const d = lattice.dimension
  const block = (tensor: Tensor) => tensor.slice(0, d).map((row) => row.slice(0, d))
  const groups = [tensors.diffusion, tensors.drift, tensors.permittivity].map((tensor) =>
    assembleEdgeWeights(mesh, include, block(tensor)),
  )
  const { weights, ...list } = edgeList(lattice, index, groups)
  const volumes = nodeVolumes(mesh, include)
  const volume = Float64Array.from(index, (q) => volumes[q])
  const position = new Float64Array(3 * index.length)
  for (let p = 0; p < index.length; p++)
    for (let k = 0; k < d; k++)
      position[3 * p + k] = lattice.coordinate(index[p], k) * spacing[k] + (displacement?.[d * index[p] + k] ?? 0)
  return {
    nodes: index.length,
    position,
    pore: volume.map((v) => v * tensors.pore),
    volume,
    walls: volume,
    edges: { ...list, diffusion: weights[0], drift: weights[1], displacement: weights[2] },
    grid: { lattice, index, diffusion: groups[0], displacement: groups[2] },
  }
}
