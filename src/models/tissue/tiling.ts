/**
 * The resolved tissue: a box tiled by N copies (per axis) of the fitted mesh of the reference cell. Nodes on the
 * membrane carry both phases; volumes are the lumped control volumes of each phase, the membrane area of a node is its
 * share of the interface faces that meet there, and the edges carry the P1 transmissibilities of each phase.
 */

import type { CellMesh } from '../../cell/cell.ts'
import { areaBetween, type TiledMesh, tileMesh } from '../../cell/tile.ts'
import { pieceAtNodes } from '../../cell/where.ts'
import { t } from '../../language/language.ts'
import { edgeList, type Side, side } from '../../numerics/box.ts'
import { interfaceAreas } from '../../numerics/interface.ts'
import { Lattice } from '../../numerics/lattice.ts'
import { assembleLayers, controlVolumes } from '../../numerics/mesh.ts'
import { OMITTED } from '../../numerics/simplex.ts'
import { InputError } from '../../parameter.ts'
import type { TissueNet } from './net.ts'
import { GLIA, INSIDE, OUTSIDE } from './phases.ts'

export interface Tiling extends TissueNet, Pick<TiledMesh, 'cellNode' | 'column'> {
  /** Copies of the cell per axis. */
  repeat: readonly number[]
  /** Nodes per cell and axis. */
  resolution: number
  /** Nodes per axis of the box. */
  counts: readonly number[]
  /** Piece of the intracellular phase (`PhaseResult.pieces`) at node p, then those of glia; -1 outside. */
  piece: Int32Array
  /** Pieces that touch a face of the cell. */
  touching: ReadonlySet<number>
  /** By kind of cells of the net: it stays inside of every cell. */
  isolated: readonly boolean[]
}

export function isTiling(net: TissueNet): net is Tiling {
  return 'cellNode' in net
}

/** By the piece of a phase. */
type Factor = (piece: number) => number
const one: Factor = () => 1

/**
 * @param meshes of the columns along x, or the one of all cells
 * @param size period of the cell, m
 * @param gap factor on the diffusivity inside a piece of the intracellular phase: the resistance of junctions, spread over the
 *   cytosol; pieces that stand alone have none
 * @param gliaGap the same of glia, which is a kind of cells of its own
 * @throws InputError when the cell lacks one of the two phases
 */
export function* tileCell(
  meshes: readonly CellMesh[],
  size: number,
  repeat: readonly number[],
  gap: Factor = one,
  gliaGap: Factor = one,
): Generator<void, Tiling> {
  const [mesh] = meshes
  if (![INSIDE, OUTSIDE].every((phase) => mesh.phases.includes(phase)))
    throw new InputError([
      {
        path: 'cell.shapes',
        message: t('got the phases {phases}; a tissue needs {outside} and {inside}', {
          phases: mesh.phases.join(', '),
          outside: OUTSIDE,
          inside: INSIDE,
        }),
      },
    ])
  const hasGlia = mesh.phases.includes(GLIA)
  const phases = hasGlia ? [INSIDE, OUTSIDE, GLIA] : [INSIDE, OUTSIDE]
  const tiled = tileMesh(meshes, size, repeat, phases)
  const { lattice, spacing, displacement, group, closed, counts, index, cellNode, column, position } = tiled
  const shape = { lattice, spacing, displacement }
  yield
  const [plainI, weightsE, plainG] = yield* assembleLayers(shape, group, phases.length)
  const [volumesI, volumesE, volumesG] = controlVolumes(shape, group, phases.length)
  yield
  /** Membrane of cells of one sort, without the other one. */
  const areasOf = function* (volumes: Float64Array, other: number) {
    const labels = closed.map((label) => (label === other ? OMITTED : label))
    return areaBetween(yield* interfaceAreas(shape, labels), volumes, volumesE)
  }
  const areas = yield* areasOf(volumesI, 2)
  yield
  const insides = meshes.map((of) => pieceAtNodes(of, INSIDE))
  const glia = hasGlia ? meshes.map((of) => pieceAtNodes(of, GLIA)) : []
  const count = insides[0].reduce((most, piece) => Math.max(most, piece + 1), 0)
  const pieces = insides.map((inside, k) =>
    inside.map((piece, q) => {
      const other = glia[k]?.[q] ?? -1
      return piece >= 0 || other < 0 ? piece : count + other
    }),
  )
  // Both ends of an edge of a phase are in one piece of it.
  const joined = (weights: Float64Array[], own: readonly Int32Array[], by: Factor) =>
    weights.map((weight) => {
      const out = weight.slice()
      index.forEach((q, p) => {
        if (out[q] !== 0) out[q] *= by(own[column[p]][cellNode[p]])
      })
      return out
    })
  const weightsI = joined(plainI, insides, gap)
  const weightsG = hasGlia ? joined(plainG, glia, gliaGap) : undefined
  const touching = new Set(pieces.flatMap((of) => [...onFaces(mesh, of)]))
  const isolated = [false, true]
    .slice(0, hasGlia ? 2 : 1)
    .map((ofGlia) => ![...touching].some((piece) => piece >= count === ofGlia))
  yield
  const take = (values: Float64Array) => Float64Array.from(index, (q) => values[q])
  const volumeE = take(volumesE)
  const { weights, ...edges } = edgeList(lattice, index, [weightsI, weightsE, ...(weightsG ? [weightsG] : [])])
  yield
  const [weightI, weightE, weightG] = weights
  return {
    nodes: index.length,
    position,
    width: spacing[0],
    volumeI: take(volumesI),
    volumeE,
    area: take(areas),
    edges: { ...edges, weightI, weightE },
    others: weightsG
      ? [
          {
            volume: take(volumesG),
            area: take(yield* areasOf(volumesG, 0)),
            weight: weightG,
            weights: weightsG,
            glia: true,
          },
        ]
      : [],
    chain: false,
    left: opened(side(counts, spacing, 0), volumeE),
    right: opened(side(counts, spacing, counts[0] - 1), volumeE),
    lattice: { lattice, index, weightsI, weightsE },
    repeat,
    resolution: mesh.n,
    counts,
    cellNode,
    column,
    piece: cellNode.map((q, p) => pieces[column[p]][q]),
    touching,
    isolated,
  }
}

/** A side is entered through the extracellular phase alone, which takes the whole flow. */
function opened({ node, face }: Side, volumeE: Float64Array): Side {
  const total = (a: Float64Array) => a.reduce((x, y) => x + y, 0)
  const open = face.map((f, k) => (volumeE[node[k]] > 0 ? f : 0))
  const scale = total(face) / total(open)
  return { node, face: open.map((f) => f * scale) }
}

/** Pieces of a phase with a node on a face of the cell. @param pieces of the periodic nodes */
function onFaces({ dimension, n }: CellMesh, pieces: Int32Array): Set<number> {
  const periodic = Lattice.cube(dimension, n)
  const found = new Set<number>()
  pieces.forEach((piece, p) => {
    if (piece >= 0 && [0, 1, 2].slice(0, dimension).some((k) => periodic.coordinate(p, k) === 0)) found.add(piece)
  })
  return found
}
