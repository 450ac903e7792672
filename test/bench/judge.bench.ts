/**
 * The resolved tissue: steps per second beside the homogenized one, iterations and memory from N = 2 to 16, and what a
 * comparison costs against stepping the resolved model alone.
 *
 *     npx tsx test/bench/judge.bench.ts
 */
import { loadScenario } from '../../src/cli/input.ts'
import { CellCache } from '../../src/simulation/cells.ts'
import { compare } from '../../src/simulation/compare.ts'
import { simulate } from '../../src/simulation/simulate.ts'

function row(...cells: (string | number)[]): void {
  console.log(cells.map((c, k) => String(c).padEnd(k === 0 ? 30 : 16)).join(''))
}

const { scenario } = loadScenario('tissue-judge-sheet')
const cells = new CellCache()

function run(repeat: number | undefined, frames: number) {
  const micro = { resolution: 16, repeat }
  const steps = { alone: 0, resolved: 0, linear: 0, newton: 0 }
  let begun = 0
  let count = 0
  for (const event of simulate({ ...scenario, micro }, { cells })) {
    if (event.kind !== 'frame') continue
    if (count === 2) begun = performance.now()
    count++
    const { stats, resolved } = event.frame
    steps.alone = stats.accepted
    steps.resolved = resolved?.stats.accepted ?? 0
    steps.linear = resolved?.stats.linearIterations ?? 0
    steps.newton = resolved?.stats.newtonIterations ?? 1
    if (count === frames + 3) break
  }
  return { ...steps, seconds: (performance.now() - begun) / 1000, frames }
}

console.log('Sheet of N × N cells beside the homogenized one (65²), default resolution (target: 5 frames/s at N = 4)')
row('N', 'frames/s', '× alone', 'GMRES/Newton', 'memory (MB)')
const alone = run(undefined, 20)
row('alone', (alone.frames / alone.seconds).toFixed(1), 1)
for (const [N, frames] of [
  [2, 20],
  [4, 20],
  [8, 10],
  [16, 4],
]) {
  const r = run(N, frames)
  const ratio = r.seconds / r.frames / (alone.seconds / alone.frames)
  row(
    N,
    (r.frames / r.seconds).toFixed(1),
    ratio.toFixed(1),
    (r.linear / r.newton).toFixed(2),
    (process.memoryUsage().rss / 1e6).toFixed(0),
  )
}

console.log('\nThe convergence test, both models and all norms (target: N = 8 below a minute)')
row('N', 'seconds', '× N = 4')
const rows: number[] = []
const comparing = compare(loadScenario('tissue-convergence-centred').scenario, [4, 8])
for (let next = comparing.next(); !next.done; next = comparing.next())
  if (next.value.kind === 'row') {
    const { N, seconds } = next.value.row
    rows.push(seconds)
    row(N, seconds.toFixed(1), (seconds / rows[0]).toFixed(1))
  }
