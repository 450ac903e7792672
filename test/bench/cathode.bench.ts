/**
 * The homogenized cell: a discharge of TiS2, a half cycle of a mosaic of LiFePO4 particles, a family of C-rates. The
 * reference of the same run takes even steps of the size that the shortest part of the discharge needs.
 *
 *     npx tsx test/bench/cathode.bench.ts
 */
import { loadScenario } from '../../src/cli/input.ts'
import { Integrator } from '../../src/numerics/integrate.ts'
import { SolverLoop } from '../../src/worker/worker.ts'
import { advance, begin, capacityOf, cellOf, current, LFP, TIS2 } from '../models/cathode/setup.ts'

function row(...cells: (string | number)[]): void {
  console.log(cells.map((c, k) => String(c).padEnd(k === 0 ? 52 : 16)).join(''))
}

function milliseconds(f: () => void): number {
  const begun = performance.now()
  f()
  return performance.now() - begun
}

function tis2(I: number, rtol = 1e-4) {
  const run = begin(cellOf(TIS2, { grading: 20, steps: [current(I, { below: 1.7 })] }), rtol)
  return advance(run, 1e9)
}

console.log('TiS2, 60 cathode and 20 separator cells, to 1.7 V (target: 150 ms)')
row('current [A/m²]', 'first run, ms', 'again, ms', 'steps', 'Newton')
for (const I of [1, 2, 5, 10, 20]) {
  const first = milliseconds(() => tis2(I))
  let run = tis2(I)
  const again = milliseconds(() => {
    run = tis2(I)
  })
  const { accepted, newtonIterations } = run.integrator.report
  row(I, first.toFixed(0), again.toFixed(0), accepted, newtonIterations)
}

console.log('\nThe same scenario through the loop of the worker, with all its frames (target: 150 ms)')
const { scenario } = loadScenario('cathode-tis2')
const loop = new SolverLoop((response) => {
  if (response.kind === 'frame') frames++
})
let frames = 0
row('current [A/m²]', 'first run, ms', 'again, ms', 'frames')
for (const current of [5, 10, 20]) {
  const experiment = { name: 'constant-current', values: { ...scenario.experiment.values, current } }
  const whole = () => {
    frames = 0
    loop.handle({ kind: 'start', run: 1, scenario: { ...scenario, experiment } })
    loop.handle({ kind: 'credit', run: 1, frames: 1e4 })
    while (loop.busy) loop.slice()
  }
  row(current, milliseconds(whole).toFixed(0), milliseconds(whole).toFixed(0), frames)
}

console.log('\nThe same at 10 A/m² with even steps (the last second needs steps of 0.5 s)')
const adaptive = milliseconds(() => tis2(10))
const even = milliseconds(() => {
  const run = begin(cellOf(TIS2, { grading: 20, steps: [current(10, { below: 1.7 })] }), 1e-4)
  run.integrator = new Integrator(run.model, { rtol: 1e-4, fixedStep: 0.5 })
  advance(run, 5860)
})
row('even steps, ms', even.toFixed(0), `× ${(even / adaptive).toFixed(0)} of adaptive`)

console.log('\nFamily of 8 rates, one worker (target: 1 s)')
row('1 to 20 A/m², ms', milliseconds(() => [1, 2, 3, 5, 7, 10, 15, 20].map((I) => tis2(I))).toFixed(0))

console.log('\nMosaic of 50 LiFePO4 particles, half cycle at C/10 (target: 10 s)')
for (const [label, sign, y0] of [
  ['discharge', 1, 0.01],
  ['charge', -1, 0.99],
] as const) {
  const I = (0.1 * sign * capacityOf(LFP)) / 3600
  const model = cellOf(LFP, {
    cells: 50,
    separatorCells: 10,
    values: { noise: 0.02, y0 },
    steps: [current(I, { below: 2.5, above: 4.2 })],
  })
  const run = begin(model, 1e-4)
  const ms = milliseconds(() => advance(run, 1e9))
  row(label, `${(ms / 1000).toFixed(2)} s`, '', run.integrator.report.accepted, run.integrator.report.newtonIterations)
}
