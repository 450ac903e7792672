/**
 * Resolved tissues in space have the membrane of their cells: simplices that the fit has flattened belong to neither side, and
 * surfaces close across them.
 */
import { describe, expect, it } from 'vitest'
import { ofMesh } from '../../../src/cell/columns.ts'
import { solveCell } from '../../../src/cell/compute.ts'
import { finish } from '../../../src/finish.ts'
import { tilePores } from '../../../src/models/porous/tiling.ts'
import { tileCell } from '../../../src/models/tissue/tiling.ts'
import { OMITTED } from '../../../src/numerics/simplex.ts'

const sum = (a: Float64Array) => a.reduce((x, y) => x + y, 0)
const ball = (phase: string, radius: number) => ({ shape: 'ball', phase, center: [0.5, 0.5, 0.5], radius })
const bars = ['x', 'y', 'z'].map((axis) => ({
  shape: 'bar',
  phase: 'intracellular',
  axis,
  center: [0.5, 0.5, 0.5],
  radius: 0.3,
}))
const cell = (shapes: object[], background: string, resolution: number, phases: string[]) =>
  ofMesh(
    solveCell(
      { dimension: 3, background, resolution, shapes: shapes as never },
      phases.map((phase) => ({ kind: 'perforated' as const, phase })),
    ),
  )

describe.each([8, 12, 16])('on a mesh of %d nodes', (n) => {
  it.each([
    ['balls', [ball('intracellular', 0.38)]],
    ['a syncytium', bars],
  ])('%s have the area of their cell, where both sides are', (_, shapes) => {
    const { mesh, interfaceMeasure } = cell(shapes, 'extracellular', n, ['extracellular', 'intracellular'])
    if (n === 16) expect(mesh.simplexPhase.includes(OMITTED)).toBe(true)
    const size = 1e-5
    const { area, volumeI, volumeE } = finish(tileCell([mesh], size, [2, 1, 1]))
    expect(sum(area) / (2 * interfaceMeasure['extracellular|intracellular'] * size ** 2)).toBeCloseTo(1, 10)
    area.forEach((a, p) => {
      if (a > 0) expect(Math.min(volumeI[p], volumeE[p])).toBeGreaterThan(0)
    })
  })
})

it('glia and cells have theirs', () => {
  const rod = { shape: 'bar', phase: 'glia', axis: 'x', center: [0.25, 0.25, 0.5], radius: 0.1 }
  const { mesh, interfaceMeasure } = cell([ball('intracellular', 0.22), rod], 'extracellular', 16, ['extracellular'])
  const { area, others } = finish(tileCell([mesh], 1, [1, 1, 1]))
  expect(sum(area) / interfaceMeasure['extracellular|intracellular']).toBeCloseTo(1, 10)
  expect(sum(others[0].area) / interfaceMeasure['extracellular|glia']).toBeCloseTo(1, 10)
})

it('walls of pores carry their charge all around', () => {
  const { mesh } = cell([ball('solid', 0.38)], 'pore', 16, ['pore'])
  const { walls, position, pore } = finish(tilePores([mesh], 1, [1, 1, 1], 0.1))
  expect(pore.length).toBe(17 ** 3)
  // Half a ball has half of it, and its charge is where a sphere is.
  let [half, radius] = [0, 0]
  walls.forEach((w, p) => {
    if (position[3 * p] < 0.5) half += w
    radius += w * Math.hypot(position[3 * p] - 0.5, position[3 * p + 1] - 0.5, position[3 * p + 2] - 0.5)
  })
  expect(radius / sum(walls)).toBeCloseTo(0.38, 2)
  expect(half / sum(walls)).toBeCloseTo(0.5, 1)
})
