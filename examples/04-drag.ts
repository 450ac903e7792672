/** Slow flow across cylinders that fill a fifth of the volume: their drag is 1 over the permeability. */
import { problemOf, solveCell } from '../src/index.ts'
import pumped from '../src/scenarios/cathode-pumped.json' with { type: 'json' }
import { type Example, scenario } from './example.ts'

const disc = { shape: 'ball', phase: 'active', center: [0.5, 0.5], radius: Math.sqrt(0.2 / Math.PI) }
const cell = { dimension: 2 as const, background: 'electrolyte', resolution: 128, shapes: [disc] }

export const example: Example = {
  title: 'Drag of cylinders',
  source: 'A. S. Sangani, A. Acrivos, Int. J. Multiphase Flow 8 (1982) 193',
  published: 51.53,
  unit: '1',
  within: 5e-3,
  scenario: scenario(pumped, {
    title: 'Electrolyte pumped across cylinders',
    cell: { ...pumped.cell, shapes: [disc] },
  }),
  compute() {
    const flow = problemOf(solveCell(cell, [{ kind: 'stokes', fluid: 'electrolyte' }]), 'stokes', 'electrolyte')
    return 1 / flow.tensor[0][0]
  },
}
