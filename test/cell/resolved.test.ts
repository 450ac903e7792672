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
  return { ...result.phases.matrix!, tensor: result.problems[0]!.tensor[0]![0]!, error: result.problems[0]!.error }
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

  it('are told from a real wall and from well separated cells', () => {
    const wall = solveCell(
      { ...disc(0.3, 64), shapes: [{ shape: 'layer', phase: 'inclusion', axis: 'x', center: 0.5, thickness: 0.2 }] },
      [{ kind: 'perforated', phase: 'matrix' }],
    )
    expect(wall.phases.matrix!.unresolved).toEqual([false, false])
    expect(wall.problems[0]!.error).toBeLessThan(1e-6)
    const cells = solveCell(disc(0.45, 64), [{ kind: 'perforated', phase: 'inclusion' }])
    expect(cells.phases.inclusion!.unresolved).toEqual([false, false])
    expect(cells.problems[0]!.error).toBe(0)
  })
})
