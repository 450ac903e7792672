/** What people see first keeps to what it teaches: opening scenarios stay within the limits of homogenization. */
import { expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import { finish } from '../../src/finish.ts'
import { simulate } from '../../src/simulation/simulate.ts'

it.each([
  ['tissue-opening', 12],
  ['porous-opening', 5e-6],
  ['cathode-opening', 1e8],
])('%s exceeds no limit once its jumps at time zero are over', (name, end) => {
  const { scenario } = loadScenario(name)
  const beyond: string[] = []
  let judged = 0
  finish(simulate({ ...scenario, time: { ...scenario.time, end, frames: 48 } }), (event) => {
    if (event.kind !== 'frame' || event.frame.t === 0) return
    for (const { label, value, threshold } of event.frame.validity?.numbers ?? []) {
      judged++
      if (value > threshold) beyond.push(`${label} ${value} > ${threshold} at ${event.frame.t} s`)
    }
  })
  expect(beyond).toEqual([])
  expect(judged).toBeGreaterThan(100)
})
