/** What the microscope sees: a field inside one cell, reconstructed, resolved, or the difference of the two. */
import type { CellResult } from '../../cell/cell.ts'
import type { Field } from '../../models/family.ts'
import { renumber } from '../house.ts'
import type { FullFrame } from '../store/frames.ts'
import { CellPicture, type Correction, OTHER_PHASE } from './cellPicture.ts'
import { expand, slope, slopes, valueAt } from './macroField.ts'
import type { LensMode } from './view.ts'

/** Of single precision, in a few operations: less is not painted as structure. */
const ROUND_OFF = 3e-6

/** Points of the picture per side. */
export const LENS_POINTS = 120

export interface LensQuery {
  entry: FullFrame
  field: Field
  /** The cell where no resolved model runs beside, and its size, m. */
  cell: CellResult
  cellSize: number
  /** Where it looks, m. */
  point: readonly number[]
  mode: LensMode
  /** 3D cells: axis across the slice, and where it cuts the cell, fraction of its side. */
  plane: number
  depth: number
  /** A resolved model runs beside now, though the frame on show may be from before. */
  judged?: boolean
}

export interface LensImage {
  mode: LensMode
  /** LENS_POINTS² values from the bottom left; OTHER_PHASE where the field does not live. */
  values: Float32Array
  /** Phase at each point, for the membrane. */
  phase: Uint8Array
  /** Smallest and largest value; symmetric for a difference. */
  min: number
  max: number
  /** Largest minus smallest. */
  variation: number
  /** What varies is only round-off. */
  uniform: boolean
  /** Middle of the cell, m, along the axes of the homogenized box. */
  centre: readonly number[]
  cellSize: number
}

/** The picture, or in words why there is none. */
export function lensImage(query: LensQuery): LensImage | string {
  const { entry, field, plane, depth } = query
  const { full } = entry
  if (!field.microscopic) return `${field.label} has no microscopic picture: it lives on the tissue, not in its cells.`
  const resolved = full.resolved && entry.model.resolved
  if (!resolved && query.judged && query.mode !== 'reconstructed')
    return 'No resolved state at this time: it was not computed here.'
  const mode = resolved ? query.mode : 'reconstructed'
  const { cell, cellSize } = resolved ?? query
  const picture = sliceOf(cell, plane, depth)
  const { points } = picture.places(field)
  if (points.length === 0) return `Here the cell has nothing of the phase in which ${field.label} lives.`
  const corrections = picture.corrections(field)
  if (!corrections && mode !== 'resolved')
    return 'The tensors are given as parameters here, so no cell problem is solved and there is no corrector to look through. Turn the override off to see into the cell.'

  const { macro } = full.checkpoint
  const place = resolved && cellAt(query.point, resolved.repeat, cellSize)
  const centre = macro.size.map((size, axis) =>
    place ? (place[axis]! + 0.5) * cellSize : (query.point[axis] ?? size / 2),
  )
  const expansion = place
    ? reconstructIn(place, query, picture, corrections ?? [])
    : reconstruct(query, picture, corrections ?? [], centre, cellSize)
  const truth = place && mode !== 'reconstructed' ? truthIn(place, query, picture) : undefined
  const shown =
    mode === 'resolved' ? truth! : mode === 'difference' ? truth!.map((v, i) => v - expansion[i]!) : expansion

  const values = new Float32Array(picture.raster.phase.length).fill(OTHER_PHASE)
  let [min, max] = [Infinity, -Infinity]
  for (let i = 0; i < shown.length; i++) {
    values[points[i]!] = shown[i]!
    min = Math.min(min, shown[i]!)
    max = Math.max(max, shown[i]!)
  }
  const size = Math.max(Math.abs(min), Math.abs(max))
  const least = ROUND_OFF * Math.max(size, Math.abs(expansion[0]!))
  const variation = max - min
  const uniform = variation < least
  const middle = mode === 'difference' ? 0 : (min + max) / 2
  // A uniform field has one colour.
  const half = uniform ? 100 * least : mode === 'difference' ? size : variation / 2
  return {
    mode,
    values,
    phase: picture.raster.phase,
    min: middle - half,
    max: middle + half,
    variation,
    uniform,
    centre,
    cellSize,
  }
}

/** u0(x) + l grad u0(x) . (y - 1/2) + l chi(y) . grad u0(x) at the shown points, x the centre of the cell. */
function reconstruct(
  { entry: { full, model }, field }: LensQuery,
  picture: CellPicture,
  corrections: readonly Correction[],
  centre: readonly number[],
  cellSize: number,
): Float32Array {
  const { macro } = full.checkpoint
  const nodal = (name: string) => full.fields[model.fields.findIndex((f) => f.name === name)]!
  const step = (name: string) =>
    macro.size.map((_, axis) => cellSize * valueAt(macro, centre, (node) => slope(nodal(name), macro, axis, node)))
  const own = step(field.name)
  const mean = valueAt(macro, centre, (node) => nodal(field.name)[node]!)
  const d = picture.cell.mesh.dimension
  const out = Float32Array.from(picture.places(field).anchors, (q) =>
    own.reduce((sum, s, axis) => sum + s * (picture.points[d * q + axis]! - 0.5), mean),
  )
  for (const { of, axes } of [...picture.steps(field), ...corrections])
    step(of).forEach((s, axis) => {
      for (let i = 0; i < out.length; i++) out[i]! += s * axes[axis]![i]!
    })
  return out
}

/**
 * u0(x) + l chi(y) . grad u0(x) at the shown points x of a cell of the tiling: these cells are not small, so u0 is not
 * taken as linear in them, and the difference is that of the picture beside and of the theorem.
 */
function reconstructIn(
  place: readonly number[],
  { entry: { full, model }, field, plane, depth }: LensQuery,
  picture: CellPicture,
  corrections: readonly Correction[],
): Float32Array {
  const { macro } = full.checkpoint
  const { repeat, cellSize } = model.resolved!
  const counts = rasterOf(repeat.length, plane)
  const window = repeat.map((r, axis): readonly [number, number] => {
    const [from, to] = counts[axis] === 1 ? [depth, depth] : [0, 1]
    return [(place[axis]! + from) / r, (place[axis]! + to) / r]
  })
  const nodal = (name: string) => full.fields[model.fields.findIndex((f) => f.name === name)]!
  const { anchors } = picture.places(field)
  const value = expand(nodal(field.name), macro, counts, window)
  const out = Float32Array.from(anchors, (q) => value[q]!)
  for (const { of, axes } of [...picture.steps(field), ...corrections])
    for (let axis = 0; axis < macro.dimension; axis++) {
      const gradient = expand(slopes(nodal(of), macro, axis), macro, counts, window)
      const weight = axes[axis]!
      for (let i = 0; i < out.length; i++) out[i]! += cellSize * weight[i]! * gradient[anchors[i]!]!
    }
  return out
}

/** The resolved field in one cell at the shown points. */
function truthIn(
  place: readonly number[],
  { entry: { full, model }, field }: LensQuery,
  picture: CellPicture,
): Float32Array {
  const { nodes, weights, width, points } = picture.places(field)
  const values = full.resolved!.fields[model.fields.indexOf(field)]!
  const { mesh } = picture.cell
  const [nx = 1, ny = 1] = model.resolved!.macro.nodes
  const [a = 0, b = 0, c = 0] = place.map((cell) => cell * mesh.n)
  const at = renumber(nodes, mesh, (i, j, k) => a + i + nx * (b + j + ny * (c + k)))
  const out = new Float32Array(points.length)
  for (let m = 0; m < at.length; m++) out[Math.floor(m / width)]! += weights[m]! * values[at[m]!]!
  return out
}

/** Cell of a tiling in which a point lies; the middle along axes that the point does not have. */
function cellAt(point: readonly number[], repeat: readonly number[], cellSize: number): number[] {
  return repeat.map((r, axis) => {
    const at = point[axis] === undefined ? Math.floor(r / 2) : Math.floor(point[axis] / cellSize)
    return Math.max(0, Math.min(r - 1, at))
  })
}

const slices = new WeakMap<CellResult, { key: string; picture: CellPicture }>()

/** The cell, or a slice through it; in a slice across y, x runs to the right and z upwards. */
function sliceOf(cell: CellResult, plane: number, depth: number): CellPicture {
  const key = cell.mesh.dimension === 2 ? '' : `${plane} ${depth}`
  const known = slices.get(cell)
  if (known?.key === key) return known.picture
  const picture = new CellPicture(cell, rasterOf(cell.mesh.dimension, plane), depth)
  slices.set(cell, { key, picture })
  return picture
}

/** Boxes per axis of what is seen of a cell. */
function rasterOf(dimension: number, plane: number): number[] {
  return Array.from({ length: dimension }, (_, axis) => (dimension === 3 && axis === plane ? 1 : LENS_POINTS))
}
