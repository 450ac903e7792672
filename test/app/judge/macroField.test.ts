/** Interpolation on the homogenized box: quadratic slopes, linear values, on points and on rasters. */
import { describe, expect, it } from 'vitest'
import { expand, slope, slopes, valueAt } from '../../../src/app/picture/macroField.ts'
import type { MacroSpec } from '../../../src/models/family.ts'

const box: MacroSpec = { dimension: 3, size: [2, 1, 3], nodes: [5, 4, 3] }
const position = (p: number) => [(p % 5) / 2, (Math.floor(p / 5) % 4) / 3, 1.5 * Math.floor(p / 20)] as const

describe('a box', () => {
  it('slopes are exact for quadratic functions, at the ends too', () => {
    const values = Float64Array.from({ length: 60 }, (_, p) => position(p).reduce((s, x, k) => s + (k + 1) * x * x, 0))
    for (let axis = 0; axis < 3; axis++)
      for (let p = 0; p < 60; p++)
        expect(slope(values, box, axis, p)).toBeCloseTo(2 * (axis + 1) * position(p)[axis], 10)
  })

  it('values at points and on a raster are exact for linear functions', () => {
    const f = (x: readonly number[]) => 1 + 2 * x[0] - 3 * x[1] + x[2]
    const values = Float64Array.from({ length: 60 }, (_, p) => f(position(p)))
    const counts = [7, 5, 6]
    expand(values, box, counts).forEach((value, q) => {
      const at = [q % 7, Math.floor(q / 7) % 5, Math.floor(q / 35)]
      const x = at.map((i, k) => ((i + 0.5) / counts[k]) * box.size[k])
      expect(value).toBeCloseTo(f(x), 5)
      expect(valueAt(box, x, (p) => values[p])).toBeCloseTo(f(x), 10)
    })
  })
})

it('a window is part of the whole, or a slice of it', () => {
  const values = Float64Array.from({ length: 60 }, (_, p) => Math.sin(p))
  const whole = expand(values, box, [8, 4, 6])
  const part = expand(
    values,
    box,
    [4, 2, 1],
    [
      [0.5, 1],
      [0, 0.5],
      [0.25, 0.25],
    ],
  )
  part.forEach((value, q) => {
    const at = 4 + (q % 4) + 8 * (Math.floor(q / 4) + 4)
    expect(value).toBeCloseTo(whole[at], 6)
  })
})

it('a line is constant across its strip, and its slope across is zero', () => {
  const line: MacroSpec = { dimension: 1, size: [1], nodes: [3] }
  expect([...expand([0, 1, 2], line, [4, 2])]).toEqual([0.25, 0.75, 1.25, 1.75, 0.25, 0.75, 1.25, 1.75])
  expect([...slopes([0, 1, 2], line, 1)]).toEqual([0, 0, 0])
  expect(slope([3, 5], { ...line, nodes: [2] }, 0, 1)).toBe(2)
})
