/**
 * From a reference cell to its effective tensors:
 *
 *     shapes -> fitted mesh -> pieces, fractions -> correctors -> tensors, at n/2 and at n -> Richardson
 *
 * The mesh at n/2 serves twice: its correctors start the solver at n, and its tensors give the error estimate.
 */
import { type FittedMesh, fitMesh } from '../numerics/fit.ts'
import { assembleLayers, CellGeometry, controlVolumes, OMITTED } from '../numerics/mesh.ts'
import { prolongate } from '../numerics/multigrid.ts'
import { InputError } from '../parameter.ts'
import { contrastBounds, perforatedBounds } from './bounds.ts'
import {
  type CellProblemResult,
  type CellProblemSpec,
  type CellResult,
  type CellSpec,
  interfaceName,
  type Tensor,
} from './cell.ts'
import { type Connectivity, connect } from './connectivity.ts'
import { normaliseContrast, normalisePerforated } from './correctors.ts'
import { type DiffusionSolution, fluxTensor, localFields, solveDiffusion } from './diffusion.ts'
import { extrapolate, extrapolateScalar, regularityOf } from './extrapolate.ts'
import { geometryOf, phasesOf } from './geometry.ts'
import { validateCell, validateProblems } from './validate.ts'

export interface ComputeOptions {
  /** Relative residual of the linear solver. Tensors are energies: their error is of the order of its square. */
  tolerance?: number
}

const TOLERANCE = 1e-7
/** Coarse correctors are only a start and an energy. */
const COARSE_TOLERANCE = 1e-5
/** Meshes below this many nodes per axis are not trusted to extrapolate from. */
const SMALLEST_COARSE = 8

/** Everything known at one resolution. */
interface Level {
  mesh: FittedMesh
  connectivity: Connectivity
  /** Control volumes by phase. */
  volumes: Float64Array[]
  fractions: number[]
  /** Volume of the flat simplices. */
  flat: number
  /** Edge weights at coefficient 1 by phase; empty where no problem needs them. */
  weights: Float64Array[][]
  solutions: DiffusionSolution[]
  /** Seconds per problem. */
  seconds: number[]
}

/**
 * Solves the cell problems. Yields the fraction done, often.
 * @throws InputError if the spec or a problem is invalid, or a phase has no volume on the mesh
 */
export function* computeCell(
  spec: CellSpec,
  problems: readonly CellProblemSpec[],
  options: ComputeOptions = {},
): Generator<number, CellResult> {
  const started = performance.now()
  const phases = validated(spec, problems)
  const { tolerance = TOLERANCE } = options
  const half = spec.resolution / 2
  const share = half >= SMALLEST_COARSE ? 1 / (1 + 2 ** spec.dimension) : 0
  const coarse =
    share > 0
      ? yield* scaled(solveLevel(spec, half, problems, Math.max(tolerance, COARSE_TOLERANCE)), 0, share)
      : undefined
  const level = yield* scaled(solveLevel(spec, spec.resolution, problems, tolerance, coarse), share, 0.93)
  requireVolume(spec, phases, level)

  const comparable = coarse !== undefined && sameTopology(coarse.connectivity, level.connectivity)
  const { smooth, order } = regularityOf(spec, level.mesh)
  const geometry = measureGeometry(phases, level, comparable ? coarse : undefined, smooth)
  const results: CellProblemResult[] = []
  for (const [k, problem] of problems.entries()) {
    const before = performance.now()
    const result = yield* scaled(
      finishProblem(problem, k, phases, geometry.fractions, { level, coarse, comparable, order }),
      0.93 + (0.07 * k) / problems.length,
      0.93 + (0.07 * (k + 1)) / problems.length,
    )
    result.seconds = level.seconds[k]! + (coarse?.seconds[k] ?? 0) + (performance.now() - before) / 1000
    results.push(result)
  }
  const { displacement, simplexPhase, nodePhase } = level.mesh
  return {
    mesh: { dimension: spec.dimension, n: spec.resolution, displacement, simplexPhase, nodePhase, phases },
    phases: geometry.phases,
    interfaceMeasure: geometry.interfaceMeasure,
    problems: results,
    geometryError: geometry.error,
    seconds: (performance.now() - started) / 1000,
  }
}

/** `computeCell` run to the end. @throws InputError like `computeCell` */
export function solveCell(
  spec: CellSpec,
  problems: readonly CellProblemSpec[],
  options: ComputeOptions = {},
): CellResult {
  const run = computeCell(spec, problems, options)
  for (;;) {
    const step = run.next()
    if (step.done) return step.value
  }
}

function validated(spec: CellSpec, problems: readonly CellProblemSpec[]): string[] {
  const wrong = validateCell(spec)
  if (wrong.length > 0) throw new InputError(wrong)
  const phases = phasesOf(spec)
  const unclear = validateProblems(problems, phases)
  if (unclear.length > 0) throw new InputError(unclear)
  return phases
}

/** Maps the fractions of a part into [from, to] of the whole. */
function* scaled<T>(part: Generator<number, T>, from: number, to: number): Generator<number, T> {
  for (;;) {
    const step = part.next()
    if (step.done) return step.value
    yield from + (to - from) * step.value
  }
}

/** Work without a measure of its own: its yields report one and the same fraction. */
function* paced<T>(part: Generator<void, T>, fraction: number): Generator<number, T> {
  for (;;) {
    const step = part.next()
    if (step.done) return step.value
    yield fraction
  }
}

/** Mesh, pieces and solutions at n nodes per axis. */
function* solveLevel(
  spec: CellSpec,
  n: number,
  problems: readonly CellProblemSpec[],
  tolerance: number,
  coarse?: Level,
): Generator<number, Level> {
  const phases = phasesOf(spec)
  const mesh = yield* paced(fitMesh(n, geometryOf(spec)), 0)
  const connectivity = yield* paced(connect(mesh, mesh.simplexPhase, phases.length), 0.05)
  yield 0.1
  const volumes = controlVolumes(mesh, mesh.simplexPhase, phases.length)
  yield 0.15
  const level: Level = {
    mesh,
    connectivity,
    volumes,
    fractions: volumes.map((v) => v.reduce((a, b) => a + b, 0)),
    flat: flatVolume(mesh),
    weights: yield* neededWeights(mesh, phases, problems),
    solutions: [],
    seconds: [],
  }
  yield 0.2
  for (const [k, problem] of problems.entries()) {
    const before = performance.now()
    const guess = coarse?.solutions[k]?.correctors.map((chi) => {
      const start = new Float64Array(mesh.lattice.count)
      prolongate(coarse.mesh.lattice, chi, mesh.lattice, start)
      return start
    })
    const solving = solveProblem(problem, phases, level, tolerance, guess)
    level.solutions.push(
      yield* scaled(solving, 0.2 + (0.8 * k) / problems.length, 0.2 + (0.8 * (k + 1)) / problems.length),
    )
    level.seconds.push((performance.now() - before) / 1000)
  }
  return level
}

/** Edge weights of the phases that some problem conducts in. */
function* neededWeights(
  mesh: FittedMesh,
  phases: string[],
  problems: readonly CellProblemSpec[],
): Generator<number, Float64Array[][]> {
  const all = problems.some((p) => p.kind === 'contrast')
  const needed = phases
    .map((_, s) => s)
    .filter((s) => all || problems.some((p) => 'phase' in p && p.phase === phases[s]))
  const rank = Uint8Array.from({ length: 256 }, (_, s) => (needed.includes(s) ? needed.indexOf(s) : OMITTED))
  const group = needed.length === phases.length ? mesh.simplexPhase : mesh.simplexPhase.map((s) => rank[s]!)
  const assembled = yield* paced(assembleLayers(mesh, group, needed.length), 0.15)
  return phases.map((_, s) => (needed.includes(s) ? assembled[needed.indexOf(s)]! : []))
}

/** Total volume of the simplices left out. */
function flatVolume(mesh: FittedMesh): number {
  const { lattice, simplexPhase } = mesh
  const { simplexCount: simplices } = lattice
  const geometry = new CellGeometry(mesh)
  let sum = 0
  for (let s = simplexPhase.indexOf(OMITTED); s >= 0; s = simplexPhase.indexOf(OMITTED, s + 1)) {
    const cell = Math.floor(s / simplices)
    geometry.load(Int32Array.from({ length: 1 << lattice.dimension }, (_, mask) => lattice.forward(mask)[cell]!))
    sum += Math.abs(geometry.volume(s % simplices))
  }
  return sum
}

/** Coefficients by phase index; 0 does not conduct. */
function coefficientsOf(problem: CellProblemSpec, phases: readonly string[]): number[] {
  if (problem.kind === 'perforated') return phases.map((name) => (name === problem.phase ? 1 : 0))
  return phases.map((name) => problem.coefficients[name]!)
}

function* solveProblem(
  problem: CellProblemSpec,
  phases: readonly string[],
  level: Level,
  tolerance: number,
  guess: Float64Array[] | undefined,
): Generator<number, DiffusionSolution> {
  const { mesh, connectivity, weights } = level
  const { dimension: d, count } = mesh.lattice
  if (problem.kind === 'contrast')
    return yield* solveDiffusion(mesh, combine(weights, coefficientsOf(problem, phases)), tolerance, guess)
  const phase = phases.indexOf(problem.phase)
  const through = connectivity.phases[phase]!.percolates
  if (!through.includes(true)) {
    const zeros = Array.from({ length: d }, () => new Float64Array(count))
    const tensor = zeros.map(() => Array<number>(d).fill(0))
    return { tensor, correctors: zeros, iterations: Array<number>(d).fill(0), residual: 0 }
  }
  const solution = yield* solveDiffusion(mesh, weights[phase]!, tolerance, guess)
  solution.tensor = solution.tensor.map((row, i) => row.map((value, j) => (through[i] && through[j] ? value : 0)))
  return solution
}

function combine(weights: readonly Float64Array[][], coefficients: readonly number[]): Float64Array[] {
  return weights[0]!.map((first, s) => {
    const sum = first.map((w) => coefficients[0]! * w)
    for (let phase = 1; phase < weights.length; phase++) {
      const k = coefficients[phase]!
      const w = weights[phase]![s]!
      for (let p = 0; p < sum.length; p++) sum[p]! += k * w[p]!
    }
    return sum
  })
}

function requireVolume(spec: CellSpec, phases: readonly string[], level: Level): void {
  const missing = phases.filter((_, s) => level.fractions[s]! <= 0)
  if (missing.length === 0) return
  throw new InputError(
    missing.map((name) => {
      const shape = spec.shapes.findIndex((s) => s.phase === name)
      return {
        path: shape < 0 ? 'cell.background' : `cell.shapes[${shape}]`,
        message: `phase "${name}" has no volume at resolution ${spec.resolution}; every phase must fill some of the cell; try a larger shape, a finer resolution, or check that later shapes do not cover it`,
      }
    }),
  )
}

function sameTopology(a: Connectivity, b: Connectivity): boolean {
  return a.phases.every((phase, s) => {
    const other = b.phases[s]!
    return phase.components === other.components && phase.percolates.join() === other.percolates.join()
  })
}

function measureGeometry(phases: readonly string[], level: Level, coarse: Level | undefined, smooth: boolean) {
  const error = { fraction: 0, interfaceMeasure: 0 }
  const n = level.mesh.lattice.sizes[0]!
  const fractions = phases.map((_, s) => {
    const { value, error: e } = extrapolateScalar(
      level.fractions[s]!,
      coarse?.fractions[s],
      n,
      smooth ? undefined : 0.5 / n ** 2,
    )
    error.fraction = Math.max(error.fraction, e + level.flat)
    return value
  })
  const named: CellResult['phases'] = {}
  phases.forEach((name, s) => {
    named[name] = { fraction: fractions[s]!, ...level.connectivity.phases[s]! }
  })
  const interfaceMeasure: CellResult['interfaceMeasure'] = {}
  level.connectivity.interfaceMeasure.forEach((row, s) => {
    row.forEach((area, t) => {
      const before = coarse ? coarse.connectivity.interfaceMeasure[s]![t] : undefined
      if (area === 0) return
      const { value, error: e } = extrapolateScalar(area, before, n, smooth ? undefined : 0.3 / n)
      interfaceMeasure[interfaceName(phases[s]!, phases[t]!)] = value
      error.interfaceMeasure = Math.max(error.interfaceMeasure, e)
    })
  })
  return { fractions, phases: named, interfaceMeasure, error }
}

/** Both resolutions, and what is known about the error between them. */
interface Levels {
  level: Level
  coarse: Level | undefined
  comparable: boolean
  order: (coefficients: readonly number[]) => number
}

function* finishProblem(
  problem: CellProblemSpec,
  k: number,
  phases: readonly string[],
  fractions: readonly number[],
  { level, coarse, comparable, order }: Levels,
): Generator<number, CellProblemResult> {
  const { mesh, connectivity, volumes, weights } = level
  const { correctors, iterations, residual, tensor: meshTensor } = level.solutions[k]!
  const coefficients = coefficientsOf(problem, phases)
  let limits = contrastBounds(fractions, coefficients, mesh.lattice.dimension)
  const differing = level.fractions.map((phi, s) => Math.abs(phi - (coarse ? coarse.fractions[s]! : phi)))
  const contrast = Math.max(...coefficients) - Math.min(...coefficients)
  const { tensor, error } = extrapolate(
    {
      fine: meshTensor,
      coarse: coarse?.solutions[k]?.tensor,
      comparable,
      order: order(coefficients),
      n: mesh.lattice.sizes[0]!,
      shapeGap: Math.max(...differing) * Math.min(contrast, Math.max(...meshTensor.flat())),
    },
    limits,
  )
  let split: Record<string, Tensor> | undefined
  if (problem.kind === 'perforated') {
    const phase = phases.indexOf(problem.phase)
    normalisePerforated(mesh, connectivity, phase, volumes[phase]!, correctors)
    limits = perforatedBounds(fractions[phase]!, tensor, connectivity.phases[phase]!.percolates)
  } else {
    split = Object.fromEntries(phases.map((name, s) => [name, fluxTensor(mesh, weights[s]!, correctors)]))
    normaliseContrast(volumes, correctors)
  }
  yield 0.3
  const fields = yield* paced(localFields(mesh, coefficients, correctors), 0.6)
  return {
    kind: problem.kind,
    ...(problem.kind === 'perforated' ? { phase: problem.phase } : { name: problem.name }),
    coefficients: Object.fromEntries(phases.map((name, s) => [name, coefficients[s]!])),
    tensor,
    meshTensor,
    error,
    ...(split ? { split } : {}),
    residual,
    iterations,
    seconds: 0,
    correctors: [...correctors],
    ...fields,
    bounds: limits,
  }
}
