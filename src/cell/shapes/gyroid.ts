/** Gyroid (3D): where cos 2πx sin 2πy + cos 2πy sin 2πz + cos 2πz sin 2πx < level. Level 0 halves the cell. */
import { clamp, type Shape } from './shape.ts'

const EXTREME = 1.4
const TWO_PI = 2 * Math.PI

export const gyroid: Shape = {
  name: 'gyroid',
  label: 'Gyroid',
  dimensions: [3],
  parameters: () => [{ name: 'level', label: 'Level', kind: 'number', unit: '1', min: -EXTREME, max: EXTREME }],
  defaultSpec: (_, phase) => ({ shape: 'gyroid', phase, level: 0 }),
  levelSet(spec) {
    const level = spec.level as number
    return (x, y, z) => {
      const [a, b, c] = [TWO_PI * x, TWO_PI * y, TWO_PI * z]
      return (Math.cos(a) * Math.sin(b) + Math.cos(b) * Math.sin(c) + Math.cos(c) * Math.sin(a) - level) / TWO_PI
    }
  },
  smooth: () => true,
  handles: () => [],
  drag: (spec) => spec,
  nudge: (spec) => spec,
  // The level plays the role of a size: a larger phase has a higher level.
  resize: (spec, factor) => ({ ...spec, level: clamp((spec.level as number) + Math.log(factor), -EXTREME, EXTREME) }),
}
