/**
 * A homogenized state on the nodes of a tiling, alone and with its first-order correctors:
 *
 *   c = c0 + l chi_T dc0/dx,   Phi = Phi0 + l chi_T dPhi0/dx,   psi = psi0 + l chi_Sigma dpsi0/dx
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

/** A state of the homogenized cell in one dimension. */
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
  /** Mean filling of each kind of the homogenized cathode over each cell of the strip; NaN in the separator. */
  fillings: readonly Float64Array[]
}

export function reconstruct(
  { u, grid, kinds }: HomogenizedState,
  form: ElectrolyteForm,
  cell: CellResult,
  tiling: CathodeTiling,
): Reconstructions {
  const { columns } = grid
  const pores = segments(grid)
  const field = (k: number) => u.subarray(k * columns, (k + 1) * columns)
  const salt = field(C)
  const s = offset(form)
  const phi = field(PHI).map((v, i) => v + (s === 0 ? 0 : s * Math.log(salt[i])))
  const strip = stripCells(cell, tiling.separatorCells)
  const corrector = (of: (cell: CellResult) => Float64Array | undefined) => {
    const found = strip.flatMap((own) => of(own) ?? [])
    return found.length === strip.length ? onTiles(tiling, found) : undefined
  }
  const ionic = corrector((own) => correctorOf(own, (p) => p.name === IONS || p.phase === ELECTROLYTE))
  const electronic = corrector(
    (own) => correctorOf(own, (p) => p.name === ELECTRONS) ?? correctorOf(own, (p) => p.phase === ACTIVE),
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
  const fillings = fillingsOf(u, columns, kinds).map((y) => cellMeans(grid, y, tiling))
  return { plain: pick('plain'), corrected: pick('corrected'), fillings }
}

/** The corrector along x of the first problem that fits. */
function correctorOf(cell: CellResult, fits: (p: CellResult['problems'][number]) => boolean): Float64Array | undefined {
  return cell.problems.find(fits)?.correctors[0]
}

/** @param pieces columns between which slopes jump, those of the cathode last */
function onTiling(
  grid: Grid,
  pieces: readonly (readonly [number, number])[],
  values: Float64Array,
  tiling: CathodeTiling,
  chi: Float64Array | undefined,
) {
  const { nodes, position, size, separatorCells, counts, resolution } = tiling
  const plain = new Float64Array(nodes)
  const corrected = new Float64Array(nodes)
  const interpolants = pieces.map(([from, end]) => {
    const x = grid.x.subarray(from, end)
    const v = values.subarray(from, end)
    return { x, v, slope: slopesOn(x, v) }
  })
  const border = separatorCells * resolution
  for (let p = 0; p < nodes; p++) {
    const column = p % counts[0]
    const { x, v, slope } = interpolants[column < border ? 0 : interpolants.length - 1]
    plain[p] = along(x, v, position[3 * p])
    corrected[p] = plain[p]
    const c = chi?.[p] ?? Number.NaN
    if (column >= border && !Number.isNaN(c)) corrected[p] += size * c * along(x, slope, position[3 * p])
  }
  return { plain, corrected }
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
  let [low, high] = [0, x.length - 2]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (x[middle] <= at) low = middle
    else high = middle - 1
  }
  return v[low] + ((v[low + 1] - v[low]) * (at - x[low])) / (x[low + 1] - x[low])
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

function cellMeans({ columns, first, x, width }: Grid, y: Float64Array, tiling: CathodeTiling): Float64Array {
  const { cells, separatorCells, size } = tiling
  const sums = new Float64Array(cells)
  for (let i = first; i < columns; i++) {
    const [left, right] = [x[i] - width[i] / 2, x[i] + width[i] / 2]
    for (let k = Math.max(separatorCells, Math.floor(left / size - 1)); k < cells && k * size < right; k++)
      sums[k] += y[i] * Math.max(0, Math.min(right, (k + 1) * size) - Math.max(left, k * size))
  }
  return sums.map((v, k) => (k < separatorCells ? Number.NaN : v / size))
}
