/** The three voltages of a polarisation curve against closed forms and runs. */
import { expect, it } from 'vitest'
import { butlerVolmer } from '../../../src/models/cathode/laws/kinetics.ts'
import { polarisation } from '../../../src/models/cathode/studies/polarisation.ts'
import { FARADAY, GAS_CONSTANT } from '../../../src/models/constants.ts'
import { finish } from '../../numerics/helpers.ts'
import { advance, begin, cellOf, current, LFP, TIS2, voltage } from './setup.ts'

it('steady: lithium | electrolyte | lithium loses (4RT/F) artanh(I / I_lim), and nothing carries more than I_lim', () => {
  const [L, D] = [1e-4, 1e-10]
  const limit = (4 * FARADAY * D * 1000) / L
  // A reservoir of lithium with fast kinetics stands for the second foil.
  const model = cellOf(LFP, {
    separator: L,
    cathode: L * 1e-5,
    separatorCells: 200,
    cells: 1,
    structure: { T: 1, p: 1, Sigma: 1e9 },
    setting: { separator: { p: 1, T: [1, 1] }, sites: 1e14, kinetics: butlerVolmer(1e9, 0.5) },
    values: { y0: 0.5, D_plus: D, D_minus: D, i_foil: 1e9, Omega: 0, noise: 0 },
    steps: [current(0)],
  })
  const [half, most, over] = finish(
    polarisation(model, begin(model).state.u, [0.5 * limit, 0.95 * limit, 1.05 * limit]),
  )
  const exact = (share: number) => 3.422 - ((4 * GAS_CONSTANT * 298.15) / FARADAY) * Math.atanh(share)
  expect(Math.abs((half.steady ?? 0) - exact(0.5))).toBeLessThan(1e-4)
  expect(Math.abs((most.steady ?? 0) - exact(0.95))).toBeLessThan(1e-3)
  expect(over.steady).toBeUndefined()
  expect(over.atOnce).toBeDefined()
})

it('at once and after 30 s: those of a run from the same state, in both directions', () => {
  const of = (I: number) => cellOf(TIS2, { grading: 20, values: { y0: 0.5 }, steps: [current(I)] })
  const rest = begin(of(0))
  const points = finish(polarisation(rest.model, rest.state.u, [10, -10]))
  for (const { current: I, atOnce, pulse } of points) {
    const run = begin(of(I), 1e-6)
    expect(Math.abs(voltage(run) - (atOnce ?? 0))).toBeLessThan(1e-6)
    advance(run, 30)
    expect(Math.abs(voltage(run) - (pulse ?? 0))).toBeLessThan(5e-5)
  }
})
