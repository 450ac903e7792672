/**
 * Direct solver for the intracellular phase of a tiling whose cells are isolated: the same small matrix in every cell,
 * factored once,  A = diag(mass) + stiffness * L(w_I).  A multigrid hierarchy cannot represent a value per cell.
 */

import { type DenseFactor, factorise, solveDense } from '../../numerics/dense.ts'
import { present } from '../../present.ts'
import type { Cells } from './kinds.ts'
import type { Tiling } from './tiling.ts'

export class CellwiseSolver {
  /** Nodes of every cell, in the same order. */
  private readonly cells: Int32Array[]
  /** Edges of the first cell, by local index. */
  private readonly edges: { from: number; to: number; weight: number }[]
  private readonly local: Float64Array
  private readonly solution: Float64Array
  private factor: DenseFactor | undefined

  /** @param cells kind of cells of the tiling */
  constructor(net: Tiling, { volume, weight: weights }: Pick<Cells, 'volume' | 'weight'>) {
    const { counts, repeat, resolution } = net
    const first: number[] = []
    for (let p = 0; p < net.nodes; p++) {
      const c = coordinates(p, counts)
      if (volume[p] > 0 && c.every((i) => i < resolution)) first.push(p)
    }
    const strides = counts.map((_, k) => counts.slice(0, k).reduce((a, b) => a * b, 1))
    const total = repeat.reduce((a, b) => a * b, 1)
    this.cells = Array.from({ length: total }, (_, cell) => {
      const shift = coordinates(cell, repeat).reduce((s, i, k) => s + i * resolution * strides[k], 0)
      return Int32Array.from(first, (p) => p + shift)
    })
    const named = new Map(first.map((p, k) => [p, k]))
    this.edges = []
    for (let e = 0; e < net.edges.count; e++) {
      const from = named.get(net.edges.from[e])
      const to = named.get(net.edges.to[e])
      const weight = weights[e]
      if (weight !== 0 && from !== undefined && to !== undefined) this.edges.push({ from, to, weight })
    }
    this.local = new Float64Array(first.length)
    this.solution = new Float64Array(first.length)
  }

  /** @param mass per node of the tiling; the first cell's values stand for all */
  configure(stiffness: number, mass: Float64Array): void {
    const n = this.local.length
    const a = new Float64Array(n * n)
    this.cells[0].forEach((p, k) => {
      a[k * n + k] = mass[p]
    })
    for (const { from, to, weight } of this.edges) {
      a[from * n + from] += stiffness * weight
      a[to * n + to] += stiffness * weight
      a[from * n + to] -= stiffness * weight
      a[to * n + from] -= stiffness * weight
    }
    this.factor = factorise(a, n)
  }

  /** x = A^-1 b on the intracellular nodes; others of x stay. */
  solve(b: Float64Array, x: Float64Array): void {
    const { local, solution } = this
    const factor = present(this.factor, 'the factorisation of a cell')
    for (const nodes of this.cells) {
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
