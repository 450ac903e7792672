/** A stroke of the brush does not depend on how often the page is told of the pointer. */
import { expect, it } from 'vitest'
import { spaced } from '../../src/app/stage/pointer.ts'

/** All touches of a stroke along points of which the page is told. */
function touches(points: readonly (readonly number[])[], radius: number): number[][] {
  const all = [[...points[0]]]
  for (const point of points.slice(1)) all.push(...spaced(all[all.length - 1], point, radius))
  return all
}

it('is the same told of in one move, in ten or in a hundred', () => {
  const [start, end] = [
    [1, 2],
    [7, 10.2],
  ]
  const way = (n: number) => Array.from({ length: n + 1 }, (_, k) => start.map((a, i) => a + ((end[i] - a) * k) / n))
  const once = touches(way(1), 0.5)
  expect(once).toHaveLength(21)
  for (const often of [10, 100]) {
    const told = touches(way(often), 0.5)
    expect(told).toHaveLength(once.length)
    for (const [k, [x, y]] of told.entries()) expect(Math.hypot(x - once[k][0], y - once[k][1])).toBeLessThan(1e-12)
  }
  // Touches are as far apart as the brush is wide, so that no gap is left.
  for (const [k, [x, y]] of once.slice(1).entries())
    expect(Math.hypot(x - once[k][0], y - once[k][1])).toBeCloseTo(0.5, 12)
})

it('is bounded for a brush that is far thinner than the way', () => {
  expect(spaced([0, 0], [1, 0], 1e-9)).toHaveLength(32)
  expect(spaced([0, 0], [0, 0], 1e-9)).toEqual([])
})
