/** A zero that the mesh does not decide is not claimed. */
import { describe, expect, it } from 'vitest'
import type { CellSpec } from '../../src/cell/cell.ts'
import { solveCell } from '../../src/cell/compute.ts'

const disc = (radius: number, resolution: number): CellSpec => ({
  dimension: 2,
  background: 'matrix',
  shapes: [{ shape: 'ball', phase: 'inclusion', center: [0.5, 0.5], radius }],
  resolution,
})

const matrix = (spec: CellSpec) => {
  const result = solveCell(spec, [{ kind: 'perforated', phase: 'matrix' }])
  return { ...result.phases.matrix!, tensor: result.problems[0].tensor[0][0], error: result.problems[0].error }
}

describe('discs near contact', () => {
  // Exact values: multipole expansion for 0.49; finer meshes for the others.
  it.each([
    [0.49, 32, 0.0727415],
    [0.495, 64, 0.0493],
    [0.499, 256, 0.021],
  ])('r = %f at n = %i: what is claimed covers the true value', (radius, resolution, exact) => {
    const { tensor, error, percolates, unresolved } = matrix(disc(radius, resolution))
    expect(Math.abs(tensor - exact)).toBeLessThanOrEqual(error)
    expect(unresolved.every((u, k) => u !== percolates[k])).toBe(true)
  })

  it.each(
    [0.5, 0.508, 0.513, 0.507].flatMap((x) =>
      [
        [0.49, 32],
        [0.495, 64],
        [0.499, 64],
        [0.499, 128],
      ].map(([radius, n]) => [x, radius!, n!] as const),
    ),
  )('centred at %f, r = %f, n = %i: matrix, disc, contrast and geometry cover the truth', (x, radius, n) => {
    const shapes = [{ shape: 'ball', phase: 'inclusion', center: [x, 1 - x], radius }]
    const result = solveCell({ ...disc(radius, n), shapes }, [
      { kind: 'perforated', phase: 'matrix' },
      { kind: 'perforated', phase: 'inclusion' },
      { kind: 'contrast', name: 'k', coefficients: { matrix: 1, inclusion: 1e4 } },
    ])
    // Keller's duality bounds the contrast problem by the reciprocal of the perforated one.
    const exact = { 0.49: 0.0727415, 0.495: 0.0493, 0.499: 0.021 }[radius]!
    const [m, i, k] = result.problems.map((p) => ({ value: p.tensor[0]![0]!, error: p.error }))
    expect(Math.abs(m!.value - exact)).toBeLessThanOrEqual(m!.error)
    expect(i!.value).toBeLessThanOrEqual(i!.error)
    expect(Math.abs(k!.value - 1 / exact)).toBeLessThanOrEqual(k!.error)
    const { fraction, interfaceMeasure } = result.geometryError
    expect(Math.abs(result.phases.inclusion!.fraction - Math.PI * radius ** 2)).toBeLessThanOrEqual(fraction)
    expect(Math.abs(result.interfaceMeasure['inclusion|matrix']! - 2 * Math.PI * radius)).toBeLessThanOrEqual(
      interfaceMeasure,
    )
  })

  it('are told from a real wall and from well separated cells', () => {
    const wall = solveCell(
      { ...disc(0.3, 64), shapes: [{ shape: 'layer', phase: 'inclusion', axis: 'x', center: 0.5, thickness: 0.2 }] },
      [{ kind: 'perforated', phase: 'matrix' }],
    )
    expect(wall.phases.matrix!.unresolved).toEqual([false, false])
    expect(wall.problems[0].error).toBeLessThan(1e-6)
    const cells = solveCell(disc(0.45, 64), [{ kind: 'perforated', phase: 'inclusion' }])
    expect(cells.phases.inclusion!.unresolved).toEqual([false, false])
    expect(cells.problems[0].error).toBe(0)
  })
})
