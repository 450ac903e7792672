/** What a family has to show below the scales, and what is shown there at first. */
import type { ModelFamily } from '../../models/family.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import { familyOf } from '../house.ts'
import { type LabState, type SlotView, USUAL_SLOTS } from '../store/lab.ts'

export interface SlotOption {
  value: SlotView
  label: string
}

const VIEWS: readonly SlotOption[] = [
  { value: 'curve', label: 'Curves' },
  { value: 'probes', label: 'Probes over time' },
  { value: 'profile', label: 'Profile along x' },
  { value: 'observables', label: 'Whole box' },
  { value: 'energy', label: 'Energy' },
  { value: 'budget', label: 'Budgets' },
  { value: 'proof', label: 'Error against cell size' },
  { value: 'equations', label: 'Equations' },
]

const OF_BATTERIES: readonly SlotOption[] = [
  { value: 'discharge', label: 'Discharge' },
  { value: 'fillings', label: 'Fillings' },
]

const isBattery = (family: ModelFamily) => family.rates !== undefined

export function slotViews(family: ModelFamily): readonly SlotOption[] {
  return isBattery(family) ? [...OF_BATTERIES, ...VIEWS] : VIEWS
}

/** Where no current flows, a battery is looked at with small signals. */
const IMPEDANCE_FIRST = 'rest'

/** What is shown at first, to be set as it is. */
export function openingSlots(scenario: Scenario): Pick<LabState, 'slots' | 'picked'> {
  if (!isBattery(familyOf(scenario))) return { slots: USUAL_SLOTS, picked: {} }
  const slots = { first: 'discharge', second: 'profile', third: 'equations' } as const
  if (scenario.experiment.name !== IMPEDANCE_FIRST) return { slots, picked: {} }
  return { slots: { ...slots, first: 'curve' }, picked: { first: 'nyquist' } }
}
