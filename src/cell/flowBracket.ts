/**
 * Two permeabilities between which the true one lies where the mesh may have closed or opened a gap: a larger fluid lets
 * more through, so the doubtful simplices are once taken for solid and once for fluid.
 */
import type { FittedMesh } from '../numerics/fit.ts'
import { OMITTED } from '../numerics/simplex.ts'
import type { Tensor } from './cell.ts'
import { type Bracket, coefficientRange } from './coefficientRange.ts'
import { connect } from './connectivity.ts'
import type { Doubt } from './doubt.ts'
import { paced } from './progress.ts'
import type { Region } from './region.ts'
import { flowingSimplices, solveStokes } from './stokes.ts'

const FLUID = 0
const SOLID = 1
/** Of the solutions: energies again. */
const TOLERANCE = 1e-3

/**
 * @param coefficients 1 for the phases that flow, 0 for the others
 * @returns undefined where no gap is in doubt
 */
export function* flowBracket(
  mesh: FittedMesh,
  region: Region,
  doubt: Doubt | undefined,
  coefficients: readonly number[],
): Generator<number, Bracket | undefined> {
  const range = doubt && coefficientRange(doubt, coefficients, mesh.simplexPhase)
  if (!doubt || !range?.crossed) return undefined
  const tensors: Tensor[] = []
  for (const side of [
    range.low.map((k) => (k === 1 ? FLUID : SOLID)),
    range.high.map((k) => (k > 0 ? FLUID : SOLID)),
  ]) {
    const labels = region.mesh.simplexPhase.map((s) => (s === OMITTED ? OMITTED : s === region.phase ? FLUID : SOLID))
    doubt.simplices.forEach((s, k) => {
      labels[s] = side[k]
    })
    const connectivity = yield* paced(connect(mesh, labels, 2), 0)
    const fluid = flowingSimplices({ ...mesh, simplexPhase: labels }, connectivity, FLUID)
    tensors.push((yield* solveStokes(mesh, fluid, connectivity.phases[FLUID].percolates, TOLERANCE)).tensor)
  }
  return { low: tensors[0], high: tensors[1], gap: range.gap, crossed: range.crossed }
}
