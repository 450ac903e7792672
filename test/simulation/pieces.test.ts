/** Long work comes in pieces, so that a worker answers in between. Pieces are counted, not timed: `npm run bench` does that. */
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../src/cli/input.ts'
import { BlockTridiagonal } from '../../src/numerics/blocktridiagonal.ts'
import type { Scenario } from '../../src/simulation/scenario.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import type { Response } from '../../src/worker/protocol.ts'
import { SolverLoop } from '../../src/worker/worker.ts'

const named = (name: string, repeat?: number): Scenario => {
  const { scenario } = loadScenario(name)
  return repeat === undefined ? scenario : { ...scenario, micro: { resolution: 16, ...scenario.micro, repeat } }
}

/** Pieces before the model is there, once its cell is; before the first frame; and from there to one with error bars. */
function pieces(scenario: Scenario): { model: number; first: number; barred: number } {
  const counted = { cell: 0, model: 0, first: 0, barred: 0 }
  let stage: keyof typeof counted = 'cell'
  for (const event of simulate(scenario)) {
    counted[stage]++
    if (event.kind === 'cell') stage = 'model'
    if (event.kind === 'model') stage = 'first'
    if (event.kind !== 'frame') continue
    if (event.frame.estimates) break
    stage = 'barred'
  }
  return counted
}

describe('the set-up of large models', () => {
  it.each([
    // Layers of the tiling; hierarchies and their parts in every iteration; assembly and error bars.
    ['tissue-judge-sheet', 8, { model: 360, first: 20, barred: 2600 }],
    // Blocks of the resolved matrix.
    ['porous-judge', 8, { model: 330, first: 15, barred: 1200 }],
    ['cathode-judge', 8, { model: 510, first: 50, barred: 1200 }],
    ['tissue-b1-block', undefined, { model: 1, first: 12, barred: 1000 }],
  ])('%s comes in pieces', (name, repeat, least) => {
    const found = pieces(named(name, repeat))
    for (const stage of ['model', 'first', 'barred'] as const)
      expect(found[stage], stage).toBeGreaterThanOrEqual(least[stage])
  })

  it('factors wide blocks one by one, in parts, and narrow ones at once', () => {
    const yields = (nodes: number, width: number) => {
      const matrix = new BlockTridiagonal(nodes, width)
      matrix.assemble((add) => {
        for (let k = 0; k < nodes * width; k++) add(k, k, -1)
      })
      return [...matrix.factor(new Float64Array(nodes * width), 1)].length
    }
    expect(yields(3, 200)).toBeGreaterThanOrEqual(3 * 3)
    expect(yields(100, 6)).toBe(0)
  })
})

it.each([
  ['tissue-judge-sheet', 'model', 1],
  ['tissue-judge-sheet', 'model', 10],
  ['porous-judge', 'cell', 5],
])('a run of %s is given up where it is: after its %s, %i pieces on', (name, after, more) => {
  const responses: Response[] = []
  // Every look at the clock is worth a slice: one piece at a time.
  let clock = 0
  const loop = new SolverLoop(
    (response) => responses.push(response),
    () => (clock += 7),
  )
  loop.handle({ kind: 'start', run: 1, scenario: named(name) })
  while (!responses.some(({ kind }) => kind === after)) loop.slice()
  for (let k = 0; k < more; k++) loop.slice()
  loop.handle({ kind: 'cancel', run: 1 })
  expect(loop.busy).toBe(false)
  expect(responses.at(-1)).toEqual({ kind: 'cancelled', run: 1 })
  expect(responses.some(({ kind }) => kind === 'frame')).toBe(false)
})
