/** Points are found in the fitted mesh: linear functions are exact, phases are those of the geometry. */
import { describe, expect, it } from 'vitest'
import type { CellMesh, CellSpec } from '../../src/cell/cell.ts'
import { solveCell } from '../../src/cell/compute.ts'
import { phaseAt } from '../../src/cell/geometry.ts'
import { nodePositions, periodicNode, rasterise, renumber } from '../../src/cell/raster.ts'

const disc = (center: number[], resolution: number): CellSpec => ({
  dimension: 2,
  background: 'outside',
  shapes: [{ shape: 'ball', phase: 'inside', center, radius: 0.35 }],
  resolution,
})
const ball: CellSpec = {
  dimension: 3,
  background: 'outside',
  shapes: [{ shape: 'ball', phase: 'inside', center: [0.45, 0.5, 0.55], radius: 0.4 }],
  resolution: 16,
}
const bars: CellSpec = {
  dimension: 3,
  background: 'outside',
  shapes: [0, 1, 2].map((axis) => ({ shape: 'bar', phase: 'inside', axis, center: [0.5, 0.5, 0.5], radius: 0.3 })),
  resolution: 16,
}
const meshOf = (spec: CellSpec): CellMesh => solveCell(spec, []).mesh

/** Centres of the pixels of a regular raster. */
function pixels(d: number, m: number): Float64Array {
  const out = new Float64Array(d * m ** d)
  for (let q = 0; q < m ** d; q++) for (let c = 0; c < d; c++) out[d * q + c] = ((Math.floor(q / m ** c) % m) + 0.5) / m
  return out
}

describe.each([
  ['a disc', disc([0.5, 0.5], 32)],
  ['a disc across the border of the cell', disc([0.1, 0.37], 32)],
  ['a ball', ball],
  ['bars', bars],
])('%s', (_, spec) => {
  const mesh = meshOf(spec)
  const d = mesh.dimension
  const m = d === 2 ? 96 : 24
  const points = pixels(d, m)
  const raster = rasterise(mesh, points)
  const count = m ** d
  const positions = nodePositions(mesh)

  it('weights reproduce the points', () => {
    let worst = 0
    for (let q = 0; q < count; q++)
      for (let c = 0; c < d; c++) {
        let x = 0
        for (let k = 0; k <= d; k++)
          x += raster.weights[(d + 1) * q + k] * positions[d * raster.corners[(d + 1) * q + k] + c]
        worst = Math.max(worst, Math.abs(x - points[d * q + c]))
      }
    expect(worst).toBeLessThan(1e-6)
  })

  it('phases are those of the shapes, except within a mesh width of an interface', () => {
    const at = phaseAt(spec)
    const h = 1 / mesh.n
    const wrap = (x: number) => x - Math.floor(x)
    const phase = (q: number, step: number[]) =>
      at(...([0, 1, 2].map((c) => (c < d ? wrap(points[d * q + c] + h * step[c]) : 0)) as [number, number, number]))
    const steps = [-1, 0, 1].flatMap((a) =>
      [-1, 0, 1].flatMap((b) => (d === 2 ? [[a, b, 0]] : [-1, 0, 1].map((c) => [a, b, c]))),
    )
    let clear = 0
    for (let q = 0; q < count; q++) {
      const own = phase(q, [0, 0, 0])
      if (steps.some((s) => phase(q, s) !== own)) continue
      clear++
      if (raster.phase[q] !== own) expect.fail(`point ${[...points.subarray(d * q, d * q + d)]}`)
    }
    expect(clear).toBeGreaterThan(count / 4)
  })

  it('the nearest interface node is the nearest', () => {
    const interfaces: number[] = []
    const all = Int32Array.from({ length: positions.length / d }, (_, p) => p)
    const periodic = renumber(all, mesh, (i, j, k) => periodicNode(mesh, i, j, k))
    for (const p of all) if (mesh.nodePhase[periodic[p]] === 254) interfaces.push(p)
    const distance = (p: number, q: number) =>
      Math.hypot(...Array.from({ length: d }, (_, c) => positions[d * p + c] - points[d * q + c]))
    for (let q = 0; q < count; q += 37)
      expect(distance(raster.nearest[q], q)).toBeCloseTo(Math.min(...interfaces.map((p) => distance(p, q))), 12)
  })
})

it('a cell without an interface has no nearest node', () => {
  const mesh = meshOf({ dimension: 2, background: 'outside', shapes: [], resolution: 8 })
  expect([...rasterise(mesh, pixels(2, 3)).nearest]).toEqual(Array(9).fill(-1))
})
