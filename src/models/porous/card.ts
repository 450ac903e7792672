/** The card of the porous family: ions in a charged or neutral porous medium, Poisson-Nernst-Planck. */

import { t } from '../../language/language.ts'
import type { Problem } from '../../parameter.ts'
import { inverseThermalVoltage } from '../constants.ts'
import type { CardWith } from '../family.ts'
import { GROUPS } from '../groups.ts'
import { comparison } from './comparison.ts'
import { PORE, porousProblems, SOLID } from './effective.ts'
import { experiments, ports } from './experiments.ts'
import type { PorousInput } from './input.ts'
import { ions } from './input.ts'
import { type PorousValues, parameters } from './parameters.ts'
import { reducedUnits } from './reduced.ts'

/** Nodes of a column across the current that block elimination takes: its cost grows with their third power. */
const MOST_IN_COLUMN = 81
/** Nodes of boxes with longer columns, which are dissected: their factors take some seconds. */
const MOST_NODES = { 2: 20_000, 3: 9_000 }

export const card: CardWith<'comparison' | 'sweep'> = {
  name: 'porous',
  label: 'Porous medium',
  summary:
    'Ions in the pores of a dielectric solid: diffusion, drift and the electric field, with six readings of one derivation as closures.',
  phases: [
    { name: PORE, label: 'pore' },
    { name: SOLID, label: 'solid' },
  ],
  sources: [
    'M. Schmuck: New porous medium Poisson-Nernst-Planck equations for strongly oscillating electric potentials, J. Math. Phys. 54 (2013), with corrections of (17), (18), (20), (43), (72)-(79)',
    'D. L. Scharfetter, H. K. Gummel, IEEE Trans. Electron Devices 16 (1969) 64 (exponential fitting)',
  ],
  works: async () => (await import('./works.ts')).works,
  parameters,
  experiments,
  ports,
  reduced: (values, macro) => reducedUnits(values as PorousValues, macro),
  energy: true,
  stimuli: [],
  notes: async () => (await import('./errata.ts')).errata,
  defaultExperiment: experiments[0].name,
  cellProblems: (values, phases) => porousProblems(values as PorousValues, phases),
  check,
  resolvedColumn: MOST_IN_COLUMN,
  resolvedNodes: MOST_NODES,
  comparison,
  sweep: {
    unit: ({ temperature }) => ({
      name: 'kT/e',
      words: 'thermal voltages',
      volts: 1 / inverseThermalVoltage(Number(temperature)),
    }),
  },
  curves: [
    { name: 'steady', label: 'Steady current against voltage', slow: false, steady: true },
    { name: 'closures', label: 'The same for every closure', slow: false, steady: true },
    { name: 'table', label: 'Closures compared', slow: false, steady: true },
    GROUPS,
  ],
}

function check({ parameters: v }: PorousInput): Problem[] {
  const problems: Problem[] = []
  const valences = ions(v).map((i) => v[`z_${i}`])
  if (!valences.some((z) => z > 0) || !valences.some((z) => z < 0))
    problems.push({
      path: 'parameters.z_1',
      message: t('got the valences {valences}; an electrolyte needs ions of both signs; try 1 and -1', {
        valences: valences.join(', '),
      }),
    })
  return problems
}
