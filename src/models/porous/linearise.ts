/**
 * Direct solver for the porous equations: block elimination from column to column along x. In one dimension a block is
 * a node; a strip or a small sheet has all nodes with the same x in one block, which the field-major layout
 * u[k * nodes + i + nx * j] already is. Where columns are long, the box is dissected instead (numerics/multifrontal.ts).
 */
import { BlockTridiagonal } from '../../numerics/blocktridiagonal.ts'
import { type Blocks, onNodes } from '../../numerics/onNodes.ts'
import type { Linearisation } from '../../numerics/system.ts'
import { FARADAY } from '../constants.ts'
import type { PorousEquations } from './equations.ts'
import { PorousJacobian } from './jacobian.ts'

/** Nodes of a column beyond which dissecting costs less. */
const LONG = 49

export class DirectLinearisation implements Linearisation {
  private readonly equations: PorousEquations
  private readonly jacobian: PorousJacobian
  private readonly matrix: Blocks
  private factored = Number.NaN
  /** Response of the system to a uniform charge, where the mean charge is projected out. */
  private readonly uniform: Float64Array | undefined

  constructor(equations: PorousEquations) {
    const { counts } = equations.setting.net
    this.equations = equations
    this.jacobian = new PorousJacobian(equations)
    const { size } = equations
    const across = equations.setting.net.nodes / counts[0]
    this.matrix =
      across > LONG ? onNodes(new Uint8Array(size).fill(1), counts) : new BlockTridiagonal(counts[0], size / counts[0])
    this.uniform = equations.floating ? new Float64Array(equations.size) : undefined
  }

  update(u: Float64Array): void {
    this.jacobian.update(u)
    this.matrix.assemble((add) => this.jacobian.entries(add))
    this.factored = Number.NaN
  }

  apply(x: Float64Array, out: Float64Array): void {
    this.jacobian.apply(x, out)
  }

  /** Factors for a steady state: every row as an algebraic one, but those of enclosed pores (enclosed.ts). */
  *factorSteady(enclosed: Float64Array): Generator<void, void> {
    yield* this.factor(enclosed, 1)
    this.factored = Number.NaN
  }

  /** Solves with the present factors. */
  backSolve(rhs: Float64Array, x: Float64Array): void {
    this.matrix.solve(rhs, x)
    const { uniform, equations } = this
    if (!uniform) return
    // (A + F v m^T / |Omega|) x = rhs by the formula of Sherman and Morrison, m^T x = total charge.
    const weight = equations.meanCharge(x, false) / (1 + equations.meanCharge(uniform, false))
    for (let k = 0; k < x.length; k++) x[k] -= weight * uniform[k]
  }

  *solve(beta: number, rhs: Float64Array, x: Float64Array): Generator<void, number> {
    if (beta !== this.factored) {
      this.factored = Number.NaN
      yield* this.factor(this.equations.mass, beta)
      this.factored = beta
    }
    this.backSolve(rhs, x)
    return 0
  }

  private *factor(mass: Float64Array, beta: number): Generator<void, void> {
    const { equations, uniform } = this
    const { nodes, volume } = equations.setting.net
    const at = (equations.width - 1) * nodes
    yield* this.matrix.factor(mass, beta, equations.floating ? at : undefined)
    if (!uniform) return
    uniform.fill(0)
    for (let p = 0; p < nodes; p++) uniform[at + p] = FARADAY * volume[p]
    this.matrix.solve(uniform, uniform)
  }
}
