/** `compare SCENARIO --epsilon 2,4,8 [--closures all]`: the resolved model against the homogenized one as JSON. */
import { finish } from '../finish.ts'
import { families, findFamily } from '../models/index.ts'
import { identify } from '../record/identity.ts'
import { type ComparisonEvent, type ComparisonRow, compare } from '../simulation/compare.ts'
import { ratios } from '../simulation/orders.ts'
import type { Scenario } from '../simulation/scenario.ts'
import { secondsLeft } from '../simulation/secondsLeft.ts'
import { loadScenario, readArguments, usage } from './input.ts'

export function compareCommand(args: string[]): string {
  const { word, options } = readArguments(args, 'scenario', ['epsilon', ...VARIANTS.map((v) => `${v}s`)])
  const { name, scenario } = loadScenario(word)
  const wanted = readVariants(scenario, options)
  return JSON.stringify(compared(name, scenario, options.epsilon, wanted))
}

/** What `compare` prints, as an object. @param wanted which keys are kept; all where it is left out */
export function compared(
  name: string,
  scenario: Scenario,
  epsilon = '2,4,8',
  wanted?: (key: string) => boolean,
): unknown {
  const list = epsilon.split(',').map((part) => Number(part.trim()))
  if (list.some((N) => !Number.isFinite(N)))
    throw usage(`got ${epsilon} cells along the box; give whole numbers, separated by commas, e.g. 2,4,8`)
  const { rows, orders, seconds } = finish(compare(scenario, list), teller(name, scenario, list))
  const picked = (record: Record<string, number>) =>
    Object.fromEntries(Object.entries(record).filter(([key]) => !wanted || wanted(key)))
  return {
    rows: rows.map(({ N, errors, estimates = {}, quantities, seconds }) => ({
      N,
      errors: picked({ ...errors, ...quantities }),
      estimates: picked(estimates),
      ratios: picked(ratios({ errors, estimates })),
      seconds,
    })),
    orders: picked(orders),
    seconds,
    record: identify([{ frame: 0, scenario }]),
  }
}

/** Says how far a comparison is, and how long it will take as soon as that can be told. */
function teller(name: string, { macro }: Scenario, list: readonly number[]): (event: ComparisonEvent) => void {
  const rows: ComparisonRow[] = []
  let begun = { N: 0, at: performance.now() }
  let told = ''
  return (event) => {
    if (event.kind === 'row') {
      rows.push(event.row)
      return
    }
    const { N, fraction } = event
    if (N !== begun.N || fraction === 0) begun = { N, at: performance.now() }
    const percent = `${name}: N = ${N}, ${10 * Math.floor(10 * fraction)} %`
    if (percent === told) return
    told = percent
    const elapsed = (performance.now() - begun.at) / 1000
    const left = secondsLeft({ list, N, fraction, elapsed }, rows, macro.dimension)
    console.error(left === undefined ? percent : `${percent}, about ${duration(left)} left`)
  }
}

const duration = (seconds: number) => (seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`)

/** Choices of which a family compares all options at once; each has an option of the command line, in the plural. */
const VARIANTS = [...new Set(families.flatMap((family) => family.comparison?.variants ?? []))]

/** Which error keys a choice of variants keeps: those that name none, and those of the chosen ones; undefined: all. */
function readVariants(scenario: Scenario, options: Record<string, string>): ((key: string) => boolean) | undefined {
  const given = VARIANTS.find((v) => options[`${v}s`] !== undefined)
  if (given === undefined) return undefined
  const family = findFamily(scenario.family)
  const parameter = family?.parameters.find((p) => p.name === given)
  if (parameter?.kind !== 'choice' || family?.comparison?.variants !== given)
    throw usage(`got --${given}s for a scenario of the family "${scenario.family}", which has one ${given} only`)
  const names = parameter.options.map((o) => o.value)
  const text = options[`${given}s`]
  const chosen = text === 'all' ? names : text.split(',').map((part) => part.trim())
  const unknown = chosen.filter((c) => !names.includes(c))
  if (unknown.length > 0) throw usage(`got --${given}s ${unknown.join(', ')}; valid are all, ${names.join(', ')}`)
  return (key) => names.every((c) => !key.endsWith(`_${c}`) || chosen.includes(c))
}
