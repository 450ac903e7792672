/**
 * Thermodynamics of the active material: a regular solution of lithium in its host,
 *
 *     f(y) = Omega y (1 - y) + y log y + (1 - y) log(1 - y),     mu = f'(y) = Omega (1 - 2y) + log(y / (1 - y))
 *
 * per mole of sites and RT, with y the filling. The open-circuit voltage is U = V0 - (RT/F) mu. Doyle's TiS2 is the
 * regular solution with Omega = -0.000558 c_sm / 2 (repulsive). Above Omega = 2 the material separates into phases.
 */

/** Emptiest filling that a voltage is given, and what the fullest lacks. */
const SPARSE = 1e-15
/** What counts as nothing in a logarithm: full particles come within round-off of y = 1. */
const NONE = 1e-17

/** log(y / (1 - y)); finite at the ends. */
export const logit = (y: number): number => Math.log(Math.max(NONE, y) / Math.max(NONE, 1 - y))

/** Excess chemical potential Omega (1 - 2y), in RT. */
export const excess = (omega: number, y: number): number => omega * (1 - 2 * y)

/** Chemical potential of the lithium in RT; the gradient part is not included. */
export const potential = (omega: number, y: number): number => excess(omega, y) + logit(y)

/** Free energy per mole of sites in RT. */
export function freeEnergy(omega: number, y: number): number {
  const mixing = (x: number) => (x > NONE ? x * Math.log(x) : 0)
  return omega * y * (1 - y) + mixing(y) + mixing(1 - y)
}

/** Open-circuit voltage, V. @param thermal RT/F, V */
export function openCircuit(standard: number, omega: number, thermal: number, y: number): number {
  return standard - thermal * potential(omega, y)
}

/** Lower spinodal filling (1 - s)/2, s = sqrt(1 - 2/Omega); undefined where the material mixes (Omega <= 2). */
export function spinodal(omega: number): number | undefined {
  return omega > 2 ? (1 - Math.sqrt(1 - 2 / omega)) / 2 : undefined
}

/** Lower binodal filling: the root of mu(y) = 0 below one half; undefined where the material mixes. */
export function binodal(omega: number): number | undefined {
  const limit = spinodal(omega)
  if (limit === undefined) return undefined
  let [low, high] = [1e-300, limit]
  // mu rises from -infinity to its maximum at the spinodal.
  for (let k = 0; k < 200; k++) {
    const middle = k < 100 ? Math.sqrt(low * high) : (low + high) / 2
    if (potential(omega, middle) < 0) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Zero-current hysteresis of independent particles, 2 (Omega s - 2 artanh s), in RT/F; 0 where the material mixes. */
export function hysteresis(omega: number): number {
  if (omega <= 2) return 0
  const s = Math.sqrt(1 - 2 / omega)
  return 2 * (omega * s - 2 * Math.atanh(s))
}

/** Filling at which the open-circuit voltage is `volts`; where several are, the lowest. In (0, 1). */
export function fillingAt(standard: number, omega: number, thermal: number, volts: number): number {
  const mu = (standard - volts) / thermal
  const limit = spinodal(omega)
  let [low, high] = [SPARSE, 1 - SPARSE]
  if (limit !== undefined) {
    if (mu <= potential(omega, limit)) high = limit
    else low = 1 - limit
  }
  for (let k = 0; k < 100; k++) {
    const middle = (low + high) / 2
    if (potential(omega, middle) < mu) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** The stable filling at a voltage; by symmetry rich where the poor one has the mirrored voltage. */
export function restingFilling(standard: number, omega: number, thermal: number, volts: number): number {
  const poor = (V: number) => fillingAt(standard, omega, thermal, V)
  return volts >= standard ? poor(volts) : 1 - poor(2 * standard - volts)
}

/** One of several materials at rest, with its part of all sites. */
export interface Mixed {
  standard: number
  omega: number
  share: number
}

/** log(y / (1 - y)) beyond which no filling counts: about 2 V from the standard voltage. */
const FARTHEST = 80

/**
 * Materials at rest together: the voltage that they share at a mean filling, and their fillings. Followed along the filling
 * of the one whose sites attract each other most, the only one that may be unstable: another that separates
 * has stable fillings.
 */
export function restingTogether(
  materials: readonly Mixed[],
  thermal: number,
  mean: number,
): { voltage: number; fillings: number[] } {
  const pivot = materials.reduce((a, b) => (b.omega > a.omega ? b : a))
  const at = (x: number) => {
    const y = 1 / (1 + Math.exp(-x))
    const voltage = pivot.standard - thermal * (excess(pivot.omega, y) + x)
    const fillings = materials.map((m) => (m === pivot ? y : restingFilling(m.standard, m.omega, thermal, voltage)))
    return { voltage, fillings, mean: materials.reduce((sum, { share }, k) => sum + share * fillings[k], 0) }
  }
  let [low, high] = [-FARTHEST, FARTHEST]
  for (let k = 0; k < 100; k++) {
    const middle = (low + high) / 2
    if (at(middle).mean < mean) low = middle
    else high = middle
  }
  const { voltage, fillings } = at((low + high) / 2)
  return { voltage, fillings: fillings.map((y) => Math.min(1 - SPARSE, Math.max(SPARSE, y))) }
}

/**
 * Mobility y (1 - y) of a face as its logarithmic mean dy / d logit(y), with which the discrete flux is exactly
 * mobility times the fall of mu, and its derivatives. Writes [value, d/dy1, d/dy2] into out.
 */
export function faceMobility(y1: number, y2: number, out: Float64Array): void {
  const d = y2 - y1
  const middle = 0.5 * (y1 + y2)
  const m = middle * (1 - middle)
  if (Math.abs(d) < 1e-4 * m) {
    // logit'' = (2y - 1)/m², so that d / (logit' d + logit''' d³/24) = m (1 - m logit''' d²/24)
    const third = (2 * m + 2 * (2 * middle - 1) ** 2) / m ** 3
    out[0] = m * (1 - (m * third * d * d) / 24)
    const slope = 0.5 * (1 - 2 * middle)
    const bend = (m * m * third * d) / 12
    out[1] = slope + bend
    out[2] = slope - bend
    return
  }
  const l = logit(y2) - logit(y1)
  const value = d / l
  out[0] = value
  out[1] = (value / (y1 * (1 - y1)) - 1) / l
  out[2] = (1 - value / (y2 * (1 - y2))) / l
}
