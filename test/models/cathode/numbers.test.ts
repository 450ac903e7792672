/** Numbers beside the run: validity, dissipation, the longest step, the flow of charges, the polarisation curve. */
import { describe, expect, it } from 'vitest'
import { dissipationOf, energyOf } from '../../../src/models/cathode/equations/energy.ts'
import { flowOfCharge } from '../../../src/models/cathode/homogenized/chargeFlow.ts'
import { CathodeModel } from '../../../src/models/cathode/homogenized/model.ts'
import { longestStep } from '../../../src/models/cathode/homogenized/pace.ts'
import { cathodeValidity } from '../../../src/models/cathode/homogenized/validity.ts'
import { C, PHI, Y } from '../../../src/models/cathode/layout.ts'
import { polarisation } from '../../../src/models/cathode/studies/polarisation.ts'
import { advance, begin, capacityOf, cellOf, current, LFP, TEACHING, TIS2, voltage } from './setup.ts'

describe('validity', () => {
  const number = (model: CathodeModel, u: Float64Array, name: string, period = 1e-6) =>
    cathodeValidity(model, u, period).numbers.find((n) => n.name === name)!.value

  it('compares diffusion across a particle, R²/D_s, with the time of the discharge', () => {
    const [I, R] = [12, 3e-6]
    const plain = cellOf(TIS2, { steps: [current(I)] })
    const model = new CathodeModel(plain.setting, { ...plain.description, radius: R })
    const { state } = begin(model)
    expect(number(model, state.u, 'inside')).toBeCloseTo((R ** 2 / 5e-13) * (I / capacityOf(TIS2)), 6)
  })

  it('compares the period with the thickness', () => {
    const model = cellOf(LFP)
    const { state } = begin(model)
    expect(number(model, state.u, 'epsilon', 2e-6)).toBeCloseTo(2e-6 / LFP.cathode, 12)
  })

  it('asks for three cells in the reaction zone: a mesh twice as fine halves the number', () => {
    const [coarse, fine] = [40, 80].map((cells) => {
      const model = cellOf(LFP, { cells })
      return number(model, begin(model).state.u, 'zone')
    })
    expect(coarse / fine).toBeCloseTo(2, 6)
  })
})

it('dissipates in the salt alone what the free energy of the salt loses', () => {
  // At rest: uneven salt evens out.
  const model = cellOf(LFP, { values: { noise: 0 }, steps: [current(0)] })
  const start = model.initial()
  const n = model.nodes
  for (let p = 0; p < n; p++) start[C * n + p] = 1 + 0.4 * Math.cos((Math.PI * p) / (n - 1))
  const run = begin(model, 1e-7, start)
  const first = energyOf(model, run.state.u)
  let [t, heat, D] = [0, 0, dissipationOf(model, run.state.u)]
  advance(run, 5, (now, u) => {
    const next = dissipationOf(model, u)
    heat += ((now - t) * (D + next)) / 2
    ;[t, D] = [now, next]
  })
  const lost = first - energyOf(model, run.state.u)
  expect(lost).toBeGreaterThan(0)
  expect(heat / lost).toBeCloseTo(1, 2)
})

describe('the longest step', () => {
  it('is a fiftieth of the discharge where nothing is unstable', () => {
    const model = cellOf(TIS2, { steps: [current(12)] })
    expect(longestStep(model, begin(model).state.u)).toBeCloseTo(0.02 * (capacityOf(TIS2) / 12), 3)
  })

  it('follows a growing difference between particles with two steps per e-fold', () => {
    const model = cellOf(TEACHING, { values: { y0: 0.5 }, steps: [current(1e-3)] })
    const { u } = begin(model).state
    const n = model.nodes
    // Growth of the difference between two particles: d(rate)/dy at fixed potentials, by differences.
    const p = model.hosts[0].reactive[0]
    const rate = (y: number) => {
      const moved = Float64Array.from(u)
      moved[Y * n + p] = y
      // Positive where lithium leaves the particle.
      return -model.reaction(moved, p) / model.mass[Y * n + p]
    }
    const y = u[Y * n + p]
    const slope = (rate(y + 1e-5) - rate(y - 1e-5)) / 2e-5
    expect(slope).toBeGreaterThan(0)
    expect(longestStep(model, u) * slope).toBeCloseTo(0.5, 1)
  })
})

it('knows the flow that charges would drive, V = (K/mu) eps psi" psi\', for a parabolic potential', () => {
  const model = cellOf(LFP)
  const { grid, thermal, electrolyte } = model.setting
  const u = model.initial()
  const n = model.nodes
  const [length, bend] = [grid.x[grid.columns - 1], 3]
  for (let p = 0; p < n; p++) {
    u[C * n + p] = 1
    u[PHI * n + p] = bend * (grid.x[p] / length) ** 2
  }
  const a = (2 * bend * thermal) / length ** 2
  const salt = new Float64Array(6)
  electrolyte.salt.at(1, salt)
  const expected = (2.5e-13 * 8.854e-11 * a * a * grid.x[n - 2] * grid.cathode) / salt[0]
  expect(flowOfCharge(model, u, 2.5e-13) / expected).toBeCloseTo(1, 6)
})

it('a polarisation curve calls steady what no longer changes', () => {
  const model = cellOf(LFP, { steps: [current(0)] })
  const { u } = begin(model).state
  const I = 2 * (model.capacity / 3600)
  const curve = polarisation(model, u, [I])
  let step = curve.next()
  while (!step.done) step = curve.next()
  const [{ atOnce, steady }] = step.value
  const frozen = new CathodeModel(
    { ...model.setting, sites: model.setting.sites * 1e9, steps: [current(I)] },
    model.description,
  )
  const late = voltage(advance(begin(frozen, 1e-6, Float64Array.from(u)), 1e5))
  expect(Math.abs(atOnce! - late)).toBeGreaterThan(1e-3)
  expect(Math.abs(steady! - late)).toBeLessThan(0.01 * Math.abs(atOnce! - late))
})
