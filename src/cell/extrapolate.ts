/**
 * Best values and error estimates from two resolutions n/2 and n. With an error C h^p,
 *
 *     T = T_n + (T_n - T_{n/2}) / (2^p - 1),      and the correction itself bounds what is left.
 */
import type { Bounds, Tensor } from './cell.ts'
import type { Bracket } from './coefficientRange.ts'
import { CORNER, SMOOTH } from './regularity.ts'

/** Error of a tensor per difference of a volume fraction (a dilute inclusion changes k* by twice its fraction). */
export const SHAPE = 2

/** How much more than an estimate is stated: random cells are to be covered in 99 of 100 (`npm run coverage`). */
const SAFETY = 1.25
/** The same with corners in the plane: two meshes may agree by chance, since what they cut off does not fall evenly. */
const CORNER_SAFETY = 2

/** Relative error to expect when there is nothing to compare with. */
function unknownError(n: number): number {
  return 4 * n ** -CORNER
}

/**
 * Error left after a correction: the correction itself plus the irregular next term, 10 h^3 relative (calibrated on
 * cells with known tensors), but no more than the whole difference.
 */
function remainder(correction: number, gap: number, size: number, n: number): number {
  return Math.max(correction, Math.min(gap, correction + (10 * size) / n ** 3))
}

export interface TensorPair {
  fine: Tensor
  /** At n/2; undefined if that is too coarse to say anything. */
  coarse: Tensor | undefined
  /** Whether the mesh at n/2 has the same topology. */
  comparable: boolean
  order: number
  n: number
  /**
   * How much the volume fractions differ between the meshes, times the coefficient they make a difference of. Errors
   * of shape and of the field may cancel at one resolution; this keeps the estimate from believing it.
   */
  shapeGap: number
  /** By how much the fractions on the mesh miss adding up to 1. */
  missing: number
  /** Whether the mesh resolves the shape of all that conducts, so that two resolutions say where a third would lead. */
  settled: boolean
  /** Whether the mesh cannot tell if a phase that matters is connected: then only the bounds are known. */
  unresolved: boolean
  /** Where either mesh cannot follow the geometry: tensors with the smallest and largest coefficients there. */
  bracket?: { fine?: Bracket; coarse?: Bracket }
}

/** @param limits Voigt and Reuss bounds; a tensor outside them is not used */
export function extrapolate(pair: TensorPair, limits: Bounds): { tensor: Tensor; error: number } {
  const { fine, comparable, missing, unresolved, bracket } = pair
  const size = largest(fine)
  const room = Math.max(0, limits.voigt - limits.reuss)
  const floor = (1e-12 + missing) * size
  if (size === 0 && comparable && !unresolved) return { tensor: fine, error: 0 }
  const plain = richardson(pair, limits, room)
  const within = ({ tensor, error }: Extrapolated) => ({ tensor, error: Math.min(room, error) + floor })
  if (unresolved && !bracket?.fine) return { tensor: fine, error: room + floor }
  if (!bracket) return within(plain)
  const width = (of: Bracket | undefined) => (of ? 0.5 * largest(difference(of.high, of.low)) : 0)
  // A gap that the coarser mesh closed may cost less than what the two tell apart.
  const misled = bracket.coarse?.gap && width(bracket.coarse) / (2 ** pair.order - 1) > plain.error
  if (bracket.fine?.gap || misled || unresolved || !comparable)
    return within(bracketed(pair, bracket, middle(fine, bracket.fine, limits)))
  // So may blunt corners.
  const blunt = width(bracket.fine)
  if (blunt > plain.error) return within(bracketed(pair, bracket, plain.tensor))
  return within({ tensor: plain.tensor, error: plain.error + blunt })
}

interface Extrapolated {
  tensor: Tensor
  error: number
}

function richardson(pair: TensorPair, limits: Bounds, room: number): Extrapolated {
  const { fine, coarse, comparable, order, n, shapeGap, settled } = pair
  const size = largest(fine)
  if (!coarse || !comparable) {
    const jump = coarse ? 3 * largest(difference(fine, coarse)) : 0
    return { tensor: fine, error: Math.max(jump, unknownError(n) * limits.voigt) }
  }
  const factor = 1 / (2 ** order - 1)
  const gap = difference(fine, coarse)
  if (!settled) return { tensor: fine, error: Math.max(largest(gap), SHAPE * shapeGap) }
  const left = safety(pair) * Math.max(remainder(factor * largest(gap), largest(gap), size, n), SHAPE * shapeGap)
  const better = fine.map((row, i) => row.map((value, j) => value + factor * gap[i][j]))
  return { tensor: isWithin(better, limits) ? better : fine, error: Math.min(room, left) }
}

/**
 * The error of a shown tensor: it reaches to the farther side of the bracket, and holds what the mesh itself leaves: by how
 * much the upper side falls from one mesh to the next. That side is an energy of admissible functions in the true
 * geometry, as no other value is.
 */
function bracketed(pair: TensorPair, bracket: { fine?: Bracket; coarse?: Bracket }, tensor: Tensor): Extrapolated {
  const { fine, coarse, order, n } = pair
  const { low, high } = bracket.fine ?? { low: fine, high: fine }
  const before = bracket.coarse?.high ?? coarse
  const unknown = unknownError(n) * largest(high)
  const fall = before ? largest(difference(before, high)) / (2 ** order - 1) : unknown
  // A mesh that keeps its gaps open is not judged by one that closed a gap.
  const left = remainder(bracket.fine?.crossed ? fall : Math.min(fall, 4 * unknown), fall, largest(high), n)
  const width = Math.max(largest(difference(high, tensor)), largest(difference(tensor, low)))
  return { tensor, error: SAFETY * (width + left) }
}

/** Where a gap is closed the mesh is wrong for sure; where it does not conduct, a model that needs a conductor says so. */
function middle(fine: Tensor, bracket: Bracket | undefined, limits: Bounds): Tensor {
  if (!bracket?.gap) return fine
  const { low, high } = bracket
  const tensor = low.map((row, i) =>
    row.map((value, j) => (fine[i][i] === 0 || fine[j][j] === 0 ? 0 : 0.5 * (value + high[i][j]))),
  )
  return isWithin(tensor, limits) ? tensor : fine
}

/** How much more than an estimate is stated. */
function safety({ order, fine }: TensorPair): number {
  return order < SMOOTH && fine.length === 2 ? CORNER_SAFETY : SAFETY
}

/** Whether a tensor lies between the bounds of Reuss and Voigt. */
function isWithin(tensor: Tensor, { voigt, reuss }: Bounds): boolean {
  const slack = 1e-9 * voigt
  return (
    isPositive(tensor, (value) => value - reuss + slack) && isPositive(tensor, (value) => voigt + slack - value, -1)
  )
}

/**
 * The same for a fraction or an area: second order where the interface is smooth.
 * @param misfit with corners: what a corner that is no node may cost; there is no order to extrapolate with then
 */
export function extrapolateScalar(
  fine: number,
  coarse: number | undefined,
  n: number,
  misfit?: number,
): { value: number; error: number } {
  if (coarse === undefined) return { value: fine, error: unknownError(n) * fine }
  const gap = Math.abs(fine - coarse)
  if (misfit !== undefined) return { value: fine, error: gap < 1e-12 ? gap : gap + misfit }
  const factor = 1 / (2 ** SMOOTH - 1)
  return { value: fine + factor * (fine - coarse), error: SAFETY * remainder(factor * gap, gap, fine, n) }
}

function difference(a: Tensor, b: Tensor): Tensor {
  return a.map((row, i) => row.map((value, j) => value - b[i][j]))
}

/** Largest entry by size. */
export function largest(tensor: Tensor): number {
  return Math.max(...tensor.flat().map(Math.abs))
}

/** Whether the symmetric matrix with entries sign*t_ij off and `onDiagonal(t_ii)` on the diagonal has no negative eigenvalue. */
function isPositive(tensor: Tensor, onDiagonal: (value: number) => number, sign = 1): boolean {
  const a = tensor.map((row, i) => row.map((value, j) => (i === j ? onDiagonal(value) : sign * value)))
  for (let k = 0; k < a.length; k++) {
    if (a[k][k] < 0) return false
    if (a[k][k] === 0) continue
    for (let i = k + 1; i < a.length; i++)
      for (let j = k + 1; j < a.length; j++) a[i][j] -= (a[i][k] * a[k][j]) / a[k][k]
  }
  return true
}
