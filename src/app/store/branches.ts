/** What a branch is called: what its scenario has that the main line has not. */
import { t } from '../../language/language.ts'
import { parameterInUnits, type ReducedUnits } from '../../models/reduced.ts'
import type { Parameter, Values } from '../../parameter.ts'
import type { Scenario } from '../../simulation/scenario.ts'
import { number, quantity, timeUnit } from '../ground/format.ts'
import { familyOf, unitsOf } from '../ground/house.ts'
import type { Branch } from './lab.ts'

/** Differences that a name lists before it only counts them. */
const LISTED = 2

export function branchName(branch: Branch, main: Scenario): string {
  if (branch.name) return branch.name
  const found = differences(branch.scenario, main)
  if (found.length === 0) {
    const unit = timeUnit(branch.end, unitsOf(branch.scenario))
    return t('until {time}', { time: `${number(branch.end / unit.factor)} ${unit.unit}` })
  }
  const more = found.length - LISTED
  return [...found.slice(0, LISTED), ...(more > 0 ? [t('{n} more', { n: more })] : [])].join(', ')
}

/** What `a` has and `b` has not; how long they run does not count. */
export function differences(a: Scenario, b: Scenario): string[] {
  const { parameters, experiments } = familyOf(a)
  const units = unitsOf(a)
  const list = [...valueDifferences(a.parameters, b.parameters, parameters, units)]
  if (a.experiment.name !== b.experiment.name) list.push(a.experiment.name)
  else {
    const own = experiments.find((e) => e.name === a.experiment.name)?.parameters ?? []
    list.push(...valueDifferences(a.experiment.values, b.experiment.values, own, units))
  }
  const same = (x: unknown, y: unknown) => JSON.stringify(x) === JSON.stringify(y)
  if (a.cell.size !== b.cell.size) list.push(`ℓ ×${ratio(a.cell.size, b.cell.size)}`)
  if (!same({ ...a.cell, size: 0 }, { ...b.cell, size: 0 })) list.push(t('other cell'))
  if (!same(a.filtration, b.filtration)) list.push(t('other cell of the flow'))
  if (!same([a.graded, a.breathing], [b.graded, b.breathing])) list.push(t('other cells along the box'))
  if (!same(a.macro, b.macro)) list.push(t('other box'))
  if (!same(a.stimuli, b.stimuli)) list.push(a.stimuli.length === 0 ? t('no stimulus') : t('other stimuli'))
  if (a.time.rtol !== b.time.rtol) list.push(`rtol ${number(a.time.rtol)}`)
  if (a.micro?.repeat !== b.micro?.repeat) list.push(a.micro?.repeat ? `N = ${a.micro.repeat}` : t('not resolved'))
  return list
}

/** Numbers as a multiple of what they are in `b`, or where that is nothing, as they are. */
function* valueDifferences(
  a: Values,
  b: Values,
  schema: readonly Parameter[],
  units: ReducedUnits | undefined,
): Generator<string> {
  for (const [name, x] of Object.entries(a)) {
    const y = b[name]
    if (x === y) continue
    const found = schema.find((p) => p.name === name)
    const parameter = found && parameterInUnits(found, units)
    if (typeof x === 'number' && typeof y === 'number' && y !== 0) yield `${name} ×${ratio(x, y)}`
    else if (typeof x === 'number' && parameter?.kind === 'number')
      yield `${name} = ${quantity(x / parameter.factor, parameter.unit, 3)}`
    else yield `${name} = ${String(x)}`
  }
}

function ratio(x: number, y: number): string {
  return number(x / y, 3)
}
