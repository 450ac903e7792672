/**
 * Fixing the free constants of correctors, and correctors of enclosed pieces, where chi^j = -y_j + const exactly.
 * A corrector has zero mean on every connected piece of the region that conducts and is NaN elsewhere.
 */
import type { FittedMesh } from '../numerics/fit.ts'
import type { Connectivity } from './connectivity.ts'
import { periodsOf } from './forest.ts'

/**
 * Normalises the correctors of one phase in place.
 * @param volumes control volumes of that phase
 */
export function normalisePerforated(
  mesh: FittedMesh,
  connectivity: Connectivity,
  phase: number,
  volumes: Float64Array,
  correctors: readonly Float64Array[],
): void {
  const pieces = connectivity.piecePhase.flatMap((owner, piece) => (owner === phase ? [piece] : []))
  const label = new Int32Array(volumes.length).fill(-1)
  if (pieces.length === 1 && connectivity.pieceWinds[pieces[0]]) {
    for (let p = 0; p < label.length; p++) if (volumes[p] > 0) label[p] = pieces[0]
  } else labelPieces(mesh, connectivity, phase, label, correctors)
  subtractMeans(correctors, label, volumes, connectivity.piecePhase.length)
}

/** Writes the piece of every node of a phase into `label`, and the exact correctors of enclosed pieces. */
function labelPieces(
  mesh: FittedMesh,
  connectivity: Connectivity,
  phase: number,
  label: Int32Array,
  correctors: readonly Float64Array[],
): void {
  const { lattice, simplexPhase, displacement, spacing } = mesh
  const { dimension: d, simplexCount: simplices, paths } = lattice
  const { piece, periods, pieceWinds } = connectivity
  lattice.visitCells((cell, nodes, i, j, k) => {
    for (let perm = 0; perm < simplices; perm++) {
      const s = cell * simplices + perm
      if (simplexPhase[s] !== phase) continue
      const enclosed = !pieceWinds[piece[s]]
      for (const mask of paths[perm]) {
        const p = nodes[mask]
        label[p] = piece[s]
        if (!enclosed) continue
        for (let c = 0; c < d; c++) {
          const origin = c === 0 ? i : c === 1 ? j : k
          const place = (origin + ((mask >> c) & 1)) * spacing[c] + displacement[d * p + c]
          correctors[c][p] = -place - periodsOf(periods[s], c)
        }
      }
    }
  })
}

/** Gives correctors of a contrast problem zero mean over the cell, in place. @param volumes control volumes by phase */
export function normaliseContrast(volumes: readonly Float64Array[], correctors: readonly Float64Array[]): void {
  const total = volumes[0].map((_, p) => volumes.reduce((sum, v) => sum + v[p], 0))
  subtractMeans(correctors, new Int32Array(total.length), total, 1)
}

/** Takes the volume-weighted mean of every label off; nodes with label -1 become NaN. */
export function subtractMeans(
  fields: readonly Float64Array[],
  label: Int32Array,
  volumes: Float64Array,
  labels: number,
): void {
  for (const field of fields) {
    const sum = new Float64Array(labels)
    const volume = new Float64Array(labels)
    for (let p = 0; p < field.length; p++) {
      const l = label[p]
      if (l < 0) continue
      sum[l] += volumes[p] * field[p]
      volume[l] += volumes[p]
    }
    for (let p = 0; p < field.length; p++) {
      const l = label[p]
      field[p] = l < 0 ? Number.NaN : field[p] - sum[l] / volume[l]
    }
  }
}
