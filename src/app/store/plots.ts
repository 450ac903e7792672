/** What the chart of a battery draws. */
import { msg } from '../../language/language.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import { experimentOf } from '../ground/house.ts'

export const PLOTS = [
  { value: 'capacity', label: msg('V – Ah/m²') },
  { value: 'specific', label: msg('V – mAh/g') },
  { value: 'utilisation', label: msg('V – utilisation') },
  { value: 'time', label: msg('V – time') },
  { value: 'filling', label: msg('V – filling') },
  { value: 'current', label: msg('I – time') },
  { value: 'voltammogram', label: msg('I – V (CV)') },
  { value: 'dqdv', label: msg('dQ/dV – V') },
] as const
export type Plot = (typeof PLOTS)[number]['value']

/** What the experiment is looked at with first; where no voltage is driven, the voltage over time. */
export function openingPlot(scenario: Scenario): Plot {
  const opening = experimentOf(scenario)?.opening
  if (!opening) return 'capacity'
  const wanted = 'plot' in opening ? opening.plot : 'time'
  return PLOTS.find(({ value }) => value === wanted)?.value ?? 'capacity'
}
