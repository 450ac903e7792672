/** A layer across `axis`: |x_axis - center| < thickness / 2. */
import { axisIndex, axisOf, clamp, moved, nearest, type Shape, SMALLEST } from './shape.ts'

const THICKEST = 0.99

export const layer: Shape = {
  name: 'layer',
  label: 'Layer',
  dimensions: [2, 3],
  parameters: (dimension) => [
    { name: 'axis', label: 'Across', kind: 'axis', unit: '1', min: 0, max: dimension - 1 },
    { name: 'center', label: 'Centre', kind: 'number', unit: '1', min: -1, max: 2 },
    { name: 'thickness', label: 'Thickness', kind: 'number', unit: '1', min: SMALLEST, max: THICKEST },
  ],
  defaultSpec: (_, phase) => ({ shape: 'layer', phase, axis: 'x', center: 0.5, thickness: 0.3 }),
  levelSet(spec) {
    const axis = axisOf(spec)
    const center = spec.center as number
    const half = (spec.thickness as number) / 2
    if (axis === 0) return (x) => Math.abs(nearest(x - center)) - half
    if (axis === 1) return (_, y) => Math.abs(nearest(y - center)) - half
    return (_x, _y, z) => Math.abs(nearest(z - center)) - half
  },
  smooth: () => true,
  outline(spec) {
    const axis = axisIndex(spec.axis)
    return [-0.5, 0.5].map((side) => {
      const level = (spec.center as number) + side * (spec.thickness as number)
      return axis === 0
        ? [
            [level, 0],
            [level, 1],
          ]
        : [
            [0, level],
            [1, level],
          ]
    })
  },
  handles(spec) {
    const axis = axisOf(spec)
    if (axis === 2) return []
    const at = (level: number): [number, number] => (axis === 0 ? [level, 0.5] : [0.5, level])
    const center = spec.center as number
    return [
      { name: 'center', position: at(center) },
      { name: 'thickness', position: at(center + (spec.thickness as number) / 2) },
    ]
  },
  drag(spec, handle, point) {
    const level = point[axisOf(spec)]
    if (handle === 'center') return { ...spec, center: clamp(level, 0, 1) }
    return { ...spec, thickness: clamp(2 * Math.abs(level - (spec.center as number)), SMALLEST, THICKEST) }
  },
  nudge(spec, delta) {
    const shift = delta[axisOf(spec)] ?? 0
    return { ...spec, center: moved([spec.center as number], [shift])[0] }
  },
  resize: (spec, factor) => ({ ...spec, thickness: clamp((spec.thickness as number) * factor, SMALLEST, THICKEST) }),
}
