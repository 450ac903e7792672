/** Ions diffuse between insulating cylinders on a square lattice. */
import { problemOf, solveCell } from '../src/index.ts'
import opening from '../src/scenarios/porous-opening.json' with { type: 'json' }
import { type Example, scenario } from './example.ts'

const disc = { shape: 'ball', phase: 'solid', center: [0.5, 0.5], radius: 0.3 }
const cell = { dimension: 2 as const, background: 'pore', resolution: 128, shapes: [disc] }

export const example: Example = {
  title: 'Diffusion between cylinders',
  source:
    'W. T. Perrins, D. R. McKenzie, R. C. McPhedran, Proc. R. Soc. A 369 (1979) 207, their series summed to 9 digits',
  published: 0.558485386,
  unit: '1',
  within: 1e-5,
  scenario: scenario(opening, { title: 'Diffusion between cylinders', cell: { ...opening.cell, shapes: [disc] } }),
  compute() {
    return problemOf(solveCell(cell, [{ kind: 'perforated', phase: 'pore' }]), 'perforated', 'pore').tensor[0][0]
  },
}
