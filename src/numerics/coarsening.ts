/**
 * From a lattice to the next coarser one, and back.
 *
 * A coarse function is linear on the coarse Kuhn mesh: an odd node (parity vector e) takes the mean of the two ends of
 * the coarse edge along e. The coarse spaces are nested, so P^T A P has the same stencil: a fine edge w (u_p - u_q)^2
 * becomes w (sum_k c_k U_k)^2 with sum c_k = 0, that is coarse edges -w c_k c_l.
 */
import { Lattice } from './lattice.ts'

/** An axis is not made shorter than this. */
const SHORTEST = 2

/** Every axis longer than one node halved, as long as all of them are even. */
export function coarsened(lattice: Lattice): Lattice | undefined {
  const { sizes } = lattice
  if (sizes.every((n) => n <= SHORTEST)) return undefined
  if (sizes.some((n) => n > 1 && n % 2 !== 0)) return undefined
  return new Lattice(sizes.map((n) => (n > 1 ? n / 2 : 1)))
}

/** Axes longer than one node, as a mask. */
function activeAxes(lattice: Lattice): number {
  return lattice.sizes.reduce((mask, n, axis) => (n > 1 ? mask | (1 << axis) : mask), 0)
}

/**
 * Coarse edges that a fine edge contributes to, relative to the coarse node P of its lower end 2P + parity:
 * factor times the fine weight goes to the coarse edge from P + from in direction `mask`.
 */
function edgeRule(parity: number, direction: number): { from: number; mask: number; factor: number }[] {
  // u_p = (U[P] + U[P+parity]) / 2 and u_q the same with both ends shifted: the four ends are nested masks.
  const coefficient = new Map<number, number>()
  const add = (mask: number, c: number): void => void coefficient.set(mask, (coefficient.get(mask) ?? 0) + c)
  add(0, 0.5)
  add(parity, 0.5)
  add(parity & direction, -0.5)
  add(parity | direction, -0.5)
  const ends = [...coefficient].filter(([, c]) => c !== 0)
  return ends.flatMap(([a, ca]) =>
    ends.filter(([b]) => b !== a && (a & b) === a).map(([b, cb]) => ({ from: a, mask: a ^ b, factor: -ca * cb })),
  )
}

/** Weights of P^T A P on the coarse lattice. */
export function galerkinWeights(fine: Lattice, weights: readonly Float64Array[], coarse: Lattice): Float64Array[] {
  const out = weights.map(() => new Float64Array(coarse.count))
  const fineAxes = activeAxes(fine)
  const coarseAxes = activeAxes(coarse)
  for (let parity = 0; parity < 1 << fine.dimension; parity++) {
    if ((parity & fineAxes) !== parity) continue
    weights.forEach((w, s) => {
      const direction = (s + 1) & fineAxes
      if (direction === 0) return
      for (const { from, mask, factor } of edgeRule(parity, direction)) {
        const edge = mask & coarseAxes
        if (edge !== 0) addStrided(fine, w, parity, factor, coarse, out[edge - 1], from)
      }
    })
  }
  return out
}

/** target[P + from] += factor * values[2P + parity] for every coarse node P. */
function addStrided(
  fine: Lattice,
  values: Float64Array,
  parity: number,
  factor: number,
  coarse: Lattice,
  target: Float64Array,
  from: number,
): void {
  const [nx, ny = 1] = fine.sizes as [number, number?]
  const [mx, my = 1, mz = 1] = coarse.sizes as [number, number?, number?]
  const step = nx > 1 ? 2 : 1
  const shift = from & 1
  for (let k = 0; k < mz; k++) {
    const k0 = 2 * k + ((parity >> 2) & 1)
    const kt = (k + ((from >> 2) & 1)) % mz
    for (let j = 0; j < my; j++) {
      const j0 = (ny > 1 ? 2 * j : 0) + ((parity >> 1) & 1)
      const jt = (j + ((from >> 1) & 1)) % my
      const source = (parity & 1) + nx * (j0 + ny * k0)
      const row = mx * (jt + my * kt)
      for (let i = 0; i < mx - shift; i++) target[row + shift + i] += factor * values[source + step * i]
      if (shift === 1) target[row] += factor * values[source + step * (mx - 1)]
    }
  }
}

/** Coarse = P^T fine. */
export function restrict(fine: Lattice, values: Float64Array, coarse: Lattice, out: Float64Array): void {
  const [nx, ny = 1, nz = 1] = fine.sizes as [number, number?, number?]
  const [mx, my = 1, mz = 1] = coarse.sizes as [number, number?, number?]
  const [sx, sy, sz] = [nx / mx, ny / my, nz / mz]
  const dimension = fine.dimension
  for (let k = 0; k < mz; k++)
    for (let j = 0; j < my; j++) {
      const k0 = sz * k
      const j0 = sy * j
      const kp = sz === 2 ? k0 + 1 : k0
      const km = sz === 2 ? (k0 === 0 ? nz - 1 : k0 - 1) : k0
      const jp = sy === 2 ? j0 + 1 : j0
      const jm = sy === 2 ? (j0 === 0 ? ny - 1 : j0 - 1) : j0
      const row = nx * (j0 + ny * k0)
      const up = nx * (jp + ny * k0)
      const down = nx * (jm + ny * k0)
      const top = nx * (j0 + ny * kp)
      const bottom = nx * (j0 + ny * km)
      const topUp = nx * (jp + ny * kp)
      const bottomDown = nx * (jm + ny * km)
      const target = mx * (j + my * k)
      for (let i = 0; i < mx; i++) {
        const i0 = sx * i
        const ip = sx === 2 ? i0 + 1 : i0
        const im = sx === 2 ? (i0 === 0 ? nx - 1 : i0 - 1) : i0
        let sum = 0
        if (sx === 2) sum += values[row + ip] + values[row + im]
        if (sy === 2) {
          sum += values[up + i0] + values[down + i0]
          if (sx === 2) sum += values[up + ip] + values[down + im]
        }
        if (dimension === 3 && sz === 2) {
          sum += values[top + i0] + values[bottom + i0]
          if (sx === 2) sum += values[top + ip] + values[bottom + im]
          if (sy === 2) {
            sum += values[topUp + i0] + values[bottomDown + i0]
            if (sx === 2) sum += values[topUp + ip] + values[bottomDown + im]
          }
        }
        out[target + i] = values[row + i0] + 0.5 * sum
      }
    }
}

/** fine += P coarse, linear interpolation on the coarse Kuhn mesh. */
export function prolongate(coarse: Lattice, values: Float64Array, fine: Lattice, out: Float64Array): void {
  const axes = activeAxes(fine)
  const [nx, ny = 1] = fine.sizes as [number, number?]
  const half = ny > 1 ? 2 : 1
  coarse.visitCells((cell, corners, i, j, k) => {
    const base = (nx > 1 ? 2 * i : 0) + nx * (half * j + ny * 2 * k)
    const here = 0.5 * values[cell]
    for (let mask = 0; mask <= axes; mask++) {
      if ((mask & axes) !== mask) continue
      const p = base + (mask & 1) + nx * (((mask >> 1) & 1) + ny * ((mask >> 2) & 1))
      out[p] += here + 0.5 * values[corners[mask]]
    }
  })
}
