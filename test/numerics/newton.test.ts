/** The iteration of one stage: what an update that was cut short says about the next. */
import { expect, it } from 'vitest'
import { solveStage } from '../../src/numerics/newton.ts'
import type { System } from '../../src/numerics/system.ts'
import { DenseSystem } from './dense-system.ts'

/** Solves 0 = 8 - u³. */
function root(start: number, limits: Partial<System>, rtol: number) {
  const spec = { mass: [0], initial: [start], scale: [1], f: (_: number, [u]: readonly number[]) => [8 - u ** 3] }
  const system = Object.assign(new DenseSystem(spec), limits)
  const none = new Float64Array(1)
  const target = { t: 0, beta: 1, known: none, base: none }
  const solving = solveStage(system, system.linearise(0, system.initial()), target, system.initial(), rtol)
  for (;;) {
    const { done, value } = solving.next()
    if (done) return value
  }
}

it.each([
  ['a largest change', 0.5, { leap: Float64Array.of(1) }],
  ['a bound above', 1.4, { below: Float64Array.of(2.3) }],
])('goes on after an update cut short by %s until the next ones are small', (_, start, limits) => {
  for (const rtol of [1e-3, 1e-6]) {
    const { u, iterations } = root(start, limits, rtol)
    expect(Math.abs(u[0] - 2)).toBeLessThan(rtol)
    expect(iterations).toBeGreaterThan(3)
  }
})
