/**
 * The net of the homogenized cell: finite volumes on the cells of the grid, with the effective tensors on their faces. The
 * foil is a column without volume: no anions pass it unless electrolyte is pumped through, when its salt is held and
 * anions come in. Otherwise it holds part of the salt of the cell beside it.
 */
import { FARADAY } from '../../constants.ts'
import type { Grid } from '../equations/grid.ts'
import { materialOf } from '../equations/materials.ts'
import { type Edges, type Net, NO_EDGES, type Particles, standardShift } from '../equations/net.ts'
import type { CathodeSetting, Kind, PorousElectrode, Tensor2 } from '../equations/setting.ts'
import type { Face } from '../laws/electrolyte.ts'
import { type ObliqueEdges, obliqueEdges } from './oblique.ts'

export function gridNet(setting: CathodeSetting): Net {
  const { grid, cathode, separator } = setting
  const electrons = electronEdges(setting)
  const n = grid.nodes
  const inside = (p: number) => p % grid.columns >= grid.first
  const at = (of: (p: number, volume: number) => number) =>
    Float64Array.from({ length: n }, (_, p) => of(p, grid.width[p % grid.columns] * grid.share))
  const cellOf = (p: number) =>
    (p % grid.columns) - grid.first + (grid.columns - grid.first) * Math.floor(p / grid.columns)
  const mask = (of: (p: number) => boolean) => Uint8Array.from({ length: n }, (_, p) => (of(p) ? 1 : 0))
  const rows = Array.from({ length: grid.rows }, (_, j) => grid.columns * j)
  const cells = (grid.columns - grid.first) * grid.rows
  const hosts = mask(inside)
  const electrode = (p: number) => electrodeAt(setting, p)
  const standard = ({ second }: Kind) => (second ? standardShift(setting, materialOf(setting, second)) : 0)
  const particles = (kind: Kind, k: number): Particles => ({
    ...solidOf(setting, kind, inside, at),
    hosts,
    active: at((p, v) => (inside(p) ? electrode(p).kinds[k].q * v : 0)),
    area: at((p, v) => (inside(p) ? electrode(p).kinds[k].a * setting.spread[k * cells + cellOf(p)] * v : 0)),
    shift: at((p) => (inside(p) ? setting.shift[k * cells + cellOf(p)] + standard(kind) : 0)),
  })
  const [first, ...others] = cathode.kinds
  const pores = at((p, v) => (inside(p) ? electrode(p).p : separator.p) * v)
  return {
    nodes: n,
    columns: grid.columns,
    salt: shareWithFoil(setting, pores),
    charge: pores,
    ions: mask(() => true),
    conducts: mask(inside),
    particles: [particles(first, 0), ...others.map((kind, k) => particles(kind, k + 1))],
    electrolyte: ionFaces(setting, inside),
    electrons: electrons.inside,
    foil: { node: Int32Array.from(rows), share: new Float64Array(grid.rows).fill(grid.share) },
    collector: electrons.collector,
  }
}

/** The electrode at a node of it. */
function electrodeAt({ grid, cathode, along }: CathodeSetting, p: number): PorousElectrode {
  return along ? along[(p % grid.columns) - grid.first] : cathode
}

/** Part of the cell beside the foil whose salt the foil's column holds: that of the nearer half of the half-cell between. */
const AT_FOIL = 0.25

/**
 * Salt at the foil takes time to move like everywhere: without any, the half-cell beside the foil would be polarised at
 * once, a resistance of the mesh of 2 RT/F² (1 - t+)² h / (2 c D).
 */
function shareWithFoil({ grid, flow }: CathodeSetting, whole: Float64Array): Float64Array {
  const salt = whole.slice()
  if (flow) return salt
  for (let p = 0; p < salt.length; p += grid.columns) {
    salt[p] = AT_FOIL * salt[p + 1]
    salt[p + 1] -= salt[p]
  }
  return salt
}

/** Whether a tensor has axes other than those of the box somewhere. */
function askew({ grid }: CathodeSetting, of: (column: number) => Tensor2, first: number): boolean {
  for (let i = first; i < grid.columns; i++) if ((of(i)[2] ?? 0) !== 0) return true
  return false
}

function ionFaces(setting: CathodeSetting, inside: (p: number) => boolean): Net['electrolyte'] {
  const { grid, separator, flow, reference } = setting
  const T = (p: number) => (inside(p) ? electrodeAt(setting, p).T : separator.T)
  const carried = flow ? FARADAY * reference * flow.velocity : 0
  const ends = askew(setting, T, 0) ? obliqueFaces(grid, T, carried) : straightFaces(grid, T, carried)
  const held = ends.from.map((p) => (flow && p % grid.columns === 0 ? 1 : 0))
  return { ...ends, leaving: Uint8Array.from(held, (foil) => 1 - foil) }
}

type Faces = Pick<Net['electrolyte'], 'from' | 'to' | 'face'>

/** @param carried F c0 V along x, A/m² */
function straightFaces({ faces }: Grid, T: (p: number) => Tensor2, carried: number): Faces {
  const side = (distance: number, p: number, axis: number, area: number) => ({
    resistance: distance / (T(p)[axis] * area),
    distance,
  })
  const face = Array.from({ length: faces.count }, (_, k): Face => {
    const [a, b, axis, area] = [faces.from[k], faces.to[k], faces.axis[k], faces.area[k]]
    return {
      left: side(faces.before[k], a, axis, area),
      right: side(faces.after[k], b, axis, area),
      flow: axis === 0 ? carried * area : 0,
    }
  })
  return { from: faces.from, to: faces.to, face }
}

function obliqueFaces(grid: Grid, T: (p: number) => Tensor2, carried: number): Faces {
  const { columns, width, share, height } = grid
  const { from, to, weight } = obliqueEdges(grid, T, 0)
  const face = Array.from(weight, (value, k): Face => {
    const [a, b] = [from[k] % columns, to[k] % columns]
    const along = a === b
    // Both halves of an edge share its resistance as the layers between the columns do.
    const [before, after] = along ? [(share * height) / 2, (share * height) / 2] : [width[a] / 2, width[b] / 2]
    const [left, right] = along ? [1, 1] : [before / T(a)[0], after / T(b)[0]]
    return {
      left: { resistance: left / (left + right) / value, distance: before },
      right: { resistance: right / (left + right) / value, distance: after },
      flow: to[k] - from[k] === 1 ? carried * share : 0,
    }
  })
  return { from, to, face }
}

/** Faces between cells of the cathode: those that are kept, with what crosses them. */
function facesInside({ grid: { faces }, along }: CathodeSetting, inside: (p: number) => boolean) {
  const kept = Array.from({ length: faces.count }, (_, k) => k).filter(
    (k) => inside(faces.from[k]) && inside(faces.to[k]),
  )
  /** @param of conductivity at a node along the axis of a face; two of them are in series. */
  const edges = (list: readonly number[], of: (p: number, axis: number) => number): Edges => ({
    from: Int32Array.from(list, (k) => faces.from[k]),
    to: Int32Array.from(list, (k) => faces.to[k]),
    G: Float64Array.from(list, (k) => {
      const [axis, before, after] = [faces.axis[k], faces.before[k], faces.after[k]]
      const left = of(faces.from[k], axis)
      if (!along) return (left * faces.area[k]) / (before + after)
      return faces.area[k] / (before / left + after / of(faces.to[k], axis))
    }),
  })
  return { kept, edges, faces }
}

const scaled = ({ from, to, weight }: ObliqueEdges, factor: number): Edges => ({
  from,
  to,
  G: weight.map((value) => factor * value),
})

/** Electrons between cells of the cathode, and to the collector: the solid of the last column is connected along the tab. */
function electronEdges(setting: CathodeSetting): { inside: Edges; collector: Net['collector'] } {
  const { grid, thermal } = setting
  const Sigma = (p: number) => electrodeAt(setting, p).Sigma
  if (askew(setting, Sigma, grid.first)) {
    const edges = obliqueEdges(grid, Sigma, grid.first, grid.tab)
    const end = [...edges.end]
    return {
      inside: scaled(edges, thermal),
      collector: {
        node: Int32Array.from(end, ([p]) => p),
        G: Float64Array.from(end, ([, weight]) => thermal * weight),
      },
    }
  }
  const { kept, edges } = facesInside(setting, (p) => p % grid.columns >= grid.first)
  const last = grid.columns - 1
  const rows = Array.from(grid.tab.keys()).filter((j) => grid.tab[j] === 1)
  const node = Int32Array.from(rows, (j) => last + grid.columns * j)
  const G = (Sigma(last)[0] * thermal * grid.share) / (grid.width[last] / 2)
  return {
    inside: edges(kept, (p, axis) => Sigma(p)[axis] * thermal),
    collector: { node, G: new Float64Array(node.length).fill(G) },
  }
}

/** Lithium crosses the solid of the first kind of a material alone. */
function solidOf(
  setting: CathodeSetting,
  kind: Kind,
  inside: (p: number) => boolean,
  at: (of: (p: number, volume: number) => number) => Float64Array,
): Pick<Particles, 'material' | 'lithium' | 'gradient'> {
  const material = materialOf(setting, kind.second)
  if (kind !== setting.cathode.kinds.find(({ second = false }) => second === (kind.second ?? false)))
    return { material, lithium: NO_EDGES }
  const { sites, solid } = material
  const { grid } = setting
  const Ms = (p: number): Tensor2 => {
    const own = electrodeAt(setting, p)
    return (kind.second ? own.Ms2 : own.Ms) ?? material.Ms
  }
  const carried = FARADAY * solid.diffusivity * sites
  const gradient = (edges: Edges) => ({ ...edges, volume: at((_, v) => v), active: kind.q })
  // K along x is that of the material; it goes with the tensor that lithium moves by.
  const steep = (p: number, axis: number) => (solid.gradient > 0 ? solid.gradient * (Ms(p)[axis] / Ms(p)[0]) : 0)
  if (askew(setting, Ms, grid.first)) {
    const edges = obliqueEdges(grid, Ms, grid.first)
    // Gradient energy is that of one cell, whose tensor is the same in all columns.
    const ratio = solid.gradient > 0 ? solid.gradient / Ms(grid.first)[0] : 0
    return { material, lithium: scaled(edges, carried), gradient: gradient(scaled(edges, ratio)) }
  }
  const { kept, edges, faces } = facesInside(setting, inside)
  const moving = kept.filter((k) => Ms(faces.from[k])[faces.axis[k]] > 0 && Ms(faces.to[k])[faces.axis[k]] > 0)
  return {
    material,
    lithium: edges(moving, (p, axis) => carried * Ms(p)[axis]),
    gradient: gradient(edges(kept, steep)),
  }
}
