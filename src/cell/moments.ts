/**
 * How large functions on the cell are over a region R of it, e.g. correctors over their phase:
 *
 *   square[a][b]     int_R f_a f_b
 *   gradient[a][b]   int_R grad f_a . grad f_b
 *   trace[n][a][b]   the same as `square` over the face y_n = 0, per unit of its area
 *   bend[n][a][b]    int of d_n f_a d_n f_b over that face
 *   shift[n][a]      mean of f_a over the part of the face that lies in R
 *
 * and how a phase and its flux lie between the faces of the cell, 0 in cells that are mirror-symmetric along y_n:
 *
 *   volume[n]        int_R (y_n - 1/2)
 *   flux[n][i][j]    int k (delta_ij + d_i chi_j) (y_n - 1/2)
 */
import { Lattice } from '../numerics/lattice.ts'
import { assembleLayers, controlVolumes } from '../numerics/mesh.ts'
import { CellGeometry, OMITTED, type SimplexMesh } from '../numerics/simplex.ts'
import type { CellMesh, CellProblemResult, Tensor } from './cell.ts'

export interface Moments {
  /** Of the cell. */
  fraction: number
  square: Tensor
  gradient: Tensor
  trace: Tensor[]
  bend: Tensor[]
  shift: number[][]
}

export interface Lean {
  volume: number[]
  flux: Tensor[]
}

export interface Region {
  /** All of them without. */
  phases?: readonly string[]
  /** Pieces of the first phase that count; all without. */
  pieces?: ReadonlySet<number>
  /** Only what lies on the surface of the region counts, each node by its volume. */
  surface?: boolean
}

/** @param functions at the nodes of the mesh; NaN counts as 0. Yields the fraction done. */
export function* moments(
  cell: CellMesh,
  region: Region,
  functions: readonly Float64Array[],
): Generator<number, Moments> {
  const { dimension: d, n, displacement } = cell
  const lattice = Lattice.cube(d, n)
  const mesh: SimplexMesh = { lattice, spacing: Array<number>(d).fill(1 / n), displacement }
  const group = labels(cell, region)
  const volumes = controlVolumes(mesh, group, 1)[0]
  const all = sum(volumes)
  if (region.surface) for (let p = 0; p < volumes.length; p++) if (!onSurface(cell, functions, p)) volumes[p] = 0
  const scale = region.surface ? all / sum(volumes) : 1
  const values = functions.map((f) => f.map((v) => (Number.isNaN(v) ? 0 : v)))
  // A function of an interface has its gradients on either side of it.
  const around = region.surface ? labels(cell, {}) : group
  yield 0
  const square = gram(values, (p) => scale * volumes[p], [...volumes.keys()])
  yield 0
  const faces = lattice.sizes.map((_, axis) => faceNodes(lattice, axis).filter((p) => volumes[p] > 0))
  const onFace = (axis: number, of: readonly Float64Array[]) => gram(of, (p) => n * volumes[p], faces[axis])
  return {
    fraction: all,
    square,
    gradient: yield* gradients(mesh, around, functions),
    trace: faces.map((_, axis) => onFace(axis, values)),
    bend: faces.map((_, axis) => onFace(axis, across(lattice, axis, functions))),
    shift: faces.map((nodes) => {
      const area = nodes.reduce((s, p) => s + volumes[p], 0)
      return values.map((f) => (area > 0 ? nodes.reduce((s, p) => s + volumes[p] * f[p], 0) / area : 0))
    }),
  }
}

/** @param problem of the correctors chi. Yields the fraction done. */
export function* lean(
  cell: CellMesh,
  region: Region,
  { coefficients, correctors }: Pick<CellProblemResult, 'coefficients' | 'correctors'>,
): Generator<number, Lean> {
  const { dimension: d, n, displacement, phases, simplexPhase } = cell
  const lattice = Lattice.cube(d, n)
  const geometry = new CellGeometry({ lattice, spacing: Array<number>(d).fill(1 / n), displacement })
  const counted = labels(cell, region)
  const k = phases.map((name) => coefficients[name])
  const axes = lattice.sizes.map((_, axis) => axis)
  const found: Lean = { volume: axes.map(() => 0), flux: axes.map(() => axes.map(() => axes.map(() => 0))) }
  for (let layer = 0; layer < lattice.layerCount; layer++) {
    lattice.visitLayer(layer, (cell, nodes, ...at) => {
      geometry.load(nodes)
      for (let perm = 0; perm < lattice.simplexCount; perm++) {
        const s = cell * lattice.simplexCount + perm
        if (simplexPhase[s] === OMITTED) continue
        const volume = Math.abs(geometry.gradients(perm))
        const path = lattice.paths[perm]
        for (const axis of axes) {
          const middle = path.reduce((x, mask) => x + geometry.corners[d * mask + axis], 0) / (d + 1)
          const offset = volume * (at[axis] / n + middle - 0.5)
          if (counted[s] !== OMITTED) found.volume[axis] += offset
          const own = offset * k[simplexPhase[s]]
          if (own === 0) continue
          for (const j of axes)
            for (const i of axes) {
              const slope = path.reduce((g, mask, m) => g + geometry.slopes[d * m + i] * correctors[j][nodes[mask]], 0)
              found.flux[axis][i][j] += own * ((i === j ? 1 : 0) + slope)
            }
        }
      }
    })
    yield layer / lattice.layerCount
  }
  return found
}

const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0)

function labels({ simplexPhase, simplexPiece, phases: names }: CellMesh, { phases, pieces }: Region): Uint8Array {
  const wanted = names.map((name) => phases === undefined || phases.includes(name))
  const first = phases === undefined ? -1 : names.indexOf(phases[0])
  return simplexPhase.map((phase, s) => {
    if (phase === OMITTED || !wanted[phase]) return OMITTED
    return pieces && phase === first && !pieces.has(simplexPiece?.[s] ?? 0) ? OMITTED : 0
  })
}

/** All functions are known there: on an interface, where they live on both sides of it. */
function onSurface({ nodePhase, phases }: CellMesh, functions: readonly Float64Array[], p: number): boolean {
  return nodePhase[p] >= phases.length && functions.every((f) => !Number.isNaN(f[p]))
}

function gram(values: readonly Float64Array[], weight: (p: number) => number, nodes: readonly number[]): Tensor {
  const out = values.map(() => values.map(() => 0))
  for (const p of nodes) {
    const w = weight(p)
    if (w === 0) continue
    for (let a = 0; a < values.length; a++) {
      const f = w * values[a][p]
      for (let b = 0; b < values.length; b++) out[a][b] += f * values[b][p]
    }
  }
  return out
}

/** Edges on which a function is not known at both ends count nothing. */
function* gradients(mesh: SimplexMesh, group: Uint8Array, values: readonly Float64Array[]): Generator<number, Tensor> {
  const { lattice } = mesh
  const out = values.map(() => values.map(() => 0))
  const change = new Float64Array(values.length)
  const assembling = assembleLayers(mesh, group, 1)
  const parts = lattice.layerCount + lattice.directionCount + 1
  let next = assembling.next()
  for (let layer = 1; !next.done; layer++) {
    yield layer / parts
    next = assembling.next()
  }
  for (const [direction, weights] of next.value[0].entries()) {
    yield (lattice.layerCount + direction + 1) / parts
    const to = lattice.forward(direction + 1)
    for (let p = 0; p < weights.length; p++) {
      const w = weights[p]
      if (w === 0) continue
      const q = to[p]
      for (let a = 0; a < values.length; a++) change[a] = values[a][q] - values[a][p] || 0
      for (let a = 0; a < values.length; a++)
        for (let b = 0; b < values.length; b++) out[a][b] += w * change[a] * change[b]
    }
  }
  return out
}

function faceNodes(lattice: Lattice, axis: number): number[] {
  const nodes: number[] = []
  for (let p = 0; p < lattice.count; p++) if (lattice.coordinate(p, axis) === 0) nodes.push(p)
  return nodes
}

/** d_n f at the nodes of a face, by the nodes on both sides of it; 0 elsewhere, and where f ends. */
function across(lattice: Lattice, axis: number, functions: readonly Float64Array[]): Float64Array[] {
  const n = lattice.sizes[axis]
  const stride = lattice.strides[axis]
  return functions.map((f) => {
    const out = new Float64Array(f.length)
    for (const p of faceNodes(lattice, axis)) {
      const slope = (f[p + stride] - f[p + (n - 1) * stride]) * (n / 2)
      out[p] = Number.isNaN(slope) ? 0 : slope
    }
    return out
  })
}
