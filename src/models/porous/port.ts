/**
 * The port of a porous film: the voltage of the left side against the right one enters the rows that hold the
 * potential, the answer is the current of the outer circuit read with the unit potential psi (Shockley and Ramo),
 *
 *   I A = F sum_r z_r sum_edges J_r (psi_a - psi_b) + d/dt sum_edges eps w (phi_a - phi_b)(psi_a - psi_b)
 *
 * The second sum depends on the held potentials alone, for psi is harmonic: it is the capacitance of the film without
 * ions times the voltage.
 */
import type { Port } from '../port.ts'
import type { PorousEquations } from './equations.ts'
import { PorousJacobian } from './jacobian.ts'

/** Equations with the potential psi and the cross-section A of their box. */
type Film = PorousEquations & { readonly unit: Float64Array; readonly section: number }

/** The port at a state; undefined unless both sides hold the potential. */
export function porousPort(model: Film, u: Float64Array): Port | undefined {
  const { net, permittivity, left, right } = model.setting
  if (!left.potential || !right.potential) return undefined
  const { from, to, count, displacement } = net.edges
  const held = new Float64Array(net.nodes)
  net.left.node.forEach((p, k) => {
    held[p] = left.profile?.[k] ?? 1
  })
  const input = new Float64Array(model.size)
  input.set(held, (model.width - 1) * net.nodes)
  const { unit, section } = model
  const jacobian = new PorousJacobian(model)
  jacobian.update(u)
  let capacitance = 0
  for (let k = 0; k < count; k++)
    capacitance += permittivity * displacement[k] * (held[from[k]] - held[to[k]]) * (unit[from[k]] - unit[to[k]])
  return {
    drive: 'voltage',
    input,
    output: jacobian.current(unit).map((v) => v / section),
    displacement: capacitance / section,
  }
}
