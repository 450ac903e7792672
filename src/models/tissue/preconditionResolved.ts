/**
 * Preconditioner of a resolved tissue. Potentials in two steps, then ions; m = a c + beta a sum G on the membrane. Each kind
 * of cells is a phase of its own.
 *
 *   1. one potential for both phases, phi_I = phi_E + V with V held:   (K_I + K_E) phi = r_phi        multigrid
 *   2. each phase for itself, with what step 1 left over:
 *        (m + beta K_I) phi_I = r_V              cell by cell where cells are isolated, else multigrid
 *        (m + beta K_E) phi_E = beta r_phi - r_V + m phi_I                                          multigrid
 *   3. (v_s + beta D L(w_s)) x_i = r_i + beta (J x_potentials)_i
 *
 * Step 1 carries the modes in which the membrane is stiff (short steps), step 2 those in which it is soft.
 */

import { LatticeMultigrid } from '../../numerics/multigrid.ts'
import { present } from '../../present.ts'
import { FARADAY } from '../constants.ts'
import { CellwiseSolver } from './cellwise.ts'
import type { TissueEquations } from './equations.ts'
import type { TissueJacobian } from './jacobian.ts'
import type { Cells } from './kinds.ts'
import { K_E, NA_E, PHI, V } from './layout.ts'
import { latticeWeights } from './net.ts'
import type { Tiling } from './tiling.ts'

interface Scalar {
  configure(stiffness: number, mass: Float64Array | undefined): void
  /** x = approximate A^-1 b, both per node of the tiling. */
  solve(b: Float64Array, x: Float64Array): void
}

class GridSolver implements Scalar {
  private readonly grid: LatticeMultigrid
  private readonly index: Int32Array
  private readonly b: Float64Array
  private readonly x: Float64Array
  private readonly mass: Float64Array

  constructor(grid: LatticeMultigrid, index: Int32Array) {
    this.grid = grid
    this.index = index
    this.b = new Float64Array(grid.lattice.count)
    this.x = new Float64Array(grid.lattice.count)
    this.mass = new Float64Array(grid.lattice.count)
  }

  configure(stiffness: number, mass: Float64Array | undefined): void {
    if (mass) for (let p = 0; p < mass.length; p++) this.mass[this.index[p]] = mass[p]
    this.grid.configure({ stiffness, ...(mass ? { mass: this.mass } : {}) })
  }

  solve(b: Float64Array, x: Float64Array): void {
    for (let p = 0; p < b.length; p++) this.b[this.index[p]] = b[p]
    this.grid.cycle(this.b, this.x)
    for (let p = 0; p < x.length; p++) x[p] = this.x[this.index[p]]
  }
}

/** Solvers of one phase: its potential and its ions. */
interface Solvers {
  potential: Scalar
  ions: readonly [Scalar, Scalar]
}

/** What is solved for a kind of cells. */
interface Inside extends Solvers {
  kind: Cells
  /** a c + beta a sum G, per node. */
  membrane: Float64Array
  /** What step 2 asks for, and its answer. */
  wanted: Float64Array
  found: Float64Array
  /** Mean conductivity now, and that of which the hierarchy of both phases was built, S/m. */
  kappa: number
  built: number
}

export class ResolvedPreconditioner {
  private readonly equations: TissueEquations
  private readonly jacobian: TissueJacobian
  private readonly net: Tiling
  private readonly insides: readonly Inside[]
  private readonly outside: Solvers
  /** Slot of the one potential of step 1 at every node. */
  private readonly home: Int32Array
  private both: Scalar | undefined
  private readonly kappa = { outside: 0, built: Number.NaN }
  private readonly work: Float64Array[]
  private readonly potentials: Float64Array
  private readonly response: Float64Array
  private beta = Number.NaN

  private constructor(
    equations: TissueEquations,
    jacobian: TissueJacobian,
    net: Tiling,
    outside: Solvers,
    insides: readonly Solvers[],
  ) {
    this.equations = equations
    this.jacobian = jacobian
    this.net = net
    this.outside = outside
    const nodal = () => new Float64Array(net.nodes)
    this.insides = equations.cells.map((kind, k) => {
      const work = { membrane: nodal(), wanted: nodal(), found: nodal() }
      return { ...insides[k], kind, ...work, kappa: 0, built: Number.NaN }
    })
    this.home = Int32Array.from(net.volumeE, (volume, p) => {
      if (volume > 0) return PHI
      return equations.cells.find((kind) => kind.volume[p] > 0)?.slots.v ?? V
    })
    this.work = [nodal(), nodal()]
    this.potentials = new Float64Array(equations.size)
    this.response = new Float64Array(equations.size)
  }

  /** Yields between its solvers. */
  static *of(
    equations: TissueEquations,
    jacobian: TissueJacobian,
    net: Tiling,
  ): Generator<void, ResolvedPreconditioner> {
    const { lattice, index, weightsE } = present(net.lattice, 'the lattice of the box')
    const grids = (weights: readonly Float64Array[]): Solvers => {
      const grid = new LatticeMultigrid(lattice, weights)
      const solver = (g: LatticeMultigrid) => new GridSolver(g, index)
      return { potential: solver(grid), ions: [solver(grid.twin()), solver(grid.twin())] }
    }
    const outside = grids(weightsE)
    const insides: Solvers[] = []
    for (const [k, kind] of equations.cells.entries()) {
      yield
      if (!net.isolated[k]) {
        insides.push(grids(latticeWeights(net, k)))
        continue
      }
      const solver = CellwiseSolver.of(net, kind)
      insides.push({ potential: solver, ions: [solver.twin(), solver.twin()] })
    }
    yield
    return new ResolvedPreconditioner(equations, jacobian, net, outside, insides)
  }

  *update(u: Float64Array): Generator<void, void> {
    const { net, kappa, insides } = this
    const { diffusivity, membrane, fixedE } = this.equations.setting
    const n = net.nodes
    const mean = (k: number, volume: Float64Array) => {
      let sum = 0
      let total = 0
      for (let p = 0; p < n; p++) {
        sum += volume[p] * u[k * n + p]
        total += volume[p]
      }
      return sum / total
    }
    const conductivity = (na: number, k: number, fixed: number) =>
      FARADAY * membrane.f * (diffusivity[0] * na + diffusivity[1] * k + diffusivity[2] * (na + k + fixed))
    for (const inside of insides) {
      const { slots, volume, fixed } = inside.kind
      inside.kappa = conductivity(mean(slots.na, volume), mean(slots.k, volume), fixed)
    }
    kappa.outside = conductivity(mean(NA_E, net.volumeE), mean(K_E, net.volumeE), fixedE)
    const kept = (inside: Inside) => Math.abs(inside.kappa / kappa.outside / (inside.built / kappa.built) - 1) < 0.1
    if (!insides.every(kept)) {
      kappa.built = kappa.outside
      for (const inside of insides) inside.built = inside.kappa
      const { lattice, index, weightsE } = present(net.lattice, 'the lattice of the box')
      const sum = weightsE.map((w) => w.map((v) => kappa.outside * v))
      for (const [k, inside] of insides.entries())
        latticeWeights(net, k).forEach((w, s) => {
          for (let q = 0; q < w.length; q++) sum[s][q] += inside.kappa * w[q]
        })
      yield
      this.both = new GridSolver(new LatticeMultigrid(lattice, sum), index)
      this.both.configure(1, undefined)
    }
    this.beta = Number.NaN
  }

  *configure(beta: number): Generator<void, void> {
    if (beta === this.beta) return
    // A solve that is given up on the way leaves nothing that counts as done.
    this.beta = beta === 0 ? 0 : Number.NaN
    if (beta === 0) return
    const { net, jacobian, kappa, insides, outside } = this
    const { diffusivity } = this.equations.setting
    const n = net.nodes
    const exchange = new Float64Array(4)
    const open = [Float64Array.from(net.volumeE), Float64Array.from(net.volumeE)]
    for (const [k, { kind, membrane, potential, ions, kappa: own }] of insides.entries()) {
      const inner = [new Float64Array(n), new Float64Array(n)]
      for (let p = 0; p < n; p++) {
        const a = kind.area[p]
        membrane[p] = a * (kind.membrane.parameters.capacitance + beta * Math.max(0, jacobian.conductance(k, p)))
        jacobian.exchange(k, p, exchange)
        for (const i of [0, 1]) {
          inner[i][p] = kind.volume[p] + (beta * a * Math.max(0, exchange[i])) / FARADAY
          open[i][p] += (beta * a * Math.max(0, exchange[2 + i])) / FARADAY
        }
      }
      yield
      potential.configure(beta * own, membrane)
      for (const i of [0, 1]) {
        yield
        ions[i].configure(beta * diffusivity[i], inner[i])
      }
    }
    yield
    outside.potential.configure(beta * kappa.outside, summed(insides.map(({ membrane }) => membrane)))
    yield
    for (const i of [0, 1]) outside.ions[i].configure(beta * diffusivity[i], open[i])
    this.beta = beta
  }

  *apply(r: Float64Array, z: Float64Array): Generator<void, void> {
    const { net, potentials, response, beta, jacobian, equations, insides, home } = this
    const [a, c] = this.work
    const { volumeE, nodes: n } = net
    const { mass } = equations
    // Slots of phases that a node lacks are identities.
    z.set(r)
    potentials.fill(0)
    // 1. one potential
    for (let p = 0; p < n; p++) a[p] = r[home[p] * n + p]
    present(this.both, 'the sum of both conductors').solve(a, c)
    for (let p = 0; p < n; p++) potentials[home[p] * n + p] = c[p]
    yield
    // 2. what is left, each phase for itself
    if (beta > 0) yield* this.split(r)
    for (let p = 0; p < n; p++) {
      for (const { kind } of insides) if (kind.volume[p] > 0) z[kind.slots.v * n + p] = potentials[kind.slots.v * n + p]
      if (volumeE[p] > 0) z[PHI * n + p] = potentials[PHI * n + p]
    }
    const fields = [NA_E, K_E, ...insides.flatMap(({ kind }) => [kind.slots.na, kind.slots.k])]
    if (beta === 0) {
      for (const k of fields)
        for (let p = 0; p < n; p++) if (mass[k * n + p] > 0) z[k * n + p] = r[k * n + p] / mass[k * n + p]
      return
    }
    // 3. ions
    jacobian.apply(potentials, response)
    yield
    for (const { kind, ions } of insides) yield* this.ions(ions, [kind.slots.na, kind.slots.k], kind.volume, r, z)
    yield* this.ions(this.outside.ions, [NA_E, K_E], volumeE, r, z)
  }

  /** Step 2: adds to the potentials what each phase answers to what step 1 left over. */
  private *split(r: Float64Array): Generator<void, void> {
    const { net, potentials, response, beta, jacobian, insides } = this
    const [a, c] = this.work
    const { volumeE, nodes: n } = net
    jacobian.apply(potentials, response)
    for (const { kind, potential, wanted, found } of insides) {
      const { slots, volume, area } = kind
      for (let p = 0; p < n; p++) {
        const left = r[slots.v * n + p] + (area[p] > 0 ? beta : 1) * response[slots.v * n + p]
        wanted[p] = volume[p] > 0 ? (area[p] > 0 ? left : beta * left) : 0
      }
      found.fill(0)
      yield
      potential.solve(wanted, found)
    }
    yield
    for (let p = 0; p < n; p++) {
      let left = beta * (r[PHI * n + p] + response[PHI * n + p])
      for (const { kind, wanted, found, membrane } of insides)
        left -= kind.area[p] > 0 ? wanted[p] - membrane[p] * found[p] : 0
      a[p] = volumeE[p] > 0 ? left : 0
    }
    this.outside.potential.solve(a, c)
    yield
    for (let p = 0; p < n; p++) {
      if (volumeE[p] > 0) potentials[PHI * n + p] += c[p]
      for (const { kind, found } of insides)
        if (kind.volume[p] > 0) potentials[kind.slots.v * n + p] += found[p] - (kind.area[p] > 0 ? c[p] : 0)
    }
  }

  private *ions(
    solvers: readonly Scalar[],
    fields: readonly number[],
    volume: Float64Array,
    r: Float64Array,
    z: Float64Array,
  ): Generator<void, void> {
    const [a, b] = this.work
    const n = this.net.nodes
    for (const [i, k] of fields.entries()) {
      for (let p = 0; p < n; p++) a[p] = volume[p] > 0 ? r[k * n + p] + this.beta * this.response[k * n + p] : 0
      solvers[i].solve(a, b)
      for (let p = 0; p < n; p++) if (volume[p] > 0) z[k * n + p] = b[p]
      yield
    }
  }
}

function summed(parts: readonly Float64Array[]): Float64Array {
  return parts[0].map((_, p) => parts.reduce((sum, part) => sum + part[p], 0))
}
