/**
 * The operator of edge weights on a periodic lattice, and its Gauss-Seidel sweeps:
 *
 *     (A u)_p = stiffness * sum over edges (p,q) of w_pq (u_p - u_q)  +  mass_p u_p
 *
 * with 3, 7 or 15 points in 1, 2 or 3 dimensions. weights[s][p] couples p with p + direction s (mask s + 1); all
 * arrays have one entry a node. A node whose diagonal vanishes stays at zero. The line loops carry the indices of
 * the left and right neighbour along, so that wrapping costs no modulo.
 */
import type { Lattice } from './lattice.ts'

/** A diagonal below this fraction of the largest one is an empty row. */
const EMPTY = 1e-13

export class Stencil {
  readonly lattice: Lattice
  readonly weights: readonly Float64Array[]
  /** Diagonal of A and its inverse (0 for an empty row). */
  readonly diagonal: Float64Array
  readonly inverse: Float64Array
  /** Sum of the weights of the edges that meet in a node. */
  private readonly sum: Float64Array
  private stiffness = 1

  constructor(lattice: Lattice, weights: readonly Float64Array[]) {
    this.lattice = lattice
    this.weights = weights
    this.sum = edgeSums(lattice, weights)
    this.diagonal = new Float64Array(lattice.count)
    this.inverse = new Float64Array(lattice.count)
    this.configure(1)
  }

  /** Sets the stiffness factor and the diagonal mass (none if absent); the weights stay. */
  configure(stiffness: number, mass?: Float64Array): void {
    const { sum, diagonal, inverse } = this
    this.stiffness = stiffness
    let largest = 0
    for (let p = 0; p < sum.length; p++) {
      const value = stiffness * sum[p] + (mass ? mass[p] : 0)
      diagonal[p] = value
      if (value > largest) largest = value
    }
    const limit = EMPTY * largest
    for (let p = 0; p < sum.length; p++) {
      if (diagonal[p] > limit) inverse[p] = 1 / diagonal[p]
      else {
        diagonal[p] = 0
        inverse[p] = 0
      }
    }
  }

  /** out = alpha r + beta A x; `out` must differ from x. */
  combine(alpha: number, r: Float64Array, beta: number, x: Float64Array, out: Float64Array): void {
    const args = [this.weights, this.diagonal, this.stiffness, alpha, r, beta, x, out] as const
    if (this.lattice.dimension === 3) combine3(this.lattice.sizes, ...args)
    else if (this.lattice.dimension === 2) combine2(this.lattice.sizes, ...args)
    else combine1(...args)
  }

  /** out = A x */
  apply(x: Float64Array, out: Float64Array): void {
    this.combine(0, x, 1, x, out)
  }

  /** One Gauss-Seidel sweep for A z = r, in index order or (`backward`) against it. */
  sweep(r: Float64Array, z: Float64Array, backward: boolean): void {
    const args = [this.weights, this.inverse, this.stiffness, r, z, backward] as const
    if (this.lattice.dimension === 3) sweep3(this.lattice.sizes, ...args)
    else if (this.lattice.dimension === 2) sweep2(this.lattice.sizes, ...args)
    else sweep1(...args)
  }
}

function edgeSums(lattice: Lattice, weights: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(lattice.count)
  weights.forEach((w, s) => {
    const next = lattice.forward(s + 1)
    for (let p = 0; p < sum.length; p++) {
      sum[p] += w[p]
      sum[next[p]] += w[p]
    }
  })
  return sum
}

function combine1(
  weights: readonly Float64Array[],
  diagonal: Float64Array,
  stiffness: number,
  alpha: number,
  r: Float64Array,
  beta: number,
  x: Float64Array,
  out: Float64Array,
): void {
  const w = weights[0]
  const n = x.length
  for (let i = 0; i < n; i++) {
    const left = i === 0 ? n - 1 : i - 1
    const right = i + 1 === n ? 0 : i + 1
    const s = w[i] * x[right] + w[left] * x[left]
    out[i] = alpha * r[i] + beta * (diagonal[i] * x[i] - stiffness * s)
  }
}

function sweep1(
  weights: readonly Float64Array[],
  inverse: Float64Array,
  stiffness: number,
  r: Float64Array,
  z: Float64Array,
  backward: boolean,
): void {
  const w = weights[0]
  const n = z.length
  for (let t = 0; t < n; t++) {
    const i = backward ? n - 1 - t : t
    const left = i === 0 ? n - 1 : i - 1
    const right = i + 1 === n ? 0 : i + 1
    z[i] = (r[i] + stiffness * (w[i] * z[right] + w[left] * z[left])) * inverse[i]
  }
}

function combine2(
  sizes: readonly number[],
  weights: readonly Float64Array[],
  diagonal: Float64Array,
  stiffness: number,
  alpha: number,
  r: Float64Array,
  beta: number,
  x: Float64Array,
  out: Float64Array,
): void {
  const nx = sizes[0]
  const ny = sizes[1]
  const w1 = weights[0]
  const w2 = weights[1]
  const w3 = weights[2]
  for (let j = 0; j < ny; j++) {
    const row = nx * j
    const up = j + 1 === ny ? 0 : row + nx
    const down = j === 0 ? nx * (ny - 1) : row - nx
    let left = nx - 1
    for (let i = 0; i < nx; i++) {
      const right = i + 1 === nx ? 0 : i + 1
      const p = row + i
      const s =
        w1[p] * x[row + right] +
        w1[row + left] * x[row + left] +
        w2[p] * x[up + i] +
        w2[down + i] * x[down + i] +
        w3[p] * x[up + right] +
        w3[down + left] * x[down + left]
      out[p] = alpha * r[p] + beta * (diagonal[p] * x[p] - stiffness * s)
      left = i
    }
  }
}

function sweep2(
  sizes: readonly number[],
  weights: readonly Float64Array[],
  inverse: Float64Array,
  stiffness: number,
  r: Float64Array,
  z: Float64Array,
  backward: boolean,
): void {
  const nx = sizes[0]
  const ny = sizes[1]
  const w1 = weights[0]
  const w2 = weights[1]
  const w3 = weights[2]
  const step = backward ? -1 : 1
  for (let v = 0, j = backward ? ny - 1 : 0; v < ny; v++, j += step) {
    const row = nx * j
    const up = j + 1 === ny ? 0 : row + nx
    const down = j === 0 ? nx * (ny - 1) : row - nx
    for (let u = 0, i = backward ? nx - 1 : 0; u < nx; u++, i += step) {
      const left = i === 0 ? nx - 1 : i - 1
      const right = i + 1 === nx ? 0 : i + 1
      const p = row + i
      const s =
        w1[p] * z[row + right] +
        w1[row + left] * z[row + left] +
        w2[p] * z[up + i] +
        w2[down + i] * z[down + i] +
        w3[p] * z[up + right] +
        w3[down + left] * z[down + left]
      z[p] = (r[p] + stiffness * s) * inverse[p]
    }
  }
}

function combine3(
  sizes: readonly number[],
  weights: readonly Float64Array[],
  diagonal: Float64Array,
  stiffness: number,
  alpha: number,
  r: Float64Array,
  beta: number,
  x: Float64Array,
  out: Float64Array,
): void {
  const [nx, ny, nz] = sizes as [number, number, number]
  const [w1, w2, w3, w4, w5, w6, w7] = weights as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  for (let k = 0; k < nz; k++) {
    const above = k + 1 === nz ? 0 : k + 1
    const below = k === 0 ? nz - 1 : k - 1
    for (let j = 0; j < ny; j++) {
      const next = j + 1 === ny ? 0 : j + 1
      const prev = j === 0 ? ny - 1 : j - 1
      const row = nx * (j + ny * k)
      const up = nx * (next + ny * k)
      const down = nx * (prev + ny * k)
      const top = nx * (j + ny * above)
      const bottom = nx * (j + ny * below)
      const topUp = nx * (next + ny * above)
      const bottomDown = nx * (prev + ny * below)
      let left = nx - 1
      for (let i = 0; i < nx; i++) {
        const right = i + 1 === nx ? 0 : i + 1
        const p = row + i
        const s =
          w1[p] * x[row + right] +
          w1[row + left] * x[row + left] +
          w2[p] * x[up + i] +
          w2[down + i] * x[down + i] +
          w3[p] * x[up + right] +
          w3[down + left] * x[down + left] +
          w4[p] * x[top + i] +
          w4[bottom + i] * x[bottom + i] +
          w5[p] * x[top + right] +
          w5[bottom + left] * x[bottom + left] +
          w6[p] * x[topUp + i] +
          w6[bottomDown + i] * x[bottomDown + i] +
          w7[p] * x[topUp + right] +
          w7[bottomDown + left] * x[bottomDown + left]
        out[p] = alpha * r[p] + beta * (diagonal[p] * x[p] - stiffness * s)
        left = i
      }
    }
  }
}

function sweep3(
  sizes: readonly number[],
  weights: readonly Float64Array[],
  inverse: Float64Array,
  stiffness: number,
  r: Float64Array,
  z: Float64Array,
  backward: boolean,
): void {
  const [nx, ny, nz] = sizes as [number, number, number]
  const [w1, w2, w3, w4, w5, w6, w7] = weights as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const step = backward ? -1 : 1
  for (let o = 0, k = backward ? nz - 1 : 0; o < nz; o++, k += step) {
    const above = k + 1 === nz ? 0 : k + 1
    const below = k === 0 ? nz - 1 : k - 1
    for (let v = 0, j = backward ? ny - 1 : 0; v < ny; v++, j += step) {
      const next = j + 1 === ny ? 0 : j + 1
      const prev = j === 0 ? ny - 1 : j - 1
      const row = nx * (j + ny * k)
      const up = nx * (next + ny * k)
      const down = nx * (prev + ny * k)
      const top = nx * (j + ny * above)
      const bottom = nx * (j + ny * below)
      const topUp = nx * (next + ny * above)
      const bottomDown = nx * (prev + ny * below)
      for (let u = 0, i = backward ? nx - 1 : 0; u < nx; u++, i += step) {
        const left = i === 0 ? nx - 1 : i - 1
        const right = i + 1 === nx ? 0 : i + 1
        const p = row + i
        const s =
          w2[p] * z[up + i] +
          w2[down + i] * z[down + i] +
          w3[p] * z[up + right] +
          w3[down + left] * z[down + left] +
          w4[p] * z[top + i] +
          w4[bottom + i] * z[bottom + i] +
          w5[p] * z[top + right] +
          w5[bottom + left] * z[bottom + left] +
          w6[p] * z[topUp + i] +
          w6[bottomDown + i] * z[bottomDown + i] +
          w7[p] * z[topUp + right] +
          w7[bottomDown + left] * z[bottomDown + left] +
          (w1[p] * z[row + right] + w1[row + left] * z[row + left])
        z[p] = (r[p] + stiffness * s) * inverse[p]
      }
    }
  }
}
