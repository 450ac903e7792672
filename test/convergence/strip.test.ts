/** A tissue on a line against the strip that resolves it: the same problem, in means over the strip. */
import { expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import { finish } from '../../src/finish.ts'
import { waves } from '../../src/models/tissue/start.ts'
import { compare } from '../../src/simulation/compare.ts'
import { resolution } from '../../src/simulation/resolve.ts'

it('starts as the line does: waves do not vary across the strip', () => {
  const { scenario } = loadScenario('tissue-judge-strip')
  const { macro } = resolution(scenario, 8).input
  expect(macro).toMatchObject({ dimension: 2, strip: 1 })
  const values = [1, 2, 3, 4, 5, 6]
  const [strip, line] = [macro, scenario.macro].map((box) => waves(values, box))
  for (const k of [0, 1, 2, 3, 4])
    for (const y of [0, 3e-5]) expect(strip.value(k, [2e-4, y])).toBe(line.value(k, [2e-4]))
})

it('has the orders of the theory: 1, with the corrector 2, gradients 0 and 1, jump 2', () => {
  const { scenario } = loadScenario('tissue-judge-strip')
  const { orders } = finish(compare({ ...scenario, time: { ...scenario.time, end: 20, frames: 8 } }, [4, 8]))
  expect(Math.abs(orders.LinfL2 - 1)).toBeLessThan(0.25)
  expect(Math.abs(orders.LinfL2_corrected - 2)).toBeLessThan(0.35)
  expect(Math.abs(orders.L2grad)).toBeLessThan(0.25)
  expect(Math.abs(orders.L2grad_corrected - 1)).toBeLessThan(0.25)
  expect(Math.abs(orders.jump_scaled - 2)).toBeLessThan(0.35)
}, 60_000)

it('compares waves with the same waves', () => {
  const { scenario } = loadScenario('tissue-convergence-centred')
  const line = { ...scenario, macro: { dimension: 1 as const, size: [1e-3], nodes: [65] } }
  const { orders } = finish(
    compare({ ...line, time: { end: 20, frames: 6, rtol: 1e-3 }, micro: { resolution: 12 } }, [4, 8]),
  )
  expect(Math.abs(orders.LinfL2 - 1)).toBeLessThan(0.2)
  expect(orders.LinfL2_corrected).toBeGreaterThan(0.9)
  expect(Math.abs(orders.L2grad)).toBeLessThan(0.2)
  expect(Math.abs(orders.L2grad_corrected - 1)).toBeLessThan(0.3)
}, 60_000)
