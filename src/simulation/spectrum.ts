/** The impedance of a scenario, in the state that it has come to at a time. */
import { t } from '../language/language.ts'
import { familyNamed } from '../models/index.ts'
import { InputError } from '../parameter.ts'
import { CellCache, solveCell, told } from './cells.ts'
import { requirePort } from './curves.ts'
import type { SimulationEvent } from './frame.ts'
import { type ImpedancePoint, impedance } from './impedance.ts'
import { restless } from './impedanceCurves.ts'
import { familyInput, type Scenario } from './scenario.ts'
import { simulate } from './simulate.ts'

export interface Spectrum {
  points: ImpedancePoint[]
  /** Where the state changes faster than the lowest frequency, in words; else empty. */
  warning: string
}

/**
 * Yields notices of the run and progress.
 * @param frequencies Hz, positive, the lowest first (`frequencyList`)
 * @param at time of the state, s: 0 is the start of the scenario
 * @throws InputError when the experiment has no two electrodes, or the run ends before that time
 */
export function* spectrum(
  scenario: Scenario,
  frequencies: readonly number[],
  at = 0,
): Generator<SimulationEvent, Spectrum> {
  if (!(at >= 0 && Number.isFinite(at)))
    throw new InputError([
      {
        path: 'at',
        message: t('got {got}; must be a time in seconds from 0 on; try {better}', {
          got: at,
          better: scenario.time.end,
        }),
      },
    ])
  requirePort(scenario)
  const cells = new CellCache()
  const state = yield* stateAt(scenario, at, cells)
  const cell = yield* solveCell(scenario, cells)
  const model = familyNamed(scenario.family).macro(familyInput(scenario), cell)
  const points = yield* told('impedance', impedance(model, state, frequencies))
  return { points, warning: restless(model, state, frequencies[0]) }
}

/** The state of a scenario at a time, without the resolved model beside it. */
function* stateAt(
  scenario: Scenario,
  at: number,
  cells: CellCache,
): Generator<SimulationEvent, { t: number; u: Float64Array }> {
  const run = { ...scenario, micro: undefined, time: { ...scenario.time, end: at > 0 ? at : 1, frames: 1 } }
  let state: { t: number; u: Float64Array } = { t: 0, u: new Float64Array(0) }
  for (const event of simulate(run, { cells })) {
    if (event.kind === 'notice') yield event
    if (event.kind !== 'frame') continue
    state = event.frame.checkpoint
    if (at === 0) break
  }
  if (state.t < at)
    throw new InputError([
      {
        path: 'at',
        message: t('got {got} s, but the run ends at {t} s; give a time before that', {
          got: at,
          t: Number(state.t.toPrecision(4)),
        }),
      },
    ])
  return state
}
