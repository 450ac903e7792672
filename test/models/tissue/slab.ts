/**
 * A second route to the resolved model: one slab-shaped cell between two slabs of extracellular space, sealed ends.
 * Everything varies along x only, so there is no current and, in each slab,
 *
 *   dC/dt = -q',  q = -D (C' + z f C phi'),  f phi' = -sum z D C' / sum z² D C,      Na, K; Cl = Na + K + X
 *
 * with q = the membrane flux f_i at the membranes and 0 at the ends; c dV/dt = -sum I_i at each membrane. Chebyshev
 * collocation in each slab and the classical Runge-Kutta method: nothing is shared with the code under test.
 */
import type { Values } from '../../../src/parameter.ts'

const F = 96485.33212
const RT_F = (8.314462618 * 310.15) / F

export interface SlabState {
  /** Na and K on the Chebyshev nodes of the three slabs. */
  na: Float64Array[]
  k: Float64Array[]
  /** Membrane potential of the left and the right membrane, V. */
  v: [number, number]
}

export class Slabs {
  /** Ends of the slabs, m. */
  readonly borders: readonly number[]
  readonly x: Float64Array[]
  private readonly d: Float64Array[]
  private readonly p: Values
  private readonly fixed: readonly number[]
  private readonly order: number

  constructor(borders: readonly number[], parameters: Values, fixedI: number, fixedE: number, order = 12) {
    this.borders = borders
    this.p = parameters
    this.fixed = [fixedE, fixedI, fixedE]
    this.order = order
    const nodes = Float64Array.from({ length: order + 1 }, (_, j) => -Math.cos((Math.PI * j) / order))
    const d = differentiation(nodes)
    this.x = [0, 1, 2].map((s) => nodes.map((t) => borders[s] + ((borders[s + 1] - borders[s]) * (t + 1)) / 2))
    this.d = [0, 1, 2].map((s) => d.map((v) => (2 * v) / (borders[s + 1] - borders[s])))
  }

  /** Advances to `end` in `steps` equal steps. */
  run(state: SlabState, end: number, steps: number): SlabState {
    const h = end / steps
    let y = this.pack(state)
    const add = (a: Float64Array, b: Float64Array, s: number) => a.map((v, i) => v + s * b[i])
    for (let i = 0; i < steps; i++) {
      const k1 = this.rate(y)
      const k2 = this.rate(add(y, k1, h / 2))
      const k3 = this.rate(add(y, k2, h / 2))
      const k4 = this.rate(add(y, k3, h))
      y = y.map((v, j) => v + (h / 6) * (k1[j] + 2 * k2[j] + 2 * k3[j] + k4[j]))
    }
    return this.unpack(y)
  }

  /** Value at a point of slab s (barycentric interpolation). */
  at(values: Float64Array, s: number, x: number): number {
    let top = 0
    let bottom = 0
    for (let j = 0; j <= this.order; j++) {
      const gap = x - this.x[s][j]
      if (Math.abs(gap) < 1e-15) return values[j]
      const w = ((j % 2 ? -1 : 1) * (j === 0 || j === this.order ? 0.5 : 1)) / gap
      top += w * values[j]
      bottom += w
    }
    return top / bottom
  }

  private rate(y: Float64Array): Float64Array {
    const { na, k, v } = this.unpack(y)
    const last = this.order
    const outer = (m: number) => (m === 0 ? 0 : 2)
    // A flux from inside to outside runs to the left at the left membrane.
    const membranes = [0, 1].map((m) => {
      const s = outer(m)
      const [e, i] = m === 0 ? [last, 0] : [0, last]
      return this.membrane(na[1][i], k[1][i], na[s][e], k[s][e], v[m])
    })
    const out: SlabState = { na: [], k: [], v: [membranes[0].dv, membranes[1].dv] }
    for (let s = 0; s < 3; s++) {
      const slopes = [na[s], k[s]].map((c) => apply(this.d[s], c))
      const diffusivity = ['D_Na', 'D_K', 'D_Cl'].map((name) => this.p[name] as number)
      const flux = [new Float64Array(last + 1), new Float64Array(last + 1)]
      for (let j = 0; j <= last; j++) {
        const cl = na[s][j] + k[s][j] + this.fixed[s]
        const [dNa, dK] = [slopes[0][j], slopes[1][j]]
        const [a, b, c] = diffusivity
        const field = -(a * dNa + b * dK - c * (dNa + dK)) / (a * na[s][j] + b * k[s][j] + c * cl)
        flux[0][j] = -a * (dNa + na[s][j] * field)
        flux[1][j] = -b * (dK + k[s][j] * field)
      }
      const edges: [number, number][] = [0, 1].map((ion) => {
        const through = (m: number) => membranes[m].flux[ion]
        if (s === 0) return [0, -through(0)]
        if (s === 1) return [-through(0), through(1)]
        return [through(1), 0]
      })
      flux.forEach((q, ion) => {
        q[0] = edges[ion][0]
        q[last] = edges[ion][1]
      })
      out.na.push(apply(this.d[s], flux[0]).map((q) => -q))
      out.k.push(apply(this.d[s], flux[1]).map((q) => -q))
    }
    return this.pack(out)
  }

  /** Fluxes of Na and K from inside to outside (mol/m²/s) and dV/dt. */
  private membrane(naI: number, kI: number, naE: number, kE: number, v: number): { flux: number[]; dv: number } {
    const n = (name: string) => this.p[name] as number
    const clI = naI + kI + this.fixed[1]
    const clE = naE + kE + this.fixed[0]
    const rate = (i: number) => n(`Imax${i}`) * (naI / (naI + n(`KNa${i}`))) ** 3 * (kE / (kE + n(`KK${i}`))) ** 2
    const pump = rate(1) + rate(2)
    const na = n('G_Na') * (v - RT_F * Math.log(naE / naI)) + 3 * pump
    const k = n('G_K') * (v - RT_F * Math.log(kE / kI)) - 2 * pump
    const cl = n('G_Cl') * (v - RT_F * Math.log(clI / clE))
    const total = na + k + cl
    return {
      flux: [(na - n('share_Na') * total) / F, (k - n('share_K') * total) / F],
      dv: -total / n('capacitance'),
    }
  }

  private pack({ na, k, v }: SlabState): Float64Array {
    return Float64Array.from([...na, ...k].flatMap((a) => [...a]).concat(v))
  }

  private unpack(y: Float64Array): SlabState {
    const n = this.order + 1
    const part = (i: number) => y.slice(i * n, (i + 1) * n)
    return { na: [0, 1, 2].map(part), k: [3, 4, 5].map(part), v: [y[6 * n], y[6 * n + 1]] }
  }
}

/** Chebyshev differentiation matrix, row-major; rows sum to zero. */
function differentiation(x: Float64Array): Float64Array {
  const n = x.length
  const weight = (j: number) => (j % 2 ? -1 : 1) * (j === 0 || j === n - 1 ? 2 : 1)
  const d = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    let sum = 0
    for (let j = 0; j < n; j++)
      if (j !== i) {
        d[i * n + j] = weight(i) / weight(j) / (x[i] - x[j])
        sum += d[i * n + j]
      }
    d[i * n + i] = -sum
  }
  return d
}

function apply(matrix: Float64Array, v: Float64Array): Float64Array {
  const n = v.length
  return v.map((_, i) => {
    let s = 0
    for (let j = 0; j < n; j++) s += matrix[i * n + j] * v[j]
    return s
  })
}
