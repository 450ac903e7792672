/**
 * The resolved cell as M du/dt = F(u) on the nodes of a tiling (tiling.ts), per area of the cell [A/m²]:
 *
 *   salt        F c0 v dc/dt    = - div N-                 electrolyte
 *   ions        0               = - div i  + A             electrolyte, Butler-Volmer at the foil
 *   electrons   0               = - div is - A             active material and carbon; psi = 0 at the collector
 *   lithium     F c_sm v dy/dt  = - F div Ns - A           active material
 *   excess      0               = Omega (1 - 2y) v + div K grad y - w v     active material with gradient energy
 *
 * A = i(c, y, D) times the area of contact, all at the same node. The unknowns are those of the homogenized cell
 * (equations.ts), field-major, -u = 0 where a field does not live, and the unknowns of the whole cell behind them.
 */
import { FARADAY } from '../constants.ts'
import { foilCurrent } from './boundary.ts'
import { type Face, NeutralFlux, offset } from './electrolyte.ts'
import { type Add, C, type CathodeSetting, GLOBALS, PHI, PSI, spreadFlux, Y } from './equations.ts'
import { lithiumFlux } from './solid.ts'
import { holdStep } from './terminal.ts'
import type { CathodeTiling } from './tiling.ts'

const GLOBAL_COUNT = Object.keys(GLOBALS).length

/** Edges on which one quantity flows. */
export interface Edges {
  from: Int32Array
  to: Int32Array
  /** Transmissibility, in the unit of the flux. */
  G: Float64Array
}

export class ResolvedEquations {
  readonly setting: CathodeSetting
  readonly tiling: CathodeTiling
  readonly nodes: number
  /** Index of the field w; -1 without gradient energy. */
  readonly W: number
  readonly globals: number
  readonly size: number
  readonly mass: Float64Array
  /** 1 where a field lives. */
  readonly present: Uint8Array
  /** C/m². */
  readonly capacity: number
  readonly byV: Float64Array
  readonly sumByU: Float64Array
  readonly salt: Edges & { face: Face[] }
  readonly electrons: Edges
  readonly lithium: Edges
  /** Gradient energy, K in m² times P1 transmissibilities. */
  readonly gradient: Edges
  readonly neutral: NeutralFlux
  /** Nodes where lithium reacts. */
  readonly reactive: Int32Array
  private readonly terminalRow = { value: 0, bySum: 0, byV: 0 }
  private sumByV = 0
  /** Rows that only hold a value: absent unknowns, and the solid at the collector. */
  private readonly held: Int32Array
  private readonly atCollector: Uint8Array
  private readonly rateOf = new Float64Array(5)
  private readonly flux = new Float64Array(10)
  private readonly m = new Float64Array(4)

  constructor(setting: CathodeSetting, tiling: CathodeTiling) {
    const { reference, thermal, sites, solid, electrolyte } = setting
    const n = tiling.nodes
    this.setting = setting
    this.tiling = tiling
    this.nodes = n
    this.W = solid.gradient > 0 ? 4 : -1
    this.globals = (this.W < 0 ? 4 : 5) * n
    this.size = this.globals + GLOBAL_COUNT
    this.neutral = new NeutralFlux(electrolyte, FARADAY * reference, thermal)
    this.capacity = FARADAY * sites * tiling.active.reduce((a, b) => a + b, 0)
    this.mass = new Float64Array(this.size)
    this.byV = new Float64Array(this.globals)
    this.sumByU = new Float64Array(this.globals)
    this.present = new Uint8Array(this.globals)
    for (let p = 0; p < n; p++) {
      this.mass[C * n + p] = FARADAY * reference * tiling.salt[p]
      this.mass[Y * n + p] = FARADAY * sites * tiling.active[p]
      for (const k of [C, PHI]) this.present[k * n + p] = tiling.salt[p] > 0 ? 1 : 0
      this.present[PSI * n + p] = tiling.solid[p] > 0 ? 1 : 0
      this.present[Y * n + p] = tiling.active[p] > 0 ? 1 : 0
      if (this.W >= 0) this.present[this.W * n + p] = this.present[Y * n + p]
    }
    for (let k = GLOBALS.Q; k < GLOBAL_COUNT; k++) this.mass[this.globals + k] = 1
    this.reactive = Int32Array.from(tiling.area.keys()).filter((p) => tiling.area[p] > 0)
    this.atCollector = new Uint8Array(n)
    for (const p of tiling.collector) this.atCollector[p] = 1
    this.held = Int32Array.from(this.present.keys()).filter((k) => this.present[k] === 0 || this.isHeld(k))
    const { edges } = tiling
    const salt = edgesOf(tiling, edges.salt, 1)
    const half = (w: number) => ({ resistance: 0.5 / w, distance: 1 })
    this.salt = { ...salt, face: Array.from(salt.G, (w) => ({ left: half(w), right: half(w), flow: 0 })) }
    this.electrons = edgesOf(tiling, edges.electrons, thermal)
    this.lithium = edgesOf(tiling, edges.lithium, FARADAY * solid.diffusivity * sites)
    this.gradient = edgesOf(tiling, edges.lithium, solid.gradient)
  }

  private isHeld(k: number): boolean {
    return k >= PSI * this.nodes && k < Y * this.nodes && this.atCollector[k % this.nodes] === 1
  }

  residual(t: number, u: Float64Array, out: Float64Array): void {
    this.walk(t, u, out, undefined)
  }

  /** Jacobian entries among the fields; those of the whole cell go to byV, sumByU and `border`. */
  entries(t: number, u: Float64Array, add: Add): void {
    this.byV.fill(0)
    this.sumByU.fill(0)
    this.sumByV = 0
    this.walk(t, u, undefined, add)
  }

  border(): { byV: number; bySum: number; sumByV: number } {
    return { byV: this.terminalRow.byV, bySum: this.terminalRow.bySum, sumByV: this.sumByV }
  }

  /** Sum of A: minus the current, A/m². */
  reactionSum(u: Float64Array): number {
    let sum = 0
    for (const p of this.reactive) sum += this.reaction(u, p)
    return sum
  }

  /** A of node p [A/m² of cell]; derivatives per area of contact stay in `rateOf`. */
  reaction(u: Float64Array, p: number): number {
    const { nodes: n, setting, rateOf, tiling } = this
    setting.kinetics.rate(u[p], u[Y * n + p], this.drive(u, p), this.excess(u, p), rateOf)
    return tiling.area[p] * rateOf[0]
  }

  /** F (psi_s - Phi - V0) / RT. */
  drive(u: Float64Array, p: number): number {
    const { nodes: n, setting, globals } = this
    const solid = u[PSI * n + p] + u[globals + GLOBALS.V]
    return solid - this.lithiumPotential(u, p) - setting.standard / setting.thermal
  }

  /** Excess chemical potential, RT. */
  excess(u: Float64Array, p: number): number {
    const { nodes: n, setting, W } = this
    const y = u[Y * n + p]
    if (W >= 0) return u[W * n + p] + (setting.omega - setting.solid.omega) * (1 - 2 * y)
    return setting.omega * (1 - 2 * y)
  }

  /** Potential measured by lithium, RT/F. */
  lithiumPotential(u: Float64Array, p: number): number {
    const s = offset(this.setting.electrolyte.form)
    return u[PHI * this.nodes + p] + (s === 0 ? 0 : s * Math.log(u[p]))
  }

  private walk(t: number, u: Float64Array, out: Float64Array | undefined, add: Add | undefined): void {
    out?.fill(0)
    this.ions(u, out, add)
    this.electronFlow(u, out, add)
    this.lithiumFlow(u, out, add)
    if (this.W >= 0) this.excessRows(u, out, add)
    const sum = this.reactions(u, out, add)
    this.foil(u, out, add)
    for (const k of this.held) {
      if (out) out[k] = -u[k]
      add?.(k, k, -1)
    }
    const { setting, globals: g, terminalRow } = this
    const at = (k: number) => u[g + k]
    const [V, startV] = [at(GLOBALS.V), at(GLOBALS.V_START)].map((v) => v * setting.thermal)
    const step = setting.steps[at(GLOBALS.STEP)]
    holdStep(step, setting, t - at(GLOBALS.START), V, startV, sum, terminalRow)
    if (!out) return
    out[g + GLOBALS.V] = terminalRow.value
    out[g + GLOBALS.Q] = -sum / this.capacity
  }

  private ions(u: Float64Array, out: Float64Array | undefined, add: Add | undefined): void {
    const { nodes: n, flux, salt, neutral } = this
    const { from, to, face } = salt
    for (let k = 0; k < from.length; k++) {
      const [a, b] = [from[k], to[k]]
      neutral.write(face[k], u[a], u[PHI * n + a], u[b], u[PHI * n + b], flux)
      spreadFlux(n, flux, a, b, true, true, out, add)
    }
  }

  private electronFlow(u: Float64Array, out: Float64Array | undefined, add: Add | undefined): void {
    const { nodes: n, electrons, atCollector } = this
    const { from, to, G } = electrons
    for (let k = 0; k < from.length; k++) {
      const [a, b] = [PSI * n + from[k], PSI * n + to[k]]
      const flux = G[k] * (u[a] - u[b])
      if (out) {
        out[a] -= flux
        out[b] += flux
      }
      if (!add) continue
      for (const [row, other] of [
        [a, b],
        [b, a],
      ]) {
        if (atCollector[row - PSI * n] === 1) continue
        add(row, row, -G[k])
        add(row, other, G[k])
      }
    }
  }

  private lithiumFlow(u: Float64Array, out: Float64Array | undefined, add: Add | undefined): void {
    const { nodes: n, lithium, m, setting, W } = this
    const { from, to, G } = lithium
    const { law, mobility, omega } = setting.solid
    for (let k = 0; k < from.length; k++) {
      const [a, b] = [Y * n + from[k], Y * n + to[k]]
      const [y1, y2] = [u[a], u[b]]
      let [flux, by1, by2] = [G[k] * (y1 - y2), G[k], -G[k]]
      if (law === 'thermodynamic') {
        lithiumFlux(mobility, G[k], y1, y2, this.excessFall(u, from[k], to[k]), m)
        flux = m[0]
        by1 = m[1] - (W < 0 ? 2 * omega * m[3] : 0)
        by2 = m[2] + (W < 0 ? 2 * omega * m[3] : 0)
        if (add && W >= 0) {
          const [wa, wb] = [W * n + from[k], W * n + to[k]]
          add(a, wa, -m[3])
          add(a, wb, m[3])
          add(b, wa, m[3])
          add(b, wb, -m[3])
        }
      }
      if (out) {
        out[a] -= flux
        out[b] += flux
      }
      if (!add) continue
      add(a, a, -by1)
      add(a, b, -by2)
      add(b, a, by1)
      add(b, b, by2)
    }
  }

  /** Fall of the excess potential of diffusion from node a to node b, RT. */
  excessFall(u: Float64Array, a: number, b: number): number {
    const { nodes: n, W, setting } = this
    return W < 0 ? 2 * setting.solid.omega * (u[Y * n + b] - u[Y * n + a]) : u[W * n + a] - u[W * n + b]
  }

  private excessRows(u: Float64Array, out: Float64Array | undefined, add: Add | undefined): void {
    const { nodes: n, W, gradient, tiling, setting } = this
    const { omega } = setting.solid
    const volume = tiling.active
    gradient.from.forEach((a, k) => {
      const b = gradient.to[k]
      for (const [p, q] of [
        [a, b],
        [b, a],
      ]) {
        const scale = gradient.G[k] / volume[p]
        if (out) out[W * n + p] += scale * (u[Y * n + p] - u[Y * n + q])
        add?.(W * n + p, Y * n + p, scale)
        add?.(W * n + p, Y * n + q, -scale)
      }
    })
    for (let p = 0; p < n; p++) {
      if (volume[p] === 0) continue
      if (out) out[W * n + p] += omega * (1 - 2 * u[Y * n + p]) - u[W * n + p]
      add?.(W * n + p, Y * n + p, -2 * omega)
      add?.(W * n + p, W * n + p, -1)
    }
  }

  private reactions(u: Float64Array, out: Float64Array | undefined, add: Add | undefined): number {
    const { nodes: n, setting, rateOf, tiling, byV, sumByU, atCollector, W } = this
    const steep = 2 * (W < 0 ? setting.omega : setting.omega - setting.solid.omega)
    const s = offset(setting.electrolyte.form)
    let sum = 0
    for (const p of this.reactive) {
      const A = this.reaction(u, p)
      sum += A
      const rows: [number, number][] = [
        [PHI * n + p, 1],
        [Y * n + p, -1],
      ]
      if (atCollector[p] === 0) rows.push([PSI * n + p, -1])
      if (out) for (const [row, sign] of rows) out[row] += sign * A
      if (!add) continue
      const area = tiling.area[p]
      const byD = area * rateOf[3]
      const columns: [number, number][] = [
        [p, area * rateOf[1] - (s / u[p]) * byD],
        [PHI * n + p, -byD],
        [PSI * n + p, byD],
        [Y * n + p, area * (rateOf[2] - steep * rateOf[4])],
      ]
      if (W >= 0) columns.push([W * n + p, area * rateOf[4]])
      for (const [row, sign] of rows) {
        for (const [column, value] of columns) add(row, column, sign * value)
        byV[row] += sign * byD
      }
      for (const [column, value] of columns) sumByU[column] += value
      this.sumByV += byD
    }
    return sum
  }

  private foil(u: Float64Array, out: Float64Array | undefined, add: Add | undefined): void {
    const { nodes: n, setting, tiling } = this
    const { node, share } = tiling.foil
    const s = offset(setting.electrolyte.form)
    for (let k = 0; k < node.length; k++) {
      const p = node[k]
      const { current, byPhi, byC } = foilCurrent(setting.foil, share[k], u[p], this.lithiumPotential(u, p), s)
      if (out) out[PHI * n + p] += current
      add?.(PHI * n + p, PHI * n + p, byPhi)
      if (byC !== 0) add?.(PHI * n + p, p, byC)
    }
  }
}

/** Edges with a transmissibility, scaled. */
function edgesOf({ edges: { from, to } }: CathodeTiling, weight: Float64Array, scale: number): Edges {
  const kept = Int32Array.from(weight.keys()).filter((k) => weight[k] !== 0)
  return {
    from: kept.map((k) => from[k]),
    to: kept.map((k) => to[k]),
    G: Float64Array.from(kept, (k) => scale * weight[k]),
  }
}
