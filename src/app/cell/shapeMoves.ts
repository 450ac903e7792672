/** Moves of a shape by the registry's tools; a shape that the registry does not know stays as it is. */
import type { ShapeSpec } from '../../cell/cell.ts'
import type { Handle } from '../../cell/shapes/shape.ts'
import { axisIndex, shapes } from '../ground/house.ts'

export function handlesOf(shape: ShapeSpec): readonly Handle[] {
  return shapes[shape.shape]?.handles(shape) ?? []
}

export function nudge(shape: ShapeSpec, by: readonly number[]): ShapeSpec {
  return shapes[shape.shape]?.nudge(shape, by) ?? shape
}

export function resize(shape: ShapeSpec, factor: number): ShapeSpec {
  return shapes[shape.shape]?.resize(shape, factor) ?? shape
}

/** Farthest that a shape is looked for from its middle, and how finely, periods. */
const FARTHEST = 0.75
const STEP = 0.01

/** The middle of a shape in space. */
export function middleOf(shape: ShapeSpec): number[] {
  const { center } = shape
  if (Array.isArray(center) && center.length === 3) return center
  const middle = [0.5, 0.5, 0.5]
  const axis = axisIndex(shape.axis)
  if (typeof center === 'number' && axis !== undefined) middle[axis] = center
  return middle
}

/** Where a shape in space ends in a direction from its middle; where it does not end, a little away from it. */
export function rimOf(shape: ShapeSpec, direction: readonly number[]): number[] {
  const middle = middleOf(shape)
  const inside = shapes[shape.shape]?.levelSet(shape, 3)
  const at = (r: number) => middle.map((x, c) => x + r * direction[c]) as [number, number, number]
  let r = STEP
  while (r < FARTHEST && inside && inside(...at(r)) < 0) r += STEP
  return at(r < FARTHEST ? r : 0.3)
}
