/**
 * The resolved porous medium: a box tiled by N copies (per axis) of the fitted mesh of the reference cell. Ions live in
 * the pore simplices, the potential in all:
 *
 *   diffusion = drift = K_pore,   displacement = K_pore + alpha K_solid      (P1 transmissibilities, m)
 *
 * The walls carry the fixed charge, spread over their area so that it is the given amount per total volume: the jump
 * eps d_n phi = s sigma of the wall condition, whose homogenized form is rho = sigma |Gamma|. Electrodes stand on faces
 * of cells. One row of cells is a periodic strip: its last row of nodes is the first one.
 */
import type { CellMesh } from '../../cell/cell.ts'
import { type TiledMesh, tileMesh } from '../../cell/tile.ts'
import { edgeList, side } from '../../numerics/box.ts'
import { interfaceAreas } from '../../numerics/interface.ts'
import { assembleLayers, controlVolumes } from '../../numerics/mesh.ts'
import { PORE, SOLID } from './effective.ts'
import type { PorousNet } from './net.ts'

export interface Tiling extends PorousNet, Pick<TiledMesh, 'cellNode' | 'column'> {
  /** Copies of the cell per axis. */
  repeat: readonly number[]
  /** Axes along which the box is periodic. */
  wrap: readonly boolean[]
  /** Nodes per cell and axis. */
  resolution: number
}

/**
 * @param meshes of the columns along x, or the one of all cells
 * @param size period of the cell, m
 * @param contrast permittivity of the solid over that of the fluid
 */
export function* tilePores(
  meshes: readonly CellMesh[],
  size: number,
  repeat: readonly number[],
  contrast: number,
  wrap: readonly boolean[] = repeat.map(() => false),
): Generator<void, Tiling> {
  const { lattice, spacing, displacement, group, closed, counts, index, cellNode, column, position } = tileMesh(
    meshes,
    size,
    repeat,
    [PORE, SOLID],
    wrap,
  )
  const shape = { lattice, spacing, displacement }
  yield
  const [open, solid] = yield* assembleLayers(shape, group, 2)
  const all = open.map((weights, s) => weights.map((w, q) => w + contrast * solid[s][q]))
  const { weights, ...list } = edgeList(lattice, index, [open, all])
  yield
  const take = (values: Float64Array) => Float64Array.from(index, (q) => values[q])
  const [pore, rest] = controlVolumes(shape, group, 2).map(take)
  yield
  const volume = pore.map((v, p) => v + rest[p])
  const area = take(yield* interfaceAreas(shape, closed))
  yield
  const total = (a: Float64Array) => a.reduce((x, y) => x + y, 0)
  const spread = total(volume) / total(area)
  return {
    nodes: index.length,
    position,
    pore,
    volume,
    // A cell without solid has no walls to charge.
    walls: Number.isFinite(spread) ? area.map((a) => a * spread) : volume,
    edges: { ...list, diffusion: weights[0], drift: weights[0], displacement: weights[1] },
    chain: false,
    left: side(counts, spacing, 0, wrap),
    right: side(counts, spacing, counts[0] - 1, wrap),
    counts,
    repeat,
    wrap,
    resolution: meshes[0].n,
    cellNode,
    column,
  }
}
