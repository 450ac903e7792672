/** Where a cell stands in its protocol, read from and advanced in the unknowns of the whole cell (GLOBALS). */
import { GLOBALS } from '../layout.ts'
import { type Moment, nextStep, ProtocolEvents, planOf, type Step } from './protocol.ts'

/** A cell that follows a protocol: the homogenized or the resolved one. */
export interface CellInProgress {
  readonly setting: { readonly steps: readonly Step[]; readonly thermal: number }
  /** First of the unknowns of the whole cell. */
  readonly globals: number
  /** Sum of all reactions, A/m². */
  reactionSum(u: Float64Array): number
  /** Terminal voltage for a given sum, V. */
  terminal(u: Float64Array, sum: number): number
  meanFilling(u: Float64Array): number
  /** C/m². */
  readonly capacity: number
  /** What must be set anew when a step begins, beyond the potentials. */
  settleCharge?(t: number, u: Float64Array): void
}

/**
 * A state of another run of the same layout: it keeps its place in the protocol where that is of the same kind, and
 * begins it at time t where it is another.
 * @returns whether the protocol begins
 */
export function resume(cell: CellInProgress, u: Float64Array, t: number): boolean {
  const g = cell.globals
  const plan = planOf(cell.setting.steps)
  if (u[g + GLOBALS.PLAN] === plan) return false
  u[g + GLOBALS.PLAN] = plan
  u[g + GLOBALS.STEP] = 0
  u[g + GLOBALS.START] = t
  u[g + GLOBALS.Q_START] = u[g + GLOBALS.Q]
  u[g + GLOBALS.V_START] = cell.terminal(u, cell.reactionSum(u)) / cell.setting.thermal
  return true
}

export function protocolEvents(cell: CellInProgress): ProtocolEvents {
  const { steps, thermal } = cell.setting
  const g = cell.globals
  const moment = (_t: number, u: Float64Array): Moment => {
    const sum = cell.reactionSum(u)
    return {
      voltage: cell.terminal(u, sum),
      current: -sum,
      charge: u[g + GLOBALS.Q],
      chargeAtStart: u[g + GLOBALS.Q_START],
      start: u[g + GLOBALS.START],
      startVoltage: u[g + GLOBALS.V_START] * thermal,
      hourly: cell.capacity / 3600,
      filling: cell.meanFilling(u),
    }
  }
  return new ProtocolEvents(
    steps,
    (u) => u[g + GLOBALS.STEP],
    moment,
    (t, u) => {
      const next = nextStep(steps, u[g + GLOBALS.STEP], moment(t, u))
      if (next >= steps.length) return false
      u[g + GLOBALS.STEP] = next
      u[g + GLOBALS.START] = t
      u[g + GLOBALS.Q_START] = u[g + GLOBALS.Q]
      u[g + GLOBALS.V_START] = cell.terminal(u, cell.reactionSum(u)) / thermal
      cell.settleCharge?.(t, u)
      return true
    },
  )
}
