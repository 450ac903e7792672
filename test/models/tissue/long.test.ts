/** Long times and small boxes: what steps leave of their equations must neither add up nor disturb a state at rest. */
import { expect, it } from 'vitest'
import { loadScenario } from '../../../src/cli/input.ts'
import { finish } from '../../../src/finish.ts'
import { parseScenario } from '../../../src/simulation/parse.ts'
import { simulate } from '../../../src/simulation/simulate.ts'

it('the opening sheet runs to 1e9 s, at rest, in steps that are few beside its time', () => {
  const { scenario } = loadScenario('tissue-opening')
  const { t, budgets, stats } = finish(
    simulate({
      ...scenario,
      cell: { ...scenario.cell, resolution: 16 },
      macro: { ...scenario.macro, nodes: [5, 5] },
      time: { end: 1e9, frames: 2, rtol: 1e-3 },
    }),
  )
  expect(t).toBe(1e9)
  expect(stats.accepted).toBeLessThan(1000)
  for (const [name, error] of Object.entries(budgets)) expect(error, name).toBeLessThan(1e-12)
})

it.each([1e-3, 1e-4, 4e-6])('at a bath all budgets close to round-off in a box of %f m', (length) => {
  const { scenario } = loadScenario('tissue-c1-lens')
  const small = parseScenario({
    ...scenario,
    cell: { ...scenario.cell, resolution: 8 },
    macro: { dimension: 1, size: [length], nodes: [81] },
    experiment: { name: 'bath', values: { sides: 'right', bath_Na: 107, bath_K: 2.5 } },
    time: { end: 36000, frames: 240, rtol: 1e-4 },
  })
  const { budgets } = finish(simulate(small))
  for (const [name, error] of Object.entries(budgets)) expect(error, name).toBeLessThan(1e-12)
})
