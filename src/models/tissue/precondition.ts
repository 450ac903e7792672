/**
 * Preconditioner of the tissue's iteration matrix on a lattice: potentials first, then ions, each scalar problem by
 * one multigrid V-cycle (multigrid.ts) with constant coefficients,
 *
 *     (a c + beta a G + beta K_I) x_V + beta K_I x_phi = r_V          K_s = kappa_s L(w_s), kappa_s = F f sum z² D C
 *     K_I x_V + (K_I + K_E) x_phi = r_phi
 *     (v_s + beta D_i L(w_s) + beta a g_i) x_i = r_i + beta (J x_potentials)_i
 *
 * with a V and ions for each kind of cells, and sums over the kinds in the second row and in the membranes of those
 * outside. Coefficients that vary in space are replaced by their mean; GMRES corrects what is left out.
 */

import { LatticeMultigrid } from '../../numerics/multigrid.ts'
import { present } from '../../present.ts'
import { FARADAY } from '../constants.ts'
import type { TissueEquations } from './equations.ts'
import type { TissueJacobian } from './jacobian.ts'
import type { Cells } from './kinds.ts'
import { K_E, NA_E, PHI } from './layout.ts'
import { latticeWeights } from './net.ts'

/** How much larger than any other diagonal entry the mass of a held node (bath) is in a multigrid operator. */
const RIGID = 1e4

/** Below this ratio of diffusion over one mesh width in a step to storage, a sweep does what a V-cycle would. */
const LOCAL = 1

interface Smoother {
  grid: LatticeMultigrid
  mass: Float64Array
  /** The mass dominates: smoothing suffices. */
  local: boolean
}

/** What is solved for a kind of cells: V and its ions, by a hierarchy where it conducts, by a diagonal where it stands alone. */
interface Inside {
  kind: Cells
  potential: Part
  ions: readonly [Part, Part]
  /** Mean conductivity now, and that of which the potential's hierarchy was built, S/m. */
  kappa: number
  built: number
}

interface Part {
  smoother: Smoother | undefined
  diagonal: Float64Array
}

export class SplitPreconditioner {
  private readonly equations: TissueEquations
  private readonly jacobian: TissueJacobian
  private readonly insides: readonly Inside[]
  private readonly outside: { potential: Smoother | undefined; ions: readonly [Smoother, Smoother] }
  private readonly kappa = { outside: 0, built: Number.NaN }
  private readonly gather: Float64Array
  private readonly scatter: Float64Array
  private readonly potentials: Float64Array
  private readonly response: Float64Array
  private readonly current: Float64Array
  private beta = Number.NaN

  private constructor(
    equations: TissueEquations,
    jacobian: TissueJacobian,
    outside: LatticeMultigrid,
    grids: readonly (LatticeMultigrid | undefined)[],
  ) {
    this.equations = equations
    this.jacobian = jacobian
    const { net } = equations.setting
    const { lattice } = outside
    const smoother = (grid: LatticeMultigrid): Smoother => ({
      grid,
      mass: new Float64Array(lattice.count),
      local: false,
    })
    this.outside = { potential: undefined, ions: [smoother(outside), smoother(outside.twin())] }
    this.insides = equations.cells.map((kind, k) => {
      const grid = grids[k]
      const part = (own: LatticeMultigrid | undefined): Part => ({
        smoother: own && smoother(own),
        diagonal: new Float64Array(net.nodes),
      })
      const ions: [Part, Part] = [part(grid?.twin()), part(grid?.twin())]
      return { kind, potential: part(grid), ions, kappa: 0, built: Number.NaN }
    })
    this.gather = new Float64Array(lattice.count)
    this.scatter = new Float64Array(lattice.count)
    this.potentials = new Float64Array(equations.size)
    this.response = new Float64Array(equations.size)
    this.current = new Float64Array(net.nodes)
  }

  /** Yields between its hierarchies. */
  static *of(equations: TissueEquations, jacobian: TissueJacobian): Generator<void, SplitPreconditioner> {
    const { net } = equations.setting
    const { lattice, weightsE } = present(net.lattice, 'the lattice of the box')
    const outside = new LatticeMultigrid(lattice, weightsE)
    const grids: (LatticeMultigrid | undefined)[] = []
    for (const [k, { weight }] of equations.cells.entries()) {
      yield
      grids.push(weight.some((w) => w !== 0) ? new LatticeMultigrid(lattice, latticeWeights(net, k)) : undefined)
    }
    yield
    return new SplitPreconditioner(equations, jacobian, outside, grids)
  }

  *update(u: Float64Array): Generator<void, void> {
    const { net, diffusivity, membrane, fixedE } = this.equations.setting
    const n = net.nodes
    const mean = (k: number) => {
      let s = 0
      for (let p = 0; p < n; p++) s += u[k * n + p]
      return s / n
    }
    const [dNa, dK, dCl] = diffusivity
    const conductivity = (na: number, k: number, fixed: number) =>
      FARADAY * membrane.f * (dNa * na + dK * k + dCl * (na + k + fixed))
    const { insides, outside, kappa } = this
    for (const inside of insides) {
      const { slots, fixed } = inside.kind
      inside.kappa = conductivity(mean(slots.na), mean(slots.k), fixed)
    }
    kappa.outside = conductivity(mean(NA_E), mean(K_E), fixedE)
    this.beta = Number.NaN
    const drifted = (a: number, b: number) => !(Math.abs(a - b) <= 0.2 * Math.abs(b))
    if (insides.some((i) => drifted(i.kappa, i.built)) || drifted(kappa.outside, kappa.built)) {
      // The sum of all conductors changes shape with the ratio of the conductivities: build its hierarchy anew.
      kappa.built = kappa.outside
      for (const inside of insides) inside.built = inside.kappa
      const { lattice, weightsE } = present(net.lattice, 'the lattice of the box')
      const sum = weightsE.map((w) => w.map((v) => kappa.outside * v))
      for (const [k, inside] of insides.entries())
        latticeWeights(net, k).forEach((w, s) => {
          for (let q = 0; q < w.length; q++) sum[s][q] += inside.kappa * w[q]
        })
      yield
      const grid = new LatticeMultigrid(lattice, sum)
      outside.potential = { grid, mass: new Float64Array(lattice.count), local: false }
    }
  }

  *configure(beta: number): Generator<void, void> {
    if (beta === this.beta) return
    // A solve that is given up on the way leaves nothing that counts as done.
    this.beta = Number.NaN
    yield* this.arrange(beta)
    this.beta = beta
  }

  private *arrange(beta: number): Generator<void, void> {
    const { equations, jacobian, insides, outside } = this
    const { net, diffusivity } = equations.setting
    const { index } = present(net.lattice, 'the lattice of the box')
    const n = net.nodes
    const exchange = new Float64Array(4)
    const potential = present(outside.potential, 'a hierarchy of the potential')
    const held = this.heldMasses(beta)
    for (let p = 0; p < n; p++) {
      const at = index[p]
      const bath = equations.bathNode(p)
      potential.mass[at] = bath ? held.potential : 0
      let [crossNa, crossK] = [0, 0]
      insides.forEach(({ kind, potential: own, ions }, k) => {
        const a = kind.area[p]
        jacobian.exchange(k, p, exchange)
        const g = Math.max(0, jacobian.conductance(k, p))
        own.diagonal[p] = a * kind.membrane.parameters.capacitance + beta * a * g
        for (const i of [0, 1]) ions[i].diagonal[p] = kind.volume[p] + (beta * a * Math.max(0, exchange[i])) / FARADAY
        for (const { smoother, diagonal } of [own, ...ions]) if (smoother) smoother.mass[at] = diagonal[p]
        crossNa += (beta * a * Math.max(0, exchange[2])) / FARADAY
        crossK += (beta * a * Math.max(0, exchange[3])) / FARADAY
      })
      const open = net.volumeE[p] + (bath ? held.ions : 0)
      outside.ions[0].mass[at] = open + crossNa
      outside.ions[1].mass[at] = open + crossK
    }
    const set = (problem: Smoother | undefined, stiffness: number, rate: number) => {
      if (!problem) return
      problem.grid.configure({ stiffness, mass: problem.mass })
      problem.local = stiffness * rate < LOCAL
    }
    yield
    set(potential, 1, Number.POSITIVE_INFINITY)
    for (const [k, { kappa, potential: own, ions }] of insides.entries()) {
      yield
      set(own.smoother, beta * kappa, Number.POSITIVE_INFINITY)
      for (const [i, { smoother }] of ions.entries()) set(smoother, beta * diffusivity[i], held.rates[k])
    }
    yield
    for (const [i, problem] of outside.ions.entries()) set(problem, beta * diffusivity[i], held.rateE)
    yield
  }

  /** Masses that hold the potential and the ions at bath nodes, and the largest edge weight per volume of each phase. */
  private heldMasses(beta: number): { potential: number; ions: number; rates: number[]; rateE: number } {
    const { insides, kappa } = this
    const { net, diffusivity } = this.equations.setting
    const largest = (values: Float64Array) => values.reduce((a, b) => Math.max(a, Math.abs(b)), 0)
    const weightE = largest(net.edges.weightE)
    const weights = insides.map(({ kind }) => largest(kind.weight))
    const volume = largest(net.volumeE)
    const conductance = insides.reduce((sum, inside, k) => sum + inside.kappa * weights[k], kappa.outside * weightE)
    return {
      potential: RIGID * conductance,
      ions: RIGID * (volume + beta * Math.max(...diffusivity) * weightE),
      rates: insides.map(({ kind }, k) => weights[k] / largest(kind.volume)),
      rateE: weightE / volume,
    }
  }

  /** z = P^-1 r, both in the layout of the equations. */
  *apply(r: Float64Array, z: Float64Array): Generator<void, void> {
    const { equations, jacobian, potentials, response, beta, insides, outside } = this
    const n = equations.setting.net.nodes
    const { bathNodes } = equations.setting.drive
    potentials.fill(0)
    jacobian.relax(beta, r, potentials)
    // Held values are known at once; what they push into their neighbours travels with the potentials below.
    for (const p of bathNodes) for (const k of [NA_E, K_E, PHI]) potentials[k * n + p] = r[k * n + p]
    for (const { kind, potential } of insides) this.inside(potential, r, kind.slots.v, potentials)
    // r_phi - sum of K_I x_V
    response.set(r.subarray(PHI * n, (PHI + 1) * n), PHI * n)
    for (const [k, { kind, potential }] of insides.entries()) {
      if (!potential.smoother) continue
      const { v } = kind.slots
      jacobian.innerCurrent(k, potentials.subarray(v * n, (v + 1) * n), this.current)
      for (let p = 0; p < n; p++) response[PHI * n + p] += this.current[p]
    }
    yield
    this.cycle(present(outside.potential, 'a hierarchy of the potential'), response, PHI, potentials)
    yield
    jacobian.apply(potentials, response)
    const { mass } = equations
    const ions = [NA_E, K_E, ...insides.flatMap(({ kind }) => [kind.slots.na, kind.slots.k])]
    for (const k of ions)
      for (let q = k * n; q < (k + 1) * n; q++) response[q] = r[q] + (mass[q] === 0 ? 1 : beta) * response[q]
    z.set(potentials)
    for (const [i, problem] of outside.ions.entries()) {
      yield
      this.cycle(problem, response, NA_E + i, z)
    }
    for (const { kind, ions: parts } of insides) {
      const { na, k, gate } = kind.slots
      for (const [i, slot] of [na, k].entries()) {
        yield
        this.inside(parts[i], response, slot, z)
      }
      if (kind.membrane.parameters.gates)
        for (let q = gate * n; q < (gate + 1) * n; q++) z[q] = (r[q] + beta * response[q]) / (1 + beta * 10)
    }
  }

  /** Field k of a kind of cells: one V-cycle, or the diagonal where nothing conducts. */
  private inside({ smoother, diagonal }: Part, r: Float64Array, k: number, x: Float64Array): void {
    if (smoother) this.cycle(smoother, r, k, x)
    else {
      const { length: n } = diagonal
      for (let p = 0; p < n; p++) x[k * n + p] = r[k * n + p] / diagonal[p]
    }
  }

  /** Solves a scalar problem for field k of r into field k of x by one V-cycle. */
  private cycle({ grid, local }: Smoother, r: Float64Array, k: number, x: Float64Array): void {
    const { equations, gather, scatter } = this
    const { net } = equations.setting
    const n = net.nodes
    const { index } = present(net.lattice, 'the lattice of the box')
    const held = k === NA_E || k === K_E || k === PHI
    const free = (p: number) => !(held && equations.bathNode(p))
    for (let p = 0; p < n; p++) gather[index[p]] = free(p) ? r[k * n + p] : 0
    if (local) grid.smooth(gather, scatter)
    else grid.cycle(gather, scatter)
    for (let p = 0; p < n; p++) if (free(p)) x[k * n + p] = scatter[index[p]]
  }
}
