/** Phases given by the sign of a function, and where a step leaves one. */

/** Negative inside; only its zeros matter. In 2D z is 0. */
export type LevelSet = (x: number, y: number, z: number) => number

/**
 * Fraction t in [0, 1] at which a level set changes sign along a step, by the Illinois variant of false position.
 * @param start value at the start, negative
 */
export function crossing(
  levelSet: LevelSet,
  origin: readonly [number, number, number],
  step: readonly [number, number, number],
  start: number,
): number {
  const at = (t: number): number => levelSet(origin[0] + t * step[0], origin[1] + t * step[1], origin[2] + t * step[2])
  let [a, fa, b, fb] = [0, start, 1, at(1)]
  if (!(fb > 0)) return 1
  let side = 0
  for (let iteration = 0; iteration < 60 && b - a > 1e-13; iteration++) {
    const t = (a * fb - b * fa) / (fb - fa)
    const f = at(t)
    if (Math.abs(f) < 1e-15) return t
    if (f < 0) {
      a = t
      fa = f
      if (side === -1) fb *= 0.5
      side = -1
    } else {
      b = t
      fb = f
      if (side === 1) fa *= 0.5
      side = 1
    }
    if (Math.abs(f) < 1e-14) return t
  }
  return (a * fb - b * fa) / (fb - fa)
}
