/**
 * Direct solver for the intracellular phase of a tiling whose cells are isolated: the same small matrix in every cell (of
 * a column, where cells vary along x), factored once,  A = diag(mass) + stiffness * L(w_I).  A multigrid hierarchy cannot
 * represent a value per cell.
 */

import { type DenseFactor, factorise, solveDense } from '../../numerics/dense.ts'
import { present } from '../../present.ts'
import type { Cells } from './kinds.ts'
import type { Tiling } from './tiling.ts'

export class CellwiseSolver {
  /** The cells of every column along x where they differ, else all of them. */
  private readonly alike: readonly Alike[]

  private constructor(alike: readonly Alike[]) {
    this.alike = alike
  }

  /** @param cells kind of cells of the tiling */
  static of(net: Tiling, cells: Pick<Cells, 'volume' | 'weight'>): CellwiseSolver {
    const differ = net.column.some((column) => column > 0)
    const columns = differ ? Array.from({ length: net.repeat[0] }, (_, k) => k) : [undefined]
    return new CellwiseSolver(columns.map((column) => new Alike(placed(net, cells, column))))
  }

  /** Of the same cells, to be configured with its own stiffness and mass. */
  twin(): CellwiseSolver {
    return new CellwiseSolver(this.alike.map(({ place }) => new Alike(place)))
  }

  /** @param mass per node of the tiling */
  configure(stiffness: number, mass: Float64Array): void {
    for (const cells of this.alike) cells.configure(stiffness, mass)
  }

  /** x = A^-1 b on the intracellular nodes; others of x stay. */
  solve(b: Float64Array, x: Float64Array): void {
    for (const cells of this.alike) cells.solve(b, x)
  }
}

/** Where cells with the same matrix lie. */
interface Placed {
  /** Nodes of every cell, in the same order. */
  cells: readonly Int32Array[]
  /** Edges of the first cell, by local index. */
  edges: readonly { from: number; to: number; weight: number }[]
}

/** @param column of the cells; those of all columns without */
function placed(
  net: Tiling,
  { volume, weight: weights }: Pick<Cells, 'volume' | 'weight'>,
  column: number | undefined,
): Placed {
  const { counts, repeat, resolution } = net
  const origin = column ?? 0
  const inFirst = (c: readonly number[]) => c.every((i, k) => Math.floor(i / resolution) === (k === 0 ? origin : 0))
  const first: number[] = []
  for (let p = 0; p < net.nodes; p++) if (volume[p] > 0 && inFirst(coordinates(p, counts))) first.push(p)
  const strides = counts.map((_, k) => counts.slice(0, k).reduce((a, b) => a * b, 1))
  const tiles = column === undefined ? repeat : [1, ...repeat.slice(1)]
  const total = tiles.reduce((a, b) => a * b, 1)
  const cells = Array.from({ length: total }, (_, cell) => {
    const shift = coordinates(cell, tiles).reduce((s, i, k) => s + i * resolution * strides[k], 0)
    return Int32Array.from(first, (p) => p + shift)
  })
  const named = new Map(first.map((p, k) => [p, k]))
  const edges: { from: number; to: number; weight: number }[] = []
  for (let e = 0; e < net.edges.count; e++) {
    const from = named.get(net.edges.from[e])
    const to = named.get(net.edges.to[e])
    const weight = weights[e]
    if (weight !== 0 && from !== undefined && to !== undefined) edges.push({ from, to, weight })
  }
  return { cells, edges }
}

/** Cells with the same matrix. */
class Alike {
  readonly place: Placed
  private readonly local: Float64Array
  private readonly solution: Float64Array
  private factor: DenseFactor | undefined

  constructor(place: Placed) {
    this.place = place
    const [{ length }] = place.cells
    this.local = new Float64Array(length)
    this.solution = new Float64Array(length)
  }

  /** @param mass per node of the tiling; the first cell's values stand for all */
  configure(stiffness: number, mass: Float64Array): void {
    const n = this.local.length
    const a = new Float64Array(n * n)
    this.place.cells[0].forEach((p, k) => {
      a[k * n + k] = mass[p]
    })
    for (const { from, to, weight } of this.place.edges) {
      a[from * n + from] += stiffness * weight
      a[to * n + to] += stiffness * weight
      a[from * n + to] -= stiffness * weight
      a[to * n + from] -= stiffness * weight
    }
    this.factor = factorise(a, n)
  }

  solve(b: Float64Array, x: Float64Array): void {
    const { local, solution } = this
    const factor = present(this.factor, 'the factorisation of a cell')
    for (const nodes of this.place.cells) {
      for (let k = 0; k < nodes.length; k++) local[k] = b[nodes[k]]
      solveDense(factor, local, solution)
      for (let k = 0; k < nodes.length; k++) x[nodes[k]] = solution[k]
    }
  }
}

function coordinates(p: number, counts: readonly number[]): number[] {
  let rest = p
  return counts.map((n) => {
    const i = rest % n
    rest = Math.floor(rest / n)
    return i
  })
}
