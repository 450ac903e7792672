/**
 * `impedance SCENARIO --from 1e-3 --to 1e5 --points 60 [--at TIME]`: the small-signal impedance as CSV, at the start of
 * the scenario or in the state that it has come to at a time [s].
 */

import { familyNamed } from '../models/index.ts'
import { CellCache, solveCell } from '../simulation/cells.ts'
import { frequencyList, impedance } from '../simulation/impedance.ts'
import { phase, requirePort, restless } from '../simulation/impedanceCurves.ts'
import { familyInput, type Scenario } from '../simulation/scenario.ts'
import { simulate } from '../simulation/simulate.ts'
import { loadScenario, readArguments, usage } from './input.ts'
import { finish, finishAloud } from './wait.ts'

const HEADING = 'frequency [Hz],Re Z [Ω m²],Im Z [Ω m²],|Z| [Ω m²],phase [deg]'

export function impedanceCommand(args: string[]): string {
  const { word, options } = readArguments(args, 'scenario', ['from', 'to', 'points', 'at'])
  const { name, scenario } = loadScenario(word)
  const number = (option: string, otherwise: number) => {
    const value = options[option] === undefined ? otherwise : Number(options[option])
    if (Number.isNaN(value)) throw usage(`got --${option} ${options[option]}; must be a number; try ${otherwise}`)
    return value
  }
  const frequencies = frequencyList(number('from', 1e-3), number('to', 1e5), number('points', 60))
  const at = number('at', 0)
  if (!(at >= 0 && Number.isFinite(at)))
    throw usage(`got --at ${options.at}; must be a time in seconds from 0 on; try ${scenario.time.end}`)
  requirePort(scenario)
  const cells = new CellCache()
  const state = reach(scenario, at, cells, name)
  const cell = finish(solveCell(scenario, cells))
  const model = familyNamed(scenario.family).macro(familyInput(scenario), cell)
  const points = finishAloud(name, impedance(model, state, frequencies))
  const warning = restless(model, state, frequencies[0])
  if (warning) console.error(`${name}: ${warning}`)
  const rows = points.map((p) =>
    [p.frequency, p.re, p.im, Math.hypot(p.re, p.im), phase(p)].map((v) => Number(v.toPrecision(10))).join(','),
  )
  return [HEADING, ...rows].join('\n')
}

/** The state of a scenario at a time, without the resolved model beside it. */
function reach(scenario: Scenario, at: number, cells: CellCache, name: string): { t: number; u: Float64Array } {
  const run = { ...scenario, micro: undefined, time: { ...scenario.time, end: at > 0 ? at : 1, frames: 1 } }
  let state: { t: number; u: Float64Array } = { t: 0, u: new Float64Array(0) }
  for (const event of simulate(run, { cells })) {
    if (event.kind === 'notice') console.error(`${name}: ${event.notice.message}`)
    if (event.kind !== 'frame') continue
    state = event.frame.checkpoint
    if (at === 0) break
  }
  if (state.t < at)
    throw usage(`got --at ${at}, but the run ends at ${Number(state.t.toPrecision(4))} s; give a time before that`)
  return state
}
