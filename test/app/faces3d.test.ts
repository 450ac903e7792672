/** Values on the faces of a cell in space: exact for what is linear, and those of the simplex that holds the point. */
import { describe, expect, it } from 'vitest'
import { facePaint, valueAt } from '../../src/app/cell/faces3d.ts'
import type { LayerValues } from '../../src/app/cell/layerValues.ts'
import { middleOf, rimOf } from '../../src/app/cell/shapeMoves.ts'
import type { CellMesh } from '../../src/cell/cell.ts'

const n = 4
const mesh = { n, dimension: 3 } as CellMesh
const layer = (at: LayerValues['at']): LayerValues => ({
  map: 'viridis',
  range: [0, 1],
  low: '0',
  high: '1',
  title: '',
  at,
})
const inside = [
  [0.1, 0.2, 0.3],
  [0.3, 0.2, 0.1],
  [0.21, 0.6, 0.52],
  [0.05, 0.7, 0.33],
  [0.62, 0.06, 0.44],
  [0.5, 0.5, 0.5],
]

describe('values on a face', () => {
  it('are linear between the nodes', () => {
    const place = (node: number) => [node % n, Math.floor(node / n) % n, Math.floor(node / n / n)].map((k) => k / n)
    const linear = ([x, y, z]: readonly number[]) => 0.2 * x + 0.5 * y - 0.3 * z
    const values = layer((_, nodes, weights) => nodes.reduce((sum, p, k) => sum + weights[k] * linear(place(p)), 0))
    for (const point of inside) expect(valueAt(mesh, values, point)).toBeCloseTo(linear(point), 12)
  })

  it('are those of the simplex that holds the point: the largest rest goes first, simplices are in the order of axes', () => {
    const simplex = layer((index) => index)
    const cube = (i: number, j: number, k: number) => 6 * (i + n * (j + n * k))
    expect(valueAt(mesh, simplex, [0.2, 0.1, 0.05])).toBe(cube(0, 0, 0))
    expect(valueAt(mesh, simplex, [0.2, 0.05, 0.1])).toBe(cube(0, 0, 0) + 1)
    expect(valueAt(mesh, simplex, [0.35, 0.2, 0.05])).toBe(cube(1, 0, 0) + 2)
    expect(valueAt(mesh, simplex, [0.05, 0.1, 0.2])).toBe(cube(0, 0, 0) + 5)
    expect(valueAt(mesh, simplex, [1, 1, 1])).toBe(cube(0, 0, 0))
  })

  it('leave the phases where they have none, and the background open', () => {
    const half = layer((index) => (index < 6 * n * n ? 1 : Number.NaN))
    const paint = facePaint((p) => (p[0] > 0.5 ? 1 : 0), ['#000000', '#ff0000'], mesh, half)
    expect(paint([0.8, 0.5, 0.1])).not.toEqual([255, 0, 0])
    expect(paint([0.8, 0.5, 0.9])).toEqual([255, 0, 0])
    expect(paint([0.2, 0.5, 0.9])).toBeUndefined()
  })
})

describe('handles of a shape in space', () => {
  it('stand in its middle and on its rim', () => {
    const ball = { shape: 'ball', phase: 'a', center: [0.4, 0.5, 0.6], radius: 0.2 }
    expect(middleOf(ball)).toEqual([0.4, 0.5, 0.6])
    const rim = rimOf(ball, [0, 1, 0])
    expect([rim[0], rim[2]]).toEqual([0.4, 0.6])
    expect(Math.abs(rim[1] - 0.7)).toBeLessThan(0.011)
    expect(middleOf({ shape: 'layer', phase: 'a', axis: 'z', center: 0.3, thickness: 0.1 })).toEqual([0.5, 0.5, 0.3])
    expect(middleOf({ shape: 'layer', phase: 'a', axis: 1, center: 0.3, thickness: 0.1 })).toEqual([0.5, 0.3, 0.5])
  })

  it('stand beside the middle of what does not end that way', () => {
    const bar = { shape: 'bar', phase: 'a', axis: 'x', center: [0.5, 0.5, 0.5], radius: 0.2 }
    expect(rimOf(bar, [1, 0, 0])).toEqual([0.8, 0.5, 0.5])
  })
})
