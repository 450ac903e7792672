import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import { type Comparison, compare } from '../../src/simulation/compare.ts'
import type { Scenario } from '../../src/simulation/scenario.ts'

function finish(scenario: Scenario, list: number[]): Comparison {
  const running = compare(scenario, list)
  let next = running.next()
  while (!next.done) next = running.next()
  return next.value
}

const coarse = (name: string): Scenario => {
  const { scenario } = loadScenario(name)
  return { ...scenario, time: { end: 100, frames: 8, rtol: 1e-3 }, micro: { resolution: 12 } }
}

describe('compare', () => {
  it('gives a row per N and the orders: without the corrector the gradient does not converge', () => {
    const { rows, orders } = finish(coarse('tissue-convergence-centred'), [2, 4])
    expect(rows.map((r) => r.N)).toEqual([2, 4])
    expect(Math.abs(orders.LinfL2 - 1)).toBeLessThan(0.15)
    expect(Math.abs(orders.L2grad_corrected - 1)).toBeLessThan(0.15)
    expect(orders.L2grad).toBeLessThan(0.2)
    expect(rows[0].errors.jump_scaled).toBeCloseTo(rows[0].errors.jump * Math.SQRT1_2, 12)
  })

  it('sees the boundary layer of off-centre cells: the corrected error falls slower', () => {
    const centred = finish(coarse('tissue-convergence-centred'), [2, 4]).orders
    const off = finish(coarse('tissue-convergence-off-centre'), [2, 4]).orders
    expect(off.LinfL2_corrected).toBeLessThan(centred.LinfL2_corrected - 0.3)
  })

  it('compares a pulse on a line as a strip of cells', () => {
    const { scenario } = loadScenario('tissue-b1-pulse')
    const { rows } = finish(
      {
        ...scenario,
        time: { end: 4, frames: 4, rtol: 1e-3 },
        micro: { resolution: 12 },
        cell: {
          ...scenario.cell,
          shapes: [{ shape: 'ball', phase: 'intracellular', center: [0.5, 0.5], radius: 0.35 }],
        },
      },
      [4],
    )
    for (const [norm, error] of Object.entries(rows[0].errors)) expect(Number.isFinite(error), norm).toBe(true)
  })

  it.each([
    [
      'an N that would not fit',
      'tissue-convergence-centred',
      [500],
      /would take about \d+ GB; at most 150,000 fit: try 24/,
    ],
    ['half a cell', 'tissue-convergence-centred', [2.5], /got 2.5/],
    ['a tissue without gradients', 'tissue-ischaemia-a1', [2], /nothing varies in space/],
  ] as [string, string, number[], RegExp][])('refuses %s', (_, name, list, message) => {
    expect(() => finish(loadScenario(name).scenario, list)).toThrow(message)
  })

  it('refuses a stimulus of no effect: orders of round-off mean nothing', () => {
    const { scenario } = loadScenario('tissue-judge-sheet')
    const stimuli = scenario.stimuli.map((s) => ({ ...s, amount: 0 }))
    const flat: Scenario = {
      ...scenario,
      stimuli,
      time: { end: 2, frames: 2, rtol: 1e-3 },
      micro: { resolution: 8 },
    }
    expect(() => finish(flat, [2])).toThrow(/nothing varies in space/)
  })

  it('does not refuse what both models agree on exactly while ions flow', () => {
    const { scenario } = loadScenario('porous-opening')
    const flowing: Scenario = {
      ...scenario,
      cell: {
        ...scenario.cell,
        shapes: [{ shape: 'layer', phase: 'solid', axis: 'y', center: 0.5, thickness: 0.4 }],
      },
      experiment: {
        ...scenario.experiment,
        values: { ...scenario.experiment.values, c1_left: 1, c2_left: 1, c1_right: 1, c2_right: 1 },
      },
      parameters: { ...scenario.parameters, c_start: 1 },
      micro: { resolution: 8 },
    }
    const { rows } = finish(flowing, [2, 4])
    expect(rows[1].errors.L2c).toBeLessThan(1e-9)
    expect(Math.abs(rows[1].quantities.J_1)).toBeGreaterThan(1e-4)
  })
})
