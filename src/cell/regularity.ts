/**
 * With which order p the error of a cell falls:
 *
 * p = 2 for a smooth interface. At a corner the field behaves like r^lambda and the energy error like h^(2 lambda):
 * 4/3 for a right-angled corner between strongly different coefficients, closer to 2 for moderate ones; Stokes flow
 * around such a corner has lambda = 0.544 (H. K. Moffatt, J. Fluid Mech. 18 (1964) 1). Where four
 * sectors of alternating coefficients meet, lambda = (4/pi) atan sqrt(k_min/k_max), which may be close to 0. Where a
 * conductor ends at right angles on a smooth one of other coefficient, with an insulator on both sides,
 *
 *     k_1 tan(lambda pi/2) + k_2 tan(lambda pi) = 0     =>     lambda = (2/pi) atan sqrt(1 + 2 k_2/k_1)   >=  1/2.
 */
import { type FittedMesh, INTERFACE } from '../numerics/fit.ts'
import type { Lattice } from '../numerics/lattice.ts'
import { OMITTED } from '../numerics/simplex.ts'
import type { CellSpec } from './cell.ts'
import { shapeNamed } from './shapes/index.ts'

export const SMOOTH = 2
export const CORNER = 4 / 3
/** Flow around a right-angled corner of the solid. */
const FLOW_CORNER = 1.09
/** More different coefficients than this are not told apart. */
const MOST_COEFFICIENTS = 29
/** Below this order two resolutions say next to nothing. */
const LOWEST = 0.05

/** How the error of a cell falls with h. */
export interface Regularity {
  /** Whether the interface is free of corners. */
  smooth: boolean
  /** Order of a tensor, given the coefficients by phase (0 = insulating). */
  order: (coefficients: readonly number[]) => number
  /** The same where phases touching in a point or an edge are all that counts. */
  pinchOrder: (coefficients: readonly number[]) => number
  /** Order of a permeability. */
  flowOrder: number
}

export function regularityOf(spec: CellSpec, mesh: FittedMesh): Regularity {
  const smooth = !hasCorners(spec, mesh)
  const pinches = smooth ? [] : pinchedPhases(mesh)
  const pinchOrder = (coefficients: readonly number[]): number => {
    if (smooth) return SMOOTH
    return pinches.reduce((order, [s, t]) => {
      const [low, high] = [coefficients[s], coefficients[t]].sort((a, b) => a - b) as [number, number]
      return high === 0 ? order : Math.min(order, Math.max(LOWEST, (8 / Math.PI) * Math.atan(Math.sqrt(low / high))))
    }, CORNER)
  }
  const order = (coefficients: readonly number[]): number =>
    smooth ? SMOOTH : Math.min(pinchOrder(coefficients), junctionOrder(mesh, coefficients))
  return { smooth, order, pinchOrder, flowOrder: smooth ? SMOOTH : FLOW_CORNER }
}

/** Order where two conductors and an insulator meet; that of a corner where they do not. */
function junctionOrder(mesh: FittedMesh, coefficients: readonly number[]): number {
  const conducting = [...new Set(coefficients.filter((k) => k > 0))].sort((a, b) => a - b)
  if (conducting.length < 2 || conducting.length > MOST_COEFFICIENTS || !coefficients.includes(0)) return CORNER
  // Bit 0: an insulator at the node; bit 1 + r: the conductor of rank r.
  const bit = coefficients.map((k) => 1 << (k === 0 ? 0 : 1 + conducting.indexOf(k)))
  const { lattice, simplexPhase } = mesh
  const { simplexCount: simplices, paths, count } = lattice
  const around = new Int32Array(count)
  lattice.visitCells((cell, nodes) => {
    for (let perm = 0; perm < simplices; perm++) {
      const phase = simplexPhase[cell * simplices + perm]
      if (phase === OMITTED) continue
      for (const mask of paths[perm]) around[nodes[mask]] |= bit[phase]
    }
  })
  return [...new Set(around)].reduce((order, bits) => {
    const met = conducting.filter((_, rank) => bits & (2 << rank))
    if (!(bits & 1) || met.length < 2) return order
    return Math.min(order, (4 / Math.PI) * Math.atan(Math.sqrt(1 + (2 * met[0]) / met[met.length - 1])))
  }, CORNER)
}

/** Whether the interface has corners: those of a shape, or where two shapes come within a mesh width of each other. */
function hasCorners(spec: CellSpec, mesh: FittedMesh): boolean {
  const { dimension } = spec
  const parts = spec.shapes.map((s) => ({ shape: shapeNamed(s.shape), s }))
  if (parts.some(({ shape, s }) => !shape.smooth(s, dimension))) return true
  if (parts.length < 2) return false
  const levels = parts.map(({ shape, s }) => shape.levelSet(s, dimension))
  const { lattice, nodePhase, displacement, spacing } = mesh
  const h = spacing[0]
  for (let p = 0; p < lattice.count; p++) {
    if (nodePhase[p] !== INTERFACE) continue
    const [x, y, z] = [0, 1, 2].map((c) =>
      c < dimension ? lattice.coordinate(p, c) * h + displacement[dimension * p + c] : 0,
    ) as [number, number, number]
    let near = 0
    for (const level of levels) if (Math.abs(level(x, y, z)) < 0.5 * h) near++
    if (near > 1) return true
  }
  return false
}

/**
 * Pairs of phases that alternate more than once around some node (2D) or lattice edge (3D, undisplaced ones: where
 * the mesh does not follow the edge, slivers would be mistaken for phases).
 */
function pinchedPhases(mesh: FittedMesh): [number, number][] {
  const { lattice, simplexPhase, nodePhase, displacement } = mesh
  const { dimension: d, simplexCount: simplices, count } = lattice
  const onLattice = (p: number) => displacement.subarray(d * p, d * p + d).every((x) => x === 0)
  const pairs = new Map<string, [number, number]>()
  for (const axis of d === 2 ? [-1] : [0, 1, 2]) {
    const ring = ringRules(lattice, axis)
    const along = axis < 0 ? undefined : lattice.forward(1 << axis)
    for (let p = 0; p < count; p++) {
      if (nodePhase[p] !== INTERFACE) continue
      if (along && (nodePhase[along[p]] !== INTERFACE || !onLattice(p) || !onLattice(along[p]))) continue
      const around = ring
        .map(({ shift, perm }) => simplexPhase[simplices * shift[p] + perm])
        .filter((phase) => phase !== OMITTED)
      const runs = around.filter((phase, k) => phase !== around[(k + around.length - 1) % around.length])
      if (runs.length < 4) continue
      const repeated = runs.filter((phase, k) => runs.indexOf(phase) !== k)
      for (const s of repeated) for (const t of runs) if (t !== s) pairs.set([s, t].sort().join(), [s, t])
    }
  }
  return [...pairs.values()]
}

/**
 * The six simplices around a node (2D, axis -1) or around the edge from a node along an axis (3D), counterclockwise in
 * the plane of the other two axes: `shift[p]` is the lattice cell, `perm` the permutation.
 */
function ringRules(lattice: Lattice, axis: number): { shift: Int32Array; perm: number }[] {
  const [u, v] = [0, 1, 2].filter((c) => c !== axis).slice(0, 2) as [number, number]
  const sectors: { steps: number[]; order: number[] }[] = [
    { steps: [], order: [u, v] },
    { steps: [], order: [v, u] },
    { steps: [u], order: [u, v] },
    { steps: [u, v], order: [v, u] },
    { steps: [u, v], order: [u, v] },
    { steps: [v], order: [v, u] },
  ]
  return sectors.map(({ steps, order }) => {
    // The edge is walked after the axes that lead from the cell's lowest corner to the node.
    const full = axis < 0 ? order : [...order.slice(0, steps.length), axis, ...order.slice(steps.length)]
    const forward = lattice.forward(steps.reduce((mask, c) => mask | (1 << c), 0))
    const shift = new Int32Array(lattice.count)
    forward.forEach((q, p) => {
      shift[q] = p
    })
    return { shift, perm: lattice.permutations.findIndex((perm) => perm.join() === full.join()) }
  })
}
