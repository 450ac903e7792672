/** N = L / ℓ of the resolved model: setting it, and how far it may go. */
import { refuseRepeat } from '../../simulation/resolve.ts'
import type { MicroSpec, Scenario } from '../../simulation/scenario.ts'
import { MICRO_RESOLUTION } from '../../simulation/scenario.ts'
import type { Change } from '../store/edits.ts'

/** Most cells along a line, and along a sheet or a block. */
const MOST = { line: 64, box: 16 }

/** The resolved model beside, with N cells; 0 for none. */
export function setRepeat(repeat: number): Change {
  return setMicro({ repeat: repeat === 0 ? undefined : repeat })
}

/** Whether the resolved model starts with correctors. */
export function setPrepared(prepared: boolean): Change {
  return setMicro({ prepared })
}

/** Largest N that can be resolved; 0 where none can. */
export function largestRepeat(scenario: Scenario): number {
  let N = scenario.macro.dimension === 1 ? MOST.line : MOST.box
  while (N > 0 && refuseRepeat(scenario, N)) N--
  return N
}

function setMicro(change: Partial<MicroSpec>): Change {
  return (s) => ({ ...s, micro: { resolution: MICRO_RESOLUTION, ...s.micro, ...change } })
}
