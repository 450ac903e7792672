/**
 * Iterative solver for the homogenized porous equations on sheets and blocks: GMRES with a preconditioner that treats
 * the charge together. With K the diffusion operator of the box, m the pore volumes, mean concentrations and equal
 * mobilities, eliminating the ions from the step of size beta leaves, up to commutators,
 *
 *   K_eps [ (1 + beta sigma / kappa) m + beta D K ] phi = m ( (1 + beta D K / m) b_phi + F sum z b_r )
 *
 * with sigma = F f sum z² d c and kappa = eps eps0 / Dhat: one Poisson and one Helmholtz problem for the potential, then
 * one Helmholtz problem per ion with what the potential pushes. Each is one V-cycle; held rows carry a penalty.
 */

import { Gmres } from '../../numerics/gmres.ts'
import { LatticeMultigrid } from '../../numerics/multigrid.ts'
import type { Linearisation } from '../../numerics/system.ts'
import { present } from '../../present.ts'
import { FARADAY } from '../constants.ts'
import type { PorousEquations } from './equations.ts'
import { PorousJacobian } from './jacobian.ts'

/** Weight of held rows against the diagonal of the operator. */
const PENALTY = 1e4

export class IterativeLinearisation implements Linearisation {
  private readonly equations: PorousEquations
  private readonly jacobian: PorousJacobian
  private readonly gmres: Gmres
  private readonly poisson: LatticeMultigrid
  private readonly helmholtz: LatticeMultigrid
  private readonly ions: LatticeMultigrid[]
  private readonly gather: Float64Array
  private readonly scatter: Float64Array
  private readonly potentials: Float64Array
  private readonly response: Float64Array
  private readonly work: Float64Array
  /** sigma above. */
  private conductivity = 0
  /** kappa above, per unit of diffusion weight. */
  private readonly kappa: number
  private beta = Number.NaN

  constructor(equations: PorousEquations) {
    const { net, permittivity } = equations.setting
    const { lattice, diffusion, displacement } = present(net.grid, 'the lattice of the box')
    this.equations = equations
    this.jacobian = new PorousJacobian(equations)
    this.gmres = new Gmres(equations.scale)
    this.poisson = new LatticeMultigrid(lattice, displacement)
    this.helmholtz = new LatticeMultigrid(lattice, diffusion)
    this.ions = equations.setting.species.map(() => this.helmholtz.twin())
    this.gather = new Float64Array(lattice.count)
    this.scatter = new Float64Array(lattice.count)
    this.potentials = new Float64Array(equations.size)
    this.response = new Float64Array(equations.size)
    this.work = new Float64Array(net.nodes)
    const sum = (w: Float64Array[]) => w.reduce((s, a) => a.reduce((x, y) => x + y, s), 0)
    this.kappa = (permittivity * sum(displacement)) / sum(diffusion)
  }

  update(u: Float64Array): void {
    const { setting, rateCount } = this.equations
    const { net, species, f } = setting
    const n = net.nodes
    this.jacobian.update(u)
    let conductivity = 0
    for (let r = 0; r < rateCount; r++) {
      let mean = 0
      for (let p = 0; p < n; p++) mean += u[r * n + p] / n
      conductivity += FARADAY * f * species[r].valence ** 2 * species[r].diffusivity * mean
    }
    this.conductivity = conductivity
    this.beta = Number.NaN
  }

  apply(x: Float64Array, out: Float64Array): void {
    this.jacobian.apply(x, out)
  }

  *solve(beta: number, rhs: Float64Array, x: Float64Array, tolerance: number): Generator<void, number> {
    const { mass } = this.equations
    yield* this.configure(beta)
    const operator = (v: Float64Array, out: Float64Array) => {
      this.jacobian.apply(v, out)
      for (let k = 0; k < out.length; k++) out[k] = mass[k] === 0 ? -out[k] : mass[k] * v[k] - beta * out[k]
    }
    return yield* this.gmres.solve(operator, (r, z) => this.precondition(r, z), rhs, x, tolerance)
  }

  private get mobility(): number {
    const { species } = this.equations.setting
    return species.reduce((s, { diffusivity }) => s + diffusivity, 0) / species.length
  }

  private *configure(beta: number): Generator<void, void> {
    if (beta === this.beta) return
    // A solve that is given up on the way leaves nothing that counts as done.
    this.beta = Number.NaN
    yield* this.arrange(beta)
    this.beta = beta
  }

  private *arrange(beta: number): Generator<void, void> {
    const { setting, held } = this.equations
    const { net, permittivity, species } = setting
    const { index } = present(net.grid, 'the lattice of the box')
    const n = net.nodes
    const S = species.length
    const masses = (field: number, value: (p: number) => number, stiffness: number) => {
      const out = new Float64Array(this.gather.length)
      for (let p = 0; p < n; p++)
        out[index[p]] = held[field * n + p] === 1 ? PENALTY * (stiffness + value(p)) : value(p)
      return out
    }
    // A floating potential has a constant to spare: a trace of mass keeps the coarsest problem solvable.
    const trace = this.equations.floating ? 1e-7 * permittivity : 0
    this.poisson.configure({ stiffness: permittivity, mass: masses(S, () => trace, permittivity) })
    yield
    if (beta === 0) return
    const growth = 1 + (beta * this.conductivity) / this.kappa
    const stiffness = beta * this.mobility
    this.helmholtz.configure({ stiffness, mass: masses(S, (p) => growth * net.pore[p], stiffness) })
    for (const [r, { diffusivity }] of species.entries()) {
      yield
      const own = beta * diffusivity
      this.ions[r].configure({ stiffness: own, mass: masses(r, (p) => net.pore[p], own) })
    }
    yield
  }

  private *precondition(r: Float64Array, z: Float64Array): Generator<void, void> {
    const { equations, potentials, response, beta, work } = this
    const { setting, held, mass } = equations
    const { net, species } = setting
    const n = net.nodes
    const S = species.length
    potentials.fill(0)
    for (let k = 0; k < r.length; k++) if (held[k] === 1) potentials[k] = r[k]
    const free = (k: number) => held[k] === 0
    // g = (1 + beta D K / m) b_phi + F sum z b_r
    for (let p = 0; p < n; p++) {
      work[p] = free(S * n + p) ? r[S * n + p] : 0
      if (beta > 0)
        for (let i = 0; i < S; i++) if (free(i * n + p)) work[p] += FARADAY * species[i].valence * r[i * n + p]
    }
    if (beta > 0) {
      const spread = work.map((_, p) => (free(S * n + p) ? r[S * n + p] / net.pore[p] : 0))
      this.diffuse(spread, beta * this.mobility, work)
    }
    if (equations.floating) subtractMean(work)
    this.cycle(this.poisson, work, work, S)
    yield
    if (equations.floating) subtractMean(work)
    if (beta > 0) {
      for (let p = 0; p < n; p++) work[p] *= net.pore[p]
      this.cycle(this.helmholtz, work, work, S)
      yield
    }
    for (let p = 0; p < n; p++) if (free(S * n + p)) potentials[S * n + p] = work[p]
    if (beta === 0) {
      z.set(potentials)
      for (let k = 0; k < S * n; k++) if (mass[k] > 0) z[k] = r[k] / mass[k]
      return
    }
    this.jacobian.apply(potentials, response)
    z.set(potentials)
    for (let i = 0; i < S; i++) {
      for (let p = 0; p < n; p++) work[p] = free(i * n + p) ? r[i * n + p] + beta * response[i * n + p] : 0
      this.cycle(this.ions[i], work, work, i)
      yield
      for (let p = 0; p < n; p++) if (free(i * n + p)) z[i * n + p] = work[p]
    }
  }

  /** out += s K x with the diffusion weights. */
  private diffuse(x: Float64Array, s: number, out: Float64Array): void {
    const { from, to, count, diffusion } = this.equations.setting.net.edges
    for (let k = 0; k < count; k++) {
      const d = s * diffusion[k] * (x[from[k]] - x[to[k]])
      out[from[k]] += d
      out[to[k]] -= d
    }
  }

  private cycle(grid: LatticeMultigrid, b: Float64Array, x: Float64Array, field: number): void {
    const { index } = present(this.equations.setting.net.grid, 'the lattice of the box')
    const { held } = this.equations
    const n = b.length
    for (let p = 0; p < n; p++) this.gather[index[p]] = held[field * n + p] === 1 ? 0 : b[p]
    grid.cycle(this.gather, this.scatter)
    for (let p = 0; p < n; p++) x[p] = this.scatter[index[p]]
  }
}

/** What a floating potential cannot answer to. */
function subtractMean(values: Float64Array): void {
  const mean = values.reduce((a, b) => a + b, 0) / values.length
  for (let p = 0; p < values.length; p++) values[p] -= mean
}
