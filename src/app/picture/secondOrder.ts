/** The homogenized solution inside one cell with correctors of first and second order, at the points that show a field. */
import type { Correctors, Smooth } from '../../models/expansion.ts'
import type { Field, SecondOrderTerms } from '../../models/family.ts'
import type { SecondSolutions } from '../../models/second.ts'
import { present } from '../../present.ts'
import { carried, correction, problemNamed } from '../ground/house.ts'
import type { FullFrame } from '../store/frames.ts'
import type { CellPicture } from './cellPicture.ts'
import { expand, slopes } from './macroField.ts'

/** Where a raster of the cell lies in the box: its boxes per axis, and the part of each side that it fills. */
export interface Window {
  counts: readonly number[]
  window: readonly (readonly [number, number])[]
}

/** @param terms of the field that is shown */
export function toSecondOrder(
  { full, model }: FullFrame,
  { field, terms }: { field: Field; terms: SecondOrderTerms },
  picture: CellPicture,
  solutions: SecondSolutions,
  { counts, window }: Window,
  cellSize: number,
): Float64Array {
  const { macro } = full.checkpoint
  const { anchors } = picture.places(field)
  const axes = Array.from({ length: macro.dimension }, (_, axis) => axis)
  const onPoints = (values: Float32Array) => {
    const raster = expand(values, macro, counts, window)
    return Float32Array.from(anchors, (q) => raster[q])
  }
  const smooth = (name: string): Smooth => {
    const nodal = full.fields[model.fields.findIndex((f) => f.name === name)]
    const gradient = axes.map((axis) => slopes(nodal, macro, axis))
    return {
      value: onPoints(nodal),
      gradient: gradient.map(onPoints),
      curvature: gradient.map((g) => axes.map((axis) => onPoints(slopes(g, macro, axis)))),
    }
  }
  const at = (values: Float64Array) => picture.sample(values, field)
  const correctors = (name: string): Correctors => {
    const { problems } = picture.cell
    const first = present(problemNamed(problems, name), `the cell problem "${name}"`)
    const { curvature, drift, surface } = solutions[name]
    const all = (rows: Float64Array[][]) => rows.map((row) => row.map(at))
    return {
      first: first.correctors.map(at),
      curvature: all(curvature),
      ...(drift && { drift: all(drift) }),
      ...(surface && { surface: at(surface) }),
    }
  }
  const own = smooth(field.name)
  const { carrier } = terms
  if (!carrier) {
    const change = correction(own, correctors(terms.problem), cellSize, terms)
    return change.map((c, i) => c + own.value[i])
  }
  const potential = smooth(carrier.of)
  const second = model.fields.find((f) => f.name === carrier.of)?.microscopic?.second
  const change = correction(potential, correctors(carrier.problem), cellSize, second)
  const { weight } = carrier
  return carried(own, { smooth: potential, correction: change, weight }, correctors(terms.problem), cellSize)
}
