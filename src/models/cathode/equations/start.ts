/** Salt and fillings at the start, with the potentials that all would have at rest; potentials that are consistent follow. */
import { finish } from '../../../finish.ts'
import { IntegrationError, makeConsistent } from '../../../numerics/steps.ts'
import type { System } from '../../../numerics/system.ts'
import { offset } from '../laws/electrolyte.ts'
import { C, GLOBALS, PHI } from '../layout.ts'
import type { CellInProgress } from '../protocol/progress.ts'
import type { Host } from './host.ts'
import type { CathodeSetting } from './setting.ts'

interface Cell {
  setting: CathodeSetting
  nodes: number
  hosts: readonly Host[]
  /** 1 for unknowns that exist. */
  present: Uint8Array
}

/** @param place of a node in the box, parts of its sides; for its filling, where that of its particle counts */
export function fillStart(
  { setting, nodes: n, hosts, present }: Cell,
  place: (p: number, filling: boolean) => readonly number[],
  u: Float64Array,
): void {
  const s = offset(setting.electrolyte.form)
  const { salt, fillings } = setting.start ?? {}
  for (let p = 0; p < n; p++) {
    if (present[C * n + p] === 1) u[C * n + p] = salt?.(place(p, false)) ?? setting.salt0
    if (present[PHI * n + p] === 1) u[PHI * n + p] = s === 0 ? 0 : -s * Math.log(u[C * n + p])
    for (const { Y, W, material } of hosts) {
      if (present[Y * n + p] === 0) continue
      const y = fillings?.[material === setting.second ? 1 : 0](place(p, true)) ?? material.filling0
      u[Y * n + p] = y
      if (W >= 0) u[W * n + p] = material.solid.omega * (1 - 2 * y)
    }
  }
}

/**
 * Potentials at which no current flows, of a start that varies, and the voltage that the first step begins from. Where there
 * are none they stay as they are: whether the protocol can begin is asked before it does (opening.ts).
 */
export function bringToRest(cell: System & CellInProgress, u: Float64Array): void {
  const { globals: g, setting } = cell
  // Behind the last step nothing is held but that.
  u[g + GLOBALS.STEP] = setting.steps.length
  try {
    cell.settleCharge?.(0, u)
    finish(makeConsistent(cell, 0, u, 1e-6))
    u[g + GLOBALS.V_START] = cell.terminal(u, cell.reactionSum(u)) / setting.thermal
  } catch (error) {
    if (!(error instanceof IntegrationError)) throw error
  }
  u[g + GLOBALS.STEP] = 0
}
