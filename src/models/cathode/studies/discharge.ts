/** One run of the cell at constant current to its cut-off, without frames: the element of a family of C-rates. */

import type { CellResult } from '../../../cell/cell.ts'
import { VariableOrderIntegrator } from '../../../numerics/ndf.ts'
import { IntegrationError, type IntegratorState, makeConsistent } from '../../../numerics/steps.ts'
import { checkStart } from '../../checkStart.ts'
import type { Discharge } from '../../family.ts'
import type { Rate } from '../../rates.ts'
import { macroModel } from '../homogenized/macro.ts'
import type { CathodeInput } from '../input.ts'

/**
 * @throws InputError when no model exists
 */
export function* discharge(
  input: CathodeInput,
  cell: CellResult,
  rate: Rate,
  rtol: number,
): Generator<number, Discharge> {
  const direction = rate.value < 0 ? 'charge' : 'discharge'
  const size = Math.abs(rate.value)
  const values = { direction, by: rate.by, current: size, rate: size } as const
  const model = macroModel({ ...input, experiment: { name: 'constant-current', values } }, cell)
  yield* checkStart(model)
  const u = model.initial()
  const state: IntegratorState = { t: 0, u, integrals: new Float64Array(model.rateCount), dt: 0 }
  const out: Discharge = {
    current: model.setting.steps[0].value ?? 0,
    utilisation: 0,
    seconds: 0,
    stoppedBy: 'the end of time',
    time: [],
    charge: [],
    utilisations: [],
    voltage: [],
    specific: [],
    fillings: [],
  }
  const note = () => {
    const sum = model.reactionSum(state.u)
    out.time.push(state.t)
    out.utilisations.push(model.utilisation(state.u))
    out.charge.push(model.utilisation(state.u) * model.capacity)
    out.voltage.push(model.terminal(state.u, sum))
    out.specific.push(model.specificCharge(state.u))
    out.fillings.push(model.meanFilling(state.u))
  }
  const end = model.horizon
  for (const _ of makeConsistent(model, 0, u, rtol)) yield 0
  note()
  const integrator = new VariableOrderIntegrator(model, { rtol })
  try {
    for (const accepted of integrator.advance(state, end)) {
      if (accepted) note()
      yield Math.min(1, state.t / end)
    }
    out.stoppedBy = model.events.ending?.short ?? out.stoppedBy
  } catch (error) {
    if (!(error instanceof IntegrationError)) throw error
    out.stoppedBy = model.explainFailure(state.t, state.u)?.message ?? error.message
  }
  out.utilisation = model.utilisation(state.u)
  out.seconds = state.t
  return out
}
