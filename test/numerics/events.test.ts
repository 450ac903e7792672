/** Events: where a function of the solution falls through zero the integration stops, restarts or ends. */
import { describe, expect, it } from 'vitest'
import { Integrator } from '../../src/numerics/integrate.ts'
import { VariableOrderIntegrator } from '../../src/numerics/ndf.ts'
import type { IntegratorState, TimeIntegrator } from '../../src/numerics/steps.ts'
import type { Events } from '../../src/numerics/system.ts'
import { DenseSystem } from './dense-system.ts'

class Eventful extends DenseSystem {
  readonly events: Events
  constructor(spec: ConstructorParameters<typeof DenseSystem>[0], events: Events) {
    super(spec)
    this.events = events
  }
}

const decay = { mass: [1], initial: [1], f: (_t: number, [u]: readonly number[]) => [-u] }

function start(system: DenseSystem): IntegratorState {
  return { t: 0, u: system.initial(), integrals: new Float64Array(1), dt: 0 }
}

describe.each([
  ['TR-BDF2', Integrator],
  ['variable order', VariableOrderIntegrator],
])('events, %s', (_name, Kind) => {
  function finish(system: DenseSystem, state: IntegratorState, until: number, rtol = 1e-6): TimeIntegrator {
    const integrator = new Kind(system, { rtol })
    for (const _ of integrator.advance(state, until));
    return integrator
  }

  it('ends where a decay has halved, as exactly as it is integrated', () => {
    const errors = [1e-4, 1e-6, 1e-8].map((rtol) => {
      const system = new Eventful(decay, {
        count: 1,
        values: (_t, u, out) => {
          out[0] = u[0] - 0.5
        },
        happen: () => 'stop',
      })
      const state = start(system)
      finish(system, state, 10, rtol)
      expect(state.stopped).toBe(true)
      expect(Math.abs(state.u[0] - 0.5)).toBeLessThan(1e-8)
      return Math.abs(state.t - Math.log(2))
    })
    expect(errors[0]).toBeLessThan(1e-2)
    expect(errors[2]).toBeLessThan(1e-5)
    expect(errors[2]).toBeLessThan(errors[0] / 50)
  })

  it('restarts with what an event changes, and keeps integrals', () => {
    // A balance that is filled up to one again whenever it has fallen to a half.
    let filled = 0
    const system = new Eventful(decay, {
      count: 1,
      values: (_t, u, out) => {
        out[0] = u[0] - 0.5
      },
      happen: (_k, _t, u) => {
        filled++
        u[0] = 1
        return 'restart'
      },
    })
    const state = start(system)
    finish(system, state, 5 * Math.log(2) + 0.1, 1e-8)
    expect(filled).toBe(5)
    expect(state.u[0]).toBeCloseTo(Math.exp(-0.1), 4)
  })

  it('takes the earlier of two events in one step', () => {
    const seen: number[] = []
    const system = new Eventful(decay, {
      count: 2,
      values: (t, u, out) => {
        out[0] = seen.includes(0) ? Number.POSITIVE_INFINITY : u[0] - 0.3
        out[1] = seen.includes(1) ? Number.POSITIVE_INFINITY : 0.5 - t
      },
      happen: (k) => {
        seen.push(k)
        return seen.length === 2 ? 'stop' : 'restart'
      },
    })
    const state = start(system)
    finish(system, state, 10, 1e-3)
    expect(seen).toEqual([1, 0])
    expect(state.u[0]).toBeCloseTo(0.3, 7)
  })

  it('an event that is overdue at the start happens at once, without a step', () => {
    const system = new Eventful(decay, {
      count: 1,
      values: (_t, u, out) => {
        out[0] = u[0] - 2
      },
      happen: () => 'stop',
    })
    const state = start(system)
    const { report } = finish(system, state, 10)
    expect(state.stopped).toBe(true)
    expect(state.t).toBe(0)
    expect(report.accepted).toBe(0)
  })

  it('no step is longer than the system allows', () => {
    const system = new DenseSystem({ ...decay, f: () => [0] })
    Object.assign(system, { longestStep: () => 0.1 })
    const state = start(system)
    const { report } = finish(system, state, 1)
    expect(report.accepted).toBeGreaterThanOrEqual(10)
  })

  it('keeps an unknown below its limit', () => {
    // du/dt = (1 - u) / 1e-3 runs into u = 1 from below.
    const system = new DenseSystem({ mass: [1], initial: [0.5], f: (_t, [u]) => [1e3 * (1 - u) - 1e-3 / (1 - u)] })
    Object.assign(system, { below: Float64Array.of(1) })
    const state = start(system)
    finish(system, state, 1, 1e-7)
    expect(state.u[0]).toBeLessThan(1)
    expect(1 - state.u[0]).toBeCloseTo(1e-3, 6)
  })
})
