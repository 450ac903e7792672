/** Moves of a shape by the registry's tools; a shape that the registry does not know stays as it is. */
import type { ShapeSpec } from '../../cell/cell.ts'
import type { Handle } from '../../cell/shapes/shape.ts'
import { shapes } from '../ground/house.ts'

export function handlesOf(shape: ShapeSpec): readonly Handle[] {
  return shapes[shape.shape]?.handles(shape) ?? []
}

export function nudge(shape: ShapeSpec, by: readonly number[]): ShapeSpec {
  return shapes[shape.shape]?.nudge(shape, by) ?? shape
}

export function resize(shape: ShapeSpec, factor: number): ShapeSpec {
  return shapes[shape.shape]?.resize(shape, factor) ?? shape
}
