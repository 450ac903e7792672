/**
 * What is shown of a Stokes solution: velocity, pressure, mean flux of every lattice cell, and the dissipation
 *
 *     |grad w^j|² + tau |e_j - grad pi^j|²       (linear part and bubble, mean over a simplex)
 *
 * whose integral is K_jj; averaged over j it is minus the derivative of the mean eigenvalue with respect to the
 * local viscosity.
 */
import type { FittedMesh } from '../numerics/fit.ts'
import { CellGeometry } from '../numerics/simplex.ts'
import type { Connectivity } from './connectivity.ts'
import { subtractMeans } from './correctors.ts'
import { periodsOf } from './forest.ts'
import type { StokesSolution } from './stokes.ts'
import { bubbleTime } from './stokesSystem.ts'

/**
 * pi^j at the nodes, NaN where nothing flows, zero mean on every piece.
 * @param volumes control volumes of the fluid phase
 */
export function pressuresOf(
  mesh: FittedMesh,
  connectivity: Connectivity,
  fluid: Uint8Array,
  through: readonly boolean[],
  volumes: Float64Array,
  states: readonly Float64Array[],
): Float64Array[] {
  const { lattice, displacement, spacing } = mesh
  const { dimension: d, simplexCount: simplices, paths, count } = lattice
  const { piece, periods, piecePhase } = connectivity
  const pressures = states.map((state) => state.slice(d * count))
  const label = new Int32Array(count).fill(-1)
  lattice.visitCells((cell, nodes, i, j, k) => {
    for (let perm = 0; perm < simplices; perm++) {
      const s = cell * simplices + perm
      if (fluid[s] !== 1) continue
      for (const mask of paths[perm]) {
        const p = nodes[mask]
        label[p] = piece[s]
        for (let c = 0; c < d; c++) {
          if (through[c]) continue
          const origin = c === 0 ? i : c === 1 ? j : k
          const place = (origin + ((mask >> c) & 1)) * spacing[c] + displacement[d * p + c]
          pressures[c][p] = place + periodsOf(periods[s], c)
        }
      }
    }
  })
  subtractMeans(pressures, label, volumes, piecePhase.length)
  return pressures
}

/** w^j at the nodes, component c of node p at [d*p + c]. */
export function velocitiesOf(mesh: FittedMesh, states: readonly Float64Array[]): Float32Array[] {
  const { count, dimension: d } = mesh.lattice
  return states.map((state) =>
    Float32Array.from({ length: d * count }, (_, k) => state[(k % d) * count + Math.floor(k / d)]),
  )
}

export interface FlowFields {
  /** Dissipation, mean over j, per simplex. */
  sensitivity: Float32Array
  /** Mean of w^j over each lattice cell, solid included, component c of cell p at [d*p + c]. */
  flux: Float32Array[]
}

/** Dissipation and flux. Yields between slabs of work. */
export function* flowFields(
  mesh: FittedMesh,
  fluid: Uint8Array,
  through: readonly boolean[],
  solution: StokesSolution,
): Generator<void, FlowFields> {
  const { lattice } = mesh
  const { dimension: d, simplexCount: simplices, paths, count } = lattice
  const sensitivity = new Float32Array(count * simplices)
  const flux = solution.states.map(() => new Float32Array(d * count))
  const moving = solution.states.map((_, j) => j).filter((j) => through[j])
  const geometry = new CellGeometry(mesh)
  const plain = paths.map((_, perm) => ({ volume: geometry.gradients(perm), slopes: geometry.slopes.slice() }))
  const sums = new Float64Array(d * d)
  const slope = new Float64Array(d)
  const visit = (cell: number, nodes: Int32Array): void => {
    const moved = geometry.load(nodes)
    let total = 0
    sums.fill(0)
    for (let perm = 0; perm < simplices; perm++) {
      total += moved ? Math.abs(geometry.volume(perm)) : plain[perm].volume
      if (fluid[cell * simplices + perm] !== 1) continue
      const volume = moved ? geometry.gradients(perm) : plain[perm].volume
      const g = moved ? geometry.slopes : plain[perm].slopes
      const path = paths[perm]
      const tau = bubbleTime(g, d)
      let energy = 0
      for (const j of moving) {
        const state = solution.states[j]
        for (let c = 0; c <= d; c++) {
          slope.fill(0)
          let mean = 0
          for (let m = 0; m <= d; m++) {
            const value = state[c * count + nodes[path[m]]]
            mean += value / (d + 1)
            for (let e = 0; e < d; e++) slope[e] += g[d * m + e] * value
          }
          if (c < d) sums[d * j + c] += volume * mean
          else for (let e = 0; e < d; e++) slope[e] = (e === j ? 1 : 0) - slope[e]
          for (let e = 0; e < d; e++) {
            energy += (c < d ? 1 : tau) * slope[e] * slope[e]
            if (c === d) sums[d * j + e] += volume * tau * slope[e]
          }
        }
      }
      sensitivity[cell * simplices + perm] = energy / d
    }
    for (const j of moving) for (let c = 0; c < d; c++) flux[j][d * cell + c] = sums[d * j + c] / total
  }
  for (let layer = 0; layer < lattice.layerCount; layer++) {
    lattice.visitLayer(layer, visit)
    yield
  }
  return { sensitivity, flux }
}
