/** The derivative of the porous equations (equations.ts) at one state, as an action on a vector. */
import { FARADAY } from '../constants.ts'
import { bernoulli, bernoulliSlope } from '../transport.ts'
import { fitted, type PorousEquations } from './equations.ts'

export class PorousJacobian {
  private readonly equations: PorousEquations
  /** dJ/dc_a, dJ/dc_b and dJ/d(phi_b - phi_a) per species and edge: [3 * (r * count + k) + …]. */
  private readonly slopes: Float64Array

  constructor(equations: PorousEquations) {
    this.equations = equations
    this.slopes = new Float64Array(3 * equations.rateCount * equations.setting.net.edges.count)
  }

  update(u: Float64Array): void {
    const { setting, rateCount: S } = this.equations
    const { net, species, f } = setting
    const { from, to, count, diffusion, drift } = net.edges
    const n = net.nodes
    for (let r = 0; r < S; r++) {
      const { valence, diffusivity } = species[r]
      for (let k = 0; k < count; k++) {
        const at = 3 * (r * count + k)
        const ca = u[r * n + from[k]]
        const cb = u[r * n + to[k]]
        const w = diffusivity * diffusion[k]
        const v = diffusivity * drift[k] * valence * f
        const rise = u[S * n + to[k]] - u[S * n + from[k]]
        if (fitted(diffusion[k], drift[k])) {
          const psi = (v / w) * rise
          this.slopes[at] = w * bernoulli(psi)
          this.slopes[at + 1] = -w * bernoulli(-psi)
          this.slopes[at + 2] = v * (bernoulliSlope(psi) * ca + bernoulliSlope(-psi) * cb)
        } else {
          this.slopes[at] = w - 0.5 * v * rise
          this.slopes[at + 1] = -w - 0.5 * v * rise
          this.slopes[at + 2] = -0.5 * v * (ca + cb)
        }
      }
    }
  }

  /** out = J x. */
  apply(x: Float64Array, out: Float64Array): void {
    this.applyLocal(x, out)
    const { setting, rateCount: S, floating } = this.equations
    if (!floating) return
    const { nodes: n, volume } = setting.net
    const share = FARADAY * this.equations.meanCharge(x, false)
    for (let p = 0; p < n; p++) out[S * n + p] -= share * volume[p]
  }

  /** J x without the projection of the mean charge, which couples all nodes. */
  applyLocal(x: Float64Array, out: Float64Array): void {
    const { setting, rateCount: S, held } = this.equations
    const { net, species, permittivity } = setting
    const { from, to, count, displacement } = net.edges
    const n = net.nodes
    out.fill(0)
    for (let k = 0; k < count; k++) {
      const a = from[k]
      const b = to[k]
      const rise = x[S * n + b] - x[S * n + a]
      for (let r = 0; r < S; r++) {
        const at = 3 * (r * count + k)
        const j = this.slopes[at] * x[r * n + a] + this.slopes[at + 1] * x[r * n + b] + this.slopes[at + 2] * rise
        out[r * n + a] -= j
        out[r * n + b] += j
      }
      const d = permittivity * displacement[k] * rise
      out[S * n + a] += d
      out[S * n + b] -= d
    }
    for (let p = 0; p < n; p++) {
      let charge = 0
      for (let r = 0; r < S; r++) charge += species[r].valence * x[r * n + p]
      out[S * n + p] += FARADAY * net.pore[p] * charge
    }
    for (let k = 0; k < out.length; k++) if (held[k] === 1) out[k] = -x[k]
  }

  /**
   * Derivative of the ionic current read with a potential w given on the nodes, F sum_r z_r sum_k J_rk (w_a - w_b), A.
   * @param w 1 at one side and 0 at the other: the current through the box
   */
  current(w: Float64Array): Float64Array {
    const { setting, rateCount: S, size } = this.equations
    const { net, species } = setting
    const { from, to, count } = net.edges
    const n = net.nodes
    const out = new Float64Array(size)
    for (let r = 0; r < S; r++)
      for (let k = 0; k < count; k++) {
        const [a, b] = [from[k], to[k]]
        const weight = FARADAY * species[r].valence * (w[a] - w[b])
        const at = 3 * (r * count + k)
        out[r * n + a] += weight * this.slopes[at]
        out[r * n + b] += weight * this.slopes[at + 1]
        out[S * n + a] -= weight * this.slopes[at + 2]
        out[S * n + b] += weight * this.slopes[at + 2]
      }
    return out
  }

  /** Every entry of the same, one by one, for solvers that assemble their matrix. */
  entries(add: (row: number, column: number, value: number) => void): void {
    const { setting, rateCount: S, held, size } = this.equations
    const { net, species, permittivity } = setting
    const { from, to, count, displacement } = net.edges
    const n = net.nodes
    for (let k = 0; k < count; k++) {
      const a = from[k]
      const b = to[k]
      for (let r = 0; r < S; r++) {
        const at = 3 * (r * count + k)
        const rise = this.slopes[at + 2]
        for (const [row, sign] of [
          [r * n + a, -1],
          [r * n + b, 1],
        ]) {
          if (held[row] === 1) continue
          add(row, r * n + a, sign * this.slopes[at])
          add(row, r * n + b, sign * this.slopes[at + 1])
          add(row, S * n + a, -sign * rise)
          add(row, S * n + b, sign * rise)
        }
      }
      const d = permittivity * displacement[k]
      for (const [row, other] of [
        [S * n + a, S * n + b],
        [S * n + b, S * n + a],
      ]) {
        if (held[row] === 1) continue
        add(row, other, d)
        add(row, row, -d)
      }
    }
    for (let p = 0; p < n; p++) {
      if (held[S * n + p] === 1) continue
      for (let r = 0; r < S; r++) add(S * n + p, r * n + p, FARADAY * net.pore[p] * species[r].valence)
    }
    for (let k = 0; k < size; k++) if (held[k] === 1) add(k, k, -1)
  }
}
