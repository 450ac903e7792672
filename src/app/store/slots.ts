/** What a family has to show below the scales, and what is shown there at first. */
import { msg } from '../../language/language.ts'
import type { FamilyCard } from '../../models/family.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import { experimentOf, familyOf } from '../ground/house.ts'
import { type Lab, type LabState, type SlotName, type SlotView, USUAL_SLOTS } from './lab.ts'

export interface SlotOption {
  value: SlotView
  label: string
}

const VIEWS: readonly SlotOption[] = [
  { value: 'curve', label: msg('Curves') },
  { value: 'probes', label: msg('Probes over time') },
  { value: 'profile', label: msg('Profile along x') },
  { value: 'wave', label: msg('Wave') },
  { value: 'observables', label: msg('Whole box') },
  { value: 'energy', label: msg('Energy') },
  { value: 'budget', label: msg('Budgets') },
  { value: 'proof', label: msg('Error against cell size') },
  { value: 'equations', label: msg('Equations') },
]

const OF_BATTERIES: readonly SlotOption[] = [
  { value: 'discharge', label: msg('Discharge') },
  { value: 'fillings', label: msg('Fillings') },
]

/** What any family has. */
const EVERY_VIEW = [...OF_BATTERIES, ...VIEWS]
/** The same, by name. */
export const VIEWS_BY_NAME = EVERY_VIEW.map(({ value }) => value)

const isBattery = (family: FamilyCard) => family.rates !== undefined

export function slotViews(family: FamilyCard): readonly SlotOption[] {
  const views = isBattery(family) ? EVERY_VIEW : VIEWS
  const has = ({ value }: SlotOption) => (value === 'energy' ? family.energy : value === 'wave' ? family.waves : true)
  return views.filter(has)
}

/** What is shown at first, to be set as it is. */
export function openingSlots(scenario: Scenario): Pick<LabState, 'slots' | 'picked'> {
  if (!isBattery(familyOf(scenario))) return { slots: USUAL_SLOTS, picked: {} }
  const slots = { first: 'discharge', second: 'profile', third: 'equations' } as const
  const opening = experimentOf(scenario)?.opening
  if (!opening || !('curve' in opening)) return { slots, picked: {} }
  return { slots: { ...slots, first: 'curve' }, picked: { first: opening.curve } }
}

export function showIn(lab: Lab, name: SlotName, view: SlotView): void {
  lab.setState((s) => ({ slots: { ...s.slots, [name]: view } }))
}

/** Shows a curve of the family in the first place. */
export function showCurve(lab: Lab, curve: string): void {
  lab.setState((s) => ({ picked: { ...s.picked, first: curve } }))
  showIn(lab, 'first', 'curve')
  // On a phone it is further down.
  document.querySelector('.stack .chart-panel')?.scrollIntoView()
}
