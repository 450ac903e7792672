/**
 * Scalar cell problems: find chi^j, periodic, with  div( k (e_j + grad chi^j) ) = 0  in the conducting phases.
 *
 *   k*_ij  = sum over edges of w (d_i + D chi^i)(d_j + D chi^j)          (an energy: symmetric, error of second order)
 *   M^s_ij = sum over edges of w^s d_i (d_j + D chi^j)                   (flux average of phase s at coefficient 1)
 *
 * with w^s the edge weights of phase s at coefficient 1, w = sum_s k_s w^s, d_i the components of the unwrapped edge
 * vectors and D chi the difference along the edge. Everything here is edge algebra on weights[direction][node].
 */
import type { FittedMesh } from '../numerics/fit.ts'
import { edgeComponents } from '../numerics/mesh.ts'
import { conjugateGradients, LatticeMultigrid } from '../numerics/multigrid.ts'
import { CellGeometry, OMITTED } from '../numerics/simplex.ts'
import type { Tensor } from './cell.ts'

export interface DiffusionSolution {
  tensor: Tensor
  /** chi^j at the nodes, free constant not yet fixed; 0 at nodes without conducting neighbours. */
  correctors: Float64Array[]
  iterations: number[]
  residual: number
}

/**
 * Solves all d directions.
 * @param weights of k, [direction][node]
 * @param guess correctors to start from
 * @returns (by yield) the fraction done
 */
export function* solveDiffusion(
  mesh: FittedMesh,
  weights: readonly Float64Array[],
  tolerance: number,
  guess?: readonly Float64Array[],
): Generator<number, DiffusionSolution> {
  const { lattice } = mesh
  const d = lattice.dimension
  const multigrid = new LatticeMultigrid(lattice, weights)
  yield 0
  const correctors: Float64Array[] = []
  const iterations: number[] = []
  let worst = 0
  for (let j = 0; j < d; j++) {
    const { b, scale } = loadVector(mesh, weights, j)
    const x = guess ? guess[j].slice() : new Float64Array(lattice.count)
    const solver = conjugateGradients(
      (u, out) => multigrid.operator.apply(u, out),
      (r, z) => multigrid.cycle(r, z),
      b,
      x,
      { tolerance, scale },
    )
    let step = solver.next()
    for (; !step.done; step = solver.next())
      yield (j + Math.min(1, Math.max(0, Math.log(step.value) / Math.log(tolerance)))) / d
    correctors.push(x)
    iterations.push(step.value.iterations)
    worst = Math.max(worst, step.value.residual)
  }
  yield 1
  return { tensor: energyTensor(mesh, weights, correctors), correctors, iterations, residual: worst }
}

/** Loads below this fraction of what adds up to them are round-off. */
const NEGLIGIBLE = 1e-6

/** b = -A y_j, the load of the direction j, and the smallest norm of it that means something. */
function loadVector(
  mesh: FittedMesh,
  weights: readonly Float64Array[],
  axis: number,
): { b: Float64Array; scale: number } {
  const { lattice } = mesh
  const b = new Float64Array(lattice.count)
  let square = 0
  edgeComponents(mesh, axis).forEach((edge, s) => {
    const w = weights[s]
    const next = lattice.forward(s + 1)
    for (let p = 0; p < b.length; p++) {
      const flux = w[p] * edge[p]
      b[p] += flux
      b[next[p]] -= flux
      square += flux * flux
    }
  })
  return { b, scale: NEGLIGIBLE * Math.sqrt(square) }
}

/** k*_ij as an energy. */
function energyTensor(mesh: FittedMesh, weights: readonly Float64Array[], correctors: readonly Float64Array[]): Tensor {
  return edgeTensor(mesh, weights, correctors, true)
}

/** M^s_ij from the edge weights of one phase at coefficient 1. */
export function fluxTensor(
  mesh: FittedMesh,
  weights: readonly Float64Array[],
  correctors: readonly Float64Array[],
): Tensor {
  return edgeTensor(mesh, weights, correctors, false)
}

/** Sum over edges of w t_i (d_j + D chi^j) with t = d + D chi (`energy`) or t = d. */
function edgeTensor(
  mesh: FittedMesh,
  weights: readonly Float64Array[],
  correctors: readonly Float64Array[],
  energy: boolean,
): Tensor {
  const { lattice, displacement, spacing } = mesh
  const d = lattice.dimension
  const sums = new Float64Array(d * d)
  const test = new Float64Array(d)
  const slopes = new Float64Array(d)
  weights.forEach((w, s) => {
    const next = lattice.forward(s + 1)
    for (let p = 0; p < w.length; p++) {
      const weight = w[p]
      if (weight === 0) continue
      const q = next[p]
      for (let i = 0; i < d; i++) {
        const chi = correctors[i]
        const edge = (((s + 1) >> i) & 1 ? spacing[i] : 0) + displacement[d * q + i] - displacement[d * p + i]
        slopes[i] = edge + chi[q] - chi[p]
        test[i] = energy ? slopes[i] : edge
      }
      for (let i = 0; i < d; i++) for (let j = 0; j < d; j++) sums[d * i + j] += weight * test[i] * slopes[j]
    }
  })
  return Array.from({ length: d }, (_, i) => Array.from(sums.subarray(d * i, d * i + d)))
}

export interface LocalFields {
  /** mean over i of |e_i + grad chi^i|^2, per simplex; 0 where nothing conducts. */
  sensitivity: Float32Array
  /** -k (e_j + grad chi^j), volume average over each lattice cell, component c of cell p at [d*p + c]. */
  flux: Float32Array[]
}

/** Local sensitivity and flux. @param coefficients k by phase; 0 does not conduct */
export function* localFields(
  mesh: FittedMesh,
  coefficients: readonly number[],
  correctors: readonly Float64Array[],
): Generator<void, LocalFields> {
  const { lattice, simplexPhase, spacing } = mesh
  const { dimension: d, simplexCount: simplices, paths, permutations, count } = lattice
  const sensitivity = new Float32Array(count * simplices)
  const flux = correctors.map(() => new Float32Array(d * count))
  const geometry = new CellGeometry(mesh)
  const plain = geometry.volume(0)
  const slope = new Float64Array(d)
  const sums = new Float64Array(d * d)
  for (let layer = 0; layer < lattice.layerCount; layer++) {
    lattice.visitLayer(layer, (cell, nodes) => {
      const moved = geometry.load(nodes)
      let total = 0
      sums.fill(0)
      for (let perm = 0; perm < simplices; perm++) {
        const phase = simplexPhase[cell * simplices + perm]
        if (phase === OMITTED) continue
        const coefficient = coefficients[phase]
        const volume = moved ? geometry.gradients(perm) : plain
        total += volume
        if (coefficient === 0) continue
        const path = paths[perm]
        let square = 0
        for (let j = 0; j < d; j++) {
          const chi = correctors[j]
          slope.fill(0)
          slope[j] = 1
          if (moved) {
            for (let m = 0; m <= d; m++) {
              const value = chi[nodes[path[m]]]
              for (let c = 0; c < d; c++) slope[c] += geometry.slopes[d * m + c] * value
            }
          } else {
            // Without displacement the path follows the axes: each component is one difference.
            const axes = permutations[perm]
            for (let m = 0; m < d; m++) {
              const difference = chi[nodes[path[m + 1]]] - chi[nodes[path[m]]]
              slope[axes[m]] += difference / spacing[axes[m]]
            }
          }
          for (let c = 0; c < d; c++) {
            square += slope[c] * slope[c]
            sums[d * j + c] -= coefficient * volume * slope[c]
          }
        }
        sensitivity[cell * simplices + perm] = square / d
      }
      if (total > 0)
        for (let j = 0; j < d; j++) for (let c = 0; c < d; c++) flux[j][d * cell + c] = sums[d * j + c] / total
    })
    yield
  }
  return { sensitivity, flux }
}
