/** `compare SCENARIO --epsilon 2,4,8 [--closures all]`: the resolved model against the homogenized one as JSON. */
import { families, findFamily } from '../models/index.ts'
import { identify } from '../record/identity.ts'
import { compare } from '../simulation/compare.ts'
import type { Scenario } from '../simulation/scenario.ts'
import { loadScenario, readArguments, usage } from './input.ts'

export function compareCommand(args: string[]): string {
  const { word, options } = readArguments(args, 'scenario', ['epsilon', ...VARIANTS.map((v) => `${v}s`)])
  const { name, scenario } = loadScenario(word)
  const wanted = readVariants(scenario, options)
  const text = options.epsilon ?? '2,4,8'
  const list = text.split(',').map((part) => Number(part.trim()))
  if (list.some((N) => !Number.isFinite(N)))
    throw usage(`got --epsilon ${text}; must be whole numbers of cells along the box, separated by commas, e.g. 2,4,8`)
  const running = compare(scenario, list)
  let told = ''
  let next = running.next()
  while (!next.done) {
    const event = next.value
    if (event.kind === 'progress') {
      const line = `${name}: N = ${event.N}, ${10 * Math.floor(10 * event.fraction)} %`
      if (line !== told) console.error(line)
      told = line
    }
    next = running.next()
  }
  const { rows, orders, seconds } = next.value
  const picked = (record: Record<string, number>) =>
    Object.fromEntries(Object.entries(record).filter(([key]) => !wanted || wanted(key)))
  return JSON.stringify({
    rows: rows.map(({ N, errors, quantities, seconds }) => ({
      N,
      errors: picked({ ...errors, ...quantities }),
      seconds,
    })),
    orders: picked(orders),
    seconds,
    record: identify([{ frame: 0, scenario }]),
  })
}

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
