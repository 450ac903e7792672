/** Disc or ball: |x - c| < r. Radii above 1/2 make neighbouring images overlap. */
import { centerParameter, clamp, inCell, moved, nearest, numbers, type Shape, SMALLEST } from './shape.ts'

const LARGEST = 0.86

export const ball: Shape = {
  name: 'ball',
  label: 'Ball',
  dimensions: [2, 3],
  parameters: (dimension) => [
    centerParameter(dimension),
    { name: 'radius', label: 'Radius', kind: 'number', unit: '1', min: SMALLEST, max: LARGEST },
  ],
  defaultSpec: (dimension, phase) => ({ shape: 'ball', phase, center: Array(dimension).fill(0.5), radius: 0.3 }),
  levelSet(spec) {
    const [cx, cy, cz] = numbers(spec, 'center') as [number, number, number?]
    const radius = spec.radius as number
    if (cz === undefined) {
      return (x, y) => {
        const u = nearest(x - cx)
        const v = nearest(y - cy)
        return Math.sqrt(u * u + v * v) - radius
      }
    }
    return (x, y, z) => {
      const u = nearest(x - cx)
      const v = nearest(y - cy)
      const w = nearest(z - cz)
      return Math.sqrt(u * u + v * v + w * w) - radius
    }
  },
  smooth: (spec) => (spec.radius as number) < 0.5,
  handles(spec) {
    const [x, y, z] = numbers(spec, 'center') as [number, number, number?]
    if (z !== undefined) return []
    return [
      { name: 'center', position: [x, y] },
      { name: 'radius', position: [x + (spec.radius as number), y] },
    ]
  },
  drag(spec, handle, point) {
    if (handle === 'center') return { ...spec, center: inCell(point) }
    const [x, y] = numbers(spec, 'center') as [number, number]
    return { ...spec, radius: clamp(Math.hypot(point[0] - x, point[1] - y), SMALLEST, LARGEST) }
  },
  nudge: (spec, delta) => ({ ...spec, center: moved(numbers(spec, 'center'), delta) }),
  resize: (spec, factor) => ({ ...spec, radius: clamp((spec.radius as number) * factor, SMALLEST, LARGEST) }),
}
