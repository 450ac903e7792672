/** `compare SCENARIO --epsilon 2,4,8 [--closures all]`: the resolved model against the homogenized one as JSON. */
import { findFamily } from '../models/index.ts'
import { compare } from '../simulation/compare.ts'
import { loadScenario, readArguments, usage } from './input.ts'

export function compareCommand(args: string[]): string {
  const { word, options } = readArguments(args, 'scenario', ['epsilon', 'closures'])
  const { name, scenario } = loadScenario(word)
  const wanted = options.closures === undefined ? undefined : readClosures(scenario.family, options.closures)
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
    rows: rows.map((row) => ({ ...row, errors: picked(row.errors) })),
    orders: picked(orders),
    seconds,
  })
}

/** Which error keys a choice of closures keeps: those that name no closure at all, and those of the chosen ones. */
function readClosures(family: string, text: string): (key: string) => boolean {
  const parameter = findFamily(family)!.parameters.find((p) => p.name === 'closure')
  if (parameter?.kind !== 'choice')
    throw usage(`got --closures for a scenario of the family "${family}", which has one closure only`)
  const names = parameter.options.map((o) => o.value)
  const chosen = text === 'all' ? names : text.split(',').map((part) => part.trim())
  const unknown = chosen.filter((c) => !names.includes(c))
  if (unknown.length > 0) throw usage(`got --closures ${unknown.join(', ')}; valid are all, ${names.join(', ')}`)
  return (key) => names.every((c) => !key.endsWith(`_${c}`) || chosen.includes(c))
}
