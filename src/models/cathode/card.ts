/** The card of the cathode family: composite intercalation cathodes, homogenized. */
import type { CardWith } from '../family.ts'
import { GROUPS } from '../groups.ts'
import { checkCathode } from './homogenized/check.ts'
import { parameters } from './parameters/index.ts'
import { ACTIVE, ACTIVE2, CARBON, ELECTROLYTE } from './phases.ts'
import { experiments } from './protocol/experiments.ts'
import { filtration } from './structure/filtration.ts'
import { cathodeProblems } from './structure/structure.ts'
import { comparison } from './studies/comparison.ts'

/** Nodes across the current of a strip of any length that the direct solver takes. */
const MOST_IN_COLUMN = 49
/** Nodes of wider boxes, whose factors take half a second and two seconds; a run needs a hundred of them. */
const MOST_NODES = { 2: 20_000, 3: 9_000 }

export const card: CardWith<'comparison' | 'rates'> = {
  name: 'cathode',
  label: 'Battery cathode',
  summary:
    'Composite intercalation cathodes: lithium ions, electrons and a reaction on every particle, from the cell to the discharge curve.',
  phases: [
    { name: ELECTROLYTE, label: 'electrolyte' },
    { name: ACTIVE, label: 'active material' },
    { name: CARBON, label: 'carbon' },
    { name: ACTIVE2, label: 'second active material' },
  ],
  sources: [
    'M. Schmuck: Upscaling of solid-electrolyte composite intercalation cathodes for energy storage systems, Appl. Math. Res. eXpress 2017 (2) 402-430, doi:10.1093/amrx/abx003, with the corrections listed in the notes',
    'M. Doyle, T. F. Fuller, J. Newman, J. Electrochem. Soc. 140 (1993) 1526',
    'M. Z. Bazant, Acc. Chem. Res. 46 (2013) 1144',
  ],
  works: async () => (await import('./works.ts')).works,
  parameters,
  experiments,
  ports: experiments.map((e) => e.name),
  electrodeArea: ({ electrode_area: area }) => (typeof area === 'number' && area > 0 ? area : undefined),
  dimensions: [1, 2],
  energy: true,
  stimuli: [],
  notes: async () => (await import('./errata.ts')).errata,
  defaultExperiment: experiments[0].name,
  cellProblems: cathodeProblems,
  filtration,
  check: checkCathode,
  resolvedColumn: MOST_IN_COLUMN,
  resolvedNodes: MOST_NODES,
  comparison,
  rates: { usual: 'C/10, C/5, C/2, 1C, 2C' },
  curves: [
    { name: 'table', label: 'Effective parameters', slow: false, steady: true },
    { name: 'ocv', label: 'Open-circuit voltage', slow: false, steady: true },
    { name: 'polarisation', label: 'Polarisation', slow: true },
    GROUPS,
  ],
}
