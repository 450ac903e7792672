/**
 * A homogenized state on the nodes of a tiling, alone and with its first-order corrector (l period of the cell, J0 the
 * driving force, xi = -chi of the contrast problem):
 *
 *   phi = phi0 + l phi1,   phi1 = -xi . grad phi0
 *   c   = c0 + l ( - z f c0 phi1 + chi . J0 ),   J0 = grad c0 + z f c0 grad phi0
 *
 * the linearised Boltzmann answer of each pore, and what the walls make of the flux around them. With the second order
 *
 *   phi = phi0 + l phi1 + l² zeta^kl d_kl phi0
 *   c   = exp(- z f (phi - phi0)) ( c0 + l chi . J0 + l² ( a^kl d_k J0_l + z f b^kl d_k phi0 J0_l ) )
 *
 * (zeta, a, b: cell/second.ts; the forms of Schmuck 2013, (73), (78) that have solutions, see errata.ts).
 */
import { type CellResult, columnsOf, problemOf } from '../../cell/cell.ts'
import { onTiles } from '../../cell/tile.ts'
import { interpolate, slopes } from '../../numerics/resample.ts'
import { present } from '../../present.ts'
import { type Correctors, carried, correction, type Smooth } from '../expansion.ts'
import type { Field, MacroSpec } from '../family.ts'
import type { SecondSolutions } from '../second.ts'
import { DIELECTRIC, PORE } from './effective.ts'
import type { Species } from './equations.ts'
import { between, faces } from './grading.ts'
import type { Tiling } from './tiling.ts'

export interface HomogenizedState {
  u: Float64Array
  macro: MacroSpec
  layout: string
}

export interface Reconstruction {
  /** u0 and u0 + l u1, field-major on the nodes of the tiling. */
  plain: Float64Array
  corrected: Float64Array
}

export function reconstruct(
  state: HomogenizedState,
  cell: CellResult,
  tiling: Tiling,
  ions: { species: readonly Species[]; f: number; cellSize: number },
): Reconstruction {
  const { species, f, cellSize } = ions
  const n = tiling.nodes
  const S = species.length
  const { values, gradients } = onTiling(state, tiling, S + 1)
  const [chi, minusXi] = firstOrder(cell, tiling)
  const plain = new Float64Array((S + 1) * n)
  values.forEach((v, k) => {
    plain.set(v, k * n)
  })
  const corrected = Float64Array.from(plain)
  for (let p = 0; p < n; p++) {
    let phi1 = 0
    gradients[S].forEach((slope, axis) => {
      phi1 += minusXi[axis][p] * slope[p]
    })
    corrected[S * n + p] += cellSize * phi1
    if (tiling.pore[p] === 0) continue
    species.forEach(({ valence }, r) => {
      const drift = valence * f * values[r][p]
      let change = -drift * phi1
      gradients[r].forEach((slope, axis) => {
        change += chi[axis][p] * (slope[p] + drift * gradients[S][axis][p])
      })
      corrected[r * n + p] += cellSize * change
    })
  }
  return { plain, corrected }
}

/** Correctors of the pore and of the permittivity at the nodes of the tiling. */
function firstOrder(cell: CellResult, tiling: Tiling): [chi: Float64Array[], minusXi: Float64Array[]] {
  const columns = columnsOf(cell)
  const all = (kind: 'perforated' | 'contrast', of: string) => {
    const found = columns.map((column) => problemOf(column, kind, of).correctors)
    return found[0].map((_, axis) =>
      onTiles(
        tiling,
        found.map((chi) => chi[axis]),
      ),
    )
  }
  return [all('perforated', PORE), all('contrast', DIELECTRIC)]
}

/**
 * u0 + l u1 + l² u2, field-major on the nodes of the tiling; outside of the pores concentrations are u0.
 * @param fields of the model, ions first, then the potential; their second order is what is made of them
 * @param second solved for the same cell
 */
export function reconstructSecond(
  state: HomogenizedState,
  cell: CellResult,
  tiling: Tiling,
  { fields, second, cellSize }: { fields: readonly Field[]; second: SecondSolutions; cellSize: number },
): Float64Array {
  const { nodes: n, pore } = tiling
  const S = fields.length - 1
  const { values, gradients } = onTiling(state, tiling, fields.length)
  const curvatures = curvaturesOnTiling(state, tiling, fields.length)
  const smooth = (k: number): Smooth => ({ value: values[k], gradient: gradients[k], curvature: curvatures[k] })
  const [chi, minusXi] = firstOrder(cell, tiling)
  const correctors = (name: string): Correctors => {
    const { curvature, drift, surface } = second[name]
    const all = (rows: Float64Array[][]) => rows.map((row) => row.map((field) => onTiles(tiling, [field])))
    return {
      first: name === PORE ? chi : minusXi,
      curvature: all(curvature),
      ...(drift && { drift: all(drift) }),
      ...(surface && { surface: onTiles(tiling, [surface]) }),
    }
  }
  const out = new Float64Array((S + 1) * n)
  const [inPores, everywhere] = [correctors(PORE), correctors(DIELECTRIC)]
  const change = correction(smooth(S), everywhere, cellSize, fields[S].microscopic?.second)
  for (let p = 0; p < n; p++) out[S * n + p] = values[S][p] + change[p]
  for (let r = 0; r < S; r++) {
    const { weight } = present(fields[r].microscopic?.second?.carrier, 'what carries the ions')
    const c = carried(smooth(r), { smooth: smooth(S), correction: change, weight }, inPores, cellSize)
    for (let p = 0; p < n; p++) out[r * n + p] = pore[p] > 0 ? c[p] : values[r][p]
  }
  return out
}

/** Fields of a homogenized state and their gradients at the nodes of the tiling: [field][node], [field][axis][node]. */
function onTiling(
  { u: given, macro, layout }: HomogenizedState,
  tiling: Tiling,
  fields: number,
): { values: Float64Array[]; gradients: Float64Array[][] } {
  const { nodes, size, dimension } = macro
  const before = given.length / fields
  const graded = faces(layout)
  const grid = dimension === 1 ? graded : undefined
  // A graded sheet is seen at nodes that are equally far from each other.
  const u = graded && dimension > 1 ? between(given, graded, undefined, given.length / nodes[0]) : given
  const values: Float64Array[] = []
  const gradients: Float64Array[][] = []
  for (let k = 0; k < fields; k++) {
    const field = u.subarray(k * before, (k + 1) * before)
    if (grid) {
      const x = grid.map((s) => s * size[0])
      values.push(along(x, field, tiling))
      gradients.push([along(x, gradedSlopes(x, field), tiling)])
      continue
    }
    const at = (v: Float64Array) => {
      const out = new Float64Array(tiling.nodes)
      interpolate(v, nodes, (p, c) => (tiling.position[3 * p + c] / size[c]) * (nodes[c] - 1), out)
      return out
    }
    values.push(at(field))
    gradients.push(nodes.map((_, axis) => at(slopes(field, nodes, size, axis))))
  }
  return { values, gradients }
}

/** Second derivatives of the fields, slopes of slopes: [field][axis][axis][node]. */
function curvaturesOnTiling(state: HomogenizedState, tiling: Tiling, fields: number): Float64Array[][][] {
  const { u, macro, layout } = state
  const before = u.length / fields
  const grid = macro.dimension === 1 ? faces(layout)?.map((s) => s * macro.size[0]) : undefined
  const slopesOf = (field: Float64Array, axis: number) =>
    grid ? gradedSlopes(grid, field) : slopes(field, macro.nodes, macro.size, axis)
  return Array.from({ length: fields }, (_, k) =>
    macro.nodes.map((_, axis) => {
      const gradient = slopesOf(u.subarray(k * before, (k + 1) * before), axis)
      return onTiling({ ...state, u: gradient }, tiling, 1).gradients[0]
    }),
  )
}

/** Linear interpolation in x at the nodes of the tiling. */
function along(x: Float64Array, v: Float64Array, tiling: Tiling): Float64Array {
  const last = x.length - 2
  return Float64Array.from({ length: tiling.nodes }, (_, p) => {
    const at = tiling.position[3 * p]
    let [low, high] = [0, last]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (x[middle] <= at) low = middle
      else high = middle - 1
    }
    const s = Math.max(0, Math.min(1, (at - x[low]) / (x[low + 1] - x[low])))
    return (1 - s) * v[low] + s * v[low + 1]
  })
}

/** Slopes of the parabola through each node and its neighbours; of the outermost one at the ends. */
function gradedSlopes(x: Float64Array, v: Float64Array): Float64Array {
  return v.map((_, i) => {
    const m = Math.max(1, Math.min(i, v.length - 2))
    const [a, b] = [x[m] - x[m - 1], x[m + 1] - x[m]]
    const [left, right] = [(v[m] - v[m - 1]) / a, (v[m + 1] - v[m]) / b]
    const bend = (right - left) / (a + b)
    return left + bend * (x[i] - x[m - 1] + x[i] - x[m])
  })
}
