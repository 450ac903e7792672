/**
 * Faces between cathode cells: electrons and lithium of the solid, and the gradient energy.
 *
 *   is = -Sigma grad psi                   Ns = -D_s c_sm Ms grad y                    (Fickian)
 *   w  = Omega (1 - 2y) - K div grad y     Ns = -D_s c_sm Ms m(y) grad (w + logit y)   (thermodynamic)
 *
 * The mobility of a face is the logarithmic mean dy / d logit y, so that the flux of logit is -grad y exactly and a
 * front is right to 0.02 mV with only 2.5 cells across it.
 */
import { FARADAY } from '../constants.ts'
import { type Add, type CathodeEquations, type CathodeSetting, PSI, type SolidLaw, Y } from './equations.ts'
import { faceMobility, logit } from './thermodynamics.ts'

export class SolidFaces {
  private readonly setting: CathodeSetting
  private readonly from: Int32Array
  private readonly to: Int32Array
  /** Transmissibilities: Sigma RT/F [A/m²], F D_s c_sm Ms [A/m²], plain [m per m² of cell]. */
  private readonly electrons: Float64Array
  private readonly lithium: Float64Array
  private readonly plain: Float64Array
  private readonly m = new Float64Array(4)

  constructor(setting: CathodeSetting) {
    this.setting = setting
    const { grid, cathode, thermal, solid, sites } = setting
    const { faces, columns, first } = grid
    const inside = (p: number) => p % columns >= first
    const kept = Array.from({ length: faces.count }, (_, k) => k).filter(
      (k) => inside(faces.from[k]) && inside(faces.to[k]),
    )
    const plain = (k: number) => faces.area[k] / (faces.before[k] + faces.after[k])
    this.from = Int32Array.from(kept, (k) => faces.from[k])
    this.to = Int32Array.from(kept, (k) => faces.to[k])
    this.electrons = Float64Array.from(kept, (k) => cathode.Sigma[faces.axis[k]] * thermal * plain(k))
    this.lithium = Float64Array.from(
      kept,
      (k) => FARADAY * solid.diffusivity * sites * cathode.Ms[faces.axis[k]] * plain(k),
    )
    this.plain = Float64Array.from(kept, plain)
  }

  walk(equations: CathodeEquations, u: Float64Array, out: Float64Array | undefined, add: Add | undefined): void {
    const n = equations.nodes
    const psi = PSI * n
    const { from, to, electrons, setting } = this
    for (let k = 0; k < from.length; k++) {
      const [a, b, G] = [psi + from[k], psi + to[k], electrons[k]]
      balance(out, a, b, G * (u[a] - u[b]))
      if (add) symmetric(add, a, b, -G)
    }
    this.collector(n, u, out, add)
    const { Ms } = setting.cathode
    if (Ms.some((m) => m > 0)) this.diffusion(equations, u, out, add)
    if (equations.W >= 0) this.excess(equations, u, out, add)
  }

  /** The solid of the last column is connected to the collector, where psi = 0, along the tab. */
  private collector(n: number, u: Float64Array, out: Float64Array | undefined, add: Add | undefined): void {
    const { grid, cathode, thermal } = this.setting
    const last = grid.columns - 1
    const G = (cathode.Sigma[0] * thermal * grid.share) / (grid.width[last] / 2)
    for (let j = 0; j < grid.rows; j++) {
      if (grid.tab[j] === 0) continue
      const p = PSI * n + last + grid.columns * j
      if (out) out[p] -= G * u[p]
      add?.(p, p, -G)
    }
  }

  private diffusion(
    equations: CathodeEquations,
    u: Float64Array,
    out: Float64Array | undefined,
    add: Add | undefined,
  ): void {
    const { nodes: n, W } = equations
    const { from, to, lithium, m, setting } = this
    const { law, mobility, omega } = setting.solid
    for (let k = 0; k < from.length; k++) {
      const [a, b, G] = [Y * n + from[k], Y * n + to[k], lithium[k]]
      const [y1, y2] = [u[a], u[b]]
      if (law === 'fickian') {
        balance(out, a, b, G * (y1 - y2))
        if (add) symmetric(add, a, b, -G)
        continue
      }
      const fall = this.fall(equations, u, k)
      lithiumFlux(mobility, G, y1, y2, fall, m)
      const [flux, d1, d2, byFall] = m
      balance(out, a, b, flux)
      if (!add) continue
      const columns: [number, number][] =
        W < 0
          ? [
              [a, d1 - 2 * omega * byFall],
              [b, d2 + 2 * omega * byFall],
            ]
          : [
              [a, d1],
              [b, d2],
              [W * n + from[k], byFall],
              [W * n + to[k], -byFall],
            ]
      for (const [column, value] of columns) {
        add(a, column, -value)
        add(b, column, value)
      }
    }
  }

  /** Fall of the excess potential across face k, RT; without gradient energy w = Omega (1 - 2y). */
  private fall(equations: CathodeEquations, u: Float64Array, k: number): number {
    const { nodes: n, W } = equations
    const [a, b] = [this.from[k], this.to[k]]
    const own = equations.shiftOf(a) - equations.shiftOf(b)
    if (W >= 0) return own + u[W * n + a] - u[W * n + b]
    return own + 2 * this.setting.solid.omega * (u[Y * n + b] - u[Y * n + a])
  }

  /** Currents of electrons and lithium times the falls of their potentials, over RT/F: A/m². */
  heat(equations: CathodeEquations, u: Float64Array): number {
    const n = equations.nodes
    const { from, to, electrons, setting, m } = this
    const flows = new Float64Array(equations.size)
    this.collector(n, u, flows, undefined)
    // What leaves through the tab has fallen from psi to 0.
    let sum = 0
    for (let p = 0; p < n; p++) sum -= flows[PSI * n + p] * u[PSI * n + p]
    const { Ms } = setting.cathode
    const moving = Ms.some((v) => v > 0)
    for (let k = 0; k < from.length; k++) {
      const [a, b] = [from[k], to[k]]
      sum += electrons[k] * (u[PSI * n + a] - u[PSI * n + b]) ** 2
      if (!moving) continue
      const [y1, y2] = [u[Y * n + a], u[Y * n + b]]
      const fall = this.fall(equations, u, k)
      faceMobility(y1, y2, m)
      const mobility = setting.solid.mobility === '1/4' ? 0.25 : m[0]
      const flux = setting.solid.law === 'fickian' ? y1 - y2 : mobility * (fall + logit(y1) - logit(y2))
      sum += this.lithium[k] * flux * (fall + logit(y1) - logit(y2))
    }
    return sum
  }

  private excess(
    equations: CathodeEquations,
    u: Float64Array,
    out: Float64Array | undefined,
    add: Add | undefined,
  ): void {
    const { nodes: n, W, volume } = equations
    const { from, to, plain, setting } = this
    const { omega, gradient } = setting.solid
    for (let k = 0; k < from.length; k++) {
      const G = gradient * plain[k]
      for (const [p, q] of [
        [from[k], to[k]],
        [to[k], from[k]],
      ]) {
        const row = W * n + p
        const scale = G / volume[p]
        if (out) out[row] -= scale * (u[Y * n + q] - u[Y * n + p])
        add?.(row, Y * n + q, -scale)
        add?.(row, Y * n + p, scale)
      }
    }
    for (let p = 0; p < n; p++) {
      if (!equations.isCathode(p)) continue
      const row = W * n + p
      if (out) out[row] += omega * (1 - 2 * u[Y * n + p]) - u[row]
      add?.(row, Y * n + p, -2 * omega)
      add?.(row, row, -1)
    }
  }
}

/**
 * Flux of lithium down mu = w + logit(y) from y1 to y2, with its derivatives by y1, y2 and the fall of w: out[0..3].
 * @param G transmissibility
 * @param fall of w
 */
export function lithiumFlux(
  mobility: SolidLaw['mobility'],
  G: number,
  y1: number,
  y2: number,
  fall: number,
  out: Float64Array,
): void {
  if (mobility === '1/4') {
    out[0] = 0.25 * G * (logit(y1) - logit(y2) + fall)
    out[1] = (0.25 * G) / (y1 * (1 - y1))
    out[2] = (-0.25 * G) / (y2 * (1 - y2))
    out[3] = 0.25 * G
    return
  }
  faceMobility(y1, y2, out)
  const [mean, by1, by2] = out
  out[0] = G * (y1 - y2 + mean * fall)
  out[1] = G * (1 + by1 * fall)
  out[2] = G * (-1 + by2 * fall)
  out[3] = G * mean
}

function balance(out: Float64Array | undefined, a: number, b: number, flux: number): void {
  if (!out) return
  out[a] -= flux
  out[b] += flux
}

function symmetric(add: Add, a: number, b: number, value: number): void {
  add(a, a, value)
  add(b, b, value)
  add(a, b, -value)
  add(b, a, -value)
}
