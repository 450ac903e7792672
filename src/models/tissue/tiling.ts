/**
 * The resolved tissue: a box tiled by N copies (per axis) of the fitted mesh of the reference cell. Nodes on the
 * membrane carry both phases; volumes are the lumped control volumes of each phase, the membrane area of a node is its
 * share of the interface faces that meet there, and the edges carry the P1 transmissibilities of each phase.
 */

import type { CellMesh } from '../../cell/cell.ts'
import { tileMesh } from '../../cell/tile.ts'
import { pieceAtNodes } from '../../cell/where.ts'
import { t } from '../../language/language.ts'
import { type Side, side } from '../../numerics/box.ts'
import { interfaceAreas } from '../../numerics/interface.ts'
import { Lattice } from '../../numerics/lattice.ts'
import { assembleGroupWeights, controlVolumes } from '../../numerics/mesh.ts'
import { InputError } from '../../parameter.ts'
import { INSIDE, OUTSIDE } from './effective.ts'
import { type TissueNet, tissueEdges } from './net.ts'

export interface Tiling extends TissueNet {
  /** Copies of the cell per axis. */
  repeat: readonly number[]
  /** Nodes per cell and axis. */
  resolution: number
  /** Nodes per axis of the box. */
  counts: readonly number[]
  /** Node of the periodic cell mesh that node p is a copy of. */
  cellNode: Int32Array
  /** Piece of the intracellular phase (`PhaseResult.pieces`) at node p, -1 where there is none. */
  piece: Int32Array
  /** Pieces that touch a face of the cell. */
  touching: ReadonlySet<number>
  /** True when the intracellular phase of every cell stays inside the cell. */
  isolated: boolean
}

export function isTiling(net: TissueNet): net is Tiling {
  return 'cellNode' in net
}

/**
 * @param size period of the cell, m
 * @param gap factor on the diffusivity of the intracellular phase: the resistance of junctions, spread over the cytosol
 * @throws InputError when the cell lacks one of the two phases
 */
export function tileCell(mesh: CellMesh, size: number, repeat: readonly number[], gap = 1): Tiling {
  const inside = mesh.phases.indexOf(INSIDE)
  if (inside < 0 || !mesh.phases.includes(OUTSIDE))
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
  const { lattice, spacing, displacement, group, counts, index, cellNode, position } = tileMesh(mesh, size, repeat, [
    INSIDE,
    OUTSIDE,
  ])
  const shape = { lattice, spacing, displacement }
  const [full, weightsE] = assembleGroupWeights(shape, group, 2)
  const weightsI = gap === 1 ? full : full.map((w) => w.map((x) => x * gap))
  const [volumesI, volumesE] = controlVolumes(shape, group, 2)
  const areas = interfaceAreas(shape, group)
  const pieces = pieceAtNodes(mesh, INSIDE)
  const touching = onFaces(mesh, pieces)
  const take = (values: Float64Array) => Float64Array.from(index, (q) => values[q])
  const volumeE = take(volumesE)
  // A side is entered through the extracellular phase alone, which takes the whole flow.
  const outer = ({ node, face }: Side) => {
    const total = (a: Float64Array) => a.reduce((x, y) => x + y, 0)
    const open = face.map((f, k) => (volumeE[node[k]] > 0 ? f : 0))
    const scale = total(face) / total(open)
    return { node, face: open.map((f) => f * scale) }
  }
  return {
    nodes: index.length,
    position,
    width: spacing[0],
    volumeI: take(volumesI),
    volumeE,
    area: take(areas),
    edges: tissueEdges(lattice, index, weightsI, weightsE),
    others: [],
    chain: false,
    left: outer(side(counts, spacing, 0)),
    right: outer(side(counts, spacing, counts[0] - 1)),
    lattice: { lattice, index, weightsI, weightsE },
    repeat,
    resolution: mesh.n,
    counts,
    cellNode,
    piece: cellNode.map((q) => pieces[q]),
    touching,
    isolated: touching.size === 0,
  }
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
