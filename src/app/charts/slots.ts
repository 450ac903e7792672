/** What a family has to show below the scales, and what is shown there at first. */
import type { ModelFamily } from '../../models/family.ts'
import { type SlotName, type SlotView, USUAL_SLOTS } from '../store/lab.ts'

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

const isBattery = (family: ModelFamily) => family.discharge !== undefined

export function slotViews(family: ModelFamily): readonly SlotOption[] {
  return isBattery(family) ? [...OF_BATTERIES, ...VIEWS] : VIEWS
}

export function openingSlots(family: ModelFamily): Record<SlotName, SlotView> {
  return isBattery(family) ? { first: 'discharge', second: 'profile', third: 'equations' } : USUAL_SLOTS
}
