/** The card of the porous family: ions in a charged or neutral porous medium, Poisson-Nernst-Planck. */

import type { Problem } from '../../parameter.ts'
import type { Equation, ModelFamily } from '../family.ts'
import { comparison } from './comparison.ts'
import { curves, porousCurve, sweep } from './curves.ts'
import { PORE, porousProblems, SOLID } from './effective.ts'
import { errata } from './errata.ts'
import { experiments, ports } from './experiments.ts'
import type { PorousInput } from './input.ts'
import { ions } from './input.ts'
import { macroModel } from './macro.ts'
import { MOST_IN_COLUMN, microModel } from './micro.ts'
import { type PorousValues, parameters } from './parameters.ts'
import { closureTable } from './table.ts'

const term = (id: string, tex: string) => `\\term{${id}}{${tex}}`

const equations: readonly Equation[] = [
  {
    tex: `${term('storage', 'p\\,\\partial_t c_r')} = \\nabla\\!\\cdot\\! d_r\\bigl(${term('diffusion', 'D_c\\nabla c_r')} + ${term('drift', 'z_r c_r\\,D_\\phi\\,\\tfrac{F}{RT}\\nabla\\phi')}\\bigr)`,
    caption: 'Every ion diffuses and drifts; the closure says with which tensors',
  },
  {
    tex: `-\\nabla\\!\\cdot\\!(${term('displacement', '\\varepsilon^0\\nabla\\phi')}) = F\\bigl(p\\textstyle\\sum_r z_r c_r + ${term('charge', '\\rho_s')}\\bigr)`,
    caption: 'The potential, with the effective permittivity of pores and solid together',
  },
  {
    tex: `\\lambda^2 = \\varepsilon_f RT/(F^2c_0L^2),\\qquad \\lambda_{\\mathrm{eff}} = \\sqrt{\\varepsilon^0RT/(F^2\\,p\\textstyle\\sum_r z_r^2c_r)}`,
    caption: 'Screening: the length over which charge is seen',
  },
]

export const porous: ModelFamily = {
  name: 'porous',
  label: 'Porous medium',
  summary:
    'Ions in the pores of a dielectric solid: diffusion, drift and the electric field, with every closure of the literature.',
  phases: [
    { name: PORE, label: 'pore' },
    { name: SOLID, label: 'solid' },
  ],
  sources: [
    'M. Schmuck: New porous medium Poisson-Nernst-Planck equations for strongly oscillating electric potentials, J. Math. Phys. 54 (2013), with corrections of (17), (18), (20), (43), (72)-(79)',
    'D. L. Scharfetter, H. K. Gummel, IEEE Trans. Electron Devices 16 (1969) 64 (exponential fitting)',
  ],
  parameters,
  experiments,
  ports,
  stimuli: [],
  notes: errata,
  classes: {
    porous: {
      label: 'Poisson-Nernst-Planck',
      reason: 'Ions move in the pores, the potential acts in pores and solid.',
      equations,
    },
  },
  defaultExperiment: experiments[0].name,
  cellProblems: (values, phases) => porousProblems(values as PorousValues, phases),
  check,
  macro: macroModel,
  resolved: microModel,
  resolvedColumn: MOST_IN_COLUMN,
  comparison,
  sweep,
  curves,
  curve(request, input: PorousInput, cell) {
    return request.name === 'table' ? closureTable(input, cell) : porousCurve(request, input, cell)
  },
}

function check({ parameters: v }: PorousInput): Problem[] {
  const problems: Problem[] = []
  const valences = ions(v).map((i) => v[`z_${i}`])
  if (!valences.some((z) => z > 0) || !valences.some((z) => z < 0))
    problems.push({
      path: 'parameters.z_1',
      message: `got the valences ${valences.join(', ')}; an electrolyte needs ions of both signs; try 1 and -1`,
    })
  return problems
}
