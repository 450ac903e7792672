/** Lines along a flow: where they go, how far apart they are, and where there are none. */
import { describe, expect, it } from 'vitest'
import { streamlines } from '../../src/app/picture/streamlines.ts'
import type { MacroSpec } from '../../src/models/family.ts'

const macro: MacroSpec = { dimension: 2, size: [2, 1], nodes: [41, 21] }

function flow(of: (x: number, y: number) => [number, number]): Float32Array[] {
  const [nx, ny] = macro.nodes
  const values = Array.from({ length: nx * ny }, (_, p) =>
    of(((p % nx) / (nx - 1)) * macro.size[0], (Math.floor(p / nx) / (ny - 1)) * macro.size[1]),
  )
  return [0, 1].map((axis) => Float32Array.from(values, (v) => v[axis]))
}

const pairs = (points: readonly number[]) =>
  Array.from({ length: points.length / 2 }, (_, k) => [points[2 * k], points[2 * k + 1]] as const)

describe('streamlines', () => {
  it('of an even flow are straight, downstream, apart, and fill the box', () => {
    const lines = streamlines(
      flow(() => [3, 0]),
      macro,
      3,
    )
    const heights = lines.map(({ points }) => points[1]).sort((a, b) => a - b)
    for (const { points, strength } of lines) {
      for (const [x, y] of pairs(points)) {
        expect(y).toBeCloseTo(points[1], 6)
        expect(x).toBeGreaterThanOrEqual(0)
        expect(x).toBeLessThanOrEqual(2)
      }
      expect(points[points.length - 2]).toBeGreaterThan(points[0] + 1.9)
      expect(strength).toBeCloseTo(1, 6)
    }
    expect(lines).toHaveLength(11)
    heights.slice(1).forEach((y, k) => void expect(y - heights[k]).toBeCloseTo(2 / 22, 6))
  })

  it('go around a vortex on circles', () => {
    const lines = streamlines(
      flow((x, y) => [-(y - 0.5), x - 1]),
      macro,
      1,
    )
    expect(lines.length).toBeGreaterThan(5)
    for (const { points } of lines) {
      const radii = pairs(points).map(([x, y]) => Math.hypot(x - 1, y - 0.5))
      expect(Math.max(...radii) - Math.min(...radii)).toBeLessThan(1e-3)
    }
  })

  it('are none where nothing flows, and end where it dies out', () => {
    expect(
      streamlines(
        flow(() => [0, 0]),
        macro,
        1,
      ),
    ).toEqual([])
    const lines = streamlines(
      flow((x) => [Math.max(0, 1 - x), 0]),
      macro,
      1,
    )
    expect(lines.length).toBeGreaterThan(5)
    for (const { points } of lines) for (const [x] of pairs(points)) expect(x).toBeLessThan(1)
  })
})
