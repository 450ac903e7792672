/** The registry of cell shapes. A new shape is a file beside this one and a line here. */
import { ball } from './ball.ts'
import { bar } from './bar.ts'
import { box } from './box.ts'
import { ellipsoid } from './ellipsoid.ts'
import { gyroid } from './gyroid.ts'
import { layer } from './layer.ts'
import { polygon } from './polygon.ts'
import type { Shape } from './shape.ts'

export const shapes: readonly Shape[] = [ball, ellipsoid, box, bar, layer, polygon, gyroid]

/** @throws RangeError if there is no such shape */
export function shapeNamed(name: string): Shape {
  const shape = shapes.find((s) => s.name === name)
  if (!shape) throw new RangeError(`shape: got "${name}"; valid are ${shapes.map((s) => s.name).join(', ')}`)
  return shape
}
