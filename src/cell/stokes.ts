/**
 * The Stokes cell problem on the fluid of a fitted mesh: periodic w^j, pi^j with
 *
 *     -Laplace w^j + grad pi^j = e_j,   div w^j = 0 in the fluid,   w^j = 0 on the solid,      K_ij = int_Y w^j_i
 *
 * K is the permeability in units of the squared period, an integral over the whole cell. With x_j = (w, p) of the
 * discrete system S x_j = F_j (stokesSystem.ts) and T the bubbles' share at zero pressure,
 *
 *     K_ij = T delta_ij + F_i . x_j + x_i . (F_j - S x_j)
 *
 * is symmetric, and its error is the square of the solver's and of the mesh's: second order in h. Pockets that no path
 * leads through hold still, and the direction j is at rest, pi^j = y_j, where the fluid does not percolate along it.
 *
 * Source: E. Sanchez-Palencia, Non-Homogeneous Media and Vibration Theory (1980), chapter 7.
 */

import { prolongate } from '../numerics/coarsening.ts'
import type { FittedMesh } from '../numerics/fit.ts'
import { minimalResiduals } from '../numerics/minres.ts'
import type { Tensor } from './cell.ts'
import type { Connectivity } from './connectivity.ts'
import { paced, scaled } from './progress.ts'
import { StokesSystem } from './stokesSystem.ts'

export interface StokesSolution {
  tensor: Tensor
  /** (w^j, pi^j) by direction, d velocity blocks and the pressure; pressures up to a constant a piece. */
  states: Float64Array[]
  iterations: number[]
  residual: number
}

/** 1 for the simplices of a phase whose piece winds around the torus, 0 elsewhere. */
export function flowingSimplices(mesh: FittedMesh, connectivity: Connectivity, phase: number): Uint8Array {
  const { piece, pieceWinds } = connectivity
  return mesh.simplexPhase.map((owner, s) => (owner === phase && pieceWinds[piece[s]] ? 1 : 0))
}

/**
 * Solves all d directions.
 * @param fluid 1 for the simplices that flow
 * @param through whether the fluid percolates, by axis
 * @param start solution on the mesh of half as many nodes an axis
 * @returns (by yield) the fraction done
 */
export function* solveStokes(
  mesh: FittedMesh,
  fluid: Uint8Array,
  through: readonly boolean[],
  tolerance: number,
  start?: { mesh: FittedMesh; states: readonly Float64Array[] },
): Generator<number, StokesSolution> {
  const { count, dimension: d } = mesh.lattice
  const states = Array.from({ length: d }, () => new Float64Array((d + 1) * count))
  const tensor = states.map(() => Array<number>(d).fill(0))
  const iterations = Array<number>(d).fill(0)
  const system = new StokesSystem(mesh, fluid)
  // Without a wall nothing holds the flow; without a percolating axis nothing moves.
  if (!through.includes(true) || !system.free.includes(0)) return { tensor, states, iterations, residual: 0 }
  yield* paced(system.assemble(), 0)
  let worst = 0
  const rests = states.map((state) => new Float64Array(state.length))
  for (let j = 0; j < d; j++) {
    if (!through[j]) continue
    if (start) refine(start, j, system, states[j])
    const solver = minimalResiduals(
      (x, out) => system.apply(x, out),
      (r, z) => system.precondition(r, z),
      system.loads[j],
      states[j],
      { tolerance },
    )
    const report = yield* scaled(logarithmic(solver, tolerance), j / d, (j + 1) / d)
    iterations[j] = report.iterations
    worst = Math.max(worst, report.residual)
    yield (j + 1) / d
    system.apply(states[j], rests[j])
    system.loads[j].forEach((f, k) => {
      rests[j][k] = f - rests[j][k]
    })
  }
  for (let i = 0; i < d; i++)
    for (let j = 0; j < d; j++)
      if (through[i] && through[j])
        tensor[i][j] = (i === j ? system.bubbles : 0) + dot(system.loads[i], states[j]) + dot(states[i], rests[j])
  return { tensor, states, iterations, residual: worst }
}

/** The coarse state, interpolated: where the iteration starts. */
function refine(
  start: { mesh: FittedMesh; states: readonly Float64Array[] },
  j: number,
  system: StokesSystem,
  out: Float64Array,
): void {
  const { lattice } = system.mesh
  const { count, dimension: d } = lattice
  const coarse = start.mesh.lattice
  for (let c = 0; c <= d; c++) {
    const block = out.subarray(c * count, (c + 1) * count)
    prolongate(coarse, start.states[j].subarray(c * coarse.count, (c + 1) * coarse.count), lattice, block)
    const known = c < d ? system.free : system.volumes
    for (let p = 0; p < count; p++) if (known[p] === 0) block[p] = 0
  }
}

/** Residuals as fractions done. */
function* logarithmic<T>(solver: Generator<number, T>, tolerance: number): Generator<number, T> {
  for (;;) {
    const step = solver.next()
    if (step.done) return step.value
    yield Math.min(1, Math.max(0, Math.log(step.value) / Math.log(tolerance)))
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k]
  return sum
}
