/** The surface of one value in a box lies where the field has that value. */
import { describe, expect, it } from 'vitest'
import { Isosurface } from '../../src/app/stage/isosurface.ts'
import type { Shown } from '../../src/app/stage/picture.ts'
import type { MacroSpec } from '../../src/models/family.ts'

const macro: MacroSpec = { dimension: 3, size: [2, 1, 1], nodes: [21, 11, 9] }
const side: [number, number, number] = [1, 0.5, 0.5]

/** @param field of fractions of the sides */
function surfaceOf(field: (x: number, y: number, z: number) => number, level: number | undefined) {
  const [nx, ny, nz] = macro.nodes
  const values = new Float32Array(nx * ny * nz)
  for (let k = 0; k < nz; k++)
    for (let j = 0; j < ny; j++)
      for (let i = 0; i < nx; i++) values[i + nx * (j + ny * k)] = field(i / (nx - 1), j / (ny - 1), k / (nz - 1))
  const made = new Isosurface(side)
  made.show({ macro, values, range: { min: 0, max: 1 }, map: 'viridis', level } as unknown as Shown)
  const [{ scale, position }] = made.object.children
  const { corners } = made
  const points = Array.from({ length: corners.length / 3 }, (_, v) =>
    (['x', 'y', 'z'] as const).map((axis, c) => (corners[3 * v + c] * scale[axis] + position[axis]) / side[c] + 0.5),
  )
  return { made, points }
}

describe('a surface of one value', () => {
  it('is the plane of a field that grows along x, from wall to wall', () => {
    const { points } = surfaceOf((x) => x, 0.3)
    expect(points.length).toBeGreaterThan(1000)
    for (const [x] of points) expect(x).toBeCloseTo(0.3, 5)
    for (const c of [1, 2]) {
      expect(Math.min(...points.map((p) => p[c]))).toBeCloseTo(0, 5)
      expect(Math.max(...points.map((p) => p[c]))).toBeCloseTo(1, 5)
    }
  })

  it('is a ball around the middle of a pulse, as round as the nodes allow', () => {
    const away = (x: number, y: number, z: number) => Math.hypot(x - 0.5, y - 0.5, z - 0.5)
    const { points } = surfaceOf((x, y, z) => 1 - away(x, y, z), 0.7)
    for (const [x, y, z] of points) expect(Math.abs(away(x, y, z) - 0.3)).toBeLessThan(0.02)
  })

  it('is none where no value is asked for', () => {
    expect(surfaceOf((x) => x, undefined).made.object.visible).toBe(false)
  })
})
