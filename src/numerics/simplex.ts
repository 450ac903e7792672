/** The simplices of a Kuhn triangulation whose nodes may be displaced: their volumes and the gradients of linear elements. */
import type { Lattice } from './lattice.ts'

export interface SimplexMesh {
  lattice: Lattice
  /** Undisplaced spacing per axis, length d. */
  spacing: readonly number[]
  /** Displacement of node p, component c at [d*p + c]; absent = none. */
  displacement?: Float64Array
}

/** Label of simplices that are not assembled. */
export const OMITTED = 255

/**
 * Geometry of the simplices of one lattice cell at a time: `load` a cell, then ask for a simplex.
 * The returned arrays are scratch space, overwritten by the next call.
 */
export class CellGeometry {
  readonly dimension: number
  /** Gradients of the barycentric coordinates, vertex m component c at [d*m + c]; set by `gradients`. */
  readonly slopes: Float64Array
  /** Corner positions relative to corner 0's undisplaced position, corner `mask` component c at [d*mask + c]. */
  readonly corners: Float64Array
  private readonly base: Float64Array
  private readonly displacement: Float64Array | undefined
  private readonly paths: readonly (readonly number[])[]
  /** Orientation (+1/-1) of each permutation. */
  private readonly signs: number[]

  constructor(mesh: SimplexMesh) {
    const d = mesh.lattice.dimension
    this.dimension = d
    this.paths = mesh.lattice.paths
    this.signs = mesh.lattice.permutations.map(parity)
    this.displacement = mesh.displacement
    this.base = new Float64Array(d << d)
    for (let mask = 0; mask < 1 << d; mask++)
      for (let c = 0; c < d; c++) this.base[d * mask + c] = (mask >> c) & 1 ? mesh.spacing[c] : 0
    this.corners = this.base.slice()
    this.slopes = new Float64Array(d * (d + 1))
  }

  /** Reads the corner positions of a lattice cell. @returns whether any corner is displaced */
  load(nodes: Int32Array): boolean {
    const { displacement, base, corners, dimension: d } = this
    if (!displacement) return false
    let moved = false
    for (let mask = 0; mask < 1 << d; mask++) {
      const p = d * nodes[mask]
      for (let c = 0; c < d; c++) {
        const shift = displacement[p + c]
        if (shift !== 0) moved = true
        corners[d * mask + c] = base[d * mask + c] + shift
      }
    }
    return moved
  }

  /** Signed volume of a simplex of the loaded cell (positive where the mesh is not folded). */
  volume(perm: number): number {
    const { corners: x, dimension: d } = this
    const path = this.paths[perm]
    const sign = this.signs[perm]
    const o = d * path[0]
    const a = d * path[1]
    if (d === 1) return x[a] - x[o]
    const ax = x[a] - x[o]
    const ay = x[a + 1] - x[o + 1]
    const b = d * path[2]
    const bx = x[b] - x[o]
    const by = x[b + 1] - x[o + 1]
    if (d === 2) return 0.5 * sign * (ax * by - ay * bx)
    const az = x[a + 2] - x[o + 2]
    const bz = x[b + 2] - x[o + 2]
    const c = d * path[3]
    const cx = x[c] - x[o]
    const cy = x[c + 1] - x[o + 1]
    const cz = x[c + 2] - x[o + 2]
    return (sign / 6) * (ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx))
  }

  /** Fills `slopes` for a simplex of the loaded cell. @returns its signed volume (must not be zero) */
  gradients(perm: number): number {
    const { corners: x, slopes: g, dimension: d } = this
    const path = this.paths[perm]
    const sign = this.signs[perm]
    const o = d * path[0]
    const a = d * path[1]
    const ax = x[a] - x[o]
    if (d === 1) {
      g[1] = 1 / ax
      g[0] = -g[1]
      return ax
    }
    const ay = x[a + 1] - x[o + 1]
    const b = d * path[2]
    const bx = x[b] - x[o]
    const by = x[b + 1] - x[o + 1]
    if (d === 2) {
      const det = ax * by - ay * bx
      const f = 1 / det
      g[2] = by * f
      g[3] = -bx * f
      g[4] = -ay * f
      g[5] = ax * f
      g[0] = -g[2] - g[4]
      g[1] = -g[3] - g[5]
      return 0.5 * sign * det
    }
    const az = x[a + 2] - x[o + 2]
    const bz = x[b + 2] - x[o + 2]
    const c = d * path[3]
    const cx = x[c] - x[o]
    const cy = x[c + 1] - x[o + 1]
    const cz = x[c + 2] - x[o + 2]
    const nx = by * cz - bz * cy
    const ny = bz * cx - bx * cz
    const nz = bx * cy - by * cx
    const det = ax * nx + ay * ny + az * nz
    const f = 1 / det
    g[3] = nx * f
    g[4] = ny * f
    g[5] = nz * f
    g[6] = (cy * az - cz * ay) * f
    g[7] = (cz * ax - cx * az) * f
    g[8] = (cx * ay - cy * ax) * f
    g[9] = (ay * bz - az * by) * f
    g[10] = (az * bx - ax * bz) * f
    g[11] = (ax * by - ay * bx) * f
    for (let k = 0; k < 3; k++) g[k] = -g[3 + k] - g[6 + k] - g[9 + k]
    return (sign / 6) * det
  }
}

function parity(perm: readonly number[]): number {
  let sign = 1
  for (let a = 0; a < perm.length; a++) for (let b = a + 1; b < perm.length; b++) if (perm[a] > perm[b]) sign = -sign
  return sign
}
