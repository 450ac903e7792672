/**
 * One resolution of a cell: the fitted mesh, its pieces and volumes, and the solution of every problem on it.
 */

import { prolongate } from '../numerics/coarsening.ts'
import { type FittedMesh, fitMesh } from '../numerics/fit.ts'
import { addSimplexWeights, assembleLayers, controlVolumes } from '../numerics/mesh.ts'
import { CellGeometry, OMITTED } from '../numerics/simplex.ts'
import type { CellProblemSpec, CellSpec, Tensor } from './cell.ts'
import { type Bracket, coefficientRange } from './coefficientRange.ts'
import { type Connectivity, connect } from './connectivity.ts'
import { type DiffusionSolution, solveDiffusion } from './diffusion.ts'
import { type Doubt, findDoubt } from './doubt.ts'
import { flowBracket } from './flowBracket.ts'
import { geometryOf, phasesOf } from './geometry.ts'
import { paced, scaled } from './progress.ts'
import { type Region, regionOf } from './region.ts'
import { flowingSimplices, type StokesSolution, solveStokes } from './stokes.ts'

/** Everything known at one resolution. */
export interface Level {
  mesh: FittedMesh
  connectivity: Connectivity
  /** Control volumes by phase. */
  volumes: Float64Array[]
  fractions: number[]
  /** Volume of the flat simplices. */
  flat: number
  /** Edge weights at coefficient 1 by phase; empty where no problem needs them. */
  weights: Float64Array[][]
  /** Where each problem lives; undefined for the whole cell. */
  regions: (Region | undefined)[]
  solutions: (DiffusionSolution | StokesSolution)[]
  /** Where the mesh cannot follow the geometry. */
  doubt: Doubt | undefined
  /** By problem: tensors with the smallest and the largest coefficients there; undefined where nothing is in doubt. */
  brackets: (Bracket | undefined)[]
  /** Seconds per problem. */
  seconds: number[]
}

/** Tolerance of the solutions that bracket: energies again. */
const BRACKET_TOLERANCE = 1e-4

/** Mesh, pieces and solutions at n nodes per axis. @param tolerances of the linear solver, by problem */
export function* solveLevel(
  spec: CellSpec,
  n: number,
  problems: readonly CellProblemSpec[],
  tolerances: readonly number[],
  { coarse, bracket = 'doubts' }: { coarse?: Level; bracket?: 'doubts' | 'gaps' | 'none' } = {},
): Generator<number, Level> {
  const phases = phasesOf(spec)
  const geometry = geometryOf(spec)
  const mesh = yield* paced(fitMesh(n, geometry), 0)
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
    regions: yield* regionsOf(mesh, connectivity, volumes, phases, problems),
    solutions: [],
    doubt: bracket === 'none' ? undefined : yield* paced(findDoubt(mesh, geometry), 0.19),
    brackets: [],
    seconds: [],
  }
  yield 0.2
  for (const [k, problem] of problems.entries()) {
    const before = performance.now()
    const start = coarse && { mesh: coarse.mesh, solution: coarse.solutions[k] }
    const coefficients = coefficientsOf(problem, phases)
    const solving = solveProblem(problem, coefficients, level.regions[k], level, tolerances[k], start)
    const [from, to] = [k, k + 1].map((at) => 0.2 + (0.8 * at) / problems.length)
    const solution = yield* scaled(solving, from, to)
    level.solutions.push(solution)
    const wanted = bracket === 'doubts' || level.doubt?.gaps.some((gap) => gap > 0)
    const region = level.regions[k]
    let bracketing: Generator<number, Bracket | undefined> | undefined
    if ('correctors' in solution) bracketing = bracketed(level, coefficients, solution)
    else if (region) bracketing = flowBracket(mesh, region, level.doubt, coefficients)
    level.brackets.push(wanted && bracketing ? yield* scaled(bracketing, to, to) : undefined)
    level.seconds.push((performance.now() - before) / 1000)
  }
  return level
}

/** Two more solutions, from the ones that are known: with the smallest and the largest coefficients where there is doubt. */
function* bracketed(
  level: Level,
  coefficients: readonly number[],
  { correctors }: DiffusionSolution,
): Generator<number, Bracket | undefined> {
  const { mesh, doubt } = level
  const range = doubt && coefficientRange(doubt, coefficients, mesh.simplexPhase)
  if (!range) return undefined
  const tensors: Tensor[] = []
  for (const side of [range.low, range.high])
    tensors.push(
      (yield* solveDiffusion(mesh, weighted(level, coefficients, side), BRACKET_TOLERANCE, correctors)).tensor,
    )
  return { low: tensors[0], high: tensors[1], gap: range.gap, crossed: range.crossed }
}

/**
 * Edge weights of coefficients by phase.
 * @param doubtful other coefficients of the doubtful simplices
 */
export function weighted(
  { mesh, weights, doubt }: Pick<Level, 'mesh' | 'weights' | 'doubt'>,
  coefficients: readonly number[],
  doubtful?: Float64Array,
): Float64Array[] {
  const whole = combine(weights, coefficients)
  if (!doubt || !doubtful) return whole
  const changed = whole.map((w) => w.slice())
  const own = Float64Array.from(doubt.simplices, (s, k) => doubtful[k] - coefficients[mesh.simplexPhase[s]])
  addSimplexWeights(mesh, doubt.simplices, own, changed)
  return changed
}

/** Regions of the problems; equal ones are one object. */
function* regionsOf(
  mesh: FittedMesh,
  connectivity: Connectivity,
  volumes: readonly Float64Array[],
  phases: readonly string[],
  problems: readonly CellProblemSpec[],
): Generator<number, (Region | undefined)[]> {
  const known = new Map<string, Region | undefined>()
  const regions: (Region | undefined)[] = []
  for (const problem of problems) {
    const coefficients = coefficientsOf(problem, phases)
    const key = coefficients.map((k) => (k > 0 ? 1 : 0)).join()
    if (!known.has(key)) known.set(key, yield* paced(regionOf(mesh, connectivity, volumes, coefficients), 0.18))
    regions.push(known.get(key))
  }
  return regions
}

/** Edge weights of the phases that some problem conducts in. */
function* neededWeights(
  mesh: FittedMesh,
  phases: string[],
  problems: readonly CellProblemSpec[],
): Generator<number, Float64Array[][]> {
  const conducting = problems.filter((p) => p.kind !== 'stokes').map((p) => coefficientsOf(p, phases))
  const needed = phases.map((_, s) => s).filter((s) => conducting.some((coefficients) => coefficients[s] > 0))
  const rank = Uint8Array.from({ length: 256 }, (_, s) => (needed.includes(s) ? needed.indexOf(s) : OMITTED))
  const group = needed.length === phases.length ? mesh.simplexPhase : mesh.simplexPhase.map((s) => rank[s])
  const assembled = yield* paced(assembleLayers(mesh, group, needed.length), 0.15)
  return phases.map((_, s) => (needed.includes(s) ? assembled[needed.indexOf(s)] : []))
}

/** Total volume of the simplices left out. */
function flatVolume(mesh: FittedMesh): number {
  const { lattice, simplexPhase } = mesh
  const { simplexCount: simplices } = lattice
  const geometry = new CellGeometry(mesh)
  let sum = 0
  for (let s = simplexPhase.indexOf(OMITTED); s >= 0; s = simplexPhase.indexOf(OMITTED, s + 1)) {
    const cell = Math.floor(s / simplices)
    geometry.load(Int32Array.from({ length: 1 << lattice.dimension }, (_, mask) => lattice.forward(mask)[cell]))
    sum += Math.abs(geometry.volume(s % simplices))
  }
  return sum
}

/** Coefficients by phase index; 0 does not conduct. */
export function coefficientsOf(problem: CellProblemSpec, phases: readonly string[]): number[] {
  if (problem.kind === 'contrast') return phases.map((name) => problem.coefficients[name])
  const open = problem.kind === 'stokes' ? [problem.fluid, ...(problem.also ?? [])] : [problem.phase]
  return phases.map((name) => (open.includes(name) ? 1 : 0))
}

function* solveProblem(
  problem: CellProblemSpec,
  coefficients: readonly number[],
  region: Region | undefined,
  level: Level,
  tolerance: number,
  start: { mesh: FittedMesh; solution: DiffusionSolution | StokesSolution } | undefined,
): Generator<number, DiffusionSolution | StokesSolution> {
  const { mesh, weights } = level
  const { dimension: d, count } = mesh.lattice
  const from = start?.solution
  const guess = start && from && 'correctors' in from ? refined(start.mesh, from.correctors, mesh) : undefined
  if (!region) return yield* solveDiffusion(mesh, combine(weights, coefficients), tolerance, guess)
  const through = region.connectivity.phases[region.phase].percolates
  if (problem.kind === 'stokes') {
    const fluid = flowingSimplices(region.mesh, region.connectivity, region.phase)
    const flow = start && from && 'states' in from ? { mesh: start.mesh, states: from.states } : undefined
    return yield* solveStokes(mesh, fluid, through, tolerance, flow)
  }
  if (!through.includes(true)) {
    const zeros = Array.from({ length: d }, () => new Float64Array(count))
    const tensor = zeros.map(() => Array<number>(d).fill(0))
    return { tensor, correctors: zeros, iterations: Array<number>(d).fill(0), residual: 0 }
  }
  const solution = yield* solveDiffusion(mesh, combine(weights, coefficients), tolerance, guess)
  solution.tensor = solution.tensor.map((row, i) => row.map((value, j) => (through[i] && through[j] ? value : 0)))
  return solution
}

/** Coarse nodal fields, interpolated. */
function refined(coarse: FittedMesh, fields: readonly Float64Array[], mesh: FittedMesh): Float64Array[] {
  return fields.map((field) => {
    const out = new Float64Array(mesh.lattice.count)
    prolongate(coarse.lattice, field, mesh.lattice, out)
    return out
  })
}

/** Edge weights of k = sum_s k_s times those of phase s. */
export function combine(weights: readonly Float64Array[][], coefficients: readonly number[]): Float64Array[] {
  const [first, ...more] = coefficients.flatMap((k, s) => (k > 0 ? [s] : []))
  if (more.length === 0 && coefficients[first] === 1) return weights[first]
  return weights[first].map((start, direction) => {
    const sum = start.map((w) => coefficients[first] * w)
    for (const s of more) {
      const k = coefficients[s]
      const w = weights[s][direction]
      for (let p = 0; p < sum.length; p++) sum[p] += k * w[p]
    }
    return sum
  })
}
