/**
 * `sweep SCENARIO --over PATH=VALUES [--over …] --of NUMBER,NUMBER [--by cell|run|compare|rates]`: a scenario for all
 * combinations of values, and numbers of what each comes to, as CSV. A place is written as in the scenario file, a number
 * as in what the command of that name prints.
 */

import { describe, formatProblems, InputError } from '../parameter.ts'
import { identify, remarks } from '../record/identity.ts'
import { quoted } from '../record/quoted.ts'
import { at, readPlace, scenarioWith } from '../simulation/places.ts'
import type { Scenario } from '../simulation/scenario.ts'
import { cellReport } from './cell.ts'
import { compared } from './compare.ts'
import { loadScenario, readArguments, usage } from './input.ts'
import { rated } from './rates.ts'
import { ran } from './run.ts'

/** Most combinations: what takes longer is better split. */
const MOST_POINTS = 10_000

/** What is done at each point. */
const WAYS: Record<string, (name: string, scenario: Scenario, told: string | undefined) => unknown> = {
  cell: (_, scenario) => cellReport(scenario),
  run: ran,
  compare: compared,
  rates: rated,
}

/** After so many points that were computed and have none of the numbers, a sweep ends. */
const HOPELESS = 3

/** Those that are told more: cells along the box, rates. */
const TOLD = new Set(['compare', 'rates'])

/** A number or word of the scenario that is varied; one value may stand at several places. */
interface Axis {
  places: readonly string[]
  values: readonly unknown[]
}

export function sweepCommand(args: string[]): string {
  const { word, options } = readArguments(args, 'scenario', ['over', 'of', 'by', 'with'], ['record'], ['over'])
  const { name, scenario } = loadScenario(word)
  const axes = (options.over ?? '').split('\n').map(readAxis)
  const places = axes.flatMap((axis) => axis.places)
  const twice = places.find((place, k) => places.indexOf(place) < k)
  if (twice) throw usage(`got ${twice} twice; give all of its values in one --over`)
  const wanted = readNumbers(options.of)
  const rows = sweepRows(name, scenario, axes, wanted, { by: options.by, told: options.with })
  const columns = [...axes.map(({ places }) => places[0]), ...wanted]
  const cell = (value: unknown) => (value === '' || typeof value === 'number' ? String(value) : quoted(String(value)))
  const head = options.record === undefined ? '' : remarks(identify([{ frame: 0, scenario }]))
  return head + [columns, ...rows].map((row) => row.map(cell).join(',')).join('\n')
}

/**
 * One row for each combination of values, the first axis slowest: the values, and behind them the numbers; empty where
 * there are none. @throws InputError when no combination has any
 */
export function sweepRows(
  name: string,
  scenario: Scenario,
  axes: readonly Axis[],
  wanted: readonly string[],
  { by = 'run', told }: { by?: string; told?: string },
): unknown[][] {
  const way = Object.hasOwn(WAYS, by) ? WAYS[by] : undefined
  if (!way) throw usage(`got --by ${by}; valid are ${Object.keys(WAYS).join(', ')}`)
  if (told !== undefined && !TOLD.has(by))
    throw usage(`got --with ${told}, which --by ${by} does not take; leave it out`)
  if (told === undefined && by === 'rates') throw usage('give the rates --with 1C,5C, or in A/m²')
  const points = combinations(axes)
  let computed = 0
  let found = false
  const rows = points.map((values, k) => {
    const said = axes.map(({ places }, a) => `${places[0]} = ${values[a]}`).join(', ')
    console.error(`${name}: ${k + 1} of ${points.length}: ${said}`)
    const numbers = numbersAt(said, wanted, () => {
      const changes = axes.flatMap(({ places }, a) => places.map((place) => [place, values[a]] as const))
      const result = way(name, scenarioWith(scenario, changes), told)
      computed++
      return result
    })
    found ||= numbers.some((value) => value !== '')
    // What the first that are computed do not have is misspelt, and none of the others will have it.
    if (!found && computed === HOPELESS) throw usage('no point of the sweep has a value; the lines above say why')
    return [...values, ...numbers]
  })
  if (!found) throw usage('no point of the sweep has a value; the lines above say why')
  return rows
}

/** The numbers of one point; what it has none of is said and stays empty, and the others go on. */
function numbersAt(said: string, wanted: readonly string[], result: () => unknown): (number | '')[] {
  const none = (error: unknown): '' => {
    console.error(`  ${said}: ${error instanceof InputError ? formatProblems(error.problems) : error}`)
    return ''
  }
  let whole: unknown
  try {
    whole = result()
  } catch (error) {
    none(error)
    return wanted.map(() => '')
  }
  return wanted.map((path) => {
    try {
      const value = at(whole, readPlace(path))
      if (typeof value === 'number' && Number.isFinite(value)) return Number(value.toPrecision(10))
      return none(`${path} is ${describe(value)}, not a number`)
    } catch (error) {
      return none(error)
    }
  })
}

const EXAMPLE = '--over cell.shapes[0].radius=0.1,0.2,0.3'

function readAxis(text: string): Axis {
  const parts = text.split('=').map((part) => part.trim())
  const values = parts.pop() ?? ''
  if (parts.length === 0 || parts.includes('') || values === '')
    throw usage(`got --over ${text || 'nothing'}; give a place of the scenario and its values, e.g. ${EXAMPLE}`)
  for (const place of parts) readPlace(place)
  return { places: parts, values: readValues(values) }
}

/** `0.1,0.2`, `from:to:count`, `from:to:count:log`; what is no JSON is a word. */
function readValues(text: string): unknown[] {
  const [from, to, count, scale, ...more] = text.split(':').map((part) => part.trim())
  if (to === undefined) return text.split(',').map((part) => word(part.trim(), text))
  const [a, b, n] = [from, to, count].map((part) => (part ? Number(part) : Number.NaN))
  const log = scale === 'log'
  const fits = Number.isFinite(a) && Number.isFinite(b) && Number.isInteger(n) && n >= 2 && n <= MOST_POINTS
  if (!fits || more.length > 0 || (scale !== undefined && !log) || (log && !(a > 0 && b > 0)))
    throw usage(
      `got the values ${text}; write a list, or from:to:count, with :log behind it for equal ratios, e.g. 0.1:0.4:7`,
    )
  return Array.from({ length: n }, (_, k) => {
    const part = k / (n - 1)
    return Number((log ? a * (b / a) ** part : a + (b - a) * part).toPrecision(12))
  })
}

/** A number, true or false, or a word. */
function word(part: string, text: string): unknown {
  if (part === '' || /[[\]{}"]/.test(part))
    throw usage(`got the values ${text}; write numbers and words with commas in between, e.g. 0.1,0.2,0.3`)
  if (Number.isFinite(Number(part))) return Number(part)
  if (part === 'true' || part === 'false') return part === 'true'
  return part
}

function readNumbers(text: string | undefined): string[] {
  const wanted = (text ?? '').split(',').map((part) => part.trim())
  if (wanted.includes(''))
    throw usage(
      `got --of ${text ?? 'nothing'}; name numbers of the result, e.g. --of t,tensors.problems[0].tensor[0][0]`,
    )
  for (const path of wanted) readPlace(path)
  return wanted
}

/** The first axis changes slowest. */
function combinations(axes: readonly Axis[]): unknown[][] {
  const count = axes.reduce((product, { values }) => product * values.length, 1)
  if (count > MOST_POINTS) throw usage(`got ${count} combinations; at most ${MOST_POINTS} are computed in one sweep`)
  return axes.reduce<unknown[][]>((all, { values }) => all.flatMap((left) => values.map((v) => [...left, v])), [[]])
}
