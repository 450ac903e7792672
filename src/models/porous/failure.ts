/** Words for a step of a porous electrolyte that cannot succeed. */
import { t } from '../../language/language.ts'
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
      message: t(
        'the potential jumps by {rise} thermal voltages within the mesh width at {node}: the charge of ions and walls asks for more than a dilute electrolyte can stand',
        { rise: steep.rise.toPrecision(3), node: at(steep.node) },
      ),
      advice: [
        t('set parameters.start to "steady"'),
        ...(fixedCharge === 0 ? [] : [t('set parameters.fixed_charge to 0')]),
        t('lower the voltage, or make the reservoirs neutral'),
      ],
    }
  if (worst.ratio > RESOLVED)
    return {
      message: t(
        'charge layers of {layer} (the Debye length of ions and walls at {node}) are {ratio} times thinner than the mesh there, and change faster than steps can follow',
        { layer: inWords(worst.layer, NANOMETRE, units, 2), node: at(worst.node), ratio: worst.ratio.toPrecision(2) },
      ),
      advice: [
        ...(floating ? [] : [t('set parameters.start to "steady"')]),
        t('raise λ² or the permittivity, or take fewer ions and less charge of the walls'),
        t('take more nodes'),
      ],
    }
  return undefined
}
