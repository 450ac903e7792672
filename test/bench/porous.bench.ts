/**
 * Porous media: steady points and curves in one dimension, steps of a sheet, and the gain of the graded mesh against a
 * uniform one at the same error, in the same run.
 *
 *     npx tsx test/bench/porous.bench.ts
 */
import { loadScenario } from '../../src/cli/input.ts'
import { closures } from '../../src/models/porous/closures.ts'
import { steadySweep } from '../../src/models/porous/curves.ts'
import type { PorousInput } from '../../src/models/porous/input.ts'
import { steadyState } from '../../src/models/porous/steady.ts'
import { CellCache, solveCell } from '../../src/simulation/cells.ts'
import { familyInput } from '../../src/simulation/scenario.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import { DISC, model, type Setup } from '../models/porous/setup.ts'
import { finish } from '../numerics/helpers.ts'

function row(...cells: (string | number)[]): void {
  console.log(cells.map((c, k) => String(c).padEnd(k === 0 ? 44 : 16)).join(''))
}

function milliseconds(repeat: number, f: () => void): number {
  f()
  const begun = performance.now()
  for (let k = 0; k < repeat; k++) f()
  return (performance.now() - begun) / repeat
}

const { scenario } = loadScenario('porous-closure-duel')
const cells = new CellCache()
const cell = finish(solveCell(scenario, cells))
const input = familyInput<PorousInput>(scenario)
const thermal = 0.025693
const voltages = Array.from({ length: 25 }, (_, k) => thermal * (-6 + k / 2))

console.log('One dimension, 201 nodes (targets: a point 10 ms, 25 points of every closure 1 s)')
const caseB: Setup = { lambda2: 0.01, left: [1, 1], right: [0.2, 0.2], voltage: 2, nodes: 201 }
const m = model(caseB)
row('steady point (ms)', milliseconds(20, () => steadyState(m, m.initial())).toFixed(2))
const one = milliseconds(3, () => finish(steadySweep(input, cell, voltages)))
row('curve of 25 points (ms)', one.toFixed(0))
const all = milliseconds(1, () => {
  for (const { name } of closures) {
    const parameters = { ...input.parameters, closure: name }
    finish(steadySweep({ ...input, parameters }, cell, voltages))
  }
})
row('the same for six closures (ms)', all.toFixed(0), `× ${(all / one).toFixed(1)}`)

console.log('\nCharge of a Gouy-Chapman layer, 3 thermal voltages, lambda² = 1e-5: graded against uniform nodes')
row('mesh', 'error', 'ms')
const wall: Setup = { lambda2: 1e-5, left: [undefined, undefined], right: [1, 1], voltage: 3 }
const exact = Math.sqrt(8 * DISC.pore * DISC.permittivity[0][0] * wall.lambda2) * Math.sinh(1.5)
const charge = (s: Setup) => {
  const h = model(s)
  const { u } = steadyState(h, h.initial())
  let sum = 0
  for (let p = 0; p < h.setting.net.nodes; p++) sum -= h.charge(u, p)
  return sum
}
for (const [label, s] of [
  ['graded, 201 nodes', { ...wall, nodes: 201 }],
  ['uniform, 201 nodes', { ...wall, nodes: 201, first: 1 }],
  ['uniform, 3201 nodes', { ...wall, nodes: 3201, first: 1 }],
] as [string, Setup][])
  row(label, Math.abs(charge(s) / exact - 1).toExponential(1), milliseconds(2, () => charge(s)).toFixed(1))

console.log('\nSheet of 65 × 65 nodes (target: 10 steps/s)')
const sheet = loadScenario('porous-sheet').scenario
let begun = 0
let first = 0
let steps = 0
let linear = 0
let newton = 1
let frames = 0
for (const event of simulate({ ...sheet, macro: { ...sheet.macro, nodes: [65, 65] } }, { cells })) {
  if (event.kind !== 'frame') continue
  const { stats } = event.frame
  if (frames++ === 3) {
    begun = performance.now()
    first = stats.accepted
  }
  steps = stats.accepted
  linear = stats.linearIterations
  newton = stats.newtonIterations
  if (frames === 40) break
}
row(
  'steps/s',
  ((steps - first) / ((performance.now() - begun) / 1000)).toFixed(1),
  `GMRES/Newton ${(linear / newton).toFixed(1)}`,
)
