/**
 * What the microscope sees: a field inside one cell, reconstructed, resolved, or the difference of the two; or a part of
 * the correction alone, where the field tells its parts.
 */

import type { CellResult } from '../../cell/cell.ts'
import { t } from '../../language/language.ts'
import type { Field } from '../../models/family.ts'
import type { SecondSolutions } from '../../models/second.ts'
import { columnsOf, nearestCell, renumber } from '../ground/house.ts'
import { CellPicture, OTHER_PHASE } from '../picture/cellPicture.ts'
import { addCorrections, aroundPoint, insideCell, type Smooth } from '../picture/expansion.ts'
import { toSecondOrder, type Window } from '../picture/secondOrder.ts'
import type { FullFrame } from '../store/frames.ts'
import type { LensMode, LensOrder } from '../store/view.ts'

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
  /** Of the reconstruction; the second needs what is solved for it. */
  order?: LensOrder
  second?: SecondSolutions
  /** One of the parts of the correction alone, in place of the reconstruction. */
  part?: string
  /** 3D cells: axis across the slice, and where it cuts the cell, fraction of its side. */
  plane: number
  depth: number
  /** A resolved model runs beside now, though the frame on show may be from before. */
  judged?: boolean
}

export interface LensImage {
  mode: LensMode
  /** Of the reconstruction that is shown, or that a difference is taken to. */
  order: LensOrder
  /** The second order changes the field by more than the first and the cell do: an expansion says little there. */
  beyond: boolean
  part?: string
  /** LENS_POINTS² values from the bottom left; OTHER_PHASE where the field does not live. */
  values: Float32Array
  /** Phase at each point, for the membrane. */
  phase: Uint8Array
  /** Smallest and largest value; symmetric for a difference and for a part. */
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
  if (!field.microscopic)
    return t('{field} has no microscopic picture: it lives on the box, not in its cells.', { field: t(field.label) })
  const resolved = full.resolved && entry.model.resolved
  if (!resolved && query.judged && query.mode !== 'reconstructed')
    return t('No resolved state at this time: it was not computed here.')
  const mode = resolved ? query.mode : 'reconstructed'
  const { parts } = field.microscopic
  const part = mode === 'reconstructed' ? parts?.find((p) => p.name === query.part)?.name : undefined
  const { cellSize } = resolved ?? query
  const tile = tileOf(query, cellSize)
  const cell = cellUnder(query)
  const picture = sliceOf(cell, plane, depth)
  const { points } = picture.places(field)
  if (points.length === 0)
    return t('Here the cell has nothing of the phase in which {field} lives.', { field: t(field.label) })
  const corrections = picture.corrections(field)
  if (!corrections && mode !== 'resolved' && query.cell.table)
    return t('Where two numbers of a cell in space vary, no correctors are kept to look through.')
  if (!corrections && mode !== 'resolved')
    return t(
      'The tensors are given as parameters here, so no cell problem is solved and there is no corrector to look through. Let the cell give them to see into it.',
    )

  const { macro } = full.checkpoint
  const place = tile?.place
  const centre = macro.size.map((size, axis) =>
    place ? (place[axis] + 0.5) * cellSize : (query.point[axis] ?? size / 2),
  )
  if (tile && tile.place[0] < tile.plain) return t('Here is no cell to look into: this medium has no structure.')
  const order = orderOf(query, part)
  const at = tile ? windowOf(tile, query) : windowAround(query, centre, cellSize, cell.mesh.dimension)
  const smooth = tile
    ? insideCell(entry, field, picture, at.counts, at.window)
    : aroundPoint(entry, field, picture, centre, cellSize)
  const upTo = (order: LensOrder) => firstIn(field, { order, part }, picture, smooth, cellSize, macro.dimension)
  const second = secondIn(query, order, picture, at, cellSize)
  const expansion = second ?? upTo(order)
  const shown = tile && mode !== 'reconstructed' ? against(truthIn(tile, picture, field), expansion, mode) : expansion

  const values = new Float32Array(picture.raster.phase.length).fill(OTHER_PHASE)
  let [min, max] = [Infinity, -Infinity]
  for (let i = 0; i < shown.length; i++) {
    values[points[i]] = shown[i]
    min = Math.min(min, shown[i])
    max = Math.max(max, shown[i])
  }
  const size = Math.max(Math.abs(min), Math.abs(max))
  const least = ROUND_OFF * Math.max(size, Math.abs(smooth.u0[0]))
  const variation = max - min
  const uniform = variation < least
  const aboutZero = mode === 'difference' || part !== undefined
  const middle = aboutZero ? 0 : (min + max) / 2
  // A uniform field has one colour.
  const half = uniform ? 100 * least : aboutZero ? size : variation / 2
  return {
    mode,
    order,
    beyond: second !== undefined && isBeyond(upTo(0), upTo(1), second),
    part,
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

/** u0, or with its first corrector; or a part of that alone. */
function firstIn(
  field: Field,
  { order, part }: Pick<LensImage, 'order' | 'part'>,
  picture: CellPicture,
  smooth: Smooth,
  cellSize: number,
  dimension: number,
): Float32Array {
  const corrections = order === 0 ? [] : (picture.corrections(field) ?? [])
  const added = corrections.filter((c) => part === undefined || c.part === part)
  // A part is a disturbance about zero; everything else stands on u0.
  if (part !== undefined) return addCorrections(new Float32Array(smooth.u0.length), added, smooth, cellSize, dimension)
  const base = Float32Array.from(smooth.u0)
  addCorrections(base, picture.steps(field), smooth, cellSize, dimension)
  return addCorrections(base, added, smooth, cellSize, dimension)
}

/** With both correctors; undefined at other orders. */
function secondIn(
  { entry, field, second }: LensQuery,
  order: LensOrder,
  picture: CellPicture,
  at: Window,
  cellSize: number,
): Float32Array | undefined {
  const terms = field.microscopic?.second
  if (order !== 2 || !terms || !second) return undefined
  return Float32Array.from(toSecondOrder(entry, { field, terms }, picture, second, at, cellSize))
}

/** Whether the second order changes more than the first does, and u0 in the cell. */
function isBeyond(zeroth: Float32Array, first: Float32Array, second: Float32Array): boolean {
  let [low, high, one, two] = [Infinity, -Infinity, 0, 0]
  for (let i = 0; i < zeroth.length; i++) {
    low = Math.min(low, zeroth[i])
    high = Math.max(high, zeroth[i])
    one = Math.max(one, Math.abs(first[i] - zeroth[i]))
    two = Math.max(two, Math.abs(second[i] - first[i]))
  }
  return two > one + high - low && two > ROUND_OFF * Math.max(Math.abs(low), Math.abs(high))
}

/** A cell of the tiling that the resolved model runs on. */
interface Tile {
  place: number[]
  /** Cells of the tiling along each axis, and layers of it along the first that have no structure. */
  repeat: readonly number[]
  plain: number
  /** The resolved field, and its nodes along each axis. */
  values: Float32Array
  nodes: readonly number[]
}

function tileOf({ entry: { full, model }, field, point }: LensQuery, cellSize: number): Tile | undefined {
  if (!full.resolved || !model.resolved) return undefined
  const { repeat, plain = 0, macro } = model.resolved
  return {
    place: placeIn(point, repeat, cellSize),
    repeat,
    plain,
    values: full.resolved.fields[model.fields.indexOf(field)],
    nodes: macro.nodes,
  }
}

/** Boxes of the raster, and the part of each side of the box that they fill, for a cell of a tiling. */
function windowOf({ place, repeat }: Tile, { plane, depth }: LensQuery): Window {
  const counts = rasterOf(repeat.length, plane)
  const window = repeat.map((r, axis): [number, number] => {
    const [from, to] = counts[axis] === 1 ? [depth, depth] : [0, 1]
    return [(place[axis] + from) / r, (place[axis] + to) / r]
  })
  return { counts, window }
}

/** The same for a cell around a place in the box. */
function windowAround(
  { entry, plane, depth }: LensQuery,
  centre: readonly number[],
  cellSize: number,
  dimension: number,
): Window {
  const counts = rasterOf(dimension, plane)
  const { size } = entry.full.checkpoint.macro
  const window = counts.map((count, axis): [number, number] => {
    if (axis >= size.length) return [0, 1]
    const [from, to] = count === 1 ? [depth - 0.5, depth - 0.5] : [-0.5, 0.5]
    return [(centre[axis] + from * cellSize) / size[axis], (centre[axis] + to * cellSize) / size[axis]]
  })
  return { counts, window }
}

/** Until the second order is solved the first is shown; parts are those of the first. */
function orderOf({ field, order = 1, second }: LensQuery, part: string | undefined): LensOrder {
  if (part !== undefined) return 1
  return order === 2 && !(field.microscopic?.second && second) ? 1 : order
}

/** The resolved field in one cell at the shown points. */
function truthIn({ place, values, nodes: [nx = 1, ny = 1] }: Tile, picture: CellPicture, field: Field): Float32Array {
  const { nodes, weights, width, points } = picture.places(field)
  const { mesh } = picture.cell
  const [a = 0, b = 0, c = 0] = place.map((cell) => cell * mesh.n)
  const at = renumber(nodes, mesh, (i, j, k) => a + i + nx * (b + j + ny * (c + k)))
  const out = new Float32Array(points.length)
  for (let m = 0; m < at.length; m++) out[Math.floor(m / width)] += weights[m] * values[at[m]]
  return out
}

/** The resolved values, or what they are more than the expansion. */
function against(truth: Float32Array, expansion: Float32Array, mode: LensMode): Float32Array {
  return mode === 'difference' ? truth.map((v, i) => v - expansion[i]) : truth
}

/** The cell that is looked into: where cells vary, that of the place. */
export function cellUnder({
  entry: { full, model },
  cell,
  point,
}: Pick<LensQuery, 'entry' | 'cell' | 'point'>): CellResult {
  const { resolved } = model
  if (full.resolved && resolved) {
    const [column] = placeIn(point, resolved.repeat, resolved.cellSize)
    const columns = columnsOf(resolved.cell)
    return columns[Math.max(0, column - (resolved.plain ?? 0))] ?? columns[0]
  }
  if (!cell.table) return cell
  const [length] = full.checkpoint.macro.size
  // The last layer of the box is the one that has cells.
  const from = model.layers?.parts.at(-2)?.to ?? 0
  return nearestCell(cell.table, ((point[0] ?? length / 2) - from) / (length - from))
}

/** Cell of a tiling in which a point lies; the middle along axes that the point does not have. */
function placeIn(point: readonly number[], repeat: readonly number[], cellSize: number): number[] {
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
