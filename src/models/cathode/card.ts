/** The card of the cathode family: composite intercalation cathodes, homogenized. */
import type { CardWith, Equation } from '../family.ts'
import { checkCathode } from './homogenized/check.ts'
import { parameters } from './parameters/index.ts'
import { experiments } from './protocol/experiments.ts'
import { ACTIVE, CARBON, ELECTROLYTE } from './structure/phases.ts'
import { cathodeProblems } from './structure/structure.ts'
import { comparison } from './studies/comparison.ts'

const term = (id: string, tex: string) => `\\term{${id}}{${tex}}`

const shared: readonly Equation[] = [
  {
    tex: `${term('salt', 'p\\,\\partial_t c')} = -\\nabla\\!\\cdot\\! N_+ + A/F,\\quad N_+ = -${term('ions', 'T')}\\,D\\nabla c + t_+ i_p/F + ${term('flow', 'c\\,V')}`,
    caption: 'Salt diffuses, migrates and is carried by the flow',
  },
  {
    tex: `\\nabla\\!\\cdot\\! i_p = A = -\\nabla\\!\\cdot\\! i_s,\\quad i_s = -${term('electrons', '\\hat\\Sigma')}\\nabla\\psi_s`,
    caption: 'Charge passes from the electrolyte to the solid where lithium reacts',
  },
  {
    tex: `i_p = -${term('ions', 'T\\kappa')}\\bigl[\\nabla\\Phi - 2\\tfrac{RT}{F}(1-t_+)\\chi\\nabla\\ln c\\bigr]`,
    caption: 'Ionic current, in the potential that lithium sees',
  },
  {
    tex: `A = a\\,${term('reaction', 'i(c,y,\\eta)')},\\quad \\eta = \\psi_s-\\Phi-U,\\quad U = ${term('voltage', 'V_0')} - \\tfrac{RT}{F}\\mu`,
    caption: 'Reaction, anodic positive, driven by the overpotential',
  },
]

const connected: Equation = {
  tex: `${term('lithium', 'q\\,c_{sm}\\partial_t y')} = \\nabla\\!\\cdot\\!\\bigl(D_s c_{sm}\\hat M_s m(y)\\nabla\\mu\\bigr) - A/F,\\quad ${term('mu', '\\mu')} = f'(y) - \\tfrac{\\kappa_g}{q c_{sm}RT}\\nabla\\!\\cdot\\!(\\hat M_s\\nabla y)`,
  caption: 'Lithium in a connected solid',
}

const independent: Equation = {
  tex: `${term('lithium', 'q\\,c_{sm}\\partial_t y')} = -A/F,\\quad ${term('mu', "\\mu = f'(y)")} = \\Omega(1-2y)+\\ln\\tfrac{y}{1-y}`,
  caption: 'Isolated particles: each cell of the mesh fills by itself',
}

const foil: Equation = {
  tex: `I = ${term('foil', 'i_{Li}')}\\bigl[e^{-F\\Phi/2RT}-e^{F\\Phi/2RT}\\bigr]\\ \\text{at the lithium}`,
  caption: 'The other electrode',
}

/** Nodes of a column across the current that the direct solver takes: its cost grows with their third power. */
const MOST_IN_COLUMN = 49

export const card: CardWith<'comparison' | 'rates'> = {
  name: 'cathode',
  label: 'Battery cathode',
  summary:
    'Composite intercalation cathodes: lithium ions, electrons and a reaction on every particle, from the cell to the discharge curve.',
  phases: [
    { name: ELECTROLYTE, label: 'electrolyte' },
    { name: ACTIVE, label: 'active material' },
    { name: CARBON, label: 'carbon' },
  ],
  sources: [
    'M. Schmuck: Upscaling of solid-electrolyte composite intercalation cathodes for energy storage systems, Appl. Math. Res. eXpress 2017 (2) 402-430, doi:10.1093/amrx/abx003, with the corrections listed in the notes',
    'M. Doyle, T. F. Fuller, J. Newman, J. Electrochem. Soc. 140 (1993) 1526',
    'M. Z. Bazant, Acc. Chem. Res. 46 (2013) 1144',
  ],
  parameters,
  experiments,
  ports: experiments.map((e) => e.name),
  electrodeArea: ({ electrode_area: area }) => (typeof area === 'number' && area > 0 ? area : undefined),
  stimuli: [],
  notes: async () => (await import('./errata.ts')).errata,
  classes: {
    connected: {
      label: 'Connected solid',
      reason: 'Lithium also crosses the solid (M_s > 0).',
      equations: [...shared, connected, foil],
    },
    independent: {
      label: 'Independent particles',
      reason: 'Each fills on its own (M_s = 0).',
      equations: [...shared, independent, foil],
    },
  },
  defaultExperiment: experiments[0].name,
  cellProblems: cathodeProblems,
  check: checkCathode,
  resolvedColumn: MOST_IN_COLUMN,
  comparison,
  rates: { usual: 'C/10, C/5, C/2, 1C, 2C' },
  curves: [
    { name: 'table', label: 'Effective parameters', slow: false, steady: true },
    { name: 'ocv', label: 'Open-circuit voltage', slow: false, steady: true },
    { name: 'polarisation', label: 'Polarisation', slow: true },
  ],
}
