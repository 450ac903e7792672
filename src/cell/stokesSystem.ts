/**
 * The Stokes operator on the fluid simplices of a fitted mesh: linear pressures, linear velocities enriched by one
 * bubble a simplex (the MINI element). The bubbles see only their own simplex; eliminated, they leave
 *
 *     A w + B^T p = f_j            A = (grad w, grad v) per component,     B^T p = (grad p, v),     f_j = (e_j, v)
 *     B w - C p   = -g_j           C = sum tau |K| grad p . grad q,        g_j = sum tau |K| e_j . grad q
 *
 * with tau = (int b)² / (|K| int |grad b|²) = 1 / (20 sum |grad l|²) in 2D and 3 / (140 sum |grad l|²) in 3D, sums over
 * the barycentric coordinates l. The bubble carries the mean velocity tau (e_j - grad p). No parameter is free.
 *
 * Velocities are zero on every node that a solid simplex touches; pressures live on all nodes of fluid simplices.
 * A velocity node in the open has only fluid around it, so int l_a d_c l_b changes sign with the order of a and b:
 * one number an edge and component holds B. Vectors are d velocity blocks and the pressure, each `count` long.
 *
 * Sources: D. N. Arnold, F. Brezzi, M. Fortin, Calcolo 21 (1984) 337; R. Pierre, SIAM J. Numer. Anal. 25 (1988) 1065.
 */
import type { FittedMesh } from '../numerics/fit.ts'
import { LatticeMultigrid } from '../numerics/multigrid.ts'
import { CellGeometry } from '../numerics/simplex.ts'
import { Stencil } from '../numerics/stencil.ts'

/** tau sum |grad l|² by dimension. */
const BUBBLE = { 2: 1 / 20, 3: 3 / 140 } as const
/** Weight of nodes without velocity in the preconditioner against the largest diagonal. */
const PENALTY = 1e6

export class StokesSystem {
  readonly mesh: FittedMesh
  /** 1 where the velocity is free. */
  readonly free: Uint8Array
  /** Fluid volume that belongs to each node; 0 where there is no pressure. */
  readonly volumes: Float64Array
  /** sum tau |K|: the bubbles' share of K at zero pressure. */
  bubbles = 0
  /** (f_j, -g_j) by direction. */
  readonly loads: Float64Array[]
  private readonly fluid: Uint8Array
  private readonly stiffness: Float64Array[]
  private readonly stabilisation: Float64Array[]
  /** int l_p l_q off the diagonal, with the sign of an edge weight. */
  private readonly overlap: Float64Array[]
  /** int l_p d_c l_q at [direction][d*p + c], for edges with a free end. */
  private readonly coupling: Float64Array[]
  private multigrid!: LatticeMultigrid
  private pressure!: Stencil
  /** Consistent mass matrix of the pressures. */
  private mass!: Stencil

  /** @param fluid 1 for the simplices that flow; `assemble` must run before anything else */
  constructor(mesh: FittedMesh, fluid: Uint8Array) {
    const { lattice } = mesh
    const { count, dimension: d, directionCount } = lattice
    const edges = (size = count) => Array.from({ length: directionCount }, () => new Float64Array(size))
    this.mesh = mesh
    this.fluid = fluid
    this.free = freeNodes(mesh, fluid)
    this.volumes = new Float64Array(count)
    this.loads = Array.from({ length: d }, () => new Float64Array((d + 1) * count))
    this.stiffness = edges()
    this.stabilisation = edges()
    this.overlap = edges()
    this.coupling = edges(d * count)
  }

  /** Yields between slabs of work. */
  *assemble(): Generator<void, void> {
    const { mesh, free, volumes, loads, stiffness } = this
    const { lattice } = mesh
    const { count } = lattice
    const add = this.simplexAdder()
    for (let layer = 0; layer < lattice.layerCount; layer++) {
      lattice.visitLayer(layer, add)
      yield
    }
    loads.forEach((load, j) => {
      for (let p = 0; p < count; p++) if (free[p] === 1) load[j * count + p] = volumes[p]
    })
    this.multigrid = new LatticeMultigrid(lattice, stiffness)
    this.pressure = new Stencil(lattice, this.stabilisation)
    this.mass = new Stencil(lattice, this.overlap)
    this.mass.configure(1, volumes)
    yield
    const heavy = PENALTY * this.multigrid.operator.diagonal.reduce((a, b) => Math.max(a, b), 0)
    this.multigrid.configure({ stiffness: 1, mass: Float64Array.from(free, (open) => (open === 1 ? 0 : heavy)) })
    yield
  }

  /** out = the operator applied to x; x must be zero where nothing is free. */
  apply(x: Float64Array, out: Float64Array): void {
    const { mesh, free, coupling } = this
    const { count, dimension: d } = mesh.lattice
    for (let c = 0; c < d; c++)
      this.multigrid.operator.apply(x.subarray(c * count, (c + 1) * count), out.subarray(c * count, (c + 1) * count))
    const p = x.subarray(d * count)
    this.pressure.combine(0, p, -1, p, out.subarray(d * count))
    coupling.forEach((g, s) => {
      const next = mesh.lattice.forward(s + 1)
      if (d === 2) couple2(g, next, count, x, out)
      else couple3(g, next, count, x, out)
    })
    for (let c = 0; c < d; c++) for (let k = 0; k < count; k++) if (free[k] === 0) out[c * count + k] = 0
  }

  /** z = V-cycles for the velocities, one symmetric sweep on the mass matrix for the pressure. */
  *precondition(r: Float64Array, z: Float64Array): Generator<void, void> {
    const { free, mass } = this
    const { count, dimension: d } = this.mesh.lattice
    for (let c = 0; c < d; c++) {
      yield
      const block = z.subarray(c * count, (c + 1) * count)
      this.multigrid.cycle(r.subarray(c * count, (c + 1) * count), block)
      for (let k = 0; k < count; k++) if (free[k] === 0) block[k] = 0
    }
    yield
    const residual = r.subarray(d * count)
    const pressure = z.subarray(d * count)
    pressure.fill(0)
    mass.sweep(residual, pressure, false)
    mass.sweep(residual, pressure, true)
  }

  /** Adds one lattice cell after the other to everything that is assembled. */
  private simplexAdder(): (cell: number, nodes: Int32Array) => void {
    const { mesh, fluid, free, volumes, loads, stiffness, stabilisation, overlap, coupling } = this
    const { dimension: d, simplexCount: simplices, paths, count } = mesh.lattice
    const geometry = new CellGeometry(mesh)
    const plain = paths.map((_, perm) => ({ volume: geometry.gradients(perm), slopes: geometry.slopes.slice() }))
    return (cell, nodes) => {
      const moved = geometry.load(nodes)
      for (let perm = 0; perm < simplices; perm++) {
        if (fluid[cell * simplices + perm] !== 1) continue
        const volume = moved ? geometry.gradients(perm) : plain[perm].volume
        const g = moved ? geometry.slopes : plain[perm].slopes
        const path = paths[perm]
        const tau = bubbleTime(g, d)
        const share = volume / (d + 1)
        this.bubbles += tau * volume
        for (let a = 0; a <= d; a++) {
          const from = nodes[path[a]]
          volumes[from] += share
          for (let c = 0; c < d; c++) loads[c][d * count + from] -= tau * volume * g[d * a + c]
          for (let b = a + 1; b <= d; b++) {
            const to = nodes[path[b]]
            const s = (path[a] ^ path[b]) - 1
            let product = 0
            for (let c = 0; c < d; c++) product += g[d * a + c] * g[d * b + c]
            stiffness[s][from] -= volume * product
            stabilisation[s][from] -= tau * volume * product
            overlap[s][from] -= share / (d + 2)
            const target = coupling[s]
            if (free[from] === 1) for (let c = 0; c < d; c++) target[d * from + c] += share * g[d * b + c]
            else if (free[to] === 1) for (let c = 0; c < d; c++) target[d * from + c] -= share * g[d * a + c]
          }
        }
      }
    }
  }
}

/** tau from the gradients of the barycentric coordinates of a simplex. */
export function bubbleTime(slopes: Float64Array, dimension: number): number {
  let squares = 0
  for (let k = 0; k < slopes.length; k++) squares += slopes[k] * slopes[k]
  return BUBBLE[dimension as 2 | 3] / squares
}

/** Adds B^T p and B w over the edges of one direction, in the plane. */
function couple2(g: Float64Array, next: Int32Array, count: number, x: Float64Array, out: Float64Array): void {
  const p = 2 * count
  for (let a = 0; a < count; a++) {
    const gx = g[2 * a]
    const gy = g[2 * a + 1]
    if (gx === 0 && gy === 0) continue
    const b = next[a]
    const pa = x[p + a]
    const pb = x[p + b]
    out[a] += gx * pb
    out[b] -= gx * pa
    out[count + a] += gy * pb
    out[count + b] -= gy * pa
    out[p + b] += gx * x[a] + gy * x[count + a]
    out[p + a] -= gx * x[b] + gy * x[count + b]
  }
}

/** The same in space. */
function couple3(g: Float64Array, next: Int32Array, count: number, x: Float64Array, out: Float64Array): void {
  const z = 2 * count
  const p = 3 * count
  for (let a = 0; a < count; a++) {
    const gx = g[3 * a]
    const gy = g[3 * a + 1]
    const gz = g[3 * a + 2]
    if (gx === 0 && gy === 0 && gz === 0) continue
    const b = next[a]
    const pa = x[p + a]
    const pb = x[p + b]
    out[a] += gx * pb
    out[b] -= gx * pa
    out[count + a] += gy * pb
    out[count + b] -= gy * pa
    out[z + a] += gz * pb
    out[z + b] -= gz * pa
    out[p + b] += gx * x[a] + gy * x[count + a] + gz * x[z + a]
    out[p + a] -= gx * x[b] + gy * x[count + b] + gz * x[z + b]
  }
}

/** Nodes with nothing but fluid around them. */
function freeNodes(mesh: FittedMesh, fluid: Uint8Array): Uint8Array {
  const { lattice } = mesh
  const { simplexCount: simplices, paths } = lattice
  const free = new Uint8Array(lattice.count).fill(1)
  lattice.visitCells((cell, nodes) => {
    for (let perm = 0; perm < simplices; perm++)
      if (fluid[cell * simplices + perm] !== 1) for (const mask of paths[perm]) free[nodes[mask]] = 0
  })
  return free
}
