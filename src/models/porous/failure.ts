/** Words for a step of a porous electrolyte that cannot succeed. */
import { FARADAY } from '../constants.ts'
import { inWords, NANOMETRE } from '../reduced.ts'
import type { PorousEquations } from './equations.ts'

/** An edge longer than this many local Debye lengths does not resolve what happens there. */
const RESOLVED = 2
/** A rise of potential between neighbouring nodes beyond all physics, RT/F. */
const STEEP = 40

export function explainFailure(
  { setting, width, floating }: PorousEquations,
  u: Float64Array,
): { message: string; advice: string[] } | undefined {
  const { net, species, f, permittivity, fixedCharge, units } = setting
  const { nodes: n, edges, position, pore, volume, walls } = net
  const at = (p: number) => `x = ${inWords(position[3 * p], NANOMETRE, units)}`
  /** Debye length of the ions and the walls at a node, m; Infinity without any. */
  const debye = (p: number) => {
    let strength = Math.abs(walls[p] * fixedCharge) / volume[p]
    for (let r = 0; r < species.length; r++) strength += (pore[p] / volume[p]) * species[r].valence ** 2 * u[r * n + p]
    return Math.sqrt(permittivity / (FARADAY * f * strength))
  }
  let worst = { ratio: 0, node: 0, layer: 0 }
  let steep = { rise: 0, node: 0 }
  for (let k = 0; k < edges.count; k++) {
    const [a, b] = [edges.from[k], edges.to[k]]
    if (pore[a] === 0 || pore[b] === 0) continue
    const spacing = Math.hypot(...[0, 1, 2].map((c) => position[3 * a + c] - position[3 * b + c]))
    const layer = Math.min(debye(a), debye(b))
    if (spacing / layer > worst.ratio) worst = { ratio: spacing / layer, node: a, layer }
    const rise = Math.abs(f * (u[(width - 1) * n + a] - u[(width - 1) * n + b]))
    if (rise > steep.rise) steep = { rise, node: a }
  }
  if (steep.rise > STEEP)
    return {
      message: `the potential jumps by ${steep.rise.toPrecision(3)} thermal voltages within the mesh width at ${at(steep.node)}: the charge of ions and walls asks for more than a dilute electrolyte can stand`,
      advice: [
        'set parameters.start to "steady"',
        ...(fixedCharge === 0 ? [] : ['set parameters.fixed_charge to 0']),
        'lower the voltage, or make the reservoirs neutral',
      ],
    }
  if (worst.ratio > RESOLVED)
    return {
      message: `charge layers of ${inWords(worst.layer, NANOMETRE, units, 2)} (the Debye length of ions and walls at ${at(worst.node)}) are ${worst.ratio.toPrecision(2)} times thinner than the mesh there, and change faster than steps can follow`,
      advice: [
        ...(floating ? [] : ['set parameters.start to "steady"']),
        'raise λ² or the permittivity, or take fewer ions and less charge of the walls',
        'take more nodes',
      ],
    }
  return undefined
}
