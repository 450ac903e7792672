/** Random legal scenarios: all parameters anywhere in their limits, or three of them of a built-in scenario. */
import { builtInNames, loadScenario } from '../../src/cli/input.ts'
import { familyNamed } from '../../src/models/index.ts'
import { InputError, type Parameter, type Value, type Values } from '../../src/parameter.ts'
import { parseScenario } from '../../src/simulation/parse.ts'
import type { Scenario } from '../../src/simulation/scenario.ts'
import { random } from '../errors/population.ts'

export type Space = 'whole' | 'three'
type Next = () => number

/** Runs are kept short: what is asked is whether they come through. */
const FRAMES = 20
const NODES = 65

/** Log-uniform where the slider is, uniform elsewhere. */
function value(p: Parameter, next: Next): Value {
  switch (p.kind) {
    case 'flag':
      return next() < 0.5
    case 'choice':
      return p.options[Math.floor(p.options.length * next())].value
    case 'text':
      return p.value
    case 'number': {
      if (p.allowed) return p.allowed.values[Math.floor(p.allowed.values.length * next())]
      const logarithmic = p.scale === 'log' && p.min > 0
      const x = logarithmic ? p.min * (p.max / p.min) ** next() : p.min + (p.max - p.min) * next()
      return p.integer ? Math.round(x) : x
    }
  }
}

function values(list: readonly Parameter[], next: Next): Values {
  return Object.fromEntries(list.map((p) => [p.name, value(p, next)]))
}

/** Draws until one is legal: values that contradict each other are refused, and are no points of the space. */
const MOST_DRAWS = 20_000

/**
 * @returns a scenario of the family that is accepted; a line, so that each takes a moment
 * @throws RangeError when none is found
 */
export function draw(family: string, space: Space, seed: number): Scenario {
  const next = random(seed)
  for (let refused = 0; refused < MOST_DRAWS; refused++) {
    try {
      return parseScenario(candidate(family, space, next))
    } catch (error) {
      if (!(error instanceof InputError)) throw error
    }
  }
  throw new RangeError(`no legal point of ${family} in ${MOST_DRAWS} draws`)
}

function candidate(family: string, space: Space, next: Next): Scenario {
  const card = familyNamed(family)
  const names = builtInNames().filter((name) => loadScenario(name).scenario.family === family)
  const { scenario } = loadScenario(space === 'whole' ? `${family}-opening` : names[Math.floor(names.length * next())])
  const { micro: _, branch: __, ...rest } = scenario
  const line = {
    ...rest,
    macro: { dimension: 1 as const, size: [scenario.macro.size[0]], nodes: [Math.min(NODES, scenario.macro.nodes[0])] },
    stimuli: scenario.macro.dimension === 1 ? scenario.stimuli : [],
    time: { ...scenario.time, frames: FRAMES },
  }
  if (space === 'whole') {
    const experiment = card.experiments[Math.floor(card.experiments.length * next())]
    return {
      ...line,
      parameters: values(card.parameters, next),
      experiment: { name: experiment.name, values: values(experiment.parameters, next) },
    }
  }
  const numbers = card.parameters.filter((p) => p.kind === 'number')
  const chosen = Array.from({ length: 3 }, () => numbers[Math.floor(numbers.length * next())])
  return { ...line, parameters: { ...line.parameters, ...values(chosen, next) } }
}
