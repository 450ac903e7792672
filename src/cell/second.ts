/**
 * Second-order correctors of scalar cell problems. With sources spread evenly over a phase s (k* the effective tensor):
 *
 *   chi^kl:  int k grad chi^kl . grad w = int [ k (delta_kl + d_k chi^l) - k*_kl 1_s / |Y_s| ] w - int k chi^l d_k w
 *
 * where the flux is k e^-psi grad w and eta are the correctors of psi, besides
 *
 *   b^kl:    int k grad b^kl . grad w = int k [ eta^k (e_l + grad chi^l) - chi^l e_k ] . grad w
 *
 * and of sources on the interface that a phase balances
 *
 *   beta:    int k grad beta . grad w = int_Gamma w / |Gamma| - int_Ys w / |Y_s|
 *
 * M. Schmuck, J. Math. Phys. 54 (2013), (73) and (78), with what makes them solvable: (73) spreads the charge over all of
 * the cell, (78) lacks factors 1/p. As in diffusion.ts all is edge algebra; a product on an edge takes the means of its
 * ends, so that the loads are what the tiled mesh has at this order, without an error of their own.
 */

import { interfaceAreas } from '../numerics/interface.ts'
import { Lattice } from '../numerics/lattice.ts'
import { assembleLayers, controlVolumes, edgeComponents } from '../numerics/mesh.ts'
import { conjugateGradients, LatticeMultigrid } from '../numerics/multigrid.ts'
import type { SimplexMesh } from '../numerics/simplex.ts'
import type { CellMesh, CellProblemResult } from './cell.ts'
import { assignFlat } from './connectivity.ts'
import { subtractMeans } from './correctors.ts'
import { ORIGIN, PeriodicForest } from './forest.ts'
import { combine } from './level.ts'
import { paced } from './progress.ts'

const TOLERANCE = 1e-7
/** Loads below this fraction of what adds up to them are round-off. */
const NEGLIGIBLE = 1e-6

/** [k][l], as `CellProblemResult.correctors`: zero mean on every connected piece of what conducts, NaN outside. */
export type SecondCorrectors = Float64Array[][]

type Solved = Pick<CellProblemResult, 'coefficients' | 'correctors'>

/** A solved cell problem, of which more is asked. Generators yield the fraction done. */
export class SecondOrder {
  /** Edge weights of k, [direction][node]. */
  private readonly weights: readonly Float64Array[]
  private readonly cell: CellMesh
  private readonly mesh: SimplexMesh
  /** chi^j, 0 outside. */
  private readonly first: readonly Float64Array[]
  /** Control volumes of what conducts, and of every phase. */
  private readonly conducting: Float64Array
  private readonly volumes: readonly Float64Array[]
  /** Connected piece of every node, -1 outside. */
  private readonly piece: Int32Array
  private readonly pieces: number
  private readonly multigrid: LatticeMultigrid

  private constructor(
    cell: CellMesh,
    mesh: SimplexMesh,
    weights: readonly Float64Array[],
    { coefficients, correctors }: Solved,
    multigrid: LatticeMultigrid,
  ) {
    const { simplexPhase, phases } = cell
    const { lattice } = mesh
    this.cell = cell
    this.mesh = mesh
    this.weights = weights
    this.first = correctors.map((chi) => chi.map((v) => (Number.isNaN(v) ? 0 : v)))
    this.volumes = controlVolumes(mesh, simplexPhase, phases.length)
    this.conducting = new Float64Array(lattice.count)
    this.volumes.forEach((volume, s) => {
      if (coefficients[phases[s]] > 0) add(this.conducting, volume)
    })
    const { piece, pieces } = piecesOf(lattice, weights, this.conducting)
    this.piece = piece
    this.pieces = pieces
    this.multigrid = multigrid
  }

  /** Yields while it is made ready. */
  static *of(cell: CellMesh, problem: Solved): Generator<void, SecondOrder> {
    const { dimension: d, n, displacement, simplexPhase, phases } = cell
    const lattice = Lattice.cube(d, n)
    const mesh = { lattice, spacing: Array<number>(d).fill(1 / n), displacement }
    const assembled = yield* assembleLayers(mesh, simplexPhase, phases.length)
    const weights = combine(
      assembled,
      phases.map((name) => problem.coefficients[name]),
    )
    const multigrid = new LatticeMultigrid(lattice, weights)
    yield
    return new SecondOrder(cell, mesh, weights, problem, multigrid)
  }

  /**
   * chi^kl.
   * @param sources phase of the sources; every piece balances its own
   * @param symmetric only the symmetric part in kl, for second derivatives: chi^kl and chi^lk are one array
   */
  *curvature(sources: string, symmetric = false): Generator<number, SecondCorrectors> {
    const d = this.cell.dimension
    const source = this.volumes[this.cell.phases.indexOf(sources)]
    const load = (k: number, l: number) => this.balanced(this.curvatureLoad(k, l), source)
    const found: SecondCorrectors = Array.from({ length: d }, () => [])
    for (let k = 0; k < d; k++)
      for (let l = 0; l < d; l++) {
        if (symmetric && l < k) found[k].push(found[l][k])
        else if (!symmetric || l === k) found[k].push(yield* this.solve(load(k, l), (d * k + l) / d ** 2))
        else {
          const half = load(k, l).map((v) => v / 2)
          add(
            half,
            load(l, k).map((v) => v / 2),
          )
          found[k].push(yield* this.solve(half, (d * k + l) / d ** 2))
        }
      }
    return found
  }

  /** b^kl. @param eta correctors of the potential that weighs the flux */
  *drift(eta: readonly Float64Array[]): Generator<number, SecondCorrectors> {
    const d = this.cell.dimension
    const found: SecondCorrectors = Array.from({ length: d }, () => [])
    for (let k = 0; k < d; k++)
      for (let l = 0; l < d; l++) found[k].push(yield* this.solve(this.driftLoad(eta[k], k, l), (d * k + l) / d ** 2))
    return found
  }

  /** beta; zero where the cell has no interface. */
  *surface(sources: string): Generator<number, Float64Array> {
    const area = yield* paced(interfaceAreas(this.mesh, assignFlat(this.mesh.lattice, this.cell.simplexPhase)), 0)
    const total = area.reduce((a, b) => a + b, 0)
    const source = this.volumes[this.cell.phases.indexOf(sources)]
    const load = this.balanced(total > 0 ? area.map((a) => a / total) : area, source)
    yield 0
    return yield* this.solve(load, 0)
  }

  /** The right side of chi^kl without its sources: adds up to the flux average k*_kl. */
  curvatureLoad(k: number, l: number): Float64Array {
    const chi = this.first[l]
    const [along, across] = [edgeComponents(this.mesh, k), edgeComponents(this.mesh, l)]
    return this.load((out, w, s, p, q) => {
      const half = (w * along[s][p] * (across[s][p] + chi[q] - chi[p])) / 2
      const mean = (w * along[s][p] * (chi[p] + chi[q])) / 2
      out[p] += half + mean
      out[q] += half - mean
    })
  }

  /** The right side of b^kl: adds up to nothing. */
  driftLoad(eta: Float64Array, k: number, l: number): Float64Array {
    const chi = this.first[l]
    const [along, across] = [edgeComponents(this.mesh, k), edgeComponents(this.mesh, l)]
    return this.load((out, w, s, p, q) => {
      const slope = across[s][p] + chi[q] - chi[p]
      const flow = (w * ((chi[p] + chi[q]) * along[s][p] - (eta[p] + eta[q]) * slope)) / 2
      out[p] += flow
      out[q] -= flow
    })
  }

  private load(edge: (out: Float64Array, w: number, direction: number, p: number, q: number) => void): Float64Array {
    const out = new Float64Array(this.mesh.lattice.count)
    this.weights.forEach((w, s) => {
      const next = this.mesh.lattice.forward(s + 1)
      for (let p = 0; p < out.length; p++) if (w[p] !== 0) edge(out, w[p], s, p, next[p])
    })
    return out
  }

  /** Takes what the load of every piece adds up to off again, spread over its part of `source`. */
  private balanced(load: Float64Array, source: Float64Array): Float64Array {
    const totals = this.totals(load)
    const room = this.totals(source)
    return load.map((v, p) => {
      const c = this.piece[p]
      return c < 0 || room[c] === 0 ? v : v - (totals[c] * source[p]) / room[c]
    })
  }

  private totals(values: Float64Array): Float64Array {
    const sums = new Float64Array(this.pieces)
    for (let p = 0; p < values.length; p++) if (this.piece[p] >= 0) sums[this.piece[p]] += values[p]
    return sums
  }

  private *solve(b: Float64Array, fraction: number): Generator<number, Float64Array> {
    const { multigrid } = this
    const x = new Float64Array(b.length)
    const size = Math.sqrt(this.conducting.reduce((sum, v) => sum + v * v, 0))
    const solver = conjugateGradients(
      (u, out) => multigrid.operator.apply(u, out),
      (r, z) => multigrid.cycle(r, z),
      b,
      x,
      { tolerance: TOLERANCE, scale: NEGLIGIBLE * size },
    )
    while (!solver.next().done) yield fraction
    subtractMeans([x], this.piece, this.conducting, this.pieces)
    return x
  }
}

function add(out: Float64Array, more: Float64Array): void {
  for (let p = 0; p < out.length; p++) out[p] += more[p]
}

/** Nodes that edges join. */
function piecesOf(
  lattice: Lattice,
  weights: readonly Float64Array[],
  volume: Float64Array,
): { piece: Int32Array; pieces: number } {
  const forest = new PeriodicForest(lattice.count, lattice.dimension)
  weights.forEach((w, s) => {
    const next = lattice.forward(s + 1)
    for (let p = 0; p < w.length; p++) if (w[p] !== 0) forest.join(p, next[p], ORIGIN)
  })
  const names = new Map<number, number>()
  const piece = new Int32Array(lattice.count).fill(-1)
  for (let p = 0; p < piece.length; p++) {
    if (volume[p] === 0) continue
    const root = forest.find(p)
    if (!names.has(root)) names.set(root, names.size)
    piece[p] = names.get(root) ?? -1
  }
  return { piece, pieces: names.size }
}
