/** Variable-order integration: error against tolerance, orders, stiffness, algebraic rows, invariants, and its cost. */
import { describe, expect, it } from 'vitest'
import { Integrator } from '../../src/numerics/integrate.ts'
import { VariableOrderIntegrator } from '../../src/numerics/ndf.ts'
import type { IntegratorState } from '../../src/numerics/steps.ts'
import { type DenseSpec, DenseSystem } from './dense-system.ts'

function solve(spec: DenseSpec, until: number, rtol: number, Kind = VariableOrderIntegrator) {
  const system = new DenseSystem(spec)
  const state: IntegratorState = { t: 0, u: system.initial(), integrals: new Float64Array(1), dt: 0 }
  const integrator = new Kind(system, { rtol })
  for (const _ of integrator.advance(state, until));
  return { ...state, report: integrator.report }
}

/** A pendulum's circle: smooth, without damping. */
const circle: DenseSpec = { mass: [1, 1], initial: [1, 0], f: (_t, [x, y]) => [-y, x], scale: [1, 1] }

describe('variable order', () => {
  it('has errors that follow the tolerance, with the steps of a high order', () => {
    const runs = [1e-4, 1e-6, 1e-8].map((rtol) => {
      const { u, report } = solve(circle, 10, rtol)
      return { error: Math.hypot(u[0] - Math.cos(10), u[1] - Math.sin(10)), steps: report.accepted }
    })
    expect(runs[0].error).toBeLessThan(5e-2)
    expect(runs[1].error).toBeLessThan(2e-3)
    expect(runs[2].error).toBeLessThan(5e-5)
    // A second-order method would take 21 times the steps for ten thousand times the accuracy.
    expect(runs[2].steps / runs[0].steps).toBeLessThan(12)
    expect(runs[2].steps).toBeLessThan(0.15 * solve(circle, 10, 1e-8, Integrator as never).report.accepted)
  })

  it('follows a stiff system (Robertson, with its algebraic row) over many decades of time', () => {
    const robertson: DenseSpec = {
      mass: [1, 1, 0],
      initial: [1, 0, 0],
      scale: [1e-6, 1e-6, 1e-6],
      f: (_t, [a, b, c]) => [-0.04 * a + 1e4 * b * c, 0.04 * a - 1e4 * b * c - 3e7 * b * b, a + b + c - 1],
    }
    const { u, report } = solve(robertson, 4000, 1e-6)
    // The values that textbooks print at t = 4000.
    expect(u[0] / 0.1832).toBeCloseTo(1, 3)
    expect(u[1] / 8.942e-7).toBeCloseTo(1, 3)
    expect(report.accepted).toBeLessThan(500)
  })

  it('keeps linear invariants and integrates rates to round-off', () => {
    const exchange: DenseSpec = {
      balance: [1, 1],
      mass: [1, 1],
      initial: [1, 0],
      scale: [1, 1],
      f: (_t, [a, b]) => [-a * a + b, a * a - b],
    }
    const { u, integrals } = solve(exchange, 5, 1e-4)
    expect(Math.abs(u[0] + u[1] - 1)).toBeLessThan(1e-14)
    // The rate of the test system is that of the second unknown.
    expect(Math.abs(integrals[0] - u[1])).toBeLessThan(1e-14)
  })

  it('stops at breakpoints and starts anew there', () => {
    const jump: DenseSpec = {
      mass: [1],
      initial: [0],
      breakpoints: [0.5],
      scale: [1],
      f: (_t, _u, middle) => [middle < 0.5 ? 1 : -1],
    }
    expect(solve(jump, 1, 1e-6).u[0]).toBeCloseTo(0, 6)
  })
})
