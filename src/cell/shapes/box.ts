/**
 * Rectangle or cuboid with full side lengths `size`, turned by `rotation` degrees (2D) or three Euler angles (3D).
 * An unrotated box as long as the period runs through the whole cell along that axis.
 */
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

const LARGEST = 1.5
/** Distance of the rotation handle from the side it belongs to. */
const ARM = 0.08

function isAligned(rotation: unknown): boolean {
  return [rotation ?? 0].flat().every((angle) => angle === 0)
}

/** Half side lengths; Infinity along an axis that the box runs through. */
function halves(size: readonly number[], rotation: unknown): number[] {
  return size.map((s) => (s >= 1 && isAligned(rotation) ? Infinity : s / 2))
}

export const box: Shape = {
  name: 'box',
  label: 'Box',
  dimensions: [2, 3],
  parameters: (dimension) => [
    centerParameter(dimension),
    { name: 'size', label: 'Side lengths', kind: 'vector', length: dimension, unit: '1', min: SMALLEST, max: LARGEST },
    rotationParameter(dimension),
  ],
  defaultSpec: (dimension, phase) => ({
    shape: 'box',
    phase,
    center: Array(dimension).fill(0.5),
    size: Array(dimension).fill(0.5),
    rotation: dimension === 2 ? 0 : [0, 0, 0],
  }),
  levelSet(spec, dimension) {
    const [a, b, c = Infinity] = halves(numbers(spec, 'size'), spec.rotation) as [number, number, number?]
    const reach = isAligned(spec.rotation)
      ? Math.max(...[a, b, c].filter((h) => h !== Infinity), 0)
      : Math.hypot(...[a, b, c].filter((h) => h !== Infinity))
    const body = rotated(rotationMatrix(spec.rotation), (u, v, w) =>
      Math.max(Math.abs(u) - a, Math.abs(v) - b, dimension === 3 ? Math.abs(w) - c : -Infinity),
    )
    return periodic(numbers(spec, 'center'), reach, dimension, body)
  },
  smooth: (spec) => halves(numbers(spec, 'size'), spec.rotation).filter((h) => h !== Infinity).length < 2,
  outline(spec) {
    const center = numbers(spec, 'center')
    const [a, b] = halves(numbers(spec, 'size'), spec.rotation) as [number, number]
    const matrix = rotationMatrix(spec.rotation)
    const at = (u: number, v: number) => toWorld(center, matrix, u, v)
    if (a === Infinity && b === Infinity) return []
    if (a === Infinity) return [-b, b].map((v) => [at(-0.5, v), at(0.5, v)])
    if (b === Infinity) return [-a, a].map((u) => [at(u, -0.5), at(u, 0.5)])
    return [[at(-a, -b), at(a, -b), at(a, b), at(-a, b), at(-a, -b)]]
  },
  handles(spec) {
    const center = numbers(spec, 'center')
    if (center.length !== 2) return []
    const [sx, sy] = numbers(spec, 'size') as [number, number]
    const matrix = rotationMatrix(spec.rotation)
    return [
      { name: 'center', position: [center[0], center[1]] },
      { name: 'corner', position: toWorld(center, matrix, sx / 2, sy / 2) },
      { name: 'rotation', position: toWorld(center, matrix, sx / 2 + ARM, 0) },
    ]
  },
  drag(spec, handle, point) {
    if (handle === 'center') return { ...spec, center: inCell(point) }
    const center = numbers(spec, 'center')
    if (handle === 'rotation') return { ...spec, rotation: angleOf(point[0] - center[0], point[1] - center[1]) }
    const reached = toBody(center, rotationMatrix(spec.rotation), point)
    return { ...spec, size: reached.map((u) => clamp(2 * Math.abs(u), SMALLEST, LARGEST)) }
  },
  nudge: (spec, delta) => ({ ...spec, center: moved(numbers(spec, 'center'), delta) }),
  resize: (spec, factor) => ({
    ...spec,
    size: numbers(spec, 'size').map((s) => clamp(s * factor, SMALLEST, LARGEST)),
  }),
}
