/**
 * Nernst-Planck flux along an edge, shared by the families: exponential fitting (Scharfetter and Gummel 1969).
 *
 *   J = w [ B(psi) c_a - B(-psi) c_b ],   psi = z theta f (phi_b - phi_a),   B(x) = x / (e^x - 1)
 *
 * is the exact flux for a constant field between the nodes; for psi -> 0 it is w (c_a - c_b) - w psi (c_a + c_b)/2.
 */

/** Below this the series is more accurate than the quotient. */
const SMALL = 1e-2
const LARGE = 500

/** B(x) = x / (e^x - 1). */
export function bernoulli(x: number): number {
  if (x > LARGE) return 0
  if (x < -LARGE) return -x
  if (Math.abs(x) < SMALL) {
    const y = x * x
    return 1 - x / 2 + (y / 12) * (1 - (y / 60) * (1 - y / 42))
  }
  return x / Math.expm1(x)
}

/** B'(x) = (e^x - 1 - x e^x) / (e^x - 1)². */
export function bernoulliSlope(x: number): number {
  if (x > LARGE) return 0
  if (x < -LARGE) return -1
  if (Math.abs(x) < SMALL) {
    const y = x * x
    return -0.5 + (x / 6) * (1 - (y / 30) * (1 - y / 28))
  }
  const e = Math.expm1(x)
  return (e - x * (e + 1)) / (e * e)
}
