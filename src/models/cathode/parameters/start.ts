/** Parameters of what a cell starts from: how full the particles are. */
import { choice, number, only } from './schema.ts'

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
    only: only('start_from', 'filling'),
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
] as const
