/**
 * Where a tissue lives: a set of nodes that carry intracellular and extracellular volume and membrane area, and edges
 * that carry transmissibilities of both phases. The homogenized model has both phases and membrane at every node
 * (volumes |Y_s| vol, area a vol, effective transmissibilities); a resolved model has them where the geometry puts
 * them. The equations (equations.ts) are the same for both.
 *
 * Units: volumes m³, areas m², transmissibilities m (they multiply a diffusivity in m²/s and a concentration
 * difference in mol/m³ and give mol/s). One- and two-dimensional boxes have unit depth.
 */
import { leadingBlock, type Tensor } from '../../cell/cell.ts'
import { boxMesh, edgeList, type Side, side } from '../../numerics/box.ts'
import type { Lattice } from '../../numerics/lattice.ts'
import { assembleEdgeWeights } from '../../numerics/mesh.ts'
import { present } from '../../present.ts'
import type { MacroSpec } from '../family.ts'

/** A further kind of cells in the same period: what it holds at every node and conducts along every edge. */
export interface OtherCells {
  volume: Float64Array
  area: Float64Array
  weight: Float64Array
  /** The same weights on the lattice, by direction. */
  weights: readonly Float64Array[]
  /** They are glia. */
  glia: boolean
}

export interface TissueNet {
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
  /** Kinds of cells besides the first, which `volumeI`, `area` and `weightI` are of. */
  others: readonly OtherCells[]
  /** True when nodes form a chain 0-1-2-… (then a direct block-tridiagonal solver applies). */
  chain: boolean
  /** Outer boundary: node and area of its face, per side (`left` is x = 0, `right` is x = L). */
  left: Side
  right: Side
  /** Embedding into a coarsenable lattice for multigrid (absent for chains). */
  lattice?: { lattice: Lattice; index: Int32Array; weightsI: Float64Array[]; weightsE: Float64Array[] }
}

/** Effective coefficients of one kind of cells. */
export interface EffectiveCells {
  /** They are glia, which only further kinds can be. */
  glia?: boolean
  fractionI: number
  /** Membrane area per volume of the tissue, 1/m. */
  areaDensity: number
  /** Effective tensor over D, dimensionless, with the porosity inside. */
  tensorI: Tensor
}

/** Effective coefficients of a homogenized tissue: those of its first kind of cells, of the others, and outside. */
export interface EffectiveTissue extends EffectiveCells {
  fractionE: number
  tensorE: Tensor
  others: readonly EffectiveCells[]
  /** How much the membrane per volume of pieces of one kind differs, where it does. */
  unequal?: number
}

export function kindsIn({ fractionI, areaDensity, tensorI, others }: EffectiveTissue): readonly EffectiveCells[] {
  return [{ fractionI, areaDensity, tensorI }, ...others]
}

/** Parts of the unit cell that all cells, the space between them and glia fill. */
export function fractionsOf(tissue: EffectiveTissue): { fractionI: number; fractionE: number; fractionG: number } {
  const part = (wanted: boolean) =>
    kindsIn(tissue).reduce((sum, { fractionI, glia = false }) => sum + (glia === wanted ? fractionI : 0), 0)
  return { fractionI: part(false), fractionE: tissue.fractionE, fractionG: part(true) }
}

/** The parts of the tissue that cells, the space between them and glia fill on a net. */
export function filledParts({ volumeI, volumeE, others }: TissueNet): ReturnType<typeof fractionsOf> {
  const total = (a: Float64Array) => a.reduce((x, y) => x + y, 0)
  const [inside, outside] = [total(volumeI), total(volumeE)]
  const further = (wanted: boolean) =>
    others.reduce((sum, { volume, glia }) => sum + (glia === wanted ? total(volume) : 0), 0)
  const whole = inside + outside + further(false) + further(true)
  return {
    fractionI: (inside + further(false)) / whole,
    fractionE: outside / whole,
    fractionG: further(true) / whole,
  }
}

/** A tissue, or the one at every place of the box, a fraction of its length. */
export type Along = EffectiveTissue | ((place: number) => EffectiveTissue)

/**
 * What a net takes of a tissue between its nodes and at them, by column along x: where the tissue varies, a node has the
 * mean of its two sides.
 */
function inColumns(tissue: Along, columns: number) {
  if (typeof tissue !== 'function')
    return {
      between: <T>(of: (tissue: EffectiveTissue) => T) => of(tissue),
      at: (of: (tissue: EffectiveTissue) => number, values: Float64Array) => values.map((v) => v * of(tissue)),
      some: tissue,
    }
  const known = Array.from({ length: columns }, (_, i) => tissue((i + 0.5) / columns))
  /** Of lattice cells beyond the box: the last ones. */
  const column = (i: number) => known[Math.min(i, columns - 1)]
  return {
    between:
      <T>(of: (tissue: EffectiveTissue) => T) =>
      (i: number) =>
        of(column(i)),
    at: (of: (tissue: EffectiveTissue) => number, values: Float64Array) =>
      values.map((v, p) => {
        const i = p % (columns + 1)
        return (v * (of(column(Math.max(0, i - 1))) + of(column(i)))) / 2
      }),
    some: known[0],
  }
}

/** Homogenized tissue on a box: vertex-centred finite volumes = linear elements on the Kuhn mesh of the box. */
export function boxNet(macro: MacroSpec, tissue: Along): TissueNet {
  const d = macro.dimension
  const { lattice, index, inside, counts, spacing, position, volume } = boxMesh(macro)
  const { between, at, some } = inColumns(tissue, counts[0] - 1)
  const assembled = (of: (tissue: EffectiveTissue) => Tensor) => {
    const tensor = between((own) => leadingBlock(of(own), d))
    return assembleEdgeWeights(
      { lattice, spacing },
      (cell) => inside[cell] === 1,
      typeof tensor === 'function' ? (cell) => tensor(lattice.coordinate(cell, 0)) : tensor,
    )
  }
  const weightsE = assembled(({ tensorE }) => tensorE)
  const cells = kindsIn(some).map(({ glia = false }, k) => ({
    glia,
    weights: assembled((own) => kindsIn(own)[k].tensorI),
    volume: at((own) => kindsIn(own)[k].fractionI, volume),
    area: at((own) => kindsIn(own)[k].areaDensity, volume),
  }))
  const { weights, ...list } = edgeList(lattice, index, [weightsE, ...cells.map((kind) => kind.weights)])
  const [weightE, weightI, ...further] = weights
  const [first, ...others] = cells
  return {
    nodes: index.length,
    position,
    width: Math.max(...spacing),
    volumeI: first.volume,
    volumeE: at(({ fractionE }) => fractionE, volume),
    area: first.area,
    edges: { ...list, weightI, weightE },
    others: others.map((kind, k) => ({ ...kind, weight: further[k] })),
    chain: d === 1,
    left: side(counts, spacing, 0),
    right: side(counts, spacing, counts[0] - 1),
    lattice: d === 1 ? undefined : { lattice, index, weightsI: first.weights, weightsE },
  }
}

/** Homogenized tissue on a ball of radius `macro.size[0]`, radial coordinate only (nodes from the centre outwards). */
export function radialNet(macro: MacroSpec, tissue: Along): TissueNet {
  const nodes = macro.nodes[0]
  const { between, at, some } = inColumns(tissue, nodes - 1)
  const h = macro.size[0] / (nodes - 1)
  const position = new Float64Array(3 * nodes)
  const volume = new Float64Array(nodes)
  const edges = nodes - 1
  const from = Int32Array.from({ length: edges }, (_, p) => p)
  const plain = new Float64Array(edges)
  for (let p = 0; p < nodes; p++) {
    position[3 * p] = p * h
    const inner = Math.max(0, (p - 0.5) * h)
    const outer = Math.min(nodes - 1, p + 0.5) * h
    volume[p] = ((4 * Math.PI) / 3) * (outer ** 3 - inner ** 3)
    if (p < edges) plain[p] = (4 * Math.PI * outer ** 2) / h
  }
  const surface = Float64Array.of(4 * Math.PI * macro.size[0] ** 2)
  const weightsOf = (of: (tissue: EffectiveTissue) => Tensor) => {
    const value = between((own) => of(own)[0][0])
    return plain.map((w, i) => w * (typeof value === 'function' ? value(i) : value))
  }
  const [first, ...others] = kindsIn(some).map(({ glia = false }, k) => ({
    glia,
    volume: at((own) => kindsIn(own)[k].fractionI, volume),
    area: at((own) => kindsIn(own)[k].areaDensity, volume),
    weight: weightsOf((own) => kindsIn(own)[k].tensorI),
    weights: [],
  }))
  return {
    nodes,
    position,
    width: h,
    volumeI: first.volume,
    volumeE: at(({ fractionE }) => fractionE, volume),
    area: first.area,
    edges: {
      count: edges,
      from,
      to: from.map((p) => p + 1),
      weightI: first.weight,
      weightE: weightsOf(({ tensorE }) => tensorE),
    },
    others,
    chain: true,
    left: { node: Int32Array.of(0), face: Float64Array.of(0) },
    right: { node: Int32Array.of(nodes - 1), face: surface },
  }
}

/** Edge weights of a kind of cells on the lattice of the box, by direction. */
export function latticeWeights(net: TissueNet, kind: number): readonly Float64Array[] {
  const { weightsI } = present(net.lattice, 'the lattice of the box')
  return kind === 0 ? weightsI : net.others[kind - 1].weights
}

/** Transmissibilities of a net of a tissue for each component (symmetric, i <= j) of its tensor, were that one 1. */
export function unitWeights(
  { edges, lattice: embedded }: TissueNet,
  macro: MacroSpec,
  { tensorE }: EffectiveTissue,
  components: readonly (readonly [number, number])[],
): Float64Array[] {
  if (!embedded) return [edges.weightE.map((w) => w / tensorE[0][0])]
  const { lattice, index } = embedded
  const { spacing, inside } = boxMesh(macro)
  const axes = [...spacing.keys()]
  const along = Int32Array.from(edges.from, (p, e) => {
    const target = index[edges.to[e]]
    return Array.from({ length: lattice.directionCount }, (_, k) => k).findIndex(
      (k) => lattice.forward(k + 1)[index[p]] === target,
    )
  })
  return components.map(([i, j]) => {
    const unit = axes.map((a) => axes.map((b) => (Math.min(a, b) === i && Math.max(a, b) === j ? 1 : 0)))
    const weights = assembleEdgeWeights({ lattice, spacing }, (cell) => inside[cell] === 1, unit)
    return Float64Array.from(edges.from, (p, e) => weights[along[e]][index[p]])
  })
}
