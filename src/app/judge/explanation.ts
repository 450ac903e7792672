/** What an error plot of tissue shows, in words, from its rows alone: each sentence rests on an order that was observed. */
import type { ComparisonRow } from '../../simulation/compare.ts'
import { fixed } from '../format.ts'

/** The limit in which errors are compared, said wherever N can be chosen. */
export const LIMIT =
  'Limit of the theory: dimensionless membrane parameters are fixed; conductances, pump and capacitance shrink with the cell (ℓ = L/N). With physical conductances fixed the exchange would grow like 1/ℓ and nothing converges.'

/** Proved order of the corrected errors in ε. */
export const PROVED = 0.5

/** Orders from here on count as one more power than a layer allows. */
const FAST = { L2grad_corrected: 0.95, LinfL2_corrected: 1.5 }
/** Below this an error counts as staying. */
const STAYS = 0.25
/** A finite N may miss the proved order by this much. */
const SLACK = 0.1

export interface Observation {
  rows: readonly ComparisonRow[]
  orders: Readonly<Record<string, number>>
  /** The cell is its own mirror image along every axis. */
  mirror: boolean
  /** The start carries its correctors. */
  prepared: boolean
}

export function explain({ rows, orders, mirror, prepared }: Observation): string[] {
  if (rows.length === 0) return []
  if (rows.length === 1) return ['One N gives a point; the order needs a second.']
  const gradient = orders.L2grad_corrected ?? Number.NaN
  const values = orders.LinfL2_corrected ?? Number.NaN
  const observed = `orders ${fixed(values, 2)} for the concentrations, ${fixed(gradient, 2)} for their gradients`
  const sentences: string[] = []
  if (!(Math.min(gradient, values) >= PROVED - SLACK))
    sentences.push(
      `Not yet as fast as the proved √ε (${observed}): these cells are still large, or the error of the mesh and of the steps shows; try larger N, more frames or a finer micro.resolution.`,
    )
  else if (mirror && prepared && gradient >= FAST.L2grad_corrected && values >= FAST.LinfL2_corrected)
    sentences.push(
      `Faster than the proved √ε (${observed}): mirror-symmetric cells leave no boundary layer at straight walls, and a start with correctors leaves no initial layer.`,
    )
  else sentences.push(`At least the proved √ε (${observed})${reason(mirror, prepared, values)}`)
  if ((orders.L2grad ?? 1) < STAYS)
    sentences.push(
      `Without the corrector the error of the gradient stays (order ${fixed(orders.L2grad!, 2)}): C wiggles in every cell, u₀ does not.`,
    )
  return sentences
}

/** Why the orders are not those of a problem without layers. */
function reason(mirror: boolean, prepared: boolean, values: number): string {
  const layers: string[] = []
  if (!mirror)
    layers.push(
      'the cells are not mirror-symmetric, so walls cut their pattern and a boundary layer one cell thick stays',
    )
  if (!prepared)
    layers.push('the start carries no corrector, so an initial layer forms while the cells take up their pattern')
  if (layers.length === 0) return '; with larger N the orders without layers, 2 and 1, come nearer.'
  if (values >= FAST.LinfL2_corrected) return `, although ${layers.join(', and ')}.`
  return `, but the concentrations miss the order 2 that they have without layers: ${layers.join('; ')}.`
}
