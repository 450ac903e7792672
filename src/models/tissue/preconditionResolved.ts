/**
 * Preconditioner of a resolved tissue. Potentials in two steps, then ions; m = a c + beta a sum G on the membrane.
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
import { K_E, K_I, NA_E, NA_I, PHI, V } from './layout.ts'
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

export class ResolvedPreconditioner {
  private readonly equations: TissueEquations
  private readonly jacobian: TissueJacobian
  private readonly net: Tiling
  private readonly membrane: Float64Array
  private readonly inside: { potential: Scalar; ions: Scalar[] }
  private readonly outside: { potential: Scalar; ions: Scalar[] }
  private both: Scalar | undefined
  private readonly kappa = { inside: 0, outside: 0 }
  private readonly built = { inside: Number.NaN, outside: Number.NaN }
  private readonly work: Float64Array[]
  private readonly potentials: Float64Array
  private readonly response: Float64Array
  private beta = Number.NaN

  constructor(equations: TissueEquations, jacobian: TissueJacobian, net: Tiling) {
    this.equations = equations
    this.jacobian = jacobian
    this.net = net
    const { lattice, index, weightsI, weightsE } = present(net.lattice, 'the lattice of the box')
    const grid = (g: LatticeMultigrid) => new GridSolver(g, index)
    const outside = new LatticeMultigrid(lattice, weightsE)
    this.outside = { potential: grid(outside), ions: [grid(outside.twin()), grid(outside.twin())] }
    if (net.isolated) {
      const cellwise = () => new CellwiseSolver(net)
      this.inside = { potential: cellwise(), ions: [cellwise(), cellwise()] }
    } else {
      const inside = new LatticeMultigrid(lattice, weightsI)
      this.inside = { potential: grid(inside), ions: [grid(inside.twin()), grid(inside.twin())] }
    }
    this.membrane = new Float64Array(net.nodes)
    this.work = [0, 1, 2].map(() => new Float64Array(net.nodes))
    this.potentials = new Float64Array(equations.size)
    this.response = new Float64Array(equations.size)
  }

  update(u: Float64Array): void {
    const { net, kappa, built } = this
    const { diffusivity, membrane, fixedI, fixedE } = this.equations.setting
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
    kappa.inside = conductivity(mean(NA_I, net.volumeI), mean(K_I, net.volumeI), fixedI)
    kappa.outside = conductivity(mean(NA_E, net.volumeE), mean(K_E, net.volumeE), fixedE)
    const ratio = (k: typeof kappa) => k.inside / k.outside
    if (!(Math.abs(ratio(kappa) / ratio(built) - 1) < 0.1)) {
      Object.assign(built, kappa)
      const { lattice, index, weightsI, weightsE } = present(net.lattice, 'the lattice of the box')
      const sum = weightsE.map((w, s) => w.map((v, q) => kappa.outside * v + kappa.inside * weightsI[s][q]))
      this.both = new GridSolver(new LatticeMultigrid(lattice, sum), index)
      this.both.configure(1, undefined)
    }
    this.beta = Number.NaN
  }

  configure(beta: number): void {
    if (beta === this.beta) return
    this.beta = beta
    if (beta === 0) return
    const { net, jacobian, kappa, membrane, inside, outside } = this
    const { setting } = this.equations
    const n = net.nodes
    const exchange = new Float64Array(4)
    const masses = [0, 1, 2, 3].map(() => new Float64Array(n))
    for (let p = 0; p < n; p++) {
      const a = net.area[p]
      membrane[p] = a * (setting.membrane.parameters.capacitance + beta * Math.max(0, jacobian.conductance(0, p)))
      jacobian.exchange(0, p, exchange)
      for (let i = 0; i < 4; i++) {
        const volume = i < 2 ? net.volumeI[p] : net.volumeE[p]
        masses[i][p] = volume + (beta * a * Math.max(0, exchange[i])) / FARADAY
      }
    }
    inside.potential.configure(beta * kappa.inside, membrane)
    outside.potential.configure(beta * kappa.outside, membrane)
    for (const i of [0, 1]) {
      inside.ions[i].configure(beta * setting.diffusivity[i], masses[i])
      outside.ions[i].configure(beta * setting.diffusivity[i], masses[2 + i])
    }
  }

  apply(r: Float64Array, z: Float64Array): void {
    const { net, potentials, response, beta, jacobian, equations, membrane } = this
    const [a, b, c] = this.work
    const { volumeI, volumeE, area, nodes: n } = net
    const { mass } = equations
    // Slots of phases that a node lacks are identities.
    z.set(r)
    potentials.fill(0)
    // 1. one potential
    for (let p = 0; p < n; p++) a[p] = volumeE[p] > 0 ? r[PHI * n + p] : r[V * n + p]
    present(this.both, 'the sum of both conductors').solve(a, b)
    for (let p = 0; p < n; p++) potentials[(volumeE[p] > 0 ? PHI : V) * n + p] = b[p]
    // 2. what is left, each phase for itself
    if (beta > 0) {
      jacobian.apply(potentials, response)
      for (let p = 0; p < n; p++) {
        const left = r[V * n + p] + (area[p] > 0 ? beta : 1) * response[V * n + p]
        a[p] = volumeI[p] > 0 ? (area[p] > 0 ? left : beta * left) : 0
      }
      b.fill(0)
      this.inside.potential.solve(a, b)
      for (let p = 0; p < n; p++) {
        const left = beta * (r[PHI * n + p] + response[PHI * n + p])
        a[p] = volumeE[p] > 0 ? left - (area[p] > 0 ? a[p] - membrane[p] * b[p] : 0) : 0
      }
      this.outside.potential.solve(a, c)
      for (let p = 0; p < n; p++) {
        if (volumeE[p] > 0) potentials[PHI * n + p] += c[p]
        if (volumeI[p] > 0) potentials[V * n + p] += b[p] - (area[p] > 0 ? c[p] : 0)
      }
    }
    for (let p = 0; p < n; p++) {
      if (volumeI[p] > 0) z[V * n + p] = potentials[V * n + p]
      if (volumeE[p] > 0) z[PHI * n + p] = potentials[PHI * n + p]
    }
    if (beta === 0) {
      for (const k of [NA_I, K_I, NA_E, K_E])
        for (let p = 0; p < n; p++) if (mass[k * n + p] > 0) z[k * n + p] = r[k * n + p] / mass[k * n + p]
      return
    }
    // 3. ions
    jacobian.apply(potentials, response)
    this.ions(this.inside.ions, [NA_I, K_I], volumeI, r, z)
    this.ions(this.outside.ions, [NA_E, K_E], volumeE, r, z)
  }

  private ions(solvers: Scalar[], fields: number[], volume: Float64Array, r: Float64Array, z: Float64Array): void {
    const [a, b] = this.work
    const n = this.net.nodes
    fields.forEach((k, i) => {
      for (let p = 0; p < n; p++) a[p] = volume[p] > 0 ? r[k * n + p] + this.beta * this.response[k * n + p] : 0
      solvers[i].solve(a, b)
      for (let p = 0; p < n; p++) if (volume[p] > 0) z[k * n + p] = b[p]
    })
  }
}
