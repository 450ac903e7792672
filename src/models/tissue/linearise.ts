/**
 * Linear solvers for the tissue's iteration matrix: direct block elimination on chains (one dimension), GMRES with a
 * physics-split multigrid preconditioner on lattices (two and three dimensions).
 */
import { BlockTridiagonal } from '../../numerics/blocktridiagonal.ts'
import { Gmres } from '../../numerics/gmres.ts'
import type { Linearisation } from '../../numerics/system.ts'
import type { TissueEquations } from './equations.ts'
import type { TissueJacobian } from './jacobian.ts'
import { PHI } from './layout.ts'
import { SplitPreconditioner } from './precondition.ts'
import { ResolvedPreconditioner } from './preconditionResolved.ts'
import { isTiling } from './tiling.ts'

class ChainLinearisation implements Linearisation {
  private readonly equations: TissueEquations
  private readonly jacobian: TissueJacobian
  private readonly matrix: BlockTridiagonal
  private factored = Number.NaN

  constructor(equations: TissueEquations, jacobian: TissueJacobian) {
    this.equations = equations
    this.jacobian = jacobian
    this.matrix = new BlockTridiagonal(equations.setting.net.nodes, equations.width)
  }

  update(u: Float64Array): void {
    this.jacobian.update(u)
    this.matrix.probe((x, out) => this.jacobian.apply(x, out))
    this.factored = Number.NaN
  }

  apply(x: Float64Array, out: Float64Array): void {
    this.jacobian.apply(x, out)
  }

  *solve(beta: number, rhs: Float64Array, x: Float64Array): Generator<void, number> {
    if (beta !== this.factored) {
      this.factored = Number.NaN
      const { nodes } = this.equations.setting.net
      yield* this.matrix.factor(this.equations.mass, beta, this.equations.hasBath ? undefined : PHI * nodes)
      this.factored = beta
    }
    this.matrix.solve(rhs, x)
    return 0
  }
}

class LatticeLinearisation implements Linearisation {
  private readonly equations: TissueEquations
  private readonly jacobian: TissueJacobian
  private preconditioner: SplitPreconditioner | ResolvedPreconditioner | undefined
  /** State that the preconditioner has not been told of yet. */
  private next: Float64Array | undefined
  private readonly gmres: Gmres

  constructor(equations: TissueEquations, jacobian: TissueJacobian) {
    this.equations = equations
    this.jacobian = jacobian
    this.gmres = new Gmres(equations.scale)
  }

  update(u: Float64Array): void {
    this.jacobian.update(u)
    // Hierarchies take long, and a solve can be interrupted.
    this.next = u
  }

  apply(x: Float64Array, out: Float64Array): void {
    this.jacobian.apply(x, out)
  }

  *solve(beta: number, rhs: Float64Array, x: Float64Array, tolerance: number): Generator<void, number> {
    const { mass } = this.equations
    const preconditioner = yield* this.prepared(beta)
    const operator = (v: Float64Array, out: Float64Array) => {
      this.jacobian.apply(v, out)
      for (let k = 0; k < out.length; k++) out[k] = mass[k] === 0 ? -out[k] : mass[k] * v[k] - beta * out[k]
    }
    return yield* this.gmres.solve(operator, (r, z) => preconditioner.apply(r, z), rhs, x, tolerance)
  }

  private *prepared(beta: number): Generator<void, SplitPreconditioner | ResolvedPreconditioner> {
    const { equations, jacobian } = this
    const { net } = equations.setting
    this.preconditioner ??= isTiling(net)
      ? yield* ResolvedPreconditioner.of(equations, jacobian, net)
      : yield* SplitPreconditioner.of(equations, jacobian)
    if (this.next) yield* this.preconditioner.update(this.next)
    this.next = undefined
    yield* this.preconditioner.configure(beta)
    return this.preconditioner
  }
}

/** The solver that suits the net, at the state u; reuses the storage of `previous`. */
export function linearise(
  equations: TissueEquations,
  u: Float64Array,
  previous: Linearisation | undefined,
  jacobian: () => TissueJacobian,
): ChainLinearisation | LatticeLinearisation {
  let result: ChainLinearisation | LatticeLinearisation
  if (previous instanceof ChainLinearisation || previous instanceof LatticeLinearisation) result = previous
  else {
    const Solver = equations.setting.net.chain ? ChainLinearisation : LatticeLinearisation
    result = new Solver(equations, jacobian())
  }
  result.update(Float64Array.from(u))
  return result
}
