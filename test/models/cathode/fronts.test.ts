/** Phase field inside the resolved particles: fronts, their plateau, the second law, and what is refused. */
import { describe, expect, it } from 'vitest'
import { dissipationOf, energyOf } from '../../../src/models/cathode/equations/energy.ts'
import { binodal } from '../../../src/models/cathode/laws/thermodynamics.ts'
import { GLOBALS, Y } from '../../../src/models/cathode/layout.ts'
import { Integrator } from '../../../src/numerics/integrate.ts'
import { makeConsistent } from '../../../src/numerics/steps.ts'
import { EnergyCourse } from './setup.ts'
import { BAR, cellOf, course, DISC, inputOf, judge, observed, resolved } from './strip.ts'

const cell = cellOf(16, [{ ...DISC, radius: 0.4 }, BAR])
const more = { Omega: 3, gradient: 'width' as const, front_width: 0.08, D_s: 1e-10, k0: 20 }
const steps = (text: string) => ({ name: 'steps', values: { steps: text } })

describe('particles with fronts', () => {
  const strip = { cell, more, experiment: steps('discharge at 20 A/m2 for 400 s\nrest 3000 s') }

  it('come to rest as two binodal phases, at the standard voltage', () => {
    const m = resolved(strip, 2)
    const [{ u }] = course(m, [3400], 1e-4)
    const y = Array.from(u.subarray(Y * m.nodes, (Y + 1) * m.nodes)).filter((_, p) => m.tiling.active[p] > 0)
    const low = binodal(3)!
    // A curved front shifts both phases a little.
    expect(Math.abs(Math.min(...y) - low)).toBeLessThan(0.03)
    expect(Math.abs(Math.max(...y) - 1 + low)).toBeLessThan(0.03)
    expect(observed(m, u, 'unstable')).toBeLessThan(0.4)
    expect(Math.abs(observed(m, u, 'voltage') - 3.4)).toBeLessThan(4e-3)
    for (const name of ['budget_salt', 'budget_lithium'])
      expect(Math.abs(observed(m, u, name)), name).toBeLessThan(1e-12)
  })

  it('lose at rest the free energy that they dissipate', () => {
    const m = resolved(strip, 2)
    const state = { t: 0, u: m.initial(), integrals: new Float64Array(2), dt: 0 }
    for (const _ of makeConsistent(m, 0, state.u, 1e-8));
    const integrator = new Integrator(m, { rtol: 1e-5 })
    const energies = new EnergyCourse()
    for (const accepted of integrator.advance(state, 1000)) {
      if (!accepted || state.u[m.globals + GLOBALS.STEP] < 1) continue
      const [G, D] = [energyOf(m, state.u), dissipationOf(m, state.u)]
      expect(D).toBeGreaterThanOrEqual(0)
      energies.take(state.t, G, D)
    }
    const { fall, lost, worst } = energies
    expect(fall).toBeGreaterThan(0)
    expect(worst).toBeLessThan(1e-6 * fall)
    expect(Math.abs(lost / fall - 1)).toBeLessThan(0.02)
  })
})

it('a front thinner than two mesh widths is refused, and one thinner than the particles is told', () => {
  expect(() => resolved({ cell, more: { ...more, front_width: 0.01 } }, 2)).toThrow(/front .* mesh widths/)
  expect(inputOf({ cell, more }, 2).cellSize).toBe(5e-5)
  const told = (N: number) => resolved({ cell, more }, N).notices.map((n) => n.message)
  expect(told(2).join()).toMatch(/A front of 8 µm is thinner than particles of 36.6 µm: they separate inside/)
  expect(told(16).join()).not.toMatch(/A front of/)
})

describe('errors of a material that separates', () => {
  const plain = cellOf(12)
  const strip = (current: number) => ({
    cell: plain,
    more: { i_foil: 1e6, k0: 5, Omega: 3, gradient: 'width' as const, front_width: 0.1 },
    experiment: { name: 'constant-current', values: { current } },
  })

  it('fall with order two where particles fill together', () => {
    const [a, b] = [4, 8].map((N) => judge(strip(40), N, 1e5, 4, 1e-4))
    expect(Math.log2(a.voltage / b.voltage)).toBeGreaterThan(1.8)
    expect(Math.log2(a.salt_corrected / b.salt_corrected)).toBeGreaterThan(1.8)
  })

  it('are not there to be measured where they fill one by one', () => {
    expect(() => judge(strip(1), 4, 1e5, 10, 1e-3)).toThrow(/at this current particles fill one by one.*no errors/)
  })
})
