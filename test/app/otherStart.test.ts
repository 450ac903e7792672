/** What a run begins from is known in every family, so that a change of it restarts a run or is told. */
import { expect, it } from 'vitest'
import { otherStart } from '../../src/app/store/runs.ts'
import { loadScenario } from '../../src/cli/input.ts'

it.each([
  ['cathode-teaching', { start_from: 'written', y0: 0.3, V_start: 3.4, soc_start: 0.4, start_y: 'x', start_c: '900' }],
  ['porous-charging', { start: 'written', start_c_1: '1 + x' }],
  ['tissue-a1-pulse', { start: 'written', start_V: '-60' }],
])('%s', (name, changes) => {
  const { scenario } = loadScenario(name)
  const changed = (values: object) => ({ ...scenario, parameters: { ...scenario.parameters, ...values } })
  for (const [key, value] of Object.entries(changes)) expect(otherStart(changed({ [key]: value }), scenario)).toBe(true)
  expect(otherStart(changed({ temperature: 300 }), scenario)).toBe(false)
})
