/** Asking for the second order: once per cell, when it rests; a newer cell ends what is under way. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createLab } from '../../../src/app/store/lab.ts'
import { SecondDesk } from '../../../src/app/store/secondDesk.ts'
import type { CellResult } from '../../../src/cell/cell.ts'
import type { SecondSolutions } from '../../../src/models/second.ts'
import opening from '../../../src/scenarios/porous-opening.json'
import { parseScenario } from '../../../src/simulation/parse.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

interface Asked {
  cell: CellResult
  signal: AbortSignal
  answer(solutions: SecondSolutions): void
  fail(error: Error): void
}

function setUp() {
  const lab = createLab(parseScenario(opening), 'paused')
  const asked: Asked[] = []
  const desk = new SecondDesk(
    lab,
    (cell, _fields, signal) =>
      new Promise((answer, fail) => {
        asked.push({ cell, signal, answer, fail })
      }),
  )
  return { lab, desk, asked }
}
const cell = (name: string) => ({ name }) as unknown as CellResult

it('asks once a cell rests, and tells what came', async () => {
  const { lab, desk, asked } = setUp()
  const [moving, resting] = [cell('moving'), cell('resting')]
  desk.want(moving, [])
  await vi.advanceTimersByTimeAsync(100)
  desk.want(resting, [])
  desk.want(resting, [])
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked.map((a) => a.cell)).toEqual([resting])
  const solutions = {}
  asked[0].answer(solutions)
  await vi.advanceTimersByTimeAsync(0)
  expect(lab.getState().second).toEqual({ cell: resting, solutions })
  desk.want(resting, [])
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked.length).toBe(1)
})

it('a newer cell ends the work for the older one, whose answer is not told', async () => {
  const { lab, desk, asked } = setUp()
  desk.want(cell('old'), [])
  await vi.advanceTimersByTimeAsync(1000)
  desk.want(cell('new'), [])
  expect(asked[0].signal.aborted).toBe(true)
  asked[0].answer({})
  await vi.advanceTimersByTimeAsync(0)
  expect(lab.getState().second).toBeUndefined()
})

it('says why there is none', async () => {
  const { lab, desk, asked } = setUp()
  const broken = cell('broken')
  desk.want(broken, [])
  await vi.advanceTimersByTimeAsync(1000)
  asked[0].fail(new Error('the worker could not be loaded'))
  await vi.advanceTimersByTimeAsync(0)
  expect(lab.getState().second).toEqual({ cell: broken, problem: 'the worker could not be loaded' })
})

it('ends the work that nobody waits for any more, and begins anew when it is asked again', async () => {
  const { desk, asked } = setUp()
  const one = cell('one')
  desk.want(one, [])
  await vi.advanceTimersByTimeAsync(1000)
  desk.dispose()
  expect(asked[0].signal.aborted).toBe(true)
  desk.want(one, [])
  await vi.advanceTimersByTimeAsync(1000)
  expect(asked.length).toBe(2)
})
