/**
 * A homogenized state on the nodes of a tiling, alone and with its first-order correctors:
 *
 *   c = c0 + l chi_T . grad c0,   Phi = Phi0 + l chi_T . grad Phi0,   psi = psi0 + l chi_Sigma . grad psi0
 *
 * T is common to all that moves in the electrolyte, hence its corrector. The separator has none. Isolated particles
 * equilibrate inside: the filling of each is the mean of that of its kind over its cell.
 */
import type { CellResult } from '../../../cell/cell.ts'
import { onTiles } from '../../../cell/tile.ts'
import type { Grid } from '../equations/grid.ts'
import { fillingsOf } from '../homogenized/carry.ts'
import { type ElectrolyteForm, offset } from '../laws/electrolyte.ts'
import { C, PHI, PSI } from '../layout.ts'
import { ACTIVE, ELECTROLYTE, ELECTRONS, IONS } from '../phases.ts'
import { type CathodeTiling, stripCells } from './tiling.ts'

/** A state of the homogenized cell. */
export interface HomogenizedState {
  u: Float64Array
  grid: Grid
  /** How many kinds of particles it has. */
  kinds: number
}

/** Values on the nodes of the tiling: salt [c0], potential by lithium [RT/F], fall in the solid [RT/F]. */
export interface Reconstruction {
  salt: Float64Array
  phi: Float64Array
  psi: Float64Array
}

export interface Reconstructions {
  plain: Reconstruction
  corrected: Reconstruction
  /** Mean filling of each kind of the homogenized cathode over each cell of the tiling, x first; NaN in the separator. */
  fillings: readonly Float64Array[]
}

export function reconstruct(
  { u, grid, kinds }: HomogenizedState,
  form: ElectrolyteForm,
  cell: CellResult,
  tiling: CathodeTiling,
): Reconstructions {
  const { columns, nodes } = grid
  const pores = segments(grid)
  const field = (k: number) => u.subarray(k * nodes, (k + 1) * nodes)
  const salt = field(C)
  const s = offset(form)
  const phi = field(PHI).map((v, i) => v + (s === 0 ? 0 : s * Math.log(salt[i])))
  const strip = stripCells(cell, tiling.separatorCells)
  // Along the axes that the homogenized cell has.
  const axes = grid.rows > 1 ? [0, 1] : [0]
  const correctors = (of: (cell: CellResult, axis: number) => Float64Array | undefined) =>
    axes.map((axis) => {
      const found = strip.flatMap((own) => of(own, axis) ?? [])
      return found.length === strip.length ? onTiles(tiling, found) : undefined
    })
  const ionic = correctors((own, axis) => correctorOf(own, axis, (p) => p.name === IONS || p.phase === ELECTROLYTE))
  const electronic = correctors(
    (own, axis) =>
      correctorOf(own, axis, (p) => p.name === ELECTRONS) ?? correctorOf(own, axis, (p) => p.phase === ACTIVE),
  )
  const parts = {
    salt: onTiling(grid, pores, salt, tiling, ionic),
    phi: onTiling(grid, pores, phi, tiling, ionic),
    // The foil and the separator hold no solid.
    psi: onTiling(grid, [[grid.first, columns]], field(PSI), tiling, electronic),
  }
  const pick = (which: 'plain' | 'corrected'): Reconstruction => ({
    salt: parts.salt[which],
    phi: parts.phi[which],
    psi: parts.psi[which],
  })
  const fillings = fillingsOf(u, nodes, kinds).map((y) => cellMeans(grid, y, tiling))
  return { plain: pick('plain'), corrected: pick('corrected'), fillings }
}

/** The corrector along an axis of the first problem that fits. */
function correctorOf(
  cell: CellResult,
  axis: number,
  fits: (p: CellResult['problems'][number]) => boolean,
): Float64Array | undefined {
  return cell.problems.find(fits)?.correctors[axis]
}

/**
 * @param pieces columns between which slopes jump, those of the cathode last
 * @param chi correctors along the axes of the homogenized cell
 */
function onTiling(
  grid: Grid,
  pieces: readonly (readonly [number, number])[],
  values: Float64Array,
  tiling: CathodeTiling,
  chi: readonly (Float64Array | undefined)[],
) {
  const { nodes, position, size, separatorCells, counts, resolution } = tiling
  const plain = new Float64Array(nodes)
  const corrected = new Float64Array(nodes)
  const sheets = pieces.map(([from, end]) => sheetOf(grid, from, end, values))
  const border = separatorCells * resolution
  for (let p = 0; p < nodes; p++) {
    const column = p % counts[0]
    const { value, slopes } = sheets[column < border ? 0 : sheets.length - 1]
    const [x, y] = [position[3 * p], position[3 * p + 1]]
    plain[p] = value(x, y)
    corrected[p] = plain[p]
    if (column < border) continue
    chi.forEach((of, axis) => {
      const c = of?.[p] ?? Number.NaN
      if (!Number.isNaN(c)) corrected[p] += size * c * slopes[axis](x, y)
    })
  }
  return { plain, corrected }
}

/** A field between columns of the grid and its slopes along x and y, linear between the centres and continued beyond. */
function sheetOf({ columns, rows, x: places, height }: Grid, from: number, end: number, values: Float64Array) {
  const x = places.subarray(from, end)
  const heights = Float64Array.from({ length: rows }, (_, j) => ((j + 0.5) * height) / rows)
  const lines = Array.from(heights, (_, j) => values.subarray(j * columns + from, j * columns + end))
  const between = (own: readonly Float64Array[]) => (at: number, y: number) => {
    if (own.length === 1) return along(x, own[0], at)
    const j = before(heights, y)
    const s = (y - heights[j]) / (heights[j + 1] - heights[j])
    return (1 - s) * along(x, own[j], at) + s * along(x, own[j + 1], at)
  }
  const upwards = () => {
    const out = lines.map((line) => new Float64Array(line.length))
    x.forEach((_, i) => {
      slopesOn(
        heights,
        heights.map((_, j) => lines[j][i]),
      ).forEach((slope, j) => {
        out[j][i] = slope
      })
    })
    return between(out)
  }
  return {
    value: between(lines),
    slopes: [between(lines.map((line) => slopesOn(x, line))), ...(rows > 1 ? [upwards()] : [])],
  }
}

/** Columns of separator and cathode, between which slopes jump; one where there is no separator. */
function segments({ columns, first, separator }: Grid): [number, number][] {
  if (separator === 0) return [[0, columns]]
  return [
    [0, first],
    [first, columns],
  ]
}

/** Linear between the places x, continued beyond them. */
function along(x: Float64Array, v: Float64Array, at: number): number {
  if (x.length === 1) return v[0]
  const low = before(x, at)
  return v[low] + ((v[low + 1] - v[low]) * (at - x[low])) / (x[low + 1] - x[low])
}

/** The last place before, of those that have one behind them. */
function before(x: Float64Array, at: number): number {
  let [low, high] = [0, x.length - 2]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (x[middle] <= at) low = middle
    else high = middle - 1
  }
  return low
}

/** Slopes of the parabola through each place and its neighbours. */
function slopesOn(x: Float64Array, v: Float64Array): Float64Array {
  if (x.length < 3) return v.map(() => (x.length < 2 ? 0 : (v[1] - v[0]) / (x[1] - x[0])))
  return v.map((_, i) => {
    const m = Math.max(1, Math.min(i, v.length - 2))
    const [a, b] = [x[m] - x[m - 1], x[m + 1] - x[m]]
    const [left, right] = [(v[m] - v[m - 1]) / a, (v[m + 1] - v[m]) / b]
    return left + ((right - left) * (2 * x[i] - x[m - 1] - x[m])) / (a + b)
  })
}

function cellMeans({ columns, rows, first, x, width }: Grid, y: Float64Array, tiling: CathodeTiling): Float64Array {
  const { cells, repeat, separatorCells, size } = tiling
  const across = repeat[1]
  const sums = new Float64Array(cells * across)
  for (let j = 0; j < rows; j++)
    for (let m = Math.floor((j * across) / rows); m < across && m * rows < (j + 1) * across; m++) {
      const part = across * (Math.min((j + 1) / rows, (m + 1) / across) - Math.max(j / rows, m / across))
      for (let i = first; i < columns; i++) {
        const [left, right] = [x[i] - width[i] / 2, x[i] + width[i] / 2]
        for (let k = Math.max(separatorCells, Math.floor(left / size - 1)); k < cells && k * size < right; k++)
          sums[k + cells * m] +=
            part * y[i + columns * j] * Math.max(0, Math.min(right, (k + 1) * size) - Math.max(left, k * size))
      }
    }
  return sums.map((v, k) => (k % cells < separatorCells ? Number.NaN : v / size))
}
