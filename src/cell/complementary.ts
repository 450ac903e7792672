/**
 * Two sides of a tensor in the plane. Linear elements are above the true energy; the same problem with the inverse
 * coefficients, turned by 90°, is the complementary one (J. B. Keller, J. Math. Phys. 5 (1964) 548):
 *
 *     k* = R D*^-1 R^T = D* / det D*,    D* that of 1/k,      so that   D_h / det D_h  <=  k*  <=  k_h
 *
 * Where the mesh cannot follow the cell both take the Voigt means of their own coefficients. What is shown is the geometric
 * mean of the sides, which is exact where two phases may change places (checkerboards).
 */
import { present } from '../present.ts'
import type { Tensor } from './cell.ts'
import { coefficientRange } from './coefficientRange.ts'
import { solveDiffusion } from './diffusion.ts'
import { type Level, weighted } from './level.ts'

/** Of the solution: energies. */
const TOLERANCE = 1e-4

/** @param coefficients by phase, none 0 */
export function* twoSided(
  level: Level,
  k: number,
  coefficients: readonly number[],
): Generator<number, { tensor: Tensor; error: number }> {
  const { mesh, doubt } = level
  const range = doubt && coefficientRange(doubt, coefficients, mesh.simplexPhase)
  const inverse = weighted(
    level,
    coefficients.map((value) => 1 / value),
    range?.low.map((value) => 1 / value),
  )
  const { tensor: D } = yield* solveDiffusion(mesh, inverse, TOLERANCE)
  const low = scaledBy(D, 1 / determinant(D))
  const high = level.brackets[k]?.high ?? present(level.solutions[k], 'the solution').tensor
  return between(low, high)
}

/** The geometric mean of two tensors, low <= high, and how far any tensor between them may lie from it. */
export function between(low: Tensor, high: Tensor): { tensor: Tensor; error: number } {
  const [a, b] = [low, high].map((t) => Math.sqrt(determinant(t)))
  const sum = low.map((row, i) => row.map((value, j) => value / a + high[i][j] / b))
  const tensor = scaledBy(sum, Math.sqrt((a * b) / determinant(sum)))
  const width = (i: number) => Math.max(0, high[i][i] - low[i][i])
  const middle = 0.5 * (low[0][1] + high[0][1])
  // 0 <= X <= W for symmetric matrices: |X_01 - W_01 / 2| <= sqrt(W_00 W_11) / 2.
  const across = 0.5 * Math.sqrt(width(0) * width(1)) + Math.abs(middle - tensor[0][1])
  const along = [0, 1].flatMap((i) => [high[i][i] - tensor[i][i], tensor[i][i] - low[i][i]])
  return { tensor, error: Math.max(across, ...along) }
}

function determinant([[a, b], [c, d]]: Tensor): number {
  return a * d - b * c
}

function scaledBy(tensor: Tensor, factor: number): Tensor {
  return tensor.map((row) => row.map((value) => factor * value))
}
