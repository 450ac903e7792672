/**
 * How fast homogenized tissues run, and the work for a given accuracy against the linearly implicit scheme of first
 * order that the literature uses (test/models/tissue/imex.ts), in the same run.
 *
 *     npx tsx test/bench/tissue.bench.ts
 */
import { macroModel } from '../../src/models/tissue/macro.ts'
import { Integrator } from '../../src/numerics/integrate.ts'
import { imexOf } from '../models/tissue/imex-setup.ts'
import { cellCentredModel, exactCell, injection, input, run, start } from '../models/tissue/setup.ts'

const mm = 1e-3

function row(...cells: (string | number)[]): void {
  console.log(cells.map((c, k) => String(c).padEnd(k === 0 ? 34 : 16)).join(''))
}

function stepsPerSecond(
  preset: string,
  size: number[],
  nodes: number[],
  until: number,
): { rate: number; steps: number; linear: number } {
  const center = size.map((s) => s / 2)
  const model = macroModel(input(preset, size, nodes, { stimuli: [injection(center, 0.1 * mm)] }), exactCell(preset))
  run(model, until / 20, { rtol: 1e-3, maxStep: until / 100 })
  const state = start(model)
  const integrator = new Integrator(model, { rtol: 1e-3, maxStep: until / 40 })
  const begun = performance.now()
  for (const _ of integrator.advance(state, until));
  const seconds = (performance.now() - begun) / 1000
  const { accepted, linearIterations, newtonIterations } = integrator.report
  return { rate: accepted / seconds, steps: accepted, linear: linearIterations / newtonIterations }
}

console.log('Adaptive steps per second (this process; targets: 200 in 1D, 10 in 2D)')
row('tissue', 'steps/s', 'steps', 'GMRES/Newton')
for (const [label, preset, size, nodes, until] of [
  ['A1, 200 nodes', 'A1', [mm], [200], 60],
  ['B2, 200 nodes', 'B2', [mm], [200], 60],
  ['D1 wave, 200 nodes', 'D1', [4 * mm], [200], 4],
  ['B1, 64 × 64', 'B1', [mm, mm], [64, 64], 20],
  ['B2, 64 × 64', 'B2', [mm, mm], [64, 64], 20],
  ['B2, 128 × 128', 'B2', [mm, mm], [128, 128], 5],
  ['B2, 16 × 16 × 16', 'B2', [mm, mm, mm], [16, 16, 16], 10],
] as [string, string, number[], number[], number][]) {
  const { rate, steps, linear } = stepsPerSecond(preset, size, nodes, until)
  row(label, rate.toFixed(1), steps, linear.toFixed(1))
}

console.log('\nPotassium pulse in A1, 100 volumes, 10 s: error of the maximum of K against the converged 10.417738 mM')
row('scheme', 'error (mM)', 'ms', 'steps')
const EXACT = 10.417738
const time = <T>(f: () => T): { value: T; ms: number } => {
  f()
  const begun = performance.now()
  const value = f()
  return { value, ms: performance.now() - begun }
}
const program = [1e-3, 1e-4, 1e-5].map((rtol) => {
  const { value, ms } = time(() => {
    const model = cellCentredModel('A1', 100, mm, { stimuli: [injection([0.5 * mm], 60e-6)] })
    const { state, report } = run(model, 10, { rtol })
    return { error: Math.abs(Math.max(...state.u.subarray(400, 500)) - EXACT), steps: report.accepted }
  })
  row(`Twoscale, rtol ${rtol}`, value.error.toExponential(1), ms.toFixed(0), value.steps)
  return { error: value.error, ms }
})
for (const dt of [0.1, 0.025, 0.00625]) {
  const { value, ms } = time(() => imexOf('A1', dt, Math.round(10 / dt)))
  const error = Math.abs(Math.max(...value.outside[1]) - EXACT)
  row(`first order, dt ${dt} s`, error.toExponential(1), ms.toFixed(0), Math.round(10 / dt))
  const same = program.find((p) => p.error <= error)
  if (same) row('  time of Twoscale at that error', `× ${(same.ms / ms).toFixed(2)}`)
}
