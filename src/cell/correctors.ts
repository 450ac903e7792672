/**
 * Fixing the free constants of correctors, and correctors of enclosed pieces, where chi^j = -y_j + const exactly.
 * A perforated corrector has zero mean on every connected piece of its phase and is NaN elsewhere.
 */
import type { FittedMesh } from '../numerics/fit.ts'
import { controlVolumes, OMITTED } from '../numerics/mesh.ts'
import { type Connectivity, periodsOf } from './connectivity.ts'

/** Normalises the correctors of one phase in place. */
export function normalisePerforated(
  mesh: FittedMesh,
  connectivity: Connectivity,
  phase: number,
  correctors: readonly Float64Array[],
): void {
  const { lattice, simplexPhase, displacement, spacing } = mesh
  const { dimension: d, simplexCount: simplices, paths, count } = lattice
  const { piece, periods, pieceWinds } = connectivity
  const label = new Int32Array(count).fill(-1)
  lattice.visitCells((cell, nodes, i, j, k) => {
    const origin = [i, j, k]
    for (let perm = 0; perm < simplices; perm++) {
      const s = cell * simplices + perm
      if (simplexPhase[s] !== phase) continue
      const enclosed = !pieceWinds[piece[s]!]!
      for (const mask of paths[perm]!) {
        const p = nodes[mask]!
        label[p] = piece[s]!
        if (!enclosed) continue
        for (let c = 0; c < d; c++) {
          const place = (origin[c]! + ((mask >> c) & 1)) * spacing[c]! + displacement[d * p + c]!
          correctors[c]![p] = -place - periodsOf(periods[s]!, c)
        }
      }
    }
  })
  const group = simplexPhase.map((s) => (s === phase ? 0 : OMITTED))
  const volumes = controlVolumes(mesh, group, 1)[0]!
  subtractMeans(correctors, label, volumes, connectivity.piecePhase.length)
}

/** Gives correctors of a contrast problem zero mean over the cell, in place. */
export function normaliseContrast(mesh: FittedMesh, correctors: readonly Float64Array[]): void {
  const group = mesh.simplexPhase.map((s) => (s === OMITTED ? OMITTED : 0))
  const volumes = controlVolumes(mesh, group, 1)[0]!
  subtractMeans(correctors, new Int32Array(mesh.lattice.count), volumes, 1)
}

/** Takes the volume-weighted mean of every label off; nodes with label -1 become NaN. */
function subtractMeans(
  fields: readonly Float64Array[],
  label: Int32Array,
  volumes: Float64Array,
  labels: number,
): void {
  for (const field of fields) {
    const sum = new Float64Array(labels)
    const volume = new Float64Array(labels)
    for (let p = 0; p < field.length; p++) {
      const l = label[p]!
      if (l < 0) continue
      sum[l]! += volumes[p]! * field[p]!
      volume[l]! += volumes[p]!
    }
    for (let p = 0; p < field.length; p++) {
      const l = label[p]!
      field[p] = l < 0 ? Number.NaN : field[p]! - sum[l]! / volume[l]!
    }
  }
}
