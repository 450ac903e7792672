/** `compare SCENARIO --epsilon 2,4,8`: the resolved tissue against the homogenized one, errors and orders as JSON. */
import { compare } from '../simulation/compare.ts'
import { loadScenario, readArguments, usage } from './input.ts'

export function compareCommand(args: string[]): string {
  const { word, options } = readArguments(args, 'scenario', ['epsilon'])
  const { name, scenario } = loadScenario(word)
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
  return JSON.stringify(next.value)
}
