/** The porous electrolyte as a Model: fields, current, charge, energy and budgets of a state. */
import { finish } from '../../finish.ts'
import { resample } from '../../numerics/resample.ts'
import type { Linearisation } from '../../numerics/system.ts'
import { FARADAY } from '../constants.ts'
import { inOrder, observable } from '../entries.ts'
import type { Equation, Field, MacroSpec, Model, Notice, Observable } from '../family.ts'
import type { Port } from '../port.ts'
import { PorousEquations, type PorousSetting } from './equations.ts'
import { explainFailure } from './failure.ts'
import { between, faces } from './grading.ts'
import { IterativeLinearisation } from './iterative.ts'
import { DirectLinearisation } from './linearise.ts'
import { everywhere, inPores, ionName } from './outputs.ts'
import { porousPort } from './port.ts'
import { harmonic, unitPotential } from './potential.ts'

export class PorousModel extends PorousEquations implements Model {
  readonly modelClass: string
  readonly layout: string
  readonly ring: boolean
  readonly macro: MacroSpec
  readonly fields: readonly Field[]
  readonly observables: readonly Observable[]
  readonly notices: readonly Notice[]
  readonly further: readonly Equation[]
  /** Nodes are denser at the electrodes; pictures and states of other meshes go through uniform nodes. */
  private readonly graded: boolean
  private known: Float64Array | undefined
  private free: Float64Array | undefined
  private solver: DirectLinearisation | IterativeLinearisation | undefined

  constructor(
    setting: PorousSetting,
    description: {
      modelClass: string
      macro: MacroSpec
      notices?: readonly Notice[]
      first?: number
      further?: readonly Equation[]
    },
  ) {
    super(setting)
    const { species, net } = setting
    this.modelClass = description.modelClass
    this.macro = description.macro
    this.notices = description.notices ?? []
    this.further = description.further ?? []
    const { first } = description
    this.graded = first !== undefined
    this.layout = `porous/${species.length}/${net.periodic ? 'ring' : ''}${net.counts.join('x')}${first === undefined ? '' : `@${first}`}`
    this.ring = net.periodic === true
    this.fields = [
      ...species.map(
        (s, r): Field => ({
          name: `c_${r + 1}`,
          label: `Concentration, ${ionName(r, s.valence)}`,
          symbol: `c_${r + 1}`,
          unit: 'mM',
          factor: 1,
          group: 'concentration',
          microscopic: inPores(`c_${r + 1}`, s.valence * setting.f),
        }),
      ),
      {
        name: 'phi',
        label: 'Potential',
        symbol: '\\phi',
        unit: 'mV',
        factor: 1e-3,
        group: 'potential',
        microscopic: everywhere((FARADAY * setting.fixedCharge) / setting.permittivity),
      },
    ]
    this.observables = [
      observable('current', 'Current density, left to right', 'A/m²', 1, 'global'),
      ...species.map((s, r) =>
        observable(`flux_${r + 1}`, `Flux of ${ionName(r, s.valence)}`, 'mol/(m² s)', 1, 'global'),
      ),
      observable('half_charge', 'Charge of the left half', 'mmol/m²', 1e-3, 'global'),
      observable('mean_charge', 'Mean charge', 'mM', 1, 'global'),
      observable('energy', 'Free energy', 'J/m²', 1, 'energy'),
      observable('dissipation', 'Dissipation', 'W/m²', 1, 'energy'),
      ...species.map((s, r) =>
        observable(`budget_${r + 1}`, `Balance error, ${ionName(r, s.valence)}`, '1', 1, 'budget'),
      ),
    ]
  }

  /** Harmonic potential that is 1 at x = 0 and 0 at x = L: currents are read with it (Shockley and Ramo). */
  get unit(): Float64Array {
    this.known ??= finish(unitPotential(this.setting.net))
    return this.known
  }

  *ready(): Generator<void, void> {
    this.known ??= yield* unitPotential(this.setting.net)
    this.free ??= yield* this.chargeFree()
  }

  sample(_t: number, u: Float64Array): Float32Array[] {
    const n = this.setting.net.nodes
    if (this.setting.net.periodic) return this.repeated(u)
    const shown = this.graded ? between(u, faces(this.layout), undefined, this.rows, this.macro.nodes[0]) : u
    return Array.from({ length: this.width }, (_, k) => Float32Array.from(shown.subarray(k * n, (k + 1) * n)))
  }

  /** Rows along x of a state: those of the box, for each field. */
  private get rows(): number {
    return (this.width * this.setting.net.nodes) / this.macro.nodes[0]
  }

  /** Fields on all nodes of the box: the last of each axis are the first again. */
  private repeated(u: Float64Array): Float32Array[] {
    const { nodes: n, counts } = this.setting.net
    const { nodes } = this.macro
    const [nx, ny = 1] = nodes
    const [mx, my = 1, mz = 1] = counts
    const source = Int32Array.from(
      { length: nodes.reduce((a, b) => a * b, 1) },
      (_, p) => ((p % nx) % mx) + mx * ((Math.floor(p / nx) % ny) % my) + mx * my * (Math.floor(p / (nx * ny)) % mz),
    )
    return Array.from({ length: this.width }, (_, k) => Float32Array.from(source, (p) => u[k * n + p]))
  }

  explainFailure(_t: number, u: Float64Array) {
    return explainFailure(this, u)
  }

  linearise(_t: number, u: Float64Array): Linearisation {
    const { grid, periodic } = this.setting.net
    this.solver ??=
      periodic || (grid && !this.graded && directCost(this) > DIRECT)
        ? new IterativeLinearisation(this)
        : new DirectLinearisation(this)
    this.solver.update(Float64Array.from(u))
    return this.solver
  }

  adopt(from: { u: Float64Array; layout: string; macro: MacroSpec }): Float64Array | undefined {
    const out = this.carry(from)
    if (out) for (let k = 0; k < out.length; k++) if (this.held[k] === 1) out[k] = this.given[k]
    return out
  }

  private carry(from: { u: Float64Array; layout: string; macro: MacroSpec }): Float64Array | undefined {
    if (from.layout === this.layout) return Float64Array.from(from.u)
    const species = `porous/${this.rateCount}/`
    if (!from.layout.startsWith(species) || from.macro.dimension !== this.macro.dimension) return undefined
    if (this.setting.net.periodic || from.layout.startsWith(`${species}ring`)) return undefined
    if (this.macro.dimension === 1)
      return between(from.u, faces(from.layout), faces(this.layout), this.width, this.macro.nodes[0])
    const n = this.setting.net.nodes
    const before = from.u.length / this.width
    // By way of nodes that are equally far from each other.
    const rows = from.u.length / from.macro.nodes[0]
    const even = faces(from.layout) ? between(from.u, faces(from.layout), undefined, rows) : from.u
    const out = new Float64Array(this.size)
    for (let k = 0; k < this.width; k++)
      resample(
        even.subarray(k * before, (k + 1) * before),
        from.macro.nodes,
        out.subarray(k * n, (k + 1) * n),
        this.macro.nodes,
      )
    return this.graded ? between(out, undefined, faces(this.layout), this.rows) : out
  }

  /** Content of each species, mol. */
  contents(u: Float64Array): Float64Array {
    const { nodes: n, pore } = this.setting.net
    return Float64Array.from({ length: this.rateCount }, (_, r) => {
      let sum = 0
      for (let p = 0; p < n; p++) sum += pore[p] * u[r * n + p]
      return sum
    })
  }

  observe(_t: number, u: Float64Array, integrals: Float64Array, baseline: Float64Array): Float64Array {
    const now = this.contents(u)
    const fluxes = this.fluxes(u)
    const { species } = this.setting
    const current = FARADAY * fluxes.reduce((sum, j, r) => sum + species[r].valence * j, 0)
    const { energy, dissipation } = this.freeEnergy(u)
    const budget = now.map((c, r) => {
      const turnover = Math.abs(integrals[r]) + baseline[r]
      return (c - baseline[r] - integrals[r]) / turnover
    })
    const byIon = (name: string, values: ArrayLike<number>) =>
      Object.fromEntries(Array.from(values, (value, r) => [`${name}_${r + 1}`, value]))
    return inOrder(this.observables, {
      current,
      ...byIon('flux', fluxes),
      half_charge: this.halfCharge(u),
      mean_charge: this.meanCharge(u),
      energy,
      dissipation,
      ...byIon('budget', budget),
    })
  }

  port(_t: number, u: Float64Array): Port | undefined {
    return porousPort(this, u)
  }

  /** Changes the potential held at a side [V], with its variation along the side (see experiments.ts). */
  holdPotential(side: 'left' | 'right', voltage: number, tilt: number): void {
    const { net } = this.setting
    this.free = undefined
    const at = (this.width - 1) * net.nodes
    for (const p of net[side].node) {
      const across = net.position[3 * p + 1] / (this.macro.size[1] ?? 1)
      this.given[at + p] = voltage * (1 + tilt * Math.cos(Math.PI * across))
    }
  }

  /** Potential of the held sides without charge, V (the right side is at zero). */
  private *chargeFree(): Generator<void, Float64Array> {
    const { left, net } = this.setting
    if (!left.potential) return new Float64Array(net.nodes)
    const at = (this.width - 1) * net.nodes
    const values = Array.from(net.left.node, (p) => this.given[at + p])
    if (values.every((v) => v === values[0])) return this.unit.map((share) => share * values[0])
    return yield* harmonic(net, (p) => this.given[at + p])
  }

  /** Cross-section of the box, m² (m in two dimensions, 1 in one). */
  get section(): number {
    return this.setting.net.volume.reduce((a, b) => a + b, 0) / this.macro.size[0]
  }

  /**
   * Mean flux of each species from left to right, mol/(m² s): sum of edge fluxes times the fall of the unit potential.
   * Times z F they add up to the current in the outer circuit, displacement included (constant voltage).
   */
  fluxes(u: Float64Array): number[] {
    const { from, to, count } = this.setting.net.edges
    return Array.from({ length: this.rateCount }, (_, r) => {
      let sum = 0
      for (let k = 0; k < count; k++) sum += this.flux(u, r, k) * (this.unit[from[k]] - this.unit[to[k]])
      return sum / this.section
    })
  }

  /** Charge of the left half per cross-section, mol/m². */
  halfCharge(u: Float64Array): number {
    const { net } = this.setting
    const half = this.macro.size[0] / 2
    let sum = 0
    for (let p = 0; p < net.nodes; p++) {
      const x = net.position[3 * p]
      const share = Math.abs(x - half) < 1e-9 * half ? 0.5 : x < half ? 1 : 0
      sum += share * this.charge(u, p)
    }
    return sum / this.section
  }

  /**
   * Free energy per cross-section [J/m²] for fixed electrode potentials and its rate of dissipation [W/m²]:
   *   F = RT sum c (log (c/c0) - 1) + 1/2 rho (phi + phi_V),   -dF/dt = RT sum J (mu_a - mu_b),  mu = log c + z f phi
   * with phi_V the potential without charge.
   */
  freeEnergy(u: Float64Array): { energy: number; dissipation: number } {
    const { net, species, f, concentration } = this.setting
    const { from, to, count } = net.edges
    const n = net.nodes
    const S = this.rateCount
    const rt = FARADAY / f
    this.free ??= finish(this.chargeFree())
    const chargeFree = this.free
    let energy = 0
    for (let p = 0; p < n; p++) {
      if (net.pore[p] > 0)
        for (let r = 0; r < S; r++) {
          const c = u[r * n + p]
          energy += net.pore[p] * rt * c * (Math.log(c / concentration) - 1)
        }
      energy += 0.5 * FARADAY * this.charge(u, p) * (u[S * n + p] + chargeFree[p])
    }
    let dissipation = 0
    for (let k = 0; k < count; k++)
      for (let r = 0; r < S; r++) {
        const [a, b] = [from[k], to[k]]
        if (!(net.pore[a] > 0 && net.pore[b] > 0)) continue
        const fall = Math.log(u[r * n + a] / u[r * n + b]) + species[r].valence * f * (u[S * n + a] - u[S * n + b])
        dissipation += rt * this.flux(u, r, k) * fall
      }
    return { energy: energy / this.section, dissipation: dissipation / this.section }
  }
}

/** Blocks of a sheet are eliminated directly while that takes fewer operations than this. */
const DIRECT = 2e7

function directCost({ size, setting }: PorousEquations): number {
  const columns = setting.net.counts[0]
  return columns * (size / columns) ** 3
}
