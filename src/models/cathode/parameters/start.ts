/** Parameters of what a cell starts from: how full the particles are, and where it is written down the salt. */
import { choice, number, only, text } from './schema.ts'

const START = 'Start'
/** Emptiest host at the start, and what the fullest lacks. */
export const EMPTIEST = 1e-4

export const startParameters = [
  choice('start_from', 'Start given as', 'y_0', START, [
    { value: 'filling', label: 'filling' },
    {
      value: 'voltage',
      label: 'voltage at rest',
      help: 'Where the phases coexist: the poor one at or above the plateau, the rich one below.',
    },
    { value: 'charge', label: 'state of charge', help: '100 % is an empty host, 0 % a full one.' },
    { value: 'written', label: 'formulas or tables in the box' },
  ]),
  number({
    name: 'y0',
    label: 'Filling at the start',
    symbol: 'y_0',
    group: START,
    unit: '1',
    factor: 1,
    value: 0.01,
    min: EMPTIEST,
    max: 1 - EMPTIEST,
    only: only('start_from', 'filling', 'written'),
  }),
  number({
    name: 'V_start',
    label: 'Voltage at the start',
    symbol: 'U_0',
    group: START,
    unit: 'V',
    factor: 1,
    value: 3.5,
    min: 0,
    max: 6,
    slider: { min: 1, max: 4.5 },
    only: only('start_from', 'voltage'),
  }),
  number({
    name: 'soc_start',
    label: 'State of charge at the start',
    symbol: 'SOC_0',
    group: START,
    unit: '%',
    factor: 0.01,
    value: 0.99,
    min: EMPTIEST,
    max: 1 - EMPTIEST,
    only: only('start_from', 'charge'),
  }),
  text({
    name: 'start_y',
    label: 'Filling at the start in the cathode',
    symbol: 'y(0)',
    group: START,
    value: '',
    only: only('start_from', 'written'),
    help: 'A formula of x and y, from 0 to 1 along the sides of the box with its separator, or a table along x such as 0: 0.1, 1: 0.4. For all particles; those of a second material have everywhere the voltage of the first. Empty: y₀.',
    examples: [
      { label: 'A bump in the middle', text: '0.1 + 0.3*exp(-((x - 0.5)/0.1)^2)' },
      { label: 'A table', text: '0: 0.1, 1: 0.4' },
    ],
  }),
  text({
    name: 'start_c',
    label: 'Salt at the start',
    symbol: 'c(0)',
    group: START,
    value: '',
    only: only('start_from', 'written'),
    help: 'In mM: a formula of x and y, from 0 to 1 along the sides of the box with its separator, or a table along x such as 0: 800, 0.5: 1200, 1: 800. Empty: c₀.',
    terms: ['salt'],
    examples: [
      { label: 'A bump in the middle', text: '1000 + 500*exp(-((x - 0.5)/0.1)^2)' },
      { label: 'A table', text: '0: 800, 0.5: 1200, 1: 800' },
    ],
  }),
] as const
