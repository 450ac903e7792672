/**
 * Distances between a resolved and a reconstructed field on a tiling, relative to the resolved one, weighted by volumes;
 * of the whole box, of its middle half along the current (layers at the electrodes do not reach there), and of what
 * fluctuates in each cell: the smooth part of an error is that of the homogenized solution, which no corrector knows.
 */
import { factorise, solveDense } from '../../numerics/dense.ts'
import type { Tiling } from './tiling.ts'

/** Unknowns from … end - 1 of u, which belong to the nodes of the tiling in turn. */
export interface Range {
  from: number
  end: number
}

/** || u - v || / || u ||. @param weights volumes of the nodes, 0 where nothing is measured */
export function distance(u: Float64Array, v: Float64Array, weights: Float64Array, { from, end }: Range): number {
  let error = 0
  let norm = 0
  for (let k = from; k < end; k++) {
    const weight = weights[k % weights.length]
    if (weight === 0) continue
    error += weight * (u[k] - v[k]) ** 2
    norm += weight * u[k] ** 2
  }
  return Math.sqrt(error / norm)
}

/** Volumes of the nodes of the cells whose middles are in the middle half along the current, 0 elsewhere. */
export function middleHalf(
  weights: Float64Array,
  { position, repeat: [N], resolution }: Tiling,
  cellSize: number,
): Float64Array {
  const [first, last] = [Math.ceil(N / 4 - 0.5), Math.floor((3 * N) / 4 - 0.5)]
  const slack = 1e-6 / resolution
  return weights.map((w, p) => {
    const x = position[3 * p] / cellSize
    return x >= first - slack && x <= last + 1 + slack ? w : 0
  })
}

/**
 * v with the part of u - v added that is a quadratic function in each cell, fitted by least squares: what is left of the
 * difference fluctuates.
 */
export function levelled(
  u: Float64Array,
  v: Float64Array,
  weights: Float64Array,
  tiling: Tiling,
  cellSize: number,
): Float64Array {
  const { nodes: n, position, repeat } = tiling
  const axes = repeat.flatMap((r, axis) => (axis === 0 || r > 1 ? [axis] : []))
  const place = (p: number, axis: number) => position[3 * p + axis] / cellSize
  const cellOf = (p: number) =>
    axes.reduceRight((cell, axis) => cell * repeat[axis] + inside(Math.floor(place(p, axis)), repeat[axis]), 0)
  const members = new Map<number, number[]>()
  for (let p = 0; p < n; p++) {
    if (weights[p] === 0) continue
    const cell = cellOf(p)
    const list = members.get(cell)
    if (list) list.push(p)
    else members.set(cell, [p])
  }
  const out = Float64Array.from(v)
  for (const [, list] of members) {
    const terms = list.map((p) => {
      const x = axes.map((axis) => place(p, axis) - inside(Math.floor(place(p, axis)), repeat[axis]) - 0.5)
      return [1, ...x, ...x.flatMap((a, i) => x.slice(i).map((b) => a * b))]
    })
    const m = terms[0].length
    const matrix = new Float64Array(m * m)
    list.forEach((p, q) => {
      for (let i = 0; i < m; i++)
        for (let j = 0; j < m; j++) matrix[m * i + j] += weights[p] * terms[q][i] * terms[q][j]
    })
    const factor = factorise(matrix, m)
    const [right, fitted] = [new Float64Array(m), new Float64Array(m)]
    for (let k = 0; k < v.length; k += n) {
      right.fill(0)
      list.forEach((p, q) => {
        for (let i = 0; i < m; i++) right[i] += weights[p] * terms[q][i] * (u[k + p] - v[k + p])
      })
      solveDense(factor, right, fitted)
      list.forEach((p, q) => {
        for (let i = 0; i < m; i++) out[k + p] += fitted[i] * terms[q][i]
      })
    }
  }
  return out
}

const inside = (cell: number, cells: number) => Math.max(0, Math.min(cells - 1, cell))
