/** The same in space: a simple cubic lattice of insulating spheres. */
import { problemOf, solveCell } from '../src/index.ts'
import opening from '../src/scenarios/porous-opening.json' with { type: 'json' }
import { type Example, scenario } from './example.ts'

const sphere = { shape: 'ball', phase: 'solid', center: [0.5, 0.5, 0.5], radius: 0.4 }
const cell = { dimension: 3 as const, background: 'pore', resolution: 32, shapes: [sphere] }

export const example: Example = {
  title: 'Diffusion between spheres',
  source: 'R. C. McPhedran, D. R. McKenzie, Proc. R. Soc. A 359 (1978) 45, their series summed to 10 digits',
  published: 0.6434939973,
  unit: '1',
  within: 1e-3,
  scenario: scenario(opening, { title: 'Diffusion between spheres', cell: { ...opening.cell, ...cell } }),
  compute() {
    return problemOf(solveCell(cell, [{ kind: 'perforated', phase: 'pore' }]), 'perforated', 'pore').tensor[0][0]
  },
}
