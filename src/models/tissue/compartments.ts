/**
 * Where a tissue lives: a set of nodes that carry intracellular and extracellular volume and membrane area, and edges
 * that carry transmissibilities of both phases. The homogenized model has both phases and membrane at every node
 * (volumes |Y_s| vol, area a vol, effective transmissibilities); a resolved model has them where the geometry puts
 * them. The equations (model.ts) are the same for both.
 *
 * Units: volumes m³, areas m², transmissibilities m (they multiply a diffusivity in m²/s and a concentration
 * difference in mol/m³ and give mol/s). One- and two-dimensional boxes have unit depth.
 */
import type { Tensor } from '../../cell/cell.ts'
import { Lattice } from '../../numerics/lattice.ts'
import { assembleEdgeWeights } from '../../numerics/mesh.ts'
import type { MacroSpec } from '../family.ts'

export interface Compartments {
  nodes: number
  /** Position of node p, component c at [3p + c], m. */
  position: Float64Array
  /** Mesh width, m. */
  width: number
  volumeI: Float64Array
  volumeE: Float64Array
  area: Float64Array
  edges: {
    count: number
    from: Int32Array
    to: Int32Array
    weightI: Float64Array
    weightE: Float64Array
  }
  /** True when nodes form a chain 0-1-2-… (then a direct block-tridiagonal solver applies). */
  chain: boolean
  /** Outer boundary: node and area of its face, per side (`left` is x = 0, `right` is x = L). */
  left: { node: Int32Array; face: Float64Array }
  right: { node: Int32Array; face: Float64Array }
  /** Embedding into a coarsenable lattice for multigrid (absent for chains). */
  lattice?: { lattice: Lattice; index: Int32Array; weightsI: Float64Array[]; weightsE: Float64Array[] }
}

/** Effective coefficients of a homogenized tissue. */
export interface EffectiveTissue {
  fractionI: number
  fractionE: number
  /** Membrane area per volume, 1/m. */
  areaDensity: number
  /** Effective tensor over D, dimensionless, with the porosity inside. */
  tensorI: Tensor
  tensorE: Tensor
}

/** Homogenized tissue on a box: vertex-centred finite volumes = linear elements on the Kuhn mesh of the box. */
export function boxCompartments(macro: MacroSpec, tissue: EffectiveTissue): Compartments {
  const d = macro.dimension
  const counts = macro.nodes.slice(0, d)
  const spacing = counts.map((n, k) => macro.size[k] / (n - 1))
  const nodes = counts.reduce((a, b) => a * b, 1)
  const lattice = new Lattice(counts.map(coarsenable))
  const index = new Int32Array(nodes)
  const position = new Float64Array(3 * nodes)
  const volume = new Float64Array(nodes)
  const end = [0, 0, 0]
  for (let p = 0; p < nodes; p++) {
    end[0] = p % counts[0]
    end[1] = d > 1 ? Math.floor(p / counts[0]) % counts[1] : 0
    end[2] = d > 2 ? Math.floor(p / (counts[0] * counts[1])) : 0
    let v = 1
    for (let k = 0; k < d; k++) {
      position[3 * p + k] = end[k] * spacing[k]
      v *= spacing[k] * (end[k] === 0 || end[k] === counts[k] - 1 ? 0.5 : 1)
    }
    volume[p] = v
    index[p] = end[0] + lattice.sizes[0] * (end[1] + (d > 1 ? lattice.sizes[1] : 1) * end[2])
  }
  const inside = insideBox(lattice, counts)
  const weights = (tensor: Tensor) =>
    assembleEdgeWeights({ lattice, spacing }, (cell) => inside[cell] === 1, leadingBlock(tensor, d))
  const weightsI = weights(tissue.tensorI)
  const weightsE = weights(tissue.tensorE)
  return {
    nodes,
    position,
    width: Math.max(...spacing),
    volumeI: volume.map((v) => v * tissue.fractionI),
    volumeE: volume.map((v) => v * tissue.fractionE),
    area: volume.map((v) => v * tissue.areaDensity),
    edges: edgeList(lattice, index, weightsI, weightsE),
    chain: d === 1,
    left: side(counts, spacing, 0),
    right: side(counts, spacing, counts[0] - 1),
    lattice: d === 1 ? undefined : { lattice, index, weightsI, weightsE },
  }
}

/** Homogenized tissue on a ball of radius `macro.size[0]`, radial coordinate only (nodes from the centre outwards). */
export function radialCompartments(macro: MacroSpec, tissue: EffectiveTissue): Compartments {
  const nodes = macro.nodes[0]
  const h = macro.size[0] / (nodes - 1)
  const position = new Float64Array(3 * nodes)
  const volume = new Float64Array(nodes)
  const edges = nodes - 1
  const from = new Int32Array(edges)
  const to = new Int32Array(edges)
  const weightI = new Float64Array(edges)
  const weightE = new Float64Array(edges)
  for (let p = 0; p < nodes; p++) {
    position[3 * p] = p * h
    const inner = Math.max(0, (p - 0.5) * h)
    const outer = Math.min(nodes - 1, p + 0.5) * h
    volume[p] = ((4 * Math.PI) / 3) * (outer ** 3 - inner ** 3)
    if (p < edges) {
      from[p] = p
      to[p] = p + 1
      const w = (4 * Math.PI * outer ** 2) / h
      weightI[p] = w * tissue.tensorI[0][0]
      weightE[p] = w * tissue.tensorE[0][0]
    }
  }
  const surface = Float64Array.of(4 * Math.PI * macro.size[0] ** 2)
  return {
    nodes,
    position,
    width: h,
    volumeI: volume.map((v) => v * tissue.fractionI),
    volumeE: volume.map((v) => v * tissue.fractionE),
    area: volume.map((v) => v * tissue.areaDensity),
    edges: { count: edges, from, to, weightI, weightE },
    chain: true,
    left: { node: Int32Array.of(0), face: Float64Array.of(0) },
    right: { node: Int32Array.of(nodes - 1), face: surface },
  }
}

/** Edges between the nodes `index` of a lattice on which at least one phase conducts. */
export function edgeList(
  lattice: Lattice,
  index: Int32Array,
  weightsI: readonly Float64Array[],
  weightsE: readonly Float64Array[],
): Compartments['edges'] {
  const reverse = new Int32Array(lattice.count).fill(-1)
  for (let p = 0; p < index.length; p++) reverse[index[p]] = p
  const from: number[] = []
  const to: number[] = []
  const wI: number[] = []
  const wE: number[] = []
  const largest = Math.max(...weightsE.map(maximum), ...weightsI.map(maximum))
  for (let direction = 0; direction < weightsE.length; direction++) {
    const next = lattice.forward(direction + 1)
    for (let p = 0; p < index.length; p++) {
      const i = weightsI[direction][index[p]]
      const e = weightsE[direction][index[p]]
      if (Math.abs(i) + Math.abs(e) < 1e-13 * largest) continue
      from.push(p)
      to.push(reverse[next[index[p]]])
      wI.push(i)
      wE.push(e)
    }
  }
  return {
    count: from.length,
    from: Int32Array.from(from),
    to: Int32Array.from(to),
    weightI: Float64Array.from(wI),
    weightE: Float64Array.from(wE),
  }
}

/** Nodes and face areas of the plane at index i along x. */
export function side(
  counts: readonly number[],
  spacing: readonly number[],
  i: number,
): { node: Int32Array; face: Float64Array } {
  const [nx, ny = 1, nz = 1] = counts
  const node = new Int32Array(ny * nz)
  const face = new Float64Array(ny * nz)
  for (let k = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      node[j + ny * k] = i + nx * (j + ny * k)
      face[j + ny * k] = share(j, ny) * (spacing[1] ?? 1) * share(k, nz) * (spacing[2] ?? 1)
    }
  }
  return { node, face }
}

function share(i: number, n: number): number {
  return n === 1 ? 1 : i === 0 || i === n - 1 ? 0.5 : 1
}

/**
 * Smallest lattice size that holds n nodes plus one empty line (so that nothing wraps around, also after coarsening)
 * and can be halved down to at most 8.
 */
export function coarsenable(n: number): number {
  for (let size = n + 1; ; size++) {
    let rest = size
    while (rest % 2 === 0 && rest > 8) rest /= 2
    if (rest <= 9) return size
  }
}

function insideBox(lattice: Lattice, counts: number[]): Uint8Array {
  const inside = new Uint8Array(lattice.count)
  const [sx, sy = 1] = lattice.sizes
  for (let p = 0; p < lattice.count; p++) {
    const c = [p % sx, Math.floor(p / sx) % sy, Math.floor(p / (sx * sy))]
    inside[p] = counts.every((n, k) => c[k] < n - 1) ? 1 : 0
  }
  return inside
}

function leadingBlock(tensor: Tensor, d: number): Tensor {
  return tensor.slice(0, d).map((row) => row.slice(0, d))
}

function maximum(values: Float64Array): number {
  let m = 0
  for (const v of values) if (Math.abs(v) > m) m = Math.abs(v)
  return m
}
