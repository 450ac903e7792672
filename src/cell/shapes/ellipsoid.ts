/** Ellipse or ellipsoid with semi-axes `radii`, turned by `rotation` degrees (2D) or three Euler angles (3D). */
import {
  angleOf,
  centerParameter,
  clamp,
  inCell,
  moved,
  numbers,
  periodic,
  rotated,
  rotationMatrix,
  rotationParameter,
  type Shape,
  SMALLEST,
  toBody,
  toWorld,
} from './shape.ts'

const LARGEST = 0.8

export const ellipsoid: Shape = {
  name: 'ellipsoid',
  label: 'Ellipsoid',
  dimensions: [2, 3],
  parameters: (dimension) => [
    centerParameter(dimension),
    { name: 'radii', label: 'Semi-axes', kind: 'vector', length: dimension, unit: '1', min: SMALLEST, max: LARGEST },
    rotationParameter(dimension),
  ],
  defaultSpec: (dimension, phase) => ({
    shape: 'ellipsoid',
    phase,
    center: Array(dimension).fill(0.5),
    radii: dimension === 2 ? [0.4, 0.2] : [0.4, 0.25, 0.25],
    rotation: dimension === 2 ? 0 : [0, 0, 0],
  }),
  levelSet(spec, dimension) {
    const radii = numbers(spec, 'radii')
    const [a, b, c = 1] = radii as [number, number, number?]
    const flat = dimension === 2
    const scale = Math.min(...radii)
    const body = rotated(rotationMatrix(spec.rotation), (u, v, w) => {
      const p = u / a
      const q = v / b
      const s = flat ? 0 : w / c
      return scale * (Math.sqrt(p * p + q * q + s * s) - 1)
    })
    return periodic(numbers(spec, 'center'), Math.max(...radii), dimension, body)
  },
  smooth: (spec) => Math.max(...numbers(spec, 'radii')) < 0.5,
  handles(spec) {
    const center = numbers(spec, 'center')
    if (center.length !== 2) return []
    const [a, b] = numbers(spec, 'radii') as [number, number]
    const matrix = rotationMatrix(spec.rotation)
    return [
      { name: 'center', position: [center[0], center[1]] },
      { name: 'major', position: toWorld(center, matrix, a, 0) },
      { name: 'minor', position: toWorld(center, matrix, 0, b) },
    ]
  },
  drag(spec, handle, point) {
    if (handle === 'center') return { ...spec, center: inCell(point) }
    const center = numbers(spec, 'center')
    const [a, b] = numbers(spec, 'radii') as [number, number]
    if (handle === 'minor') {
      const [, v] = toBody(center, rotationMatrix(spec.rotation), point)
      return { ...spec, radii: [a, clamp(Math.abs(v), SMALLEST, LARGEST)] }
    }
    // The first axis follows the pointer in length and direction.
    const x = point[0] - center[0]
    const y = point[1] - center[1]
    return { ...spec, radii: [clamp(Math.hypot(x, y), SMALLEST, LARGEST), b], rotation: angleOf(x, y) }
  },
  nudge: (spec, delta) => ({ ...spec, center: moved(numbers(spec, 'center'), delta) }),
  resize: (spec, factor) => ({
    ...spec,
    radii: numbers(spec, 'radii').map((r) => clamp(r * factor, SMALLEST, LARGEST)),
  }),
}
