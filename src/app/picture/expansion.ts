/** The homogenized solution inside one cell, alone and with its correctors, at the points that show a field. */
import type { Field } from '../../models/family.ts'
import type { FullFrame } from '../store/frames.ts'
import type { CellPicture, Correction } from './cellPicture.ts'
import { expand, slope, slopes, valueAt } from './macroField.ts'

/** The homogenized fields in a cell, at the anchors of the shown points. */
export interface Smooth {
  /** u0 itself. */
  u0: Float32Array
  /** What correctors are multiplied with. */
  value(name: string): Float32Array
  slope(name: string, axis: number): Float32Array
}

/** A small cell around x, its centre: u0(x) + l grad u0(x) . (y - 1/2), while all else is as in x. */
export function aroundPoint(
  { full, model }: FullFrame,
  field: Field,
  picture: CellPicture,
  centre: readonly number[],
  cellSize: number,
): Smooth {
  const { macro } = full.checkpoint
  const { anchors } = picture.places(field)
  const nodal = (name: string) => full.fields[model.fields.findIndex((f) => f.name === name)]
  const middleValue = (name: string) => valueAt(macro, centre, (node) => nodal(name)[node])
  const middleSlope = (name: string, axis: number) =>
    valueAt(macro, centre, (node) => slope(nodal(name), macro, axis, node))
  const everywhere = (value: number) => new Float32Array(anchors.length).fill(value)
  const { names, at } = picture.sources(field)
  const linear = names.map((name) => ({
    mean: middleValue(name),
    steps: macro.size.map((_, axis) => cellSize * middleSlope(name, axis)),
  }))
  const d = picture.cell.mesh.dimension
  return {
    u0: Float32Array.from(anchors, (q, i) => {
      const { mean, steps } = linear[at(i)]
      return steps.reduce((sum, step, axis) => sum + step * (picture.points[d * q + axis] - 0.5), mean)
    }),
    value: (name) => everywhere(middleValue(name)),
    slope: (name, axis) => everywhere(middleSlope(name, axis)),
  }
}

/**
 * A cell of a tiling. These cells are not small, so u0 is not taken as linear in them, and the difference is that of the
 * picture beside and of the theorem.
 * @param counts boxes of the raster per axis
 * @param window part of each side of the box that the raster fills
 */
export function insideCell(
  { full, model }: FullFrame,
  field: Field,
  picture: CellPicture,
  counts: readonly number[],
  window: readonly (readonly [number, number])[],
): Smooth {
  const { macro } = full.checkpoint
  const { anchors } = picture.places(field)
  const nodal = (name: string) => full.fields[model.fields.findIndex((f) => f.name === name)]
  const onPoints = (values: Float32Array) => {
    const raster = expand(values, macro, counts, window)
    return Float32Array.from(anchors, (q) => raster[q])
  }
  const value = (name: string) => onPoints(nodal(name))
  const { names, at } = picture.sources(field)
  const values = names.map(value)
  const u0 = names.length === 1 ? values[0] : values[0].map((_, i) => values[at(i)][i])
  return { u0, value, slope: (name, axis) => onPoints(slopes(nodal(name), macro, axis)) }
}

/** Adds l * times * axes . grad of. @param dimension axes that the homogenized box has */
export function addCorrections(
  out: Float32Array,
  corrections: readonly Correction[],
  smooth: Smooth,
  cellSize: number,
  dimension: number,
): Float32Array {
  for (const { of, times, axes } of corrections) {
    const factor = times === undefined ? undefined : smooth.value(times)
    for (let axis = 0; axis < dimension; axis++) {
      const gradient = smooth.slope(of, axis)
      const weight = axes[axis]
      for (let i = 0; i < out.length; i++) out[i] += cellSize * weight[i] * gradient[i] * (factor ? factor[i] : 1)
    }
  }
  return out
}
