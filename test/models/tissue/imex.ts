/**
 * A second route to the homogenized tissue in one dimension, independent of the program: the linearly implicit scheme
 * of first order that the published equations suggest, on cell-centred volumes, in the units of the literature
 * (mM, mV, µm, s), chloride as an unknown of its own. Potentials first, then every ion with one matrix per phase;
 * the same face averages in both, which keeps electroneutrality to round-off.
 */
export interface ImexSetting {
  n: number
  /** µm */
  length: number
  dt: number
  /** Volume fractions, membrane area per volume [1/µm], effective diffusivities [µm²/s]. */
  volume: { inside: number; outside: number }
  area: number
  diffusivity: { inside: number; outside: number }
  /** S/m². */
  G: number[]
  /** µF/cm². */
  Cm: number
  lambda: number[]
  pump: { Imax: number; KNa: number; KK: number }[]
  inside: number[]
  outside: number[]
  /** mV. */
  V: number
  /** Rise of extracellular KCl at the centre [mM] over [0, duration]. */
  injection?: { amount: number; center: number; width: number; duration: number }
}

const F = 96485.33212
const UT = (1e3 * 8.314462618 * 310.15) / F
const JF = 1e6 / F
const Z = [1, 1, -1]

export interface ImexState {
  inside: Float64Array[]
  outside: Float64Array[]
  V: Float64Array
  phi: Float64Array
}

export function imex(s: ImexSetting, steps: number): ImexState {
  const { n, dt } = s
  const h = s.length / n
  const field = (v: number) => new Float64Array(n).fill(v)
  const C: Record<'inside' | 'outside', Float64Array[]> = { inside: s.inside.map(field), outside: s.outside.map(field) }
  const V = field(s.V)
  const phi = field(0)
  const c = 1e-5 * s.Cm
  const face = (q: Float64Array, k: number) => 0.5 * (q[k] + q[k + 1])
  const conductivity = (phase: 'inside' | 'outside') =>
    Float64Array.from({ length: n - 1 }, (_, k) => {
      let sum = 0
      for (const q of C[phase]) sum += face(q, k)
      return (s.diffusivity[phase] * sum) / UT / h
    })
  for (let step = 0; step < steps; step++) {
    const on = s.injection && (step + 1) * dt <= s.injection.duration + 1e-9
    const source = Float64Array.from({ length: n }, (_, k) => {
      if (!on || !s.injection) return 0
      const x = ((k + 0.5) * h - s.injection.center) / s.injection.width
      return (s.volume.outside * s.injection.amount * Math.exp(-x * x)) / s.injection.duration
    })
    // A: membrane at the old state
    const E = Z.map((z, i) => C.inside[i].map((q, k) => (UT / z) * Math.log(C.outside[i][k] / q)))
    const Ip = Float64Array.from({ length: n }, (_, k) => {
      let sum = 0
      for (const p of s.pump)
        sum +=
          p.Imax * (C.inside[0][k] / (C.inside[0][k] + p.KNa)) ** 3 * (C.outside[1][k] / (C.outside[1][k] + p.KK)) ** 2
      return sum
    })
    const total = 1e-3 * s.G.reduce((a, b) => a + b, 0)
    // B: potentials
    const kI = conductivity('inside')
    const kE = conductivity('outside')
    const m = h * s.area * JF * (total + c / dt)
    const r = Float64Array.from({ length: n }, (_, k) => {
      const drive = 1e-3 * s.G.reduce((sum, g, i) => sum + g * E[i][k], 0) - Ip[k]
      return h * s.area * JF * (drive + (c * V[k]) / dt)
    })
    const next = potentials(n, kI, kE, m, r)
    const Vnew = next.V
    phi.set(next.phi)
    // C, D: fluxes and ions
    const f = Z.map((z, i) =>
      Float64Array.from({ length: n }, (_, k) => {
        const pump = [3, -2, 0][i] * Ip[k]
        const current = 1e-3 * s.G[i] * (Vnew[k] - E[i][k]) + pump
        return (JF / z) * (current + (s.lambda[i] * c * (Vnew[k] - V[k])) / dt)
      }),
    )
    for (const phase of ['inside', 'outside'] as const) {
      const d = s.diffusivity[phase] / h
      const y = s.volume[phase]
      const potential = phase === 'outside' ? phi : phi.map((q, k) => q + Vnew[k])
      const sign = phase === 'outside' ? 1 : -1
      C[phase] = C[phase].map((q, i) => {
        const b = q.map((v, k) => (y * h * v) / dt + sign * h * s.area * f[i][k])
        if (phase === 'outside' && i > 0) for (let k = 0; k < n; k++) b[k] += h * source[k]
        for (let k = 0; k < n - 1; k++) {
          const drift = (d * Z[i] * face(q, k) * (potential[k + 1] - potential[k])) / UT
          b[k] += drift
          b[k + 1] -= drift
        }
        return tridiagonal((y * h) / dt, d, b)
      })
    }
    V.set(Vnew)
  }
  return { ...C, V, phi }
}

/** Solves (mass + d Lap) x = b with no-flux ends. */
function tridiagonal(mass: number, d: number, b: Float64Array): Float64Array {
  const n = b.length
  const diagonal = Float64Array.from({ length: n }, (_, k) => mass + d * (k === 0 || k === n - 1 ? 1 : 2))
  const x = Float64Array.from(b)
  for (let k = 1; k < n; k++) {
    const w = -d / diagonal[k - 1]
    diagonal[k] += w * d
    x[k] -= w * x[k - 1]
  }
  x[n - 1] /= diagonal[n - 1]
  for (let k = n - 2; k >= 0; k--) x[k] = (x[k] + d * x[k + 1]) / diagonal[k]
  return x
}

/** [A_I + m, A_I; A_I, A_I + A_E] [V; phi] = [r; 0] by 2x2 block elimination, phi[0] = 0, shifted to zero mean. */
function potentials(n: number, kI: Float64Array, kE: Float64Array, m: number, r: Float64Array) {
  const D: number[][] = []
  const b: number[][] = []
  for (let k = 0; k < n; k++) {
    const i = (k > 0 ? kI[k - 1] : 0) + (k < n - 1 ? kI[k] : 0)
    const e = (k > 0 ? kE[k - 1] : 0) + (k < n - 1 ? kE[k] : 0)
    D.push(k === 0 ? [i + m, 0, 0, 1] : [i + m, i, i, i + e])
    b.push([r[k], 0])
  }
  const U = (k: number) => (k === 0 ? [-kI[0], -kI[0], 0, 0] : [-kI[k], -kI[k], -kI[k], -kI[k] - kE[k]])
  const L = (k: number) => [-kI[k - 1], -kI[k - 1], -kI[k - 1], -kI[k - 1] - kE[k - 1]]
  const inverse = ([p, q, s, t]: number[]) => {
    const det = p * t - q * s
    return [t / det, -q / det, -s / det, p / det]
  }
  const times = ([p, q, s, t]: number[], [u, v, w, x]: number[]) => [
    p * u + q * w,
    p * v + q * x,
    s * u + t * w,
    s * v + t * x,
  ]
  const apply = ([p, q, s, t]: number[], [u, v]: number[]) => [p * u + q * v, s * u + t * v]
  for (let k = 1; k < n; k++) {
    const w = times(L(k), inverse(D[k - 1]))
    const change = times(w, U(k - 1))
    D[k] = D[k].map((v, j) => v - change[j])
    const carried = apply(w, b[k - 1])
    b[k] = b[k].map((v, j) => v - carried[j])
  }
  const x: number[][] = Array(n)
  x[n - 1] = apply(inverse(D[n - 1]), b[n - 1])
  for (let k = n - 2; k >= 0; k--) {
    const u = apply(U(k), x[k + 1])
    x[k] = apply(inverse(D[k]), [b[k][0] - u[0], b[k][1] - u[1]])
  }
  const mean = x.reduce((a, v) => a + v[1], 0) / n
  return { V: Float64Array.from(x, (v) => v[0]), phi: Float64Array.from(x, (v) => v[1] - mean) }
}
