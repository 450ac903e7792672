/** The conductivity of a checkerboard is the geometric mean of its two conductivities. */
import { problemOf, solveCell } from '../src/index.ts'
import opening from '../src/scenarios/porous-opening.json' with { type: 'json' }
import { type Example, scenario } from './example.ts'

const square = (x: number) => ({ shape: 'box', phase: 'solid', center: [x, x], size: [0.5, 0.5] })
const cell = { dimension: 2 as const, background: 'pore', resolution: 256, shapes: [square(0.25), square(0.75)] }

export const example: Example = {
  title: 'Checkerboard',
  source: 'J. B. Keller, J. Math. Phys. 5 (1964) 548: k* = sqrt(k1 k2)',
  published: Math.sqrt(0.1),
  unit: '1',
  // Four squares meet in a point, where the field is singular.
  within: 0.01,
  scenario: scenario(opening, {
    title: 'Checkerboard',
    cell: { ...opening.cell, ...cell, resolution: 64 },
    parameters: { ...opening.parameters, contrast: 0.1 },
  }),
  compute() {
    const problem = { kind: 'contrast' as const, name: 'k', coefficients: { pore: 1, solid: 0.1 } }
    const { tensor } = problemOf(solveCell(cell, [problem]), 'contrast', 'k')
    return tensor[0][0]
  },
}
