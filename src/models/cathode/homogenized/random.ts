/** Seeded normal deviates: the same seed gives the same particles. */

/** Marsaglia's polar method on top of a 32-bit mixing generator. */
export function normals(seed: number): () => number {
  let state = Math.round(seed) >>> 0
  const uniform = () => {
    state = (state + 0x9e3779b9) >>> 0
    let z = state
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
    return ((z ^ (z >>> 16)) >>> 0) / 2 ** 32
  }
  return () => {
    for (;;) {
      const [a, b] = [2 * uniform() - 1, 2 * uniform() - 1]
      const s = a * a + b * b
      if (s > 0 && s < 1) return a * Math.sqrt((-2 * Math.log(s)) / s)
    }
  }
}
