/**
 * How long a worker is deaf at most: the longest time between two yields of a run up to its second frame, with a cold and
 * with a warm compiler, and after what it comes. A worker answers between them, a cancel for one.
 *
 *     npx tsx test/bench/pieces.bench.ts [SCENARIO …]
 */
import { loadScenario } from '../../src/cli/input.ts'
import type { SimulationEvent } from '../../src/simulation/frame.ts'
import type { Scenario } from '../../src/simulation/scenario.ts'
import { simulate } from '../../src/simulation/simulate.ts'

/** Those with the longest pieces: large boxes, tilings, cells in space. */
const LONGEST = [
  'tissue-b1-block',
  'tissue-neurons-glia',
  'tissue-swelling',
  'tissue-judge-sheet',
  'tissue-judge-syncytium',
  'porous-judge',
  'porous-convergence',
  'cathode-judge-fronts',
  'cathode-spheres',
]
/** The last of them is the first with error bars. */
const FRAMES = 4

function row(...cells: (string | number)[]): void {
  console.log(cells.map((c, k) => String(c).padEnd(k === 0 ? 30 : 12)).join(''))
}

const named = (event: SimulationEvent): string => (event.kind === 'progress' ? event.stage : event.kind)

function longest(scenario: Scenario): { ms: number; after: string; seconds: number; pieces: number } {
  const run = simulate(scenario)
  const begun = performance.now()
  let [ms, worst, after, pieces] = [0, '', 'start', 0]
  for (let from = begun; ; pieces++) {
    const { done, value } = run.next()
    const now = performance.now()
    if (now - from > ms) [ms, worst] = [now - from, after]
    if (done || (value.kind === 'frame' && value.frame.index >= FRAMES))
      return { ms, after: worst, seconds: (now - begun) / 1000, pieces }
    after = named(value)
    from = performance.now()
  }
}

const asked = process.argv.slice(2)
console.log('Longest piece of a run between two yields (target: 50 ms)')
row('scenario', 'cold (ms)', 'warm (ms)', 'after', 'pieces', 'seconds')
for (const name of asked.length > 0 ? asked : LONGEST) {
  const { scenario } = loadScenario(name)
  const [cold, warm] = [longest(scenario), longest(scenario)]
  row(name, cold.ms.toFixed(0), warm.ms.toFixed(0), warm.after, warm.pieces, warm.seconds.toFixed(1))
}
