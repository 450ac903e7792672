/** From the solutions on two meshes to the result of a cell problem: best tensor and error, bounds, shown fields. */
import { present } from '../present.ts'
import { contrastBounds, perforatedBounds } from './bounds.ts'
import type { CellProblemResult, CellProblemSpec, CellSpec, Tensor } from './cell.ts'
import { twoSided } from './complementary.ts'
import type { Connectivity } from './connectivity.ts'
import { type Contacts, findContacts } from './contact.ts'
import { normaliseContrast, normalisePerforated } from './correctors.ts'
import { type DiffusionSolution, fluxTensor, localFields } from './diffusion.ts'
import { extrapolate, SHAPE, largest as widest } from './extrapolate.ts'
import { phasesOf } from './geometry.ts'
import { coefficientsOf, type Level } from './level.ts'
import { paced, scaled } from './progress.ts'
import { mergedLevelSets, mergedSpec, type Region } from './region.ts'
import { CORNER, type Regularity, regularityOf } from './regularity.ts'
import { flowingSimplices, type StokesSolution } from './stokes.ts'
import { flowFields, pressuresOf, velocitiesOf } from './stokesFields.ts'

/** How the error of a problem falls with h, and whether contacts that the mesh cannot resolve decide its tensor. */
export interface Judged {
  order: number
  unresolved: boolean
}

/** What is known of the whole cell. */
interface Whole {
  regularity: Regularity
  contacts: Contacts
}

export function sameTopology(a: Connectivity, b: Connectivity): boolean {
  return a.phases.every((phase, s) => {
    const other = b.phases[s]
    return phase.components === other.components && phase.percolates.join() === other.percolates.join()
  })
}

/** Judges every problem by the region that it lives in. Yields between slabs of work. */
export function* judgeRegions(
  spec: CellSpec,
  problems: readonly CellProblemSpec[],
  level: Level,
  whole: Whole,
): Generator<number, Judged[]> {
  const phases = phasesOf(spec)
  const known = new Map<Region, Whole>()
  const judged: Judged[] = []
  for (const [k, problem] of problems.entries()) {
    const coefficients = coefficientsOf(problem, phases)
    const region = level.regions[k]
    if (region?.merged && !known.has(region)) known.set(region, yield* judgeMerged(spec, coefficients, region))
    judged.push(judge(problem, coefficients, region, whole, region && known.get(region)))
  }
  return judged
}

function* judgeMerged(spec: CellSpec, coefficients: readonly number[], region: Region): Generator<number, Whole> {
  const merged = mergedSpec(spec, coefficients)
  const { mesh, connectivity, volumes } = region
  return {
    regularity: regularityOf(merged, mesh),
    contacts: yield* paced(findContacts(mesh, mergedLevelSets(merged), connectivity.phases, volumes), 0.93),
  }
}

/**
 * A region is undecided where the mesh does not tell whether it is connected. Different coefficients inside a region
 * meet in contacts of their own: they conduct through them, unless those are the pinches that the order knows about.
 */
function judge(
  problem: CellProblemSpec,
  coefficients: readonly number[],
  region: Region | undefined,
  whole: Whole,
  merged: Whole | undefined,
): Judged {
  const conducting = coefficients.filter((k) => k > 0)
  const even = conducting.every((k) => k === conducting[0])
  const inside = [1, 0]
  const own = merged && even ? merged.regularity : whole.regularity
  const order = problem.kind === 'stokes' ? own.flowOrder : own.order(merged && even ? inside : coefficients)
  const doubts = (contacts: Contacts, phase: number) => contacts.unresolved[phase].includes(true)
  const between =
    !(region && even) &&
    whole.regularity.pinchOrder(coefficients) >= CORNER &&
    coefficients.some((k, s) => k > 0 && doubts(whole.contacts, s))
  return { order, unresolved: between || (region !== undefined && doubts((merged ?? whole).contacts, region.phase)) }
}

/** Both resolutions, and what is known about the error between them. */
export interface Levels {
  level: Level
  coarse: Level | undefined
  /** Whether the mesh at n/2 has the same topology. */
  comparable: boolean
  judged: Judged
  /** Whether errors may cost more solutions. */
  certify: boolean
}

/** Errors beyond this part of a tensor are worth the complementary problem. */
const UNSURE = 0.1

/** Relative change of a permeability per change of the solid fraction, against that of a conductivity. */
const FLOW_SHAPE = 8

/**
 * The result of problem k. Yields the fraction done.
 * @param fractions best values, by phase
 */
export function* finishProblem(
  problem: CellProblemSpec,
  k: number,
  phases: readonly string[],
  fractions: readonly number[],
  levels: Levels,
): Generator<number, CellProblemResult> {
  const { level, coarse, judged } = levels
  const { mesh, volumes } = level
  const region = level.regions[k]
  const before = coarse?.regions[k]
  const solution = level.solutions[k]
  const { iterations, residual, tensor: meshTensor } = solution
  const coefficients = coefficientsOf(problem, phases)
  const flow = 'states' in solution
  const largest = Math.max(...meshTensor.flat(), ...(coarse?.solutions[k]?.tensor.flat() ?? []))
  // A permeability has no bounds, but its error is not larger than the values themselves, or than what gaps below the
  // mesh width, which the mesh may have closed, let through.
  let limits = flow
    ? { reuss: 0, voigt: Math.max(2 * largest, 1 / (12 * mesh.lattice.sizes[0] ** 2)) }
    : contrastBounds(fractions, coefficients, mesh.lattice.dimension)
  const differing = level.fractions.map((phi, s) => Math.abs(phi - (coarse ? coarse.fractions[s] : phi)))
  const contrast = Math.max(...coefficients) - Math.min(...coefficients)
  const split = problem.kind === 'contrast' && !flow ? splitOf(level, phases, coefficients, solution) : undefined
  const steepness = flow ? FLOW_SHAPE * largest : Math.min(contrast, Math.max(...meshTensor.flat()))
  const shapeGap = Math.max(
    Math.max(...differing) * steepness,
    split && coarse ? thinGap(level, coarse, phases, coefficients, split) : 0,
  )
  let best = extrapolate(
    {
      fine: meshTensor,
      coarse: coarse?.solutions[k]?.tensor,
      comparable: levels.comparable && (!region || !before || sameTopology(region.connectivity, before.connectivity)),
      order: judged.order,
      n: mesh.lattice.sizes[0],
      unresolved: judged.unresolved,
      shapeGap,
      missing: Math.abs(1 - level.fractions.reduce((sum, phi) => sum + phi, 0)),
      bracket:
        level.brackets[k] || coarse?.brackets[k] ? { fine: level.brackets[k], coarse: coarse?.brackets[k] } : undefined,
      settled: !split || !coarse || isSettled(level, coarse, coefficients),
    },
    limits,
  )
  if (levels.certify && split && !region && meshTensor.length === 2 && best.error > UNSURE * widest(best.tensor)) {
    const sides = yield* scaled(twoSided(level, k, coefficients), 0, 0.3)
    const error = sides.error + SHAPE * shapeGap
    if (error < best.error) best = { tensor: sides.tensor, error }
  }
  const known = {
    kind: problem.kind,
    ...named(problem),
    coefficients: Object.fromEntries(phases.map((name, s) => [name, coefficients[s]])),
    ...best,
    meshTensor,
    residual,
    iterations,
    seconds: 0,
  }
  if (flow) return { ...known, ...(yield* showFlow(solution, present(region, 'the region of the flow'))) }
  const { correctors } = solution
  if (region) {
    normalisePerforated(region.mesh, region.connectivity, region.phase, region.volumes[region.phase], correctors)
    limits = regionBounds(limits, coefficients, fractions, best.tensor, region)
  } else normaliseContrast(volumes, correctors)
  yield 0.3
  const fields = yield* paced(localFields(mesh, coefficients, correctors), 0.6)
  return { ...known, ...(split ? { split } : {}), correctors: [...correctors], ...fields, bounds: limits }
}

/** Flux averages of the conducting phases. */
function splitOf(
  { mesh, weights }: Level,
  phases: readonly string[],
  coefficients: readonly number[],
  { correctors }: DiffusionSolution,
): Record<string, Tensor> {
  return Object.fromEntries(
    phases.flatMap((name, s) => (coefficients[s] > 0 ? [[name, fluxTensor(mesh, weights[s], correctors)]] : [])),
  )
}

/** A phase whose fraction changes by more than this part of itself from one mesh to the next is too thin for them. */
const THIN = 0.03

const change = (fine: number, before: number) => Math.abs(fine - before) / fine

function isSettled(level: Level, coarse: Level, coefficients: readonly number[]): boolean {
  if (coefficients.length < 3) return true
  return coefficients.every((k, s) => k === 0 || change(level.fractions[s], coarse.fractions[s]) <= THIN)
}

/**
 * What the shape of thin phases may cost where there are more than two: a phase matters by its share of the current,
 * and in its own terms, however little of the cell it fills. Conductors among insulators may be in series: all current
 * squeezes through their contacts.
 */
function thinGap(
  level: Level,
  coarse: Level,
  phases: readonly string[],
  coefficients: readonly number[],
  split: Record<string, Tensor>,
): number {
  if (phases.length < 3) return 0
  const currents = phases.map((name, s) =>
    coefficients[s] > 0 ? coefficients[s] * Math.max(...split[name].flat().map(Math.abs)) : 0,
  )
  const whole = currents.reduce((a, b) => a + b, 0)
  const series = coefficients.includes(0)
  let gap = 0
  for (let s = 0; s < phases.length; s++) {
    if (coefficients[s] === 0) continue
    gap = Math.max(gap, currents[s] * change(level.fractions[s], coarse.fractions[s]))
    for (let t = s + 1; t < phases.length && series; t++) {
      const area = level.connectivity.interfaceMeasure[s][t]
      if (area === 0 || coefficients[t] === 0 || coefficients[t] === coefficients[s]) continue
      gap = Math.max(gap, whole * change(area, coarse.connectivity.interfaceMeasure[s][t]))
    }
  }
  return gap
}

function named(problem: CellProblemSpec): { name?: string; phase?: string } {
  switch (problem.kind) {
    case 'contrast':
      return { name: problem.name }
    case 'perforated':
      return { phase: problem.phase }
    case 'stokes':
      return { phase: problem.fluid }
  }
}

/** Where a region conducts equally well everywhere, it is compared with more than bounds. */
function regionBounds(
  limits: CellProblemResult['bounds'],
  coefficients: readonly number[],
  fractions: readonly number[],
  tensor: Tensor,
  region: Region,
): CellProblemResult['bounds'] {
  const conducting = coefficients.filter((k) => k > 0)
  if (conducting.some((k) => k !== conducting[0])) return limits
  const fraction = fractions.reduce((sum, phi, s) => (coefficients[s] > 0 ? sum + phi : sum), 0)
  return perforatedBounds(conducting[0], fraction, tensor, region.connectivity.phases[region.phase].percolates)
}

/** What a Stokes problem shows besides its tensor. */
function* showFlow(solution: StokesSolution, { mesh, connectivity, phase, volumes }: Region) {
  const { percolates } = connectivity.phases[phase]
  const fluid = flowingSimplices(mesh, connectivity, phase)
  const correctors = pressuresOf(mesh, connectivity, fluid, percolates, volumes[phase], solution.states)
  yield 0.3
  const fields = yield* paced(flowFields(mesh, fluid, percolates, solution), 0.6)
  const velocity = velocitiesOf(mesh, solution.states)
  return { correctors, ...fields, velocity, bounds: { voigt: Infinity, reuss: 0 } }
}
