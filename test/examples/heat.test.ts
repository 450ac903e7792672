/**
 * A fourth family, written outside the house: one folder and the line that registers it. The contract suite, a run, a
 * comparison, a curve, and what the page draws from the card alone.
 */
import { describe, expect, it } from 'vitest'
import { heat } from '../../examples/heat/index.ts'
import { measured } from '../../src/app/store/proof.ts'
import { compareCommand } from '../../src/cli/compare.ts'
import { loadScenario } from '../../src/cli/input.ts'
import { runCommand } from '../../src/cli/run.ts'
import { registerFamily } from '../../src/models/index.ts'
import { CellCache } from '../../src/simulation/cells.ts'
import type { Checkpoint } from '../../src/simulation/frame.ts'
import { computeCurve, simulate } from '../../src/simulation/simulate.ts'
import { familyContract } from '../models/familyContract.ts'
import { drain } from '../models/tissue/setup.ts'

registerFamily(heat)

const FILE = 'examples/heat/heat-opening.json'
const opening = loadScenario(FILE).scenario
/** Layers in series: harmonic mean of the conductivities, arithmetic mean of the capacities. */
const [k, C] = [1 / (0.5 / 1 + 0.5 / 20), 2.5e6]
const decay = (t: number) => Math.exp((-k * Math.PI ** 2 * t) / (C * 8e-3 ** 2))

describe('the contract', () => {
  familyContract(heat, [
    { name: 'heat-opening', scenario: opening },
    {
      name: 'heated sheet',
      scenario: {
        ...opening,
        experiment: { name: 'heated', values: { flux: 1e4 } },
        macro: { dimension: 2, size: [8e-3, 3e-3], nodes: [17, 9] },
      },
    },
  ])

  it('is registered once', () => {
    expect(() => registerFamily(heat)).toThrow(/already/)
  })
})

it('a run decays as the exact solution does, and closes its budget', () => {
  const result = JSON.parse(runCommand([FILE]))
  expect(result.tensors.problems[0].tensor[0][0]).toBeCloseTo(k, 8)
  expect(result.observables.spread / (20 * decay(20))).toBeCloseTo(1, 3)
  expect(result.budgets.budget_heat).toBeLessThan(1e-12)
})

it('a comparison converges, faster with the corrector', { timeout: 60_000 }, () => {
  const { orders } = JSON.parse(compareCommand([FILE, '--epsilon', '4,8,16']))
  expect(orders.L2).toBeCloseTo(1, 1)
  expect(orders.L2_corrected).toBeCloseTo(2, 1)
})

it('a curve lies on the exact one; the page names what was measured', () => {
  const cells = new CellCache()
  let last: Checkpoint | undefined
  for (const event of simulate(opening, { cells })) if (event.kind === 'frame') last = event.frame.checkpoint
  const [computed, exact] = drain(computeCurve(opening, { name: 'profile', node: 0 }, last!, cells)).traces
  computed.y.forEach((T, i) => {
    expect(Math.abs(T - exact.y[i])).toBeLessThan(2e-3)
  })
  const rows = [{ N: 4, errors: { L2: 1 }, quantities: {}, seconds: 0 }]
  expect(measured(heat.comparison!, rows).map((n) => n.symbol)).toEqual(['‖T − T₀‖'])
})
