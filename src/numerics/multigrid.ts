/**
 * Galerkin multigrid for the edge-weight operator of stencil.ts on a periodic lattice, and conjugate gradients. The
 * mass is restricted lumped.
 */
import { coarsened, galerkinWeights, prolongate, restrict } from './coarsening.ts'
import { type DenseFactor, factorise, solveDense } from './dense.ts'
import type { Lattice } from './lattice.ts'
import { Stencil } from './stencil.ts'

/** Coarsest lattices up to this many nodes are solved directly, larger ones by sweeps. */
const DIRECT_LIMIT = 343
const COARSE_SWEEPS = 12

interface Level {
  lattice: Lattice
  stencil: Stencil
  mass: Float64Array
  z: Float64Array
  r: Float64Array
  defect: Float64Array
}

export class LatticeMultigrid {
  readonly lattice: Lattice
  /** The finest operator. */
  readonly operator: Stencil
  private readonly levels: Level[] = []
  private direct: DenseFactor | undefined
  private directStale = true

  /**
   * @param weights [direction][node]; kept, not copied
   * @param like another hierarchy of the same weights, whose coarse weights are shared instead of computed again
   */
  constructor(lattice: Lattice, weights: readonly Float64Array[], like?: LatticeMultigrid) {
    this.lattice = lattice
    for (let current = lattice, w = weights; ; ) {
      const count = current.count
      this.levels.push({
        lattice: current,
        stencil: new Stencil(current, w),
        mass: new Float64Array(count),
        z: new Float64Array(count),
        r: new Float64Array(count),
        defect: new Float64Array(count),
      })
      const coarse = coarsened(current)
      if (!coarse) break
      w = like ? like.levels[this.levels.length].stencil.weights : galerkinWeights(current, w, coarse)
      current = coarse
    }
    this.operator = this.levels[0].stencil
  }

  /** A second operator on the same weights, to be configured with its own stiffness and mass. */
  twin(): LatticeMultigrid {
    return new LatticeMultigrid(this.lattice, this.operator.weights, this)
  }

  /** A = stiffness * L(w) + diag(mass). Cheap: the hierarchy of weights stays. */
  configure(options: { stiffness: number; mass?: Float64Array }): void {
    const { stiffness, mass } = options
    this.levels.forEach((level, l) => {
      if (mass) {
        if (l === 0) level.mass.set(mass)
        else restrict(this.levels[l - 1].lattice, this.levels[l - 1].mass, level.lattice, level.mass)
      }
      level.stencil.configure(stiffness, mass ? level.mass : undefined)
    })
    this.directStale = true
  }

  /** z = one V(1,1) cycle for A z = r from zero: symmetric, positive definite on the range of A. */
  cycle(r: Float64Array, z: Float64Array): void {
    this.descend(0, r, z)
  }

  /** z = one symmetric Gauss-Seidel sweep on the finest level: enough where the mass dominates. */
  smooth(r: Float64Array, z: Float64Array): void {
    z.fill(0)
    this.operator.sweep(r, z, false)
    this.operator.sweep(r, z, true)
  }

  private descend(l: number, r: Float64Array, z: Float64Array): void {
    const { stencil, defect, lattice } = this.levels[l]
    const coarse = this.levels[l + 1]
    if (!coarse) {
      this.solveCoarsest(stencil, r, z)
      return
    }
    z.fill(0)
    stencil.sweep(r, z, false)
    stencil.combine(1, r, -1, z, defect)
    restrict(lattice, defect, coarse.lattice, coarse.r)
    this.descend(l + 1, coarse.r, coarse.z)
    prolongate(coarse.lattice, coarse.z, lattice, z)
    stencil.sweep(r, z, true)
  }

  private solveCoarsest(stencil: Stencil, r: Float64Array, z: Float64Array): void {
    if (stencil.lattice.count <= DIRECT_LIMIT) {
      if (this.directStale || !this.direct) this.direct = factorise(denseMatrix(stencil), stencil.lattice.count)
      this.directStale = false
      solveDense(this.direct, r, z)
      return
    }
    z.fill(0)
    for (let sweep = 0; sweep < COARSE_SWEEPS; sweep++) stencil.sweep(r, z, false)
    for (let sweep = 0; sweep < COARSE_SWEEPS; sweep++) stencil.sweep(r, z, true)
  }
}

export interface SolveReport {
  iterations: number
  /** Relative residual |b - A x| / |b| reached. */
  residual: number
}

/**
 * Conjugate gradients, preconditioned, from the x given. Yields the relative residual before every iteration.
 * Consistent singular systems are fine; b = 0 gives x = 0.
 * @param apply out = A x
 * @param precondition z = approximate A^-1 r, symmetric positive definite
 * @param options scale: smallest |b| that residuals are relative to, for loads that may be nothing but round-off
 */
export function* conjugateGradients(
  apply: (x: Float64Array, out: Float64Array) => void,
  precondition: (r: Float64Array, z: Float64Array) => void,
  b: Float64Array,
  x: Float64Array,
  options: { tolerance: number; maxIterations?: number; scale?: number },
): Generator<number, SolveReport> {
  const { tolerance, maxIterations = 200, scale = 0 } = options
  const n = b.length
  const size = Math.max(Math.sqrt(dot(b, b)), scale)
  if (size === 0) {
    x.fill(0)
    return { iterations: 0, residual: 0 }
  }
  const r = new Float64Array(n)
  const z = new Float64Array(n)
  const q = new Float64Array(n)
  apply(x, q)
  for (let k = 0; k < n; k++) r[k] = b[k] - q[k]
  let residual = Math.sqrt(dot(r, r)) / size
  const direction = new Float64Array(n)
  let rho = 0
  let iterations = 0
  while (residual > tolerance && iterations < maxIterations) {
    yield residual
    precondition(r, z)
    const next = dot(r, z)
    if (!(next > 0)) break
    const beta = iterations === 0 ? 0 : next / rho
    rho = next
    for (let k = 0; k < n; k++) direction[k] = z[k] + beta * direction[k]
    apply(direction, q)
    const curvature = dot(direction, q)
    if (!(curvature > 0)) break
    const alpha = rho / curvature
    let square = 0
    for (let k = 0; k < n; k++) {
      x[k] += alpha * direction[k]
      const rest = r[k] - alpha * q[k]
      r[k] = rest
      square += rest * rest
    }
    residual = Math.sqrt(square) / size
    iterations++
  }
  return { iterations, residual }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k]
  return sum
}

/** The operator as a dense row-major matrix. */
function denseMatrix(stencil: Stencil): Float64Array {
  const { count } = stencil.lattice
  const matrix = new Float64Array(count * count)
  const unit = new Float64Array(count)
  const column = new Float64Array(count)
  for (let p = 0; p < count; p++) {
    unit[p] = 1
    stencil.apply(unit, column)
    matrix.set(column, p * count)
    unit[p] = 0
  }
  return matrix
}
