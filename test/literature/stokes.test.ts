/**
 * Permeabilities against independent values, as drag: F / (mu U) = 1 / K on a cylinder of a square array, and
 * F / (6 pi mu r U) = 1 / (6 pi r K) on a sphere of a simple cubic array, with the mean pressure gradient counted in.
 *
 * A. S. Sangani and A. Acrivos, Int. J. Multiphase Flow 8 (1982) 193; A. A. Zick and G. M. Homsy, J. Fluid Mech. 115
 * (1982) 13; and values of the method of fundamental solutions, 8 digits or more, for given radii and other shapes.
 */
import { describe, expect, it } from 'vitest'
import type { CellProblemResult, CellSpec, ShapeSpec } from '../../src/cell/cell.ts'
import { solveCell } from '../../src/cell/compute.ts'

function permeability(dimension: 2 | 3, shape: Omit<ShapeSpec, 'phase'>): CellProblemResult {
  const cell: CellSpec = {
    dimension,
    background: 'fluid',
    resolution: dimension === 2 ? 128 : 32,
    shapes: [{ phase: 'solid', ...shape } as ShapeSpec],
  }
  return solveCell(cell, [{ kind: 'stokes', fluid: 'fluid' }]).problems[0]
}
const ball = (dimension: 2 | 3, radius: number) =>
  permeability(dimension, { shape: 'ball', center: Array(dimension).fill(0.5), radius })

/** Tolerances of the specification at 128² and at 32³. */
const PLANE = 5e-3
const SPACE = 2e-2

describe('square array of cylinders', () => {
  it.each([
    [0.05, 15.56],
    [0.1, 24.83],
    [0.2, 51.53],
    [0.3, 102.9],
    [0.4, 217.89],
    [0.5, 532.55],
    [0.6, 1763],
    [0.7, 13520],
  ])('drag at solid fraction %d is %d (Sangani and Acrivos)', (fraction, drag) => {
    const { tensor } = ball(2, Math.sqrt(fraction / Math.PI))
    for (const axis of [0, 1]) expect(Math.abs(1 / tensor[axis][axis] / drag - 1)).toBeLessThan(PLANE)
  })

  it.each([
    [0.2, 0.032948239093461104],
    [0.3, 0.010975314543214244],
    [0.4, 0.0018280941789049728],
    [0.45, 0.0003173013453422169],
  ])('K at radius %d is %d (fundamental solutions), within the claimed error', (radius, exact) => {
    const { tensor, error } = ball(2, radius)
    expect(Math.abs(tensor[0][0] / exact - 1)).toBeLessThan(PLANE)
    expect(Math.abs(tensor[0][0] - exact)).toBeLessThanOrEqual(error)
    expect(Math.abs(tensor[0][1])).toBeLessThanOrEqual(error)
  })
})

describe('other shapes in the plane, within the claimed error', () => {
  const center = [0.5, 0.5]
  it.each<[string, Omit<ShapeSpec, 'phase'>, [number, number]]>([
    [
      'ellipse',
      { shape: 'ellipsoid', center, radii: [0.4, 0.2], rotation: 0 },
      [0.02532862091739386, 0.002754269263959695],
    ],
    ['square', { shape: 'box', center, size: [0.5, 0.5] }, [0.013023322258885413, 0.013023322258885413]],
    ['crossing channels', { shape: 'box', center, size: [0.7, 0.7] }, [0.0025594528, 0.0025594528]],
  ])('%s', (_, shape, exact) => {
    const { tensor, error } = permeability(2, shape)
    for (const axis of [0, 1]) {
      expect(Math.abs(tensor[axis][axis] / exact[axis] - 1)).toBeLessThan(PLANE)
      expect(Math.abs(tensor[axis][axis] - exact[axis])).toBeLessThanOrEqual(error)
    }
    expect(error).toBeLessThan(0.02 * exact[0])
  })
})

describe('simple cubic array of spheres', () => {
  it.each([
    [0.027, 2.008],
    [0.125, 4.292],
    [0.343, 15.4],
  ])('drag at solid fraction %d is %d (Zick and Homsy)', (fraction, drag) => {
    const radius = Math.cbrt((3 * fraction) / (4 * Math.PI))
    const { tensor } = ball(3, radius)
    for (const axis of [0, 1, 2])
      expect(Math.abs(1 / (6 * Math.PI * radius * tensor[axis][axis]) / drag - 1)).toBeLessThan(SPACE)
  })

  it.each([
    [0.3, 3.973781407926703],
    [0.4, 10.054097854651765],
  ])('drag at radius %d is %d (fundamental solutions), within the claimed error', (radius, drag) => {
    const { tensor, error, iterations } = ball(3, radius)
    const exact = 1 / (6 * Math.PI * radius * drag)
    expect(Math.abs(exact / tensor[0][0] - 1)).toBeLessThan(SPACE)
    expect(Math.abs(tensor[0][0] - exact)).toBeLessThanOrEqual(error)
    expect(Math.max(...iterations)).toBeLessThan(130)
  })
})
