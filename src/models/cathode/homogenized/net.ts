/**
 * The net of the homogenized cell: finite volumes on the cells of the grid, with the effective tensors on their faces. The
 * foil is a column without volume: no anions pass it unless electrolyte is pumped through, when its salt is held and
 * anions come in. Otherwise it holds part of the salt of the cell beside it.
 */
import { FARADAY } from '../../constants.ts'
import { faceBetween, type Grid } from '../equations/grid.ts'
import { materialOf } from '../equations/materials.ts'
import { type Edges, type Net, NO_EDGES, type Particles, standardShift } from '../equations/net.ts'
import type { CathodeSetting, Kind, PorousElectrode, Tensor2 } from '../equations/setting.ts'
import type { Face } from '../laws/electrolyte.ts'
import { obliqueEdges } from './oblique.ts'
import { throughFoil } from './pumped.ts'

export function gridNet(setting: CathodeSetting): Net {
  const { grid, cathode, separator } = setting
  // The solid of the last column is connected along the tab.
  const electrons = edgesInside(setting, setting.thermal, (p) => electrodeAt(setting, p).Sigma, grid.tab)
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
    ...solidOf(setting, kind, at),
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
    electrons: electrons.edges,
    foil: { node: Int32Array.from(rows), share: new Float64Array(grid.rows).fill(grid.share) },
    collector: electrons.end,
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
function shareWithFoil(setting: CathodeSetting, whole: Float64Array): Float64Array {
  const { grid } = setting
  const salt = whole.slice()
  if (throughFoil(setting)) return salt
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
  const { axis, area } = grid.faces
  const flows = flow?.field
    ? flow.field.faces.map((part) => carried * part)
    : area.map((value, k) => (axis[k] === 0 ? carried * value : 0))
  const ends = askew(setting, T, 0) ? obliqueFaces(grid, T, flows) : straightFaces(grid, T, flows)
  const holds = throughFoil(setting)
  return { ...ends, leaving: Uint8Array.from(ends.from, (p) => (holds && p % grid.columns === 0 ? 0 : 1)) }
}

type Faces = Pick<Net['electrolyte'], 'from' | 'to' | 'face'>

/** @param flows F c0 V times the area, A/m² */
function straightFaces({ faces }: Grid, T: (p: number) => Tensor2, flows: Float64Array): Faces {
  const { from, to, axis, before, after, area } = faces
  const side = (distance: number, p: number, k: number) => ({
    resistance: distance / (T(p)[axis[k]] * area[k]),
    distance,
  })
  const face = Array.from(flows, (flow, k): Face => {
    return { left: side(before[k], from[k], k), right: side(after[k], to[k], k), flow }
  })
  return { from, to, face }
}

/** Both halves of an edge share its resistance as the layers between the columns do. */
function obliqueFaces(grid: Grid, T: (p: number) => Tensor2, flows: Float64Array): Faces {
  const straight = straightFaces(grid, T, flows)
  const between = faceBetween(grid)
  const { from, to, weight } = obliqueEdges(grid, T, 0)
  const face = Array.from(weight, (value, k): Face => {
    const [a, b] = [from[k], to[k]]
    const own = between(a, b)
    // A diagonal one is like that from column to column.
    const { left, right, flow } = straight.face[own ?? between(a, a + 1) ?? Number.NaN]
    const fit = 1 / (left.resistance + right.resistance) / value
    const part = (of: Face['left']) => ({ resistance: fit * of.resistance, distance: of.distance })
    return { left: part(left), right: part(right), ...(own === undefined ? { flow: 0 } : { flow, fit }) }
  })
  return { from, to, face }
}

/**
 * What crosses between cells of the cathode by `factor` times a tensor, and to the right end in rows where that is held.
 */
function edgesInside(
  setting: CathodeSetting,
  factor: number,
  of: (p: number) => Tensor2,
  right?: Uint8Array,
): { edges: Edges; end: Net['collector'] } {
  const { grid, along } = setting
  const { faces, first, columns } = grid
  if (askew(setting, of, first)) {
    const { from, to, weight, ends } = obliqueEdges(grid, of, first, { right })
    const end = [...ends.right]
    return {
      edges: { from, to, G: weight.map((value) => factor * value) },
      end: { node: Int32Array.from(end, ([p]) => p), G: Float64Array.from(end, ([, value]) => factor * value) },
    }
  }
  const at = (p: number, axis: number) => factor * of(p)[axis]
  const list = Array.from(faces.area, (area, k): [number, number, number] => {
    const [from, to, axis, before, after] = [faces.from[k], faces.to[k], faces.axis[k], faces.before[k], faces.after[k]]
    if (from % columns < first) return [from, to, 0]
    const left = at(from, axis)
    // Two of them are in series.
    return [from, to, along ? area / (before / left + after / at(to, axis)) : (left * area) / (before + after)]
  }).filter(([, , G]) => G !== 0)
  const last = columns - 1
  const node = Int32Array.from(grid.tab.keys(), (j) => last + columns * j).filter((_, j) => right?.[j] === 1)
  const G = (at(last, 0) * grid.share) / (grid.width[last] / 2)
  return {
    edges: {
      from: Int32Array.from(list, ([from]) => from),
      to: Int32Array.from(list, ([, to]) => to),
      G: Float64Array.from(list, ([, , value]) => value),
    },
    end: { node, G: new Float64Array(node.length).fill(G) },
  }
}

/** Lithium crosses the solid of the first kind of a material alone. */
function solidOf(
  setting: CathodeSetting,
  kind: Kind,
  at: (of: (p: number, volume: number) => number) => Float64Array,
): Pick<Particles, 'material' | 'lithium' | 'gradient'> {
  const material = materialOf(setting, kind.second)
  if (kind !== setting.cathode.kinds.find(({ second = false }) => second === (kind.second ?? false)))
    return { material, lithium: NO_EDGES }
  const { sites, solid } = material
  const Ms = (p: number): Tensor2 => {
    const own = electrodeAt(setting, p)
    return (kind.second ? own.Ms2 : own.Ms) ?? material.Ms
  }
  // K along x is that of the material; it goes with the tensor that lithium moves by.
  const steep = (p: number) => Ms(p).map((part) => part / Ms(p)[0])
  const gradient = solid.gradient > 0 ? edgesInside(setting, solid.gradient, steep).edges : NO_EDGES
  return {
    material,
    lithium: edgesInside(setting, FARADAY * solid.diffusivity * sites, Ms).edges,
    gradient: { ...gradient, volume: at((_, v) => v), active: kind.q },
  }
}
