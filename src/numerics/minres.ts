/**
 * Minimal residuals for a symmetric, possibly indefinite system with a symmetric positive definite preconditioner.
 * Residuals are measured in the norm of the preconditioner, |r|² = r . P^-1 r, which is the one that falls every
 * iteration.
 *
 * Sources: C. C. Paige and M. A. Saunders, SIAM J. Numer. Anal. 12 (1975) 617; H. Elman, D. Silvester, A. Wathen,
 * Finite Elements and Fast Iterative Solvers, 2nd ed. (2014), algorithm 4.1.
 */
import type { SolveReport } from './multigrid.ts'

/**
 * Solves A x = b from the x given. Yields the relative residual, Infinity before it is known, in every iteration.
 * Consistent singular systems are fine; b = 0 gives x = 0.
 * @param apply out = A x
 * @param precondition z = P^-1 r; yields where that takes long
 */
export function* minimalResiduals(
  apply: (x: Float64Array, out: Float64Array) => void,
  precondition: (r: Float64Array, z: Float64Array) => Generator<void, void>,
  b: Float64Array,
  x: Float64Array,
  options: { tolerance: number; maxIterations?: number },
): Generator<number, SolveReport> {
  const { tolerance, maxIterations = 500 } = options
  const n = b.length
  let z = new Float64Array(n)
  for (const _ of precondition(b, z)) yield Number.POSITIVE_INFINITY
  const size = Math.sqrt(Math.max(dot(b, z), 0))
  if (size === 0) {
    x.fill(0)
    return { iterations: 0, residual: 0 }
  }
  // Lanczos vectors v and their preconditioned images z; directions w; Givens rotations (c, s).
  let v = new Float64Array(n)
  let vOld = new Float64Array(n)
  let vNew = new Float64Array(n)
  let zNew = new Float64Array(n)
  let w = new Float64Array(n)
  let wOld = new Float64Array(n)
  apply(x, v)
  for (let k = 0; k < n; k++) v[k] = b[k] - v[k]
  for (const _ of precondition(v, z)) yield Number.POSITIVE_INFINITY
  let gamma = Math.sqrt(Math.max(dot(v, z), 0))
  let gammaOld = 1
  let [c, cOld, s, sOld] = [1, 1, 0, 0]
  let eta = gamma
  let iterations = 0
  while (Math.abs(eta) > tolerance * size && iterations < maxIterations) {
    yield Math.abs(eta) / size
    for (let k = 0; k < n; k++) z[k] /= gamma
    apply(z, vNew)
    const delta = dot(vNew, z)
    const [fromV, fromOld] = [delta / gamma, gamma / gammaOld]
    for (let k = 0; k < n; k++) vNew[k] = vNew[k] - fromV * v[k] - fromOld * vOld[k]
    for (const _ of precondition(vNew, zNew)) yield Math.abs(eta) / size
    const gammaNew = Math.sqrt(Math.max(dot(vNew, zNew), 0))
    const alpha0 = c * delta - cOld * s * gamma
    const alpha1 = Math.hypot(alpha0, gammaNew)
    const alpha2 = s * delta + cOld * c * gamma
    const alpha3 = sOld * gamma
    if (!(alpha1 > 0)) break
    cOld = c
    sOld = s
    c = alpha0 / alpha1
    s = gammaNew / alpha1
    const step = c * eta
    for (let k = 0; k < n; k++) {
      const direction = (z[k] - alpha3 * wOld[k] - alpha2 * w[k]) / alpha1
      wOld[k] = direction
      x[k] += step * direction
    }
    eta *= -s
    iterations++
    const spare = vOld
    vOld = v
    v = vNew
    vNew = spare
    const spareZ = z
    z = zNew
    zNew = spareZ
    const spareW = w
    w = wOld
    wOld = spareW
    gammaOld = gamma
    gamma = gammaNew
  }
  return { iterations, residual: Math.abs(eta) / size }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k]
  return sum
}
