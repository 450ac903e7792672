/**
 * Preconditioner of the tissue's iteration matrix on a lattice: potentials first, then ions, each scalar problem by
 * one multigrid V-cycle (multigrid.ts) with constant coefficients,
 *
 *     (a c + beta a G + beta K_I) x_V + beta K_I x_phi = r_V          K_s = kappa_s L(w_s), kappa_s = F f sum z² D C
 *     K_I x_V + (K_I + K_E) x_phi = r_phi
 *     (v_s + beta D_i L(w_s) + beta a g_i) x_i = r_i + beta (J x_potentials)_i
 *
 * Coefficients that vary in space are replaced by their mean; GMRES corrects what is left out.
 */

import { LatticeMultigrid } from '../../numerics/multigrid.ts'
import { present } from '../../present.ts'
import { FARADAY } from '../constants.ts'
import type { TissueEquations } from './equations.ts'
import type { TissueJacobian } from './jacobian.ts'
import { K_E, K_I, NA_E, NA_I, PHI, V } from './layout.ts'

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

export class SplitPreconditioner {
  private readonly equations: TissueEquations
  private readonly jacobian: TissueJacobian
  private readonly connectedI: boolean
  /** Scalar problems: V, phi, then Na_I, K_I, Na_E, K_E. Absent where the phase does not conduct. */
  private readonly problems: (Smoother | undefined)[]
  /** Mean conductivities now, and those that the potential's hierarchy was built with, S/m. */
  private readonly kappa = { inside: 0, outside: 0 }
  private readonly built = { inside: Number.NaN, outside: Number.NaN }
  private readonly diagonal: Float64Array[]
  private readonly gather: Float64Array
  private readonly scatter: Float64Array
  private readonly potentials: Float64Array
  private readonly response: Float64Array
  private readonly current: Float64Array
  private beta = Number.NaN

  constructor(equations: TissueEquations, jacobian: TissueJacobian) {
    this.equations = equations
    this.jacobian = jacobian
    const { net } = equations.setting
    const { lattice, weightsI, weightsE } = present(net.lattice, 'the lattice of the box')
    this.connectedI = net.edges.weightI.some((w) => w !== 0)
    const smoother = (grid: LatticeMultigrid): Smoother => ({
      grid,
      mass: new Float64Array(lattice.count),
      local: false,
    })
    const outside = new LatticeMultigrid(lattice, weightsE)
    const inside = this.connectedI ? new LatticeMultigrid(lattice, weightsI) : undefined
    this.problems = [
      inside && smoother(inside),
      undefined,
      inside && smoother(inside.twin()),
      inside && smoother(inside.twin()),
      smoother(outside),
      smoother(outside.twin()),
    ]
    this.diagonal = [V, NA_I, K_I].map(() => new Float64Array(net.nodes))
    this.gather = new Float64Array(lattice.count)
    this.scatter = new Float64Array(lattice.count)
    this.potentials = new Float64Array(equations.size)
    this.response = new Float64Array(equations.size)
    this.current = new Float64Array(net.nodes)
  }

  update(u: Float64Array): void {
    const { net, diffusivity, membrane, fixedI, fixedE } = this.equations.setting
    const n = net.nodes
    const mean = (k: number) => {
      let s = 0
      for (let p = 0; p < n; p++) s += u[k * n + p]
      return s / n
    }
    const [dNa, dK, dCl] = diffusivity
    const conductivity = (na: number, k: number, fixed: number) =>
      FARADAY * membrane.f * (dNa * na + dK * k + dCl * (na + k + fixed))
    this.kappa.inside = conductivity(mean(NA_I), mean(K_I), fixedI)
    this.kappa.outside = conductivity(mean(NA_E), mean(K_E), fixedE)
    this.beta = Number.NaN
    const { built, kappa } = this
    const drifted = (a: number, b: number) => !(Math.abs(a - b) <= 0.2 * Math.abs(b))
    if (drifted(kappa.inside, built.inside) || drifted(kappa.outside, built.outside)) {
      // The sum of both conductors changes shape with the ratio of the conductivities: build its hierarchy anew.
      Object.assign(built, kappa)
      const { lattice, weightsI, weightsE } = present(net.lattice, 'the lattice of the box')
      const sum = weightsE.map((w, s) => w.map((v, k) => kappa.outside * v + kappa.inside * weightsI[s][k]))
      this.problems[1] = {
        grid: new LatticeMultigrid(lattice, sum),
        mass: new Float64Array(lattice.count),
        local: false,
      }
    }
  }

  configure(beta: number): void {
    if (beta === this.beta) return
    this.beta = beta
    const { equations, jacobian, problems, kappa, diagonal } = this
    const { net, membrane, diffusivity } = equations.setting
    const { index } = present(net.lattice, 'the lattice of the box')
    const n = net.nodes
    const exchange = new Float64Array(4)
    const masses = problems.map((problem) => problem?.mass)
    const [potential, sodium, potassium] = [1, 4, 5].map((k) =>
      present(masses[k], 'a hierarchy of the extracellular space'),
    )
    const held = this.heldMasses(beta)
    for (let p = 0; p < n; p++) {
      const at = index[p]
      const a = net.area[p]
      const bath = equations.bathNode(p)
      jacobian.exchange(p, exchange)
      const g = Math.max(0, jacobian.conductance(p))
      diagonal[0][p] = a * membrane.parameters.capacitance + beta * a * g
      diagonal[1][p] = net.volumeI[p] + (beta * a * Math.max(0, exchange[0])) / FARADAY
      diagonal[2][p] = net.volumeI[p] + (beta * a * Math.max(0, exchange[1])) / FARADAY
      if (masses[0]) masses[0][at] = diagonal[0][p]
      potential[at] = bath ? held.potential : 0
      if (masses[2]) masses[2][at] = diagonal[1][p]
      if (masses[3]) masses[3][at] = diagonal[2][p]
      sodium[at] = net.volumeE[p] + (beta * a * Math.max(0, exchange[2])) / FARADAY + (bath ? held.ions : 0)
      potassium[at] = net.volumeE[p] + (beta * a * Math.max(0, exchange[3])) / FARADAY + (bath ? held.ions : 0)
    }
    const stiffness = [
      beta * kappa.inside,
      1,
      beta * diffusivity[0],
      beta * diffusivity[1],
      beta * diffusivity[0],
      beta * diffusivity[1],
    ]
    problems.forEach((problem, k) => {
      if (!problem) return
      problem.grid.configure({ stiffness: stiffness[k], mass: problem.mass })
      problem.local = k > 1 && stiffness[k] * (k < 4 ? held.rateI : held.rateE) < LOCAL
    })
  }

  /** Masses that hold the potential and the ions at bath nodes, and the largest edge weight per volume of each phase. */
  private heldMasses(beta: number): { potential: number; ions: number; rateI: number; rateE: number } {
    const { net, diffusivity } = this.equations.setting
    let weightI = 0
    let weightE = 0
    for (let e = 0; e < net.edges.count; e++) {
      weightI = Math.max(weightI, Math.abs(net.edges.weightI[e]))
      weightE = Math.max(weightE, Math.abs(net.edges.weightE[e]))
    }
    const volume = net.volumeE.reduce((a, b) => Math.max(a, b), 0)
    const volumeI = net.volumeI.reduce((a, b) => Math.max(a, b), 0)
    return {
      potential: RIGID * (this.kappa.inside * weightI + this.kappa.outside * weightE),
      ions: RIGID * (volume + beta * Math.max(...diffusivity) * weightE),
      rateI: weightI / volumeI,
      rateE: weightE / volume,
    }
  }

  /** z = P^-1 r, both in the layout of the equations. */
  apply(r: Float64Array, z: Float64Array): void {
    const { equations, jacobian, potentials, response, beta, diagonal } = this
    const n = equations.setting.net.nodes
    const { bathNodes } = equations.setting.drive
    potentials.fill(0)
    // Held values are known at once; what they push into their neighbours travels with the potentials below.
    for (const p of bathNodes) for (const k of [NA_E, K_E, PHI]) potentials[k * n + p] = r[k * n + p]
    this.scalar(0, r, V, potentials, diagonal[0])
    if (this.connectedI) {
      // r_phi - K_I x_V
      const current = this.current
      jacobian.innerCurrent(potentials.subarray(V * n, (V + 1) * n), current)
      for (let p = 0; p < n; p++) response[PHI * n + p] = r[PHI * n + p] + current[p]
      this.scalar(1, response, PHI, potentials)
    } else this.scalar(1, r, PHI, potentials)
    jacobian.apply(potentials, response)
    const { mass } = equations
    for (const k of [NA_I, K_I, NA_E, K_E])
      for (let q = k * n; q < (k + 1) * n; q++) response[q] = r[q] + (mass[q] === 0 ? 1 : beta) * response[q]
    z.set(potentials)
    this.scalar(2, response, NA_I, z, diagonal[1])
    this.scalar(3, response, K_I, z, diagonal[2])
    this.scalar(4, response, NA_E, z)
    this.scalar(5, response, K_E, z)
    if (equations.width === 7) {
      for (let q = 6 * n; q < 7 * n; q++) z[q] = (r[q] + beta * response[q]) / (1 + beta * 10)
    }
  }

  /** Solves scalar problem `which` for field k of r into field k of x: one V-cycle, or the diagonal where nothing conducts. */
  private scalar(which: number, r: Float64Array, k: number, x: Float64Array, diagonal?: Float64Array): void {
    const { equations } = this
    const { net } = equations.setting
    const n = net.nodes
    const problem = this.problems[which]
    if (!problem) {
      const d = present(diagonal, 'a diagonal')
      for (let p = 0; p < n; p++) x[k * n + p] = r[k * n + p] / d[p]
      return
    }
    const { index } = present(net.lattice, 'the lattice of the box')
    const { gather, scatter } = this
    const held = k === NA_E || k === K_E || k === PHI
    const free = (p: number) => !(held && equations.bathNode(p))
    for (let p = 0; p < n; p++) gather[index[p]] = free(p) ? r[k * n + p] : 0
    if (problem.local) problem.grid.smooth(gather, scatter)
    else problem.grid.cycle(gather, scatter)
    for (let p = 0; p < n; p++) if (free(p)) x[k * n + p] = scatter[index[p]]
  }
}
