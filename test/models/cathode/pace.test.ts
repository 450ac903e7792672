/** The longest step of a cell, and what it is for: particles that separate do not fill together. */
import { describe, expect, it } from 'vitest'
import { Y } from '../../../src/models/cathode/layout.ts'
import { advance, begin, capacityOf, cellOf, current, LFP } from './setup.ts'

/** A current that passes the capacity in `hours`, from particles of a filling. */
function longest(y0: number, hours: number, k0 = 0.16): number {
  const I = capacityOf(LFP) / (3600 * hours)
  const { model, state } = begin(
    cellOf(LFP, { cells: 10, separatorCells: 4, values: { noise: 0, y0, k0 }, steps: [current(I)] }),
    1e-10,
  )
  return model.longestStep(0, state.u) / (3600 * hours)
}

describe('the longest step', () => {
  it('is a fiftieth of the time in which the capacity passes, outside the spinodal', () => {
    expect(longest(0.05, 2)).toBeCloseTo(0.02, 8)
    expect(longest(0.95, 50)).toBeCloseTo(0.02, 8)
  })

  it('is a two-hundredth of it inside, where the instability is slow', () => {
    expect(longest(0.3, 0.1, 1e-6)).toBeCloseTo(0.005, 8)
  })

  it('is half the growth time of the instability where that is shorter', () => {
    const [y, omega] = [0.3, 4.508789]
    // a i0 / (F q c_sm) (2 Omega - 1 / (y (1 - y))), with i0 = k0 sqrt(y (1 - y)) e^(Omega (1 - 2y) / 2).
    const i0 = 0.16 * Math.sqrt(y * (1 - y)) * Math.exp(0.5 * omega * (1 - 2 * y))
    const rate = ((LFP.a * LFP.cathode * i0) / capacityOf(LFP)) * (2 * omega - 1 / (y * (1 - y)))
    expect(longest(y, 100) / (0.5 / rate / 3.6e5)).toBeCloseTo(1, 3)
  })
})

it('an almost even mosaic keeps its hysteresis at a loose tolerance: its particles fill one by one', () => {
  const middle = ([sign, y0]: readonly [1 | -1, number]) => {
    const steps = [current((sign * 0.005 * capacityOf(LFP)) / 3600, { below: 2.5, above: 4.2 })]
    const run = begin(cellOf(LFP, { cells: 20, separatorCells: 6, values: { noise: 1e-6, y0 }, steps }), 1e-3)
    const { model } = run
    let [sum, count] = [0, 0]
    advance(run, 1e9, (_t, u) => {
      const filled = u.subarray(Y * model.nodes, (Y + 1) * model.nodes).filter((y) => y > 0.5).length
      if (filled < 6 || filled > 14) return
      sum += model.terminal(u, model.reactionSum(u))
      count++
    })
    return sum / count
  }
  // 73.8 mV between the spinodals; without a limit of the steps 10 mV are left.
  const gap = middle([-1, 0.98]) - middle([1, 0.02])
  expect(gap).toBeGreaterThan(0.035)
  expect(gap).toBeLessThan(0.0738)
})
