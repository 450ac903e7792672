/** What holds for every cell, whatever its shapes. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CellSpec, ShapeSpec } from '../../src/cell/cell.ts'
import { solveCell } from '../../src/cell/compute.ts'
import { phasesOf } from '../../src/cell/geometry.ts'
import { shapes } from '../../src/cell/shapes/index.ts'
import { InputError } from '../../src/parameter.ts'

/** Any shape of the registry, moved and resized at random. */
function anyShape(dimension: 2 | 3): fc.Arbitrary<ShapeSpec> {
  const usable = shapes.filter((s) => s.dimensions.includes(dimension))
  const shift = fc.array(fc.integer({ min: 0, max: 996 }), { minLength: dimension, maxLength: dimension })
  return fc
    .record({
      shape: fc.constantFrom(...usable),
      phase: fc.constantFrom('a', 'b', 'b', 'c'),
      shift: shift.map((list) => list.map((x) => x / 997)),
      factor: fc.integer({ min: 40, max: 140 }).map((x) => x / 100),
    })
    .map(({ shape, phase, shift, factor }) =>
      shape.resize(shape.nudge(shape.defaultSpec(dimension, phase), shift), factor),
    )
}

describe.each([
  { dimension: 2 as const, resolution: 24, runs: 60 },
  { dimension: 3 as const, resolution: 16, runs: 15 },
])('random cells in $dimension D', ({ dimension, resolution, runs }) => {
  it('have symmetric tensors between Reuss and Voigt, fractions that add up, and converged solutions', () => {
    fc.assert(
      fc.property(fc.array(anyShape(dimension), { minLength: 1, maxLength: 3 }), (list) => {
        const spec: CellSpec = { dimension, resolution, background: 'a', shapes: list }
        const phases = phasesOf(spec)
        const coefficients = Object.fromEntries(phases.map((name, k) => [name, [1, 30, 0.05][k]]))
        let result: ReturnType<typeof solveCell>
        try {
          result = solveCell(spec, [
            { kind: 'perforated', phase: 'a' },
            { kind: 'contrast', name: 'k', coefficients },
          ])
        } catch (error) {
          // A phase that later shapes cover is refused; nothing else may be.
          expect(error).toBeInstanceOf(InputError)
          expect(String(error)).toMatch(/has no volume/)
          return
        }
        const total = phases.reduce((sum, name) => sum + result.phases[name].fraction, 0)
        expect(Math.abs(total - 1)).toBeLessThan(2e-3)
        for (const { meshTensor, tensor, bounds, residual, error, iterations } of result.problems) {
          expect(residual).toBeLessThanOrEqual(1e-7)
          expect(Math.max(...iterations)).toBeLessThanOrEqual(25)
          expect(error).toBeGreaterThanOrEqual(0)
          for (let i = 0; i < dimension; i++) {
            for (let j = 0; j < i; j++) expect(Math.abs(tensor[i][j] - tensor[j][i])).toBeLessThan(1e-8)
            // The mesh has its own fractions, a little off those of the bounds.
            const slack = 0.02 * bounds.voigt
            expect(meshTensor[i][i]).toBeGreaterThanOrEqual(bounds.reuss - slack)
            expect(meshTensor[i][i]).toBeLessThanOrEqual(bounds.voigt + slack)
          }
        }
        for (const [k, percolates] of result.phases.a!.percolates.entries())
          expect(result.problems[0].tensor[k][k] > 0).toBe(percolates)
      }),
      { numRuns: runs, seed: 4 },
    )
  })
})
