/**
 * A periodic unit cell mesh whose faces follow the interface between phases: the Kuhn triangulation of a lattice,
 * with nodes moved onto the interface.
 *
 *   1. Corner points are taken over by the node that keeps the best elements.
 *   2. A lattice edge whose ends lie in different phases crosses the interface; the nearer end moves there, and
 *      every node takes its nearest crossing. Then no simplex has nodes on both sides.
 *   3. Where a simplex keeps less than 5 % of its volume, its nodes take the closest point of the interface instead,
 *      and if that does not help their moves are halved. In 3D, simplices with all nodes on the interface and next to
 *      no volume are flat: they are left out.
 *
 * Sources: C. Börgers, SIAM J. Numer. Anal. 27 (1990) 1187; F. Labelle and J. R. Shewchuk, ACM Trans. Graph. 26 (2007) 57.
 */
import { Lattice } from './lattice.ts'
import { crossing, type LevelSet } from './levelSet.ts'
import { CellGeometry, OMITTED } from './simplex.ts'

/** Phases as regions of the periodic unit cell. */
export interface PhaseGeometry {
  dimension: 2 | 3
  /** Phase index (0..levelSets.length - 1) of a point. */
  phase: (x: number, y: number, z: number) => number
  /** Level set of every phase: negative where `phase` is that phase. */
  levelSets: readonly LevelSet[]
  /** Points of the interface that become nodes. */
  corners: readonly (readonly number[])[]
}

export interface FittedMesh {
  lattice: Lattice
  spacing: number[]
  /** Component c of node p at [d*p + c]. */
  displacement: Float64Array
  /** Phase of simplex cell*d! + perm, OMITTED (255) where flat. */
  simplexPhase: Uint8Array
  /** Phase of a node, INTERFACE (254) on the interface. */
  nodePhase: Uint8Array
}

/** Node label of the interface. */
export const INTERFACE = 254
/** Level-set values below this count as on the interface. */
const TOUCHING = 1e-10
/** Smallest volume kept, as a fraction of the undisplaced simplex. */
export const SMALLEST_VOLUME = 0.05

/** Fits a mesh of n^d nodes. Yields between slabs of work. */
export function* fitMesh(n: number, geometry: PhaseGeometry): Generator<void, FittedMesh> {
  const fit = new Fit(n, geometry)
  for (let k = 0; k < fit.layers; k++) {
    fit.labelNodes(k)
    yield
  }
  fit.placeCorners()
  for (let k = 0; k < fit.layers; k++) {
    fit.findCrossings(k)
    yield
  }
  fit.moveNodes()
  yield* fit.guardQuality()
  yield
  for (let k = 0; k < fit.layers; k++) {
    fit.labelSimplices(k)
    yield
  }
  return fit.mesh
}

class Fit {
  readonly mesh: FittedMesh
  readonly layers: number
  private readonly n: number
  private readonly d: 2 | 3
  private readonly geometry: PhaseGeometry
  /** Level set of a node's own phase at the node. */
  private readonly own: Float64Array
  /** Length of the nearest crossing's move so far; -1 for a node that must stay. */
  private readonly distance: Float64Array

  constructor(n: number, geometry: PhaseGeometry) {
    const d = geometry.dimension
    const lattice = Lattice.cube(d, n)
    this.n = n
    this.d = d
    this.geometry = geometry
    this.layers = n
    this.own = new Float64Array(lattice.count)
    this.distance = new Float64Array(lattice.count).fill(Infinity)
    this.mesh = {
      lattice,
      spacing: Array(d).fill(1 / n),
      displacement: new Float64Array(d * lattice.count),
      simplexPhase: new Uint8Array(lattice.count * lattice.simplexCount),
      nodePhase: new Uint8Array(lattice.count),
    }
  }

  /** Visits the nodes of one slab with their lattice positions. */
  private visitNodes(layer: number, visit: (p: number, x: number, y: number, z: number) => void): void {
    const { n, d } = this
    const h = 1 / n
    let p = layer * n ** (d - 1)
    if (d === 2) for (let i = 0; i < n; i++, p++) visit(p, i * h, layer * h, 0)
    else for (let j = 0; j < n; j++) for (let i = 0; i < n; i++, p++) visit(p, i * h, j * h, layer * h)
  }

  labelNodes(k: number): void {
    const { geometry, own, mesh, distance } = this
    this.visitNodes(k, (p, x, y, z) => {
      const phase = geometry.phase(x, y, z)
      const value = geometry.levelSets[phase](x, y, z)
      own[p] = value
      const on = Math.abs(value) < TOUCHING
      mesh.nodePhase[p] = on ? INTERFACE : phase
      if (on) distance[p] = -1
    })
  }

  placeCorners(): void {
    const { n, d, mesh } = this
    const { lattice, displacement, nodePhase } = mesh
    for (const corner of this.geometry.corners) {
      const base = corner.map((x) => Math.floor(x * n))
      // The nearest node, unless moving it would leave its simplices less than 15 % (their loss is the largest of
      // |v_a| and |v_a - v_b|).
      let best = Infinity
      let node = -1
      let move: number[] = []
      for (let mask = 0; mask < 1 << d; mask++) {
        const shift = corner.map((x, c) => x * n - base[c] - ((mask >> c) & 1))
        const loss = Math.max(...shift, 0) - Math.min(...shift, 0)
        const size = Math.hypot(...shift) + (loss > 0.85 ? 1 : 1e-3 * loss)
        if (size >= best) continue
        best = size
        move = shift.map((s) => s / n)
        const at = base.map((b, c) => (((b + ((mask >> c) & 1)) % n) + n) % n)
        node = lattice.index(at[0], at[1], at[2])
      }
      // A node that another corner has taken stays with that one.
      if (this.distance[node] === -1 && move.some((s, c) => s !== displacement[d * node + c])) continue
      move.forEach((s, c) => {
        displacement[d * node + c] = s
      })
      nodePhase[node] = INTERFACE
      this.distance[node] = -1
    }
  }

  findCrossings(k: number): void {
    const { n, d, geometry, own, distance, mesh } = this
    const { lattice, nodePhase, displacement } = mesh
    const h = 1 / n
    for (let s = 0; s < lattice.directionCount; s++) {
      const mask = s + 1
      const step = [mask & 1 ? h : 0, mask & 2 ? h : 0, mask & 4 ? h : 0] as const
      const length = Math.hypot(...step)
      const next = lattice.forward(mask)
      this.visitNodes(k, (p, x, y, z) => {
        const q = next[p]
        const phase = nodePhase[p]
        if (phase === nodePhase[q] || phase === INTERFACE || nodePhase[q] === INTERFACE) return
        const t = crossing(geometry.levelSets[phase], [x, y, z], step, own[p])
        const node = t <= 0.5 ? p : q
        const fraction = t <= 0.5 ? t : t - 1
        const move = Math.abs(fraction) * length
        if (move >= distance[node]) return
        distance[node] = move
        for (let c = 0; c < d; c++) displacement[d * node + c] = fraction * step[c]
      })
    }
  }

  /** Labels the nodes that have a crossing; their displacement is already set. */
  moveNodes(): void {
    const { distance, mesh } = this
    for (let p = 0; p < distance.length; p++) if (distance[p] !== Infinity) mesh.nodePhase[p] = INTERFACE
  }

  /**
   * Mends simplices below the quality limit: their nodes go to the point of the interface closest to their lattice
   * position, which is a shorter move; where that does not help, moves are halved.
   */
  *guardQuality(): Generator<void, void> {
    const { mesh, d } = this
    const { lattice, displacement, nodePhase } = mesh
    const cell = new CellGeometry(mesh)
    const limit = SMALLEST_VOLUME * cell.volume(0)
    const projected = new Set<number>()
    let bad = true
    const guard = (_: number, corners: Int32Array) => {
      if (!cell.load(corners)) return
      for (let perm = 0; perm < lattice.simplexCount; perm++) {
        const volume = cell.volume(perm)
        if (volume >= limit) continue
        const nodes = lattice.paths[perm].map((mask) => corners[mask])
        if (d === 3 && volume > -limit && nodes.every((p) => nodePhase[p] === INTERFACE)) continue
        bad = true
        const fresh = nodes.filter((p) => nodePhase[p] === INTERFACE && !projected.has(p))
        for (const p of fresh) {
          projected.add(p)
          this.project(p)
        }
        if (fresh.length === 0) {
          const move = (p: number) => Math.hypot(...displacement.subarray(d * p, d * p + d))
          const far = nodes.reduce((a, b) => (move(b) > move(a) ? b : a))
          for (let c = 0; c < d; c++) displacement[d * far + c] *= 0.5
        }
        cell.load(corners)
      }
    }
    while (bad) {
      bad = false
      for (let layer = 0; layer < lattice.layerCount; layer++) {
        lattice.visitLayer(layer, guard)
        yield
      }
    }
  }

  /** Moves a node to the closest point of the interface, if that is a shorter move than the present one. */
  private project(p: number): void {
    const { n, d, geometry, mesh } = this
    const { lattice, displacement } = mesh
    const home = [0, 1, 2].map((c) => (c < d ? lattice.coordinate(p, c) / n : 0)) as [number, number, number]
    const levelSet = geometry.levelSets[geometry.phase(...home)]
    const at = (shift: readonly number[]): number =>
      levelSet(home[0] + shift[0], home[1] + shift[1], home[2] + (shift[2] ?? 0))
    const step = 1e-4 / n
    const shift = Array<number>(d).fill(0)
    for (let iteration = 0; iteration < 12; iteration++) {
      const value = at(shift)
      const slope = shift.map((_, c) => {
        const [ahead, behind] = [step, -step].map((e) => at(shift.map((s, k) => (k === c ? s + e : s))))
        return (ahead - behind) / (2 * step)
      })
      const square = slope.reduce((sum, g) => sum + g * g, 0)
      if (!(square > 0) || !Number.isFinite(square)) return
      // Newton along the gradient, kept on the line of closest approach by removing the part of the shift across it.
      const along = shift.reduce((sum, s, c) => sum + s * slope[c], 0) / square
      slope.forEach((g, c) => {
        shift[c] = (along - value / square) * g
      })
      if (Math.abs(value) < 1e-13) break
    }
    const before = Math.hypot(...displacement.subarray(d * p, d * p + d))
    if (Math.abs(at(shift)) < TOUCHING && Math.hypot(...shift) < before) displacement.set(shift, d * p)
  }

  labelSimplices(layer: number): void {
    const { mesh, geometry, d, n } = this
    const { lattice, nodePhase, simplexPhase } = mesh
    const { simplexCount, paths } = lattice
    const h = 1 / n
    const shape = new CellGeometry(mesh)
    const limit = SMALLEST_VOLUME * shape.volume(0)
    const center = [0, 0, 0]
    lattice.visitLayer(layer, (cell, corners, i, j, k) => {
      let phase = nodePhase[corners[0]]
      let mixed = phase === INTERFACE
      for (let mask = 1; mask < 1 << d; mask++) if (nodePhase[corners[mask]] !== phase) mixed = true
      if (!mixed) {
        simplexPhase.fill(phase, cell * simplexCount, (cell + 1) * simplexCount)
        return
      }
      shape.load(corners)
      for (let perm = 0; perm < simplexCount; perm++) {
        const path = paths[perm]
        phase = INTERFACE
        for (let m = 0; m <= d && phase === INTERFACE; m++) phase = nodePhase[corners[path[m]]]
        if (phase === INTERFACE) {
          if (shape.volume(perm) < limit) phase = OMITTED
          else {
            for (let c = 0; c < d; c++) {
              let sum = 0
              for (let m = 0; m <= d; m++) sum += shape.corners[d * path[m] + c]
              center[c] = sum / (d + 1)
            }
            phase = geometry.phase(i * h + center[0], j * h + center[1], d === 3 ? k * h + center[2] : 0)
          }
        }
        simplexPhase[cell * simplexCount + perm] = phase
      }
    })
  }
}
