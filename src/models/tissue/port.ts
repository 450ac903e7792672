/**
 * The port of a tissue: a current density enters the extracellular space at x = 0 and leaves it at x = L, as in the
 * experiment of applied current, and is answered by phi_E(left) - phi_E(right). Sealed tissue is measured through salt
 * bridges.
 */
import { FARADAY } from '../constants.ts'
import type { Port } from '../port.ts'
import type { TissueEquations } from './equations.ts'
import { K_E, NA_E, PHI } from './layout.ts'
import { transportNumbers } from './transport.ts'

/** The port at a state; undefined in a bath, which leaves a side no potential of its own, and in a ball, which has one end. */
export function tissuePort(model: TissueEquations, u: Float64Array): Port | undefined {
  const { net, drive } = model.setting
  const n = net.nodes
  const area = (side: { face: Float64Array }) => side.face.reduce((a, b) => a + b, 0)
  if (model.hasBath || area(net.left) === 0) return undefined
  const input = new Float64Array(model.size)
  const output = new Float64Array(model.size)
  for (const [side, sign] of [
    [net.left, 1],
    [net.right, -1],
  ] as const)
    side.node.forEach((p, k) => {
      const current = sign * side.face[k]
      input[PHI * n + p] += current
      output[PHI * n + p] += current / area(side)
      if (drive.electrode?.kind === 'silver') return
      const [sodium, potassium] = transportNumbers(model.setting, model.chargeE, u, p)
      input[NA_E * n + p] += (sodium * current) / FARADAY
      input[K_E * n + p] += (potassium * current) / FARADAY
    })
  return { drive: 'current', input, output }
}
