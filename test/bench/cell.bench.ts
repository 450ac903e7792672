/**
 * How fast and how exact a reference cell is, against a plain solver of the same problem in the same run: voxels with
 * harmonic averages on the faces, conjugate gradients with a diagonal preconditioner to the same residual.
 *
 *     npx tsx test/bench/cell.bench.ts
 */
import type { CellProblemSpec, CellSpec } from '../../src/cell/cell.ts'
import { solveCell } from '../../src/cell/compute.ts'
import { phaseAt } from '../../src/cell/geometry.ts'
import { tabulate } from '../../src/cell/table.ts'
import { finish } from '../../src/finish.ts'

const TOLERANCE = 1e-7

interface Case {
  label: string
  spec: CellSpec
  problem: Exclude<CellProblemSpec, { kind: 'stokes' }>
  exact: number
  /** Targets: relative error and milliseconds. */
  accuracy: number
  milliseconds: number
  repeat: number
}

const matrix: Case['problem'] = { kind: 'perforated', phase: 'matrix' }
const ball = (dimension: 2 | 3, resolution: number, radius: number): CellSpec => ({
  dimension,
  resolution,
  background: 'matrix',
  shapes: [{ shape: 'ball', phase: 'inclusion', center: [0.513, 0.487, 0.52].slice(0, dimension), radius }],
})
const disc = { problem: matrix, exact: 0.5584853859329129 }
const sphere = { problem: matrix, exact: 0.8393816706490521 }

const cases: Case[] = [
  { label: '2D 64²', spec: ball(2, 64, 0.3), ...disc, accuracy: 1e-3, milliseconds: 20, repeat: 40 },
  { label: '2D 256²', spec: ball(2, 256, 0.3), ...disc, accuracy: 1e-4, milliseconds: 300, repeat: 5 },
  {
    label: '2D 256² contrast 1e4',
    spec: ball(2, 256, 0.3),
    problem: { kind: 'contrast', name: 'k', coefficients: { matrix: 1, inclusion: 1e4 } },
    exact: 1.790335714367327,
    accuracy: 1e-4,
    milliseconds: 300,
    repeat: 5,
  },
  { label: '3D 32³', spec: ball(3, 32, 0.3), ...sphere, accuracy: 2e-3, milliseconds: 500, repeat: 4 },
  { label: '3D 64³', spec: ball(3, 64, 0.3), ...sphere, accuracy: 5e-4, milliseconds: 4000, repeat: 2 },
]

/** Best wall time of several runs [ms]. */
function best<T>(repeat: number, run: () => T): { value: T; time: number } {
  let value!: T
  let time = Infinity
  for (let k = 0; k < repeat; k++) {
    const start = performance.now()
    value = run()
    time = Math.min(time, performance.now() - start)
  }
  return { value, time }
}

/** k*_11 of the voxel model by Jacobi-preconditioned conjugate gradients, all d directions solved. */
function voxels({ spec, problem }: Case): { tensor: number; iterations: number } {
  const { dimension: d, resolution: n } = spec
  const count = n ** d
  const inside = phaseAt(spec)
  const k = new Float64Array(count)
  const [low, high] = problem.kind === 'perforated' ? [1, 0] : Object.values(problem.coefficients)
  for (let p = 0; p < count; p++) {
    const [x, y, z] = [p % n, Math.floor(p / n) % n, Math.floor(p / (n * n))].map((i) => (i + 0.5) / n)
    k[p] = inside(x!, y!, d === 3 ? z : 0) === 0 ? low! : high!
  }
  const next = Array.from({ length: d }, (_, c) => {
    const stride = n ** c
    return Int32Array.from({ length: count }, (_, p) =>
      Math.floor(p / stride) % n === n - 1 ? p - (n - 1) * stride : p + stride,
    )
  })
  const face = next.map((to) => k.map((a, p) => (a + k[to[p]] > 0 ? (2 * a * k[to[p]]) / (a + k[to[p]]) : 0)))
  const inverse = new Float64Array(count)
  face.forEach((w, c) => {
    w.forEach((value, p) => {
      inverse[p] += value
      inverse[next[c][p]] += value
    })
  })
  inverse.forEach((sum, p) => {
    inverse[p] = sum > 0 ? 1 / sum : 0
  })
  const apply = (x: Float64Array, out: Float64Array): void => {
    out.fill(0)
    for (let c = 0; c < d; c++) {
      const w = face[c]
      const to = next[c]
      for (let p = 0; p < count; p++) {
        const flux = w[p] * (x[p] - x[to[p]])
        out[p] += flux
        out[to[p]] -= flux
      }
    }
  }
  const dot = (a: Float64Array, b: Float64Array): number => {
    let sum = 0
    for (let p = 0; p < count; p++) sum += a[p] * b[p]
    return sum
  }
  let tensor = 0
  let iterations = 0
  const [x, r, z, direction, q] = Array.from({ length: 5 }, () => new Float64Array(count)) as Float64Array[]
  for (let j = 0; j < d; j++) {
    x!.fill(0)
    r!.fill(0)
    face[j].forEach((w, p) => {
      r![p] += w / n
      r![next[j][p]] -= w / n
    })
    const size = Math.sqrt(dot(r!, r!))
    for (let rho = 0, first = true; Math.sqrt(dot(r!, r!)) > TOLERANCE * size; first = false) {
      for (let p = 0; p < count; p++) z![p] = inverse[p] * r![p]
      const now = dot(r!, z!)
      const beta = first ? 0 : now / rho
      rho = now
      for (let p = 0; p < count; p++) direction![p] = z![p] + beta * direction![p]
      apply(direction!, q!)
      const alpha = rho / dot(direction!, q!)
      for (let p = 0; p < count; p++) {
        x![p] += alpha * direction![p]
        r![p] -= alpha * q![p]
      }
      iterations++
    }
    if (j === 0)
      for (let p = 0; p < count; p++) tensor += (face[0][p] * (1 / n + x![next[0][p]] - x![p])) / n ** (d - 1)
  }
  return { tensor, iterations: iterations / d }
}

const head = ['case', 'error', 'claimed', 'goal', 'ms', 'goal', 'iterations', 'voxel error', 'voxel ms', 'its', 'ratio']
const table = cases.map((c) => {
  const { value, time } = best(c.repeat, () => solveCell(c.spec, [c.problem], { tolerance: TOLERANCE }))
  const plain = best(1, () => voxels(c))
  const solved = value.problems[0]
  const relative = (t: number) => Math.abs(t / c.exact - 1).toExponential(1)
  return [
    c.label,
    relative(solved.tensor[0][0]),
    (solved.error / c.exact).toExponential(1),
    c.accuracy.toExponential(0),
    time.toFixed(1),
    String(c.milliseconds),
    solved.iterations.join(' '),
    relative(plain.value.tensor),
    plain.time.toFixed(0),
    plain.value.iterations.toFixed(0),
    `${(plain.time / time).toFixed(1)}x`,
  ]
})
for (const row of [head, ...table]) console.log(row.map((text, k) => text.padEnd(k === 0 ? 22 : 12)).join(''))

/** Permeability next to the scalar problem of the same cell. */
const flows = [
  { label: 'Stokes 2D 128²', spec: ball(2, 128, 0.3), exact: 0.010975314543214, accuracy: 5e-3, milliseconds: 1000 },
  { label: 'Stokes 3D 32³', spec: ball(3, 32, 0.3), exact: 0.044501397410766516, accuracy: 2e-2, milliseconds: 5000 },
]
const flowHead = ['case', 'error', 'mesh', 'claimed', 'goal', 'ms', 'goal', 'iterations', 'scalar ms', 'ratio']
const flowTable = flows.map(({ label, spec, exact, accuracy, milliseconds }) => {
  const { value, time } = best(2, () => solveCell(spec, [{ kind: 'stokes', fluid: 'matrix' }]))
  const scalar = best(4, () => solveCell(spec, [matrix]))
  const { tensor, meshTensor, error, iterations } = value.problems[0]
  const relative = (t: number) => Math.abs(t / exact - 1).toExponential(1)
  return [
    label,
    relative(tensor[0][0]),
    relative(meshTensor[0][0]),
    (error / exact).toExponential(1),
    accuracy.toExponential(0),
    time.toFixed(0),
    String(milliseconds),
    iterations.join(' '),
    scalar.time.toFixed(1),
    `${(time / scalar.time).toFixed(0)}x`,
  ]
})
console.log()
for (const row of [flowHead, ...flowTable]) console.log(row.map((text, k) => text.padEnd(k === 0 ? 22 : 12)).join(''))

/** Tables of cells that vary along a box, next to as many cells solved one by one. */
const grown = [{ number: 'shapes[0].radius', along: [[0, 0.12] as const, [1, 0.43] as const] }]
const tables = [
  { label: 'table 2D 32²', spec: ball(2, 32, 0.3), milliseconds: 150 },
  { label: 'table 2D 64²', spec: ball(2, 64, 0.3), milliseconds: 150 },
]
console.log()
for (const { label, spec, milliseconds } of tables) {
  const { value, time } = best(10, () => finish(tabulate(spec, grown, [matrix])))
  const one = best(20, () => solveCell(spec, [matrix], { bracket: false }))
  const count = value.cells.length
  const ratio = `${(time / (count * one.time)).toFixed(2)}x`
  console.log(
    `${label.padEnd(22)}${count} cells    ${time.toFixed(0)} ms (goal ${milliseconds})    ${ratio} of ${count} single cells`,
  )
}
