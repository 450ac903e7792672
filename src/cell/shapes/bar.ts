/** A bar through the whole cell along `axis`: a strip of `width` in 2D, a round rod of `radius` in 3D. */
import {
  axisIndex,
  axisOf,
  centerParameter,
  clamp,
  inCell,
  moved,
  nearest,
  numbers,
  type Point,
  type Shape,
  SMALLEST,
} from './shape.ts'

const WIDEST = 0.99
const THICKEST = 0.7

/** The axis across a strip (2D). */
const across = (axis: unknown): 0 | 1 => (axisIndex(axis) === 0 ? 1 : 0)

function handlePoint(center: Point, axis: 0 | 1, offset: number): [number, number] {
  return axis === 0 ? [center[0] + offset, center[1]] : [center[0], center[1] + offset]
}

export const bar: Shape = {
  name: 'bar',
  label: 'Bar',
  dimensions: [2, 3],
  parameters: (dimension) => [
    { name: 'axis', label: 'Along', kind: 'axis', unit: '1', min: 0, max: dimension - 1 },
    centerParameter(dimension),
    dimension === 2
      ? { name: 'width', label: 'Width', kind: 'number', unit: '1', min: SMALLEST, max: WIDEST }
      : { name: 'radius', label: 'Radius', kind: 'number', unit: '1', min: SMALLEST, max: THICKEST },
  ],
  defaultSpec: (dimension, phase) => ({
    shape: 'bar',
    phase,
    axis: 'x',
    center: Array(dimension).fill(0.5),
    ...(dimension === 2 ? { width: 0.3 } : { radius: 0.2 }),
  }),
  levelSet(spec, dimension) {
    const center = numbers(spec, 'center')
    if (dimension === 2) {
      const axis = across(spec.axis)
      const middle = center[axis]
      const half = (spec.width as number) / 2
      return (x, y) => Math.abs(nearest((axis === 0 ? x : y) - middle)) - half
    }
    const radius = spec.radius as number
    const along = axisOf(spec)
    const [cx, cy, cz] = center as [number, number, number]
    return (x, y, z) => {
      const u = along === 0 ? 0 : nearest(x - cx)
      const v = along === 1 ? 0 : nearest(y - cy)
      const w = along === 2 ? 0 : nearest(z - cz)
      return Math.sqrt(u * u + v * v + w * w) - radius
    }
  },
  smooth: (spec) => spec.radius === undefined || (spec.radius as number) < 0.5,
  outline(spec) {
    const center = numbers(spec, 'center')
    const axis = across(spec.axis)
    return [-0.5, 0.5].map((side) => {
      const [x, y] = handlePoint(center, axis, side * (spec.width as number))
      return axis === 0
        ? [
            [x, y - 0.5],
            [x, y + 0.5],
          ]
        : [
            [x - 0.5, y],
            [x + 0.5, y],
          ]
    })
  },
  handles(spec) {
    const center = numbers(spec, 'center')
    if (center.length !== 2) return []
    return [
      { name: 'center', position: [center[0], center[1]] },
      { name: 'width', position: handlePoint(center, across(spec.axis), (spec.width as number) / 2) },
    ]
  },
  drag(spec, handle, point) {
    if (handle === 'center') return { ...spec, center: inCell(point) }
    const axis = across(spec.axis)
    const half = Math.abs(point[axis] - numbers(spec, 'center')[axis])
    return { ...spec, width: clamp(2 * half, SMALLEST, WIDEST) }
  },
  nudge: (spec, delta) => ({ ...spec, center: moved(numbers(spec, 'center'), delta) }),
  resize: (spec, factor) =>
    spec.width === undefined
      ? { ...spec, radius: clamp((spec.radius as number) * factor, SMALLEST, THICKEST) }
      : { ...spec, width: clamp((spec.width as number) * factor, SMALLEST, WIDEST) },
}
