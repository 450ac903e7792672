/** By what words a scenario is found, beside its own: they follow from what it holds. */
import { msg, t } from '../../language/language.ts'
import { isImpedance } from '../../simulation/curves.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import { experimentOf, familyOf, unitsOf } from './house.ts'

/** Kinds of scenarios that people look for; shown as chips, in this order. */
export const TAGS = [
  msg('line'),
  msg('plane'),
  msg('space'),
  msg('3D cell'),
  msg('resolved'),
  msg('convergence'),
  msg('branches'),
  msg('protocol'),
  msg('impedance'),
  msg('reduced units'),
] as const
export type Tag = (typeof TAGS)[number]

export function tagsOf(scenario: Scenario): Tag[] {
  const { macro, cell, micro, branch } = scenario
  const experiment = experimentOf(scenario)
  const opening = experiment?.opening
  const has: Record<Tag, boolean> = {
    line: macro.dimension === 1,
    plane: macro.dimension === 2,
    space: macro.dimension === 3,
    '3D cell': cell.dimension === 3,
    resolved: micro?.repeat !== undefined,
    convergence: micro !== undefined && /onverg|rror/.test(scenario.title),
    branches: branch !== undefined,
    protocol: experiment?.parameters.some(({ kind }) => kind === 'text') === true,
    impedance: opening !== undefined && 'curve' in opening && isImpedance(opening.curve),
    'reduced units': unitsOf(scenario) !== undefined,
  }
  return TAGS.filter((tag) => has[tag])
}

/** Every word of a question is part of a word of what is asked, as it is shown or in English. */
export function matches(scenario: Scenario, question: string): boolean {
  const words = [
    scenario.title,
    scenario.description,
    familyOf(scenario).label,
    experimentOf(scenario)?.label ?? '',
    ...tagsOf(scenario),
  ]
  const text = [...words, ...words.map((word) => t(word))].join(' ').toLowerCase()
  return question
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
