/**
 * From a reference cell to its effective tensors:
 *
 *     shapes -> fitted mesh -> pieces, fractions -> correctors -> tensors, at n/2 and at n -> Richardson
 *
 * The mesh at n/2 serves twice: its correctors start the solver at n, and its tensors give the error estimate.
 */

import { finish } from '../finish.ts'
import { t } from '../language/language.ts'
import { fitMesh } from '../numerics/fit.ts'
import { InputError } from '../parameter.ts'
import {
  type CellMesh,
  type CellProblemResult,
  type CellProblemSpec,
  type CellResult,
  type CellSpec,
  interfaceName,
  type MeshDoubt,
} from './cell.ts'
import { type Contacts, findContacts } from './contact.ts'
import { CLOSED, type Doubt, findDoubt, misfit } from './doubt.ts'
import { extrapolateScalar, largest } from './extrapolate.ts'
import { finishProblem, type Judged, judgeRegions, sameTopology } from './finish.ts'
import { geometryOf, phasesOf } from './geometry.ts'
import { type Level, solveLevel } from './level.ts'
import { type PhasePieces, piecesOf, pieceWithin } from './pieces.ts'
import { validateProblems } from './problems.ts'
import { paced, scaled } from './progress.ts'
import { regularityOf } from './regularity.ts'
import { unseenShapes } from './unseen.ts'
import { allowedResolutions, validateCell } from './validate.ts'

export interface ComputeOptions {
  /** Relative residual of the linear solver. Tensors are energies: their error is of the order of its square. */
  tolerance?: number
  /** Whether to bracket tensors where the mesh cannot follow the geometry (the default); without, errors are of the mesh alone. */
  bracket?: boolean
  /** Whether to look for meshes that follow what this one cannot, shapes between its nodes too (the default). */
  suggest?: boolean
}

const TOLERANCE = 1e-7
/** Stokes iterations cost several times as much; this keeps the flux through every section equal to six digits. */
const FLOW_TOLERANCE = 1e-6
/** Coarse correctors are only a start and an energy. */
const COARSE_TOLERANCE = 1e-5
/** Meshes below this many nodes per axis are not trusted to extrapolate from. */
const SMALLEST_COARSE = 8

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
  const { bracket = true, suggest = true } = options
  const phases = validated(spec, problems)
  const tolerances = problems.map((p) => options.tolerance ?? (p.kind === 'stokes' ? FLOW_TOLERANCE : TOLERANCE))
  const coarser = tolerances.map((tolerance) => Math.max(tolerance, COARSE_TOLERANCE))
  const half = spec.resolution / 2
  const share = half >= SMALLEST_COARSE ? 1 / (1 + 2 ** spec.dimension) : 0
  const coarse =
    share > 0
      ? yield* scaled(solveLevel(spec, half, problems, coarser, { bracket: bracket ? 'gaps' : 'none' }), 0, share)
      : undefined
  const level = yield* scaled(
    solveLevel(spec, spec.resolution, problems, tolerances, {
      coarse,
      bracket: bracket ? 'doubts' : 'none',
    }),
    share,
    0.93,
  )
  requireVolume(spec, phases, level)

  const comparable = coarse !== undefined && sameTopology(coarse.connectivity, level.connectivity)
  const regularity = regularityOf(spec, level.mesh)
  const contacts = yield* paced(
    findContacts(level.mesh, geometryOf(spec).levelSets, level.connectivity.phases, level.volumes),
    0.93,
  )
  const judged: Judged[] = yield* judgeRegions(spec, problems, level, { regularity, contacts })
  const geometry = measureGeometry(phases, level, comparable ? coarse : undefined, regularity.smooth, contacts)
  const results: CellProblemResult[] = []
  for (const [k, problem] of problems.entries()) {
    const before = performance.now()
    const result = yield* scaled(
      finishProblem(problem, k, phases, geometry.fractions, {
        level,
        coarse,
        comparable,
        judged: judged[k],
        certify: bracket,
      }),
      0.93 + (0.07 * k) / problems.length,
      0.93 + (0.07 * (k + 1)) / problems.length,
    )
    result.seconds = level.seconds[k] + (coarse?.seconds[k] ?? 0) + (performance.now() - before) / 1000
    results.push(result)
  }
  const uncertain = results.some(({ tensor, error }) => error > TELLING * largest(tensor))
  const doubt = uncertain ? yield* paced(toldDoubt(spec, level.doubt, suggest), 1) : undefined
  const { displacement, simplexPhase, nodePhase } = level.mesh
  const mesh: CellMesh = {
    dimension: spec.dimension,
    n: spec.resolution,
    displacement,
    simplexPhase,
    nodePhase,
    phases,
    ...(severalPieces(level) ? { simplexPiece: pieceWithin(level.connectivity) } : {}),
  }
  const unseen = suggest ? yield* paced(unseenShapes(spec, level.mesh), 1) : []
  return {
    mesh,
    phases: geometry.phases,
    interfaceMeasure: geometry.interfaceMeasure,
    problems: results,
    geometryError: geometry.error,
    ...(doubt ? { doubt } : {}),
    ...(unseen.length > 0 ? { unseen } : {}),
    seconds: (performance.now() - started) / 1000,
  }
}

function severalPieces({ connectivity }: Level): boolean {
  return connectivity.phases.some(({ components }) => components > 1)
}

/** Errors below this part of a tensor are nothing to point at. */
const TELLING = 0.01
/** Part of the doubtful volume that may be left on a mesh that settles it. */
const SETTLED = 0.1
/** Nodes of the largest mesh that is tried out for that. */
const MOST_TRIED = 512 ** 2

/** Where the mesh cannot follow the geometry, and the mesh that can: twice as fine, and again, as far as meshes go. */
function* toldDoubt(
  spec: CellSpec,
  doubt: Doubt | undefined,
  suggest: boolean,
): Generator<void, MeshDoubt | undefined> {
  if (!doubt) return undefined
  const volume = ({ volumes }: Doubt) => volumes.reduce((a, b) => a + b, 0)
  const { simplices } = doubt
  const geometry = geometryOf(spec)
  for (const n of suggest ? allowedResolutions(spec.dimension) : []) {
    if (n <= spec.resolution || n % spec.resolution !== 0 || n ** spec.dimension > MOST_TRIED) continue
    const left = yield* findDoubt(yield* fitMesh(n, geometry), geometry)
    if (!left || (!left.gaps.includes(CLOSED) && volume(left) < SETTLED * volume(doubt)))
      return { simplices, settledAt: n }
  }
  return { simplices }
}

/** `computeCell` run to the end. @throws InputError like `computeCell` */
export function solveCell(
  spec: CellSpec,
  problems: readonly CellProblemSpec[],
  options: ComputeOptions = {},
): CellResult {
  return finish(computeCell(spec, problems, options))
}

function validated(spec: CellSpec, problems: readonly CellProblemSpec[]): string[] {
  const wrong = validateCell(spec)
  if (wrong.length > 0) throw new InputError(wrong)
  const phases = phasesOf(spec)
  for (const problem of problems)
    if (problem.kind === 'perforated' && !phases.includes(problem.phase))
      throw new InputError([
        {
          path: 'cell.shapes',
          message: t('the cell has no phase "{phase}", only {phases}; give a shape, or the background, that phase', {
            phase: problem.phase,
            phases: phases.join(', '),
          }),
        },
      ])
  const unclear = validateProblems(problems, spec)
  if (unclear.length > 0) throw new InputError(unclear)
  return phases
}

function requireVolume(spec: CellSpec, phases: readonly string[], level: Level): void {
  const missing = phases.filter((_, s) => level.fractions[s] <= 0)
  if (missing.length === 0) return
  throw new InputError(
    missing.map((name) => {
      const shape = spec.shapes.findIndex((s) => s.phase === name)
      if (shape < 0)
        return {
          path: 'cell.shapes',
          message: t(
            'the shapes cover the whole cell: nothing is left of the phase "{name}", which every model needs; make the shapes smaller',
            { name },
          ),
        }
      return {
        path: `cell.shapes[${shape}]`,
        message: t(
          'phase "{name}" has no volume at resolution {resolution}; every phase must fill some of the cell; try a larger shape, a finer resolution, or check that later shapes do not cover it',
          { name, resolution: spec.resolution },
        ),
      }
    }),
  )
}

const piecesNamed = ({ pieces, contacts }: PhasePieces, phases: readonly string[]) => ({
  pieces,
  contacts: contacts.map((areas) => Object.fromEntries(areas.map((area, s) => [phases[s], area]))),
})

function measureGeometry(
  phases: readonly string[],
  level: Level,
  coarse: Level | undefined,
  smooth: boolean,
  contacts: Contacts,
) {
  const error = { fraction: 0, interfaceMeasure: 0 }
  const n = level.mesh.lattice.sizes[0]
  const fractions = phases.map((_, s) => {
    const { value, error: e } = extrapolateScalar(
      level.fractions[s],
      coarse?.fractions[s],
      n,
      smooth ? undefined : 0.5 / n ** 2,
    )
    error.fraction = Math.max(error.fraction, e + level.flat)
    return value
  })
  const pieces = severalPieces(level) ? piecesOf(level.mesh, level.connectivity) : []
  const named: CellResult['phases'] = {}
  phases.forEach((name, s) => {
    named[name] = {
      fraction: fractions[s],
      ...level.connectivity.phases[s],
      unresolved: [...contacts.unresolved[s]],
      ...(level.connectivity.phases[s].components > 1 ? piecesNamed(pieces[s], phases) : {}),
    }
  })
  const interfaceMeasure: CellResult['interfaceMeasure'] = {}
  level.connectivity.interfaceMeasure.forEach((row, s) => {
    row.forEach((area, t) => {
      const before = coarse ? coarse.connectivity.interfaceMeasure[s][t] : undefined
      if (area === 0) return
      const { value, error: e } = extrapolateScalar(area, before, n, smooth ? undefined : 0.3 / n)
      interfaceMeasure[interfaceName(phases[s], phases[t])] = value
      error.interfaceMeasure = Math.max(error.interfaceMeasure, e)
    })
  })
  if (level.doubt) {
    const { excess, volume } = misfit(level.doubt, level.mesh, phases.length)
    error.fraction += Math.max(...excess.map(Math.abs))
    // Each doubtful simplex may miss a piece of interface as long as itself.
    error.interfaceMeasure += volume * n
  }
  // A gap that the mesh closed: one box of it is short of up to its volume and the interface on both sides.
  error.fraction += contacts.lost / level.mesh.lattice.count
  error.interfaceMeasure += (2 * n * contacts.lost) / level.mesh.lattice.count
  return { fractions, phases: named, interfaceMeasure, error }
}
