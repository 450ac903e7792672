/**
 * The resolved cell on the nodes of its box: every field where it lives, its mean elsewhere, so that ranges are its own.
 * In the separator fields of the solid have no value (Field.partial).
 */

import type { Field } from '../../family.ts'
import type { CathodeEquations } from '../equations/equations.ts'
import type { Host } from '../equations/host.ts'
import { PSI } from '../layout.ts'
import type { CathodeTiling } from './tiling.ts'

export class ResolvedSampler {
  private readonly equations: CathodeEquations
  private readonly tiling: CathodeTiling
  private readonly wired: Float64Array
  private readonly fields: readonly Field[]
  /** Of each active material: nearest node of its contact, for its nodes; -1 elsewhere. */
  private readonly surfaces: readonly Int32Array[]
  /** Node of the tiling of every node of the box, which repeats the first plane along a wrapped axis. */
  private readonly boxNode: Int32Array

  /** @param wired volumes that conduct electrons from or to the collector */
  constructor(equations: CathodeEquations, tiling: CathodeTiling, wired: Float64Array, fields: readonly Field[]) {
    this.fields = fields
    this.wired = wired
    this.equations = equations
    this.tiling = tiling
    this.surfaces = equations.hosts.map((host) => nearestSurface(host, tiling))
    this.boxNode = boxNodes(tiling)
  }

  /** In the order of the fields, SI; reaction and overpotential of a node are those of the nearest surface. */
  sample(u: Float64Array): Float32Array[] {
    const { equations, tiling, surfaces } = this
    const { setting, nodes: n } = equations
    const { thermal, reference } = setting
    const perVolume = tiling.area.reduce((a, b) => a + b, 0) / setting.grid.cathode
    // Of the material of a node, the first one where both touch, and of its nearest surface.
    const particle = (value: (host: Host, p: number, surface: number) => number) =>
      this.field(tiling.active, (p) => {
        const m = surfaces.findIndex((nodes) => nodes[p] >= 0)
        return value(equations.hosts[m], p, surfaces[m][p])
      })
    const filling = particle(({ Y }, p) => u[Y * n + p])
    const overpotential = particle((host, _, at) => equations.overpotential(u, at, host) * thermal)
    const samples = [
      this.field(tiling.salt, (p) => u[p] * reference),
      filling,
      this.field(tiling.salt, (p) => equations.lithiumPotential(u, p) * thermal),
      this.field(this.wired, (p) => u[PSI * n + p] * thermal),
      particle((host, _, at) => (-equations.reaction(u, at, host) / host.area[at]) * perVolume),
      overpotential,
      this.field(tiling.salt, () => 0),
    ]
    // Those of further kinds of particles are the same truth, each in its own pieces.
    for (const { group } of this.fields.slice(samples.length))
      samples.push((group === 'filling' ? filling : overpotential).slice())
    const border = tiling.separatorCells * tiling.resolution
    this.fields.forEach(({ partial }, k) => {
      if (partial)
        for (let p = 0; p < samples[k].length; p++) if (p % tiling.counts[0] < border) samples[k][p] = Number.NaN
    })
    return samples
  }

  private field(volume: Float64Array, value: (p: number) => number): Float32Array {
    let [sum, total] = [0, 0]
    const values = volume.map((v, p) => {
      if (v === 0) return Number.NaN
      const at = value(p)
      sum += v * at
      total += v
      return at
    })
    return Float32Array.from(this.boxNode, (p) => (volume[p] === 0 ? sum / total : values[p]))
  }
}

function boxNodes({ counts, wrap }: CathodeTiling): Int32Array {
  const [nx, ny, nz = 1] = counts
  const box = counts.map((count, axis) => (wrap[axis] ? count + 1 : count))
  return Int32Array.from({ length: box.reduce((a, b) => a * b, 1) }, (_, k) => {
    const j = Math.floor(k / box[0]) % box[1]
    return (k % nx) + nx * ((j % ny) + ny * (Math.floor(k / (box[0] * box[1])) % nz))
  })
}

function nearestSurface({ reactive, active }: Host, { nodes, position, size, wrap }: CathodeTiling): Int32Array {
  const across = (d: number, axis: number) => (wrap[axis] ? d - size * Math.round(d / size) : d)
  const byColumn = Array.from(reactive).sort((a, b) => position[3 * a] - position[3 * b])
  return Int32Array.from({ length: nodes }, (_, p) => {
    if (active[p] === 0) return -1
    const [x, y, z] = position.subarray(3 * p, 3 * p + 3)
    let [best, nearest] = [Number.POSITIVE_INFINITY, byColumn[0]]
    for (const q of byColumn) {
      const dx = position[3 * q] - x
      if (dx < -size) continue
      if (dx > size) break
      const distance = dx * dx + across(position[3 * q + 1] - y, 1) ** 2 + across(position[3 * q + 2] - z, 2) ** 2
      if (distance >= best) continue
      best = distance
      nearest = q
    }
    return nearest
  })
}
