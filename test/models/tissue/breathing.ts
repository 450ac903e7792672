/** Tissues whose cells breathe, for tests. */
import { loadScenario } from '../../../src/cli/input.ts'
import { finish } from '../../../src/finish.ts'
import { BreathingTissue } from '../../../src/models/tissue/breathing.ts'
import { macroModel } from '../../../src/models/tissue/macro.ts'
import { solveCell } from '../../../src/simulation/cells.ts'
import { parseScenario } from '../../../src/simulation/parse.ts'
import { familyInput, type Scenario } from '../../../src/simulation/scenario.ts'

export const { scenario: base } = loadScenario('tissue-d1-wave')
export const breathing = [{ number: 'shapes[0].radius', range: [0.4, 0.48] }]
const everywhere = { shape: 'everywhere' }
/** KCl for all of the space between the cells, mM, over a second. */
export const salt = (amount: number) => [{ kind: 'inject-KCl', amount, start: 0, end: 1, region: everywhere }]
/** Next to nothing but water crosses the membrane. */
export const TIGHT = { G_Na: 0, G_K: 1e-14, G_Cl: 0, Imax1: 0, gates: false, start: 'nominal' }

export function scenario(changes: Record<string, unknown> = {}, parameters: Record<string, unknown> = {}): Scenario {
  return parseScenario({
    ...structuredClone(base),
    cell: { ...base.cell, resolution: 32 },
    breathing,
    stimuli: [],
    macro: { dimension: 1, size: [1e-3], nodes: [11] },
    ...changes,
    parameters: { ...base.parameters, ...parameters },
  })
}

export function modelOf(of: Scenario): BreathingTissue {
  const model = macroModel(familyInput(of), finish(solveCell(of)))
  if (!(model instanceof BreathingTissue)) throw new TypeError('no cells that breathe')
  return model
}

/** theta_I at a node. */
export function filled(m: BreathingTissue, u: Float64Array, node = 0): number {
  return (u[m.volumeSlot * m.setting.net.nodes + node] + m.water.swelling.least) * m.tissue.fractionI
}
