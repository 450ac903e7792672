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
import { CellGeometry } from '../numerics/mesh.ts'
import { LatticeMultigrid } from '../numerics/multigrid.ts'
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
  /** int l_p d_c l_q at [c][direction][p], for edges with a free end. */
  private readonly coupling: Float64Array[][]
  private multigrid!: LatticeMultigrid
  private pressure!: Stencil
  private readonly inverseMass: Float64Array
  private readonly masked: Float64Array

  /** @param fluid 1 for the simplices that flow; `assemble` must run before anything else */
  constructor(mesh: FittedMesh, fluid: Uint8Array) {
    const { lattice } = mesh
    const { count, dimension: d, directionCount } = lattice
    const edges = () => Array.from({ length: directionCount }, () => new Float64Array(count))
    this.mesh = mesh
    this.fluid = fluid
    this.free = freeNodes(mesh, fluid)
    this.volumes = new Float64Array(count)
    this.loads = Array.from({ length: d }, () => new Float64Array((d + 1) * count))
    this.stiffness = edges()
    this.stabilisation = edges()
    this.coupling = Array.from({ length: d }, edges)
    this.inverseMass = new Float64Array(count)
    this.masked = new Float64Array(count)
  }

  /** Yields between slabs of work. */
  *assemble(): Generator<void, void> {
    const { mesh, free, volumes, loads, stiffness } = this
    const { lattice } = mesh
    const { count, dimension: d } = lattice
    const add = this.simplexAdder()
    for (let layer = 0; layer < lattice.layerCount; layer++) {
      lattice.visitLayer(layer, add)
      yield
    }
    loads.forEach((load, j) => {
      for (let p = 0; p < count; p++) if (free[p] === 1) load[j * count + p] = volumes[p]!
    })
    for (let p = 0; p < count; p++) this.inverseMass[p] = volumes[p]! > 0 ? 1 / volumes[p]! : 0
    this.multigrid = new LatticeMultigrid(lattice, stiffness)
    this.pressure = new Stencil(lattice, this.stabilisation)
    yield
    const heavy = PENALTY * this.multigrid.operator.diagonal.reduce((a, b) => Math.max(a, b), 0)
    this.multigrid.configure({ stiffness: 1, mass: Float64Array.from(free, (open) => (open === 1 ? 0 : heavy)) })
    yield
    void d
  }

  /** out = the operator applied to x; x must be zero where nothing is free. */
  apply(x: Float64Array, out: Float64Array): void {
    const { mesh, free, coupling, masked } = this
    const { count, dimension: d, directionCount } = mesh.lattice
    const p = x.subarray(d * count)
    const continuity = out.subarray(d * count)
    this.pressure.apply(p, masked)
    for (let k = 0; k < count; k++) continuity[k] = -masked[k]!
    for (let c = 0; c < d; c++) {
      const w = x.subarray(c * count, (c + 1) * count)
      const momentum = out.subarray(c * count, (c + 1) * count)
      this.multigrid.operator.apply(w, momentum)
      for (let s = 0; s < directionCount; s++) {
        const next = mesh.lattice.forward(s + 1)
        const g = coupling[c]![s]!
        for (let a = 0; a < count; a++) {
          const factor = g[a]!
          if (factor === 0) continue
          const b = next[a]!
          momentum[a]! += factor * p[b]!
          momentum[b]! -= factor * p[a]!
          continuity[b]! += factor * w[a]!
          continuity[a]! -= factor * w[b]!
        }
      }
      for (let k = 0; k < count; k++) if (free[k] === 0) momentum[k] = 0
    }
  }

  /** z = V-cycles for the velocities, the lumped mass for the pressure. */
  precondition(r: Float64Array, z: Float64Array): void {
    const { free, inverseMass } = this
    const { count, dimension: d } = this.mesh.lattice
    for (let c = 0; c < d; c++) {
      const block = z.subarray(c * count, (c + 1) * count)
      this.multigrid.cycle(r.subarray(c * count, (c + 1) * count), block)
      for (let k = 0; k < count; k++) if (free[k] === 0) block[k] = 0
    }
    for (let k = 0, at = d * count; k < count; k++, at++) z[at] = inverseMass[k]! * r[at]!
  }

  /** Adds one lattice cell after the other to everything that is assembled. */
  private simplexAdder(): (cell: number, nodes: Int32Array) => void {
    const { mesh, fluid, free, volumes, loads, stiffness, stabilisation, coupling } = this
    const { dimension: d, simplexCount: simplices, paths, count } = mesh.lattice
    const geometry = new CellGeometry(mesh)
    const plain = paths.map((_, perm) => ({ volume: geometry.gradients(perm), slopes: geometry.slopes.slice() }))
    return (cell, nodes) => {
      const moved = geometry.load(nodes)
      for (let perm = 0; perm < simplices; perm++) {
        if (fluid[cell * simplices + perm] !== 1) continue
        const volume = moved ? geometry.gradients(perm) : plain[perm]!.volume
        const g = moved ? geometry.slopes : plain[perm]!.slopes
        const path = paths[perm]!
        let squares = 0
        for (let k = 0; k < g.length; k++) squares += g[k]! * g[k]!
        const tau = BUBBLE[d as 2 | 3] / squares
        const share = volume / (d + 1)
        this.bubbles += tau * volume
        for (let a = 0; a <= d; a++) {
          const from = nodes[path[a]!]!
          volumes[from]! += share
          for (let c = 0; c < d; c++) loads[c]![d * count + from]! -= tau * volume * g[d * a + c]!
          for (let b = a + 1; b <= d; b++) {
            const to = nodes[path[b]!]!
            const s = (path[a]! ^ path[b]!) - 1
            let product = 0
            for (let c = 0; c < d; c++) product += g[d * a + c]! * g[d * b + c]!
            stiffness[s]![from]! -= volume * product
            stabilisation[s]![from]! -= tau * volume * product
            if (free[from] === 1) for (let c = 0; c < d; c++) coupling[c]![s]![from]! += share * g[d * b + c]!
            else if (free[to] === 1) for (let c = 0; c < d; c++) coupling[c]![s]![from]! -= share * g[d * a + c]!
          }
        }
      }
    }
  }
}

/** Nodes with nothing but fluid around them. */
function freeNodes(mesh: FittedMesh, fluid: Uint8Array): Uint8Array {
  const { lattice } = mesh
  const { simplexCount: simplices, paths } = lattice
  const free = new Uint8Array(lattice.count).fill(1)
  lattice.visitCells((cell, nodes) => {
    for (let perm = 0; perm < simplices; perm++)
      if (fluid[cell * simplices + perm] !== 1) for (const mask of paths[perm]!) free[nodes[mask]!] = 0
  })
  return free
}
