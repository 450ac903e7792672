/**
 * Linear solvers for the tissue's iteration matrix: direct block elimination on chains (one dimension), GMRES with a
 * physics-split multigrid preconditioner on lattices (two and three dimensions).
 */
import { BlockTridiagonal } from '../../numerics/blocktridiagonal.ts'
import { Gmres } from '../../numerics/gmres.ts'
import type { Linearisation } from '../../numerics/system.ts'
import { PHI, type TissueEquations } from './equations.ts'
import { TissueJacobian } from './jacobian.ts'
import { SplitPreconditioner } from './precondition.ts'

class ChainLinearisation implements Linearisation {
  private readonly equations: TissueEquations
  private readonly jacobian: TissueJacobian
  private readonly matrix: BlockTridiagonal
  private factored = Number.NaN

  constructor(equations: TissueEquations) {
    this.equations = equations
    this.jacobian = new TissueJacobian(equations)
    this.matrix = new BlockTridiagonal(equations.setting.place.nodes, equations.width)
  }

  update(u: Float64Array): void {
    this.jacobian.update(u)
    this.matrix.probe((x, out) => this.jacobian.apply(x, out))
    this.factored = Number.NaN
  }

  apply(x: Float64Array, out: Float64Array): void {
    this.jacobian.apply(x, out)
  }

  // biome-ignore lint/correctness/useYield: a direct solve has nothing to interrupt; the contract is a generator
  *solve(beta: number, rhs: Float64Array, x: Float64Array): Generator<void, number> {
    if (beta !== this.factored) {
      const { nodes } = this.equations.setting.place
      this.matrix.factor(this.equations.mass, beta, this.equations.hasBath ? undefined : PHI * nodes)
      this.factored = beta
    }
    this.matrix.solve(rhs, x)
    return 0
  }
}

class LatticeLinearisation implements Linearisation {
  private readonly equations: TissueEquations
  private readonly jacobian: TissueJacobian
  private readonly preconditioner: SplitPreconditioner
  private readonly gmres: Gmres

  constructor(equations: TissueEquations) {
    this.equations = equations
    this.jacobian = new TissueJacobian(equations)
    this.preconditioner = new SplitPreconditioner(equations, this.jacobian)
    this.gmres = new Gmres(equations.scale)
  }

  update(u: Float64Array): void {
    this.jacobian.update(u)
    this.preconditioner.update(u)
  }

  apply(x: Float64Array, out: Float64Array): void {
    this.jacobian.apply(x, out)
  }

  *solve(beta: number, rhs: Float64Array, x: Float64Array, tolerance: number): Generator<void, number> {
    const { mass } = this.equations
    this.preconditioner.configure(beta)
    const operator = (v: Float64Array, out: Float64Array) => {
      this.jacobian.apply(v, out)
      for (let k = 0; k < out.length; k++) out[k] = mass[k] === 0 ? -out[k] : mass[k] * v[k] - beta * out[k]
    }
    return yield* this.gmres.solve(operator, (r, z) => this.preconditioner.apply(r, z), rhs, x, tolerance)
  }
}

/** Linearises on a chain, reusing the storage of `previous` if it fits. */
export function chainLinearisation(
  equations: TissueEquations,
  _t: number,
  u: Float64Array,
  previous: Linearisation | undefined,
): Linearisation {
  const result = previous instanceof ChainLinearisation ? previous : new ChainLinearisation(equations)
  result.update(Float64Array.from(u))
  return result
}

/** Linearises on a lattice, reusing the storage of `previous` if it fits. */
export function latticeLinearisation(
  equations: TissueEquations,
  _t: number,
  u: Float64Array,
  previous: Linearisation | undefined,
): Linearisation {
  const result = previous instanceof LatticeLinearisation ? previous : new LatticeLinearisation(equations)
  result.update(Float64Array.from(u))
  return result
}
