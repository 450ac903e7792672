/** Direct solves with the iteration matrix of a constant Jacobian of blocks. */
import type { BlockTridiagonal } from './blocktridiagonal.ts'
import type { Linearisation } from './system.ts'

export class ConstantLinearisation implements Linearisation {
  private readonly matrix: BlockTridiagonal
  private readonly mass: Float64Array
  private factored = Number.NaN

  /** @param matrix holds the Jacobian */
  constructor(matrix: BlockTridiagonal, mass: Float64Array) {
    this.matrix = matrix
    this.mass = mass
  }

  apply(x: Float64Array, out: Float64Array): void {
    this.matrix.multiply(x, out)
  }

  *solve(beta: number, rhs: Float64Array, x: Float64Array): Generator<void, number> {
    if (beta !== this.factored) {
      // A solve that is given up on the way leaves no factors.
      this.factored = Number.NaN
      yield* this.matrix.factor(this.mass, beta)
      this.factored = beta
    }
    this.matrix.solve(rhs, x)
    return 0
  }
}
