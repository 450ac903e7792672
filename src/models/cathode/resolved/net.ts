/** The net of the resolved cell: every medium where the tiling (tiling.ts) has it. */
import { FARADAY } from '../../constants.ts'
import { materialOf } from '../equations/materials.ts'
import { type Edges, type Net, type Particles, standardShift } from '../equations/net.ts'
import type { CathodeSetting } from '../equations/setting.ts'
import { ACTIVE2 } from '../phases.ts'
import type { Spread } from './spreads.ts'
import type { CathodeTiling } from './tiling.ts'

/** @param spreads of the materials, where particles differ */
export function tilingNet(setting: CathodeSetting, tiling: CathodeTiling, spreads: readonly Spread[] = []): Net {
  const { thermal } = setting
  const n = tiling.nodes
  const there = (volume: Float64Array) => Uint8Array.from(volume, (v) => (v > 0 ? 1 : 0))
  const salt = conducting(tiling, tiling.edges.salt, 1)
  const half = (w: number) => ({ resistance: 0.5 / w, distance: 1 })
  const [first, ...others] = tiling.materials.map((of, m): Particles => {
    const own = spreads.at(m)
    const standard = of.phase === ACTIVE2 ? standardShift(setting, materialOf(setting, true)) : 0
    const material = materialOf(setting, of.phase === ACTIVE2)
    const { solid, sites } = material
    return {
      material,
      hosts: there(of.active),
      active: of.active,
      area: own ? of.area.map((a, p) => a * own.area[p]) : of.area,
      shift: own ? own.shift.map((v) => v + standard) : new Float64Array(n).fill(standard),
      lithium: conducting(tiling, of.lithium, FARADAY * solid.diffusivity * sites),
      gradient: { ...conducting(tiling, of.lithium, solid.gradient), volume: of.active, active: 1 },
    }
  })
  return {
    nodes: n,
    columns: tiling.counts[0],
    salt: tiling.salt,
    charge: tiling.salt,
    ions: there(tiling.salt),
    conducts: there(tiling.solid),
    particles: [first, ...others],
    electrolyte: {
      from: salt.from,
      to: salt.to,
      face: Array.from(salt.G, (w) => ({ left: half(w), right: half(w), flow: 0 })),
      leaving: new Uint8Array(salt.from.length).fill(1),
    },
    electrons: conducting(tiling, tiling.edges.electrons, thermal),
    foil: tiling.foil,
    collector: { node: tiling.collector, G: new Float64Array(tiling.collector.length).fill(Number.POSITIVE_INFINITY) },
  }
}

/** Edges with a transmissibility, scaled. */
function conducting({ edges: { from, to } }: CathodeTiling, weight: Float64Array, scale: number): Edges {
  const kept = Int32Array.from(weight.keys()).filter((k) => weight[k] !== 0)
  return {
    from: kept.map((k) => from[k]),
    to: kept.map((k) => to[k]),
    G: Float64Array.from(kept, (k) => scale * weight[k]),
  }
}
