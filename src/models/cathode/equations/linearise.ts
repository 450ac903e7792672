/**
 * Direct solver for the cell: block elimination from column to column along x, bordered by the cell voltage, which every
 * reaction feels and whose row sums over all of them (Keller's bordering: one factorisation, two right-hand sides, a
 * scalar Schur complement). The charge passed and the place in the protocol follow explicitly.
 */
import { t } from '../../../language/language.ts'
import type { Blocks } from '../../../numerics/onNodes.ts'
import { type Linearisation, LinearSolveError } from '../../../numerics/system.ts'
import { type Add, GLOBALS } from '../layout.ts'

/** Fields, and after them the unknowns of the whole cell. */
export interface BorderedSystem {
  readonly size: number
  readonly globals: number
  readonly mass: Float64Array
  readonly capacity: number
  /** dF/dV and d(sum A h)/du, as of the last `entries`. */
  readonly byV: Float64Array
  readonly sumByU: Float64Array
  entries(t: number, u: Float64Array, add: Add, storing?: number, measured?: boolean): void
  border(): { byV: number; bySum: number; sumByV: number }
}

export class BorderedLinearisation implements Linearisation {
  private readonly equations: BorderedSystem
  private readonly matrix: Blocks
  /** Copies, so that linearisations at several states or frequencies can live beside each other. */
  private readonly byV: Float64Array
  private readonly sumByU: Float64Array
  private readonly column: Float64Array
  private readonly part: Float64Array
  private border = { byV: 0, bySum: 0, sumByV: 0 }
  private factored = Number.NaN
  private schur = 0

  /** @param matrix holds the derivatives of the fields by the fields */
  constructor(equations: BorderedSystem, matrix: Blocks) {
    this.equations = equations
    this.matrix = matrix
    this.byV = new Float64Array(equations.globals)
    this.sumByU = new Float64Array(equations.globals)
    this.column = new Float64Array(equations.globals)
    this.part = new Float64Array(equations.globals)
  }

  /**
   * @param storing omega times the capacitance of the double layer, S/m² of particle surface (see port.ts)
   * @param measured small signals enter as a current, whatever the step holds
   */
  update(t: number, u: Float64Array, storing = 0, measured = false): void {
    this.matrix.assemble((add) => this.equations.entries(t, u, add, storing, measured))
    this.byV.set(this.equations.byV)
    this.sumByU.set(this.equations.sumByU)
    this.border = this.equations.border()
    this.factored = Number.NaN
  }

  apply(x: Float64Array, out: Float64Array): void {
    const { equations, border, byV } = this
    const { globals: g, capacity } = equations
    const V = x[g + GLOBALS.V]
    out.fill(0)
    this.matrix.multiply(x, out)
    for (let k = 0; k < g; k++) out[k] += byV[k] * V
    const sum = this.sum(x) + border.sumByV * V
    out[g + GLOBALS.V] = border.bySum * sum + border.byV * V
    out[g + GLOBALS.Q] = -sum / capacity
  }

  /** Change of the sum of reactions with the fields. */
  private sum(x: Float64Array): number {
    const { sumByU } = this
    let sum = 0
    for (let k = 0; k < sumByU.length; k++) sum += sumByU[k] * x[k]
    return sum
  }

  *solve(beta: number, rhs: Float64Array, x: Float64Array): Generator<void, number> {
    const { equations, matrix, column, part, border, byV } = this
    const { globals: g, mass, capacity } = equations
    if (beta !== this.factored) {
      this.factored = Number.NaN
      yield* matrix.factor(mass, beta)
      for (let k = 0; k < g; k++) column[k] = (mass[k] === 0 ? -1 : -beta) * byV[k]
      matrix.solve(column, column)
      this.schur = -(border.byV + border.bySum * (border.sumByV - this.sum(column)))
      if (!(Math.abs(this.schur) > 0) || !Number.isFinite(this.schur))
        throw new LinearSolveError(t('the cell voltage is not determined'))
      this.factored = beta
    }
    matrix.solve(rhs, part)
    const V = (rhs[g + GLOBALS.V] + border.bySum * this.sum(part)) / this.schur
    for (let k = 0; k < g; k++) x[k] = part[k] - column[k] * V
    x[g + GLOBALS.V] = V
    const sum = this.sum(x) + border.sumByV * V
    for (let k = GLOBALS.Q; g + k < equations.size; k++) x[g + k] = rhs[g + k]
    x[g + GLOBALS.Q] -= (beta * sum) / capacity
    return 0
  }
}
