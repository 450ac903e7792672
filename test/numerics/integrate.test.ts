import { describe, expect, it } from 'vitest'
import { Integrator } from '../../src/numerics/integrate.ts'
import { IntegrationError, type IntegratorState, makeConsistent } from '../../src/numerics/steps.ts'
import { DenseSystem } from './dense-system.ts'

function drain(g: Generator<unknown, unknown>): void {
  while (!g.next().done);
}

function integrate(
  system: DenseSystem,
  until: number,
  options: { rtol: number; fixedStep?: number },
): IntegratorState & { report: Integrator['report'] } {
  const state = { t: 0, u: system.initial(), integrals: new Float64Array(system.rateCount), dt: 0 }
  const integrator = new Integrator(system, options)
  drain(integrator.advance(state, until))
  return { ...state, report: integrator.report }
}

/** u' = -u, v' = u (conserved sum), 0 = w - u². */
const decay = () =>
  new DenseSystem({
    mass: [1, 1, 0],
    initial: [1, 0, 1],
    f: (_, [u, v, w]) => [-u + 0 * v, u, w - u * u],
    balance: [1, 1, 0],
  })

/** Prothero-Robinson: u' = -L (u - cos t) - sin t, solution cos t; L = 1e6. */
const stiff = () =>
  new DenseSystem({ mass: [1], initial: [1], f: (t, [u]) => [-1e6 * (u - Math.cos(t)) - Math.sin(t)] })

describe('TR-BDF2', () => {
  it('is of second order for an index-1 system, algebraic unknown included', () => {
    const error = (h: number) => {
      const { u } = integrate(decay(), 1, { rtol: 1e-9, fixedStep: h })
      return [Math.abs(u[0] - Math.exp(-1)), Math.abs(u[2] - Math.exp(-2))]
    }
    const [coarse, fine] = [error(0.05), error(0.025)]
    for (const k of [0, 1]) expect(Math.log2(coarse[k] / fine[k])).toBeCloseTo(2, 1)
  })

  it('does not oscillate on a stiff problem', () => {
    const { u } = integrate(stiff(), 2, { rtol: 1e-8, fixedStep: 0.1 })
    expect(Math.abs(u[0] - Math.cos(2))).toBeLessThan(1e-4)
  })

  it('controls its error: a hundredth of the tolerance, much less error and more steps', () => {
    const a = integrate(decay(), 3, { rtol: 1e-3 })
    const b = integrate(decay(), 3, { rtol: 1e-5 })
    const error = (s: IntegratorState) => Math.abs(s.u[0] - Math.exp(-3))
    expect(error(a)).toBeLessThan(3e-3)
    expect(error(b)).toBeLessThan(error(a) / 8)
    expect(b.report.accepted).toBeGreaterThan(2 * a.report.accepted)
  })

  it('closes the total of a field that shares its balance, and turns nothing negative', () => {
    // Two fields of four nodes: fast exchange along each, and a slow flow out of the first into the second. The last
    // node of the second field is held: it has no balance.
    const exchange = 1e9
    const flow = (u: readonly number[], k: number) => exchange * ((u[k - 1] ?? u[k]) - 2 * u[k] + (u[k + 1] ?? u[k]))
    const spread = new DenseSystem({
      mass: [1, 1, 1, 1, 1, 1, 1, 0],
      initial: [1, 1e-9, 1e-9, 1e-9, 0.5, 0.5, 0.5, 0.25],
      positive: [1, 1, 1, 1, 1, 1, 1, 0],
      balance: [1, 1, 1, 1, 1, 1, 1, 0],
      shared: 4,
      f: (_, u) => {
        const [a, b] = [u.slice(0, 4), u.slice(4, 7)]
        const out = (k: number) => 0.3 * a[k]
        return [
          ...a.map((_v, k) => flow(a, k) - out(k)),
          ...b.map((_v, k) => flow(b, k) + out(k) + (k === 0 ? out(3) : 0)),
          u[7] - 0.25,
        ]
      },
    })
    const { u } = integrate(spread, 2, { rtol: 1e-4 })
    const total = u.slice(0, 7).reduce((a, b) => a + b, 0)
    expect(Math.abs(total - (1 + 3e-9 + 1.5))).toBeLessThan(1e-14)
    expect(u[0]).toBeCloseTo(Math.exp(-0.6) / 4, 4)
    expect(Math.min(...u)).toBeGreaterThan(0)
    expect(u[7]).toBe(0.25)
  })

  it('solves the Robertson problem with few steps', () => {
    const robertson = new DenseSystem({
      mass: [1, 1, 0],
      initial: [1, 0, 0],
      scale: [1, 1e-4, 1],
      f: (_, [a, b, c]) => [-0.04 * a + 1e4 * b * c, 0.04 * a - 1e4 * b * c - 3e7 * b * b, a + b + c - 1],
    })
    const { u, report } = integrate(robertson, 40, { rtol: 1e-6 })
    // Reference: Hairer and Wanner, Solving ODEs II, and many others.
    expect(u[0]).toBeCloseTo(0.7158270688, 4)
    expect(u[1] * 1e5).toBeCloseTo(0.9185534765, 3)
    expect(report.accepted).toBeLessThan(400)
  })

  it('closes balances to round-off however loosely stages are solved', () => {
    const { u } = integrate(decay(), 5, { rtol: 0.1 })
    expect(Math.abs(u[0] + u[1] - 1)).toBeLessThan(1e-14)
  })

  it('integrates rates with the weights of the step', () => {
    const system = decay()
    const { u, integrals } = integrate(system, 2, { rtol: 1e-2 })
    // The rate is F of the second unknown: its integral must be what that unknown gained.
    expect(Math.abs(integrals[0] - u[1])).toBeLessThan(1e-14)
  })

  it('steps onto breakpoints and sees the jump of F from the right side', () => {
    // u' = 1 on [1, 2], else 0: the content at the end is exact only if no step straddles a jump.
    const system = new DenseSystem({
      mass: [1],
      initial: [0],
      f: (_t, _u, middle) => [middle > 1 && middle < 2 ? 1 : 0],
      breakpoints: [1, 2],
    })
    const { u } = integrate(system, 5, { rtol: 1e-3 })
    expect(u[0]).toBeCloseTo(1, 13)
  })

  it('keeps positive unknowns positive', () => {
    const system = new DenseSystem({
      mass: [1],
      initial: [1],
      f: (_, [u]) => [-50 * Math.sqrt(Math.max(u, 0)) * u],
      positive: [1],
    })
    expect(integrate(system, 10, { rtol: 1e-2 }).u[0]).toBeGreaterThan(0)
  })

  it('gives up on a blow-up with the time and advice, leaving the last good state', () => {
    const system = new DenseSystem({ mass: [1], initial: [1], f: (_, [u]) => [u * u] })
    const state = { t: 0, u: system.initial(), integrals: new Float64Array(1), dt: 0 }
    expect(() => drain(new Integrator(system, { rtol: 1e-4 }).advance(state, 2))).toThrow(IntegrationError)
    expect(state.t).toBeGreaterThan(0.9)
    expect(state.t).toBeLessThan(1.001)
    expect(Number.isFinite(state.u[0])).toBe(true)
  })

  it('makes algebraic unknowns consistent without touching the others', () => {
    const system = decay()
    const u = Float64Array.of(0.5, 0.2, 9)
    drain(makeConsistent(system, 0, u, 1e-6))
    expect([...u.subarray(0, 2)]).toEqual([0.5, 0.2])
    expect(u[2]).toBeCloseTo(0.25, 10)
  })

  it('gives the same numbers when it is interrupted between iterations', () => {
    const run = (interrupt: boolean) => {
      const system = decay()
      const state = { t: 0, u: system.initial(), integrals: new Float64Array(1), dt: 0 }
      let _pauses = 0
      for (const finished of new Integrator(system, { rtol: 1e-4 }).advance(state, 1))
        if (interrupt && !finished) _pauses++
      return [...state.u]
    }
    expect(run(true)).toEqual(run(false))
  })
})
