/**
 * Free energy of the cell and its dissipation per area of the cell (second law):
 *
 *   G = int p RT sum_i (C_i log C_i - C_i) + q c_sm RT [ f(y) + xi y + K/2 |grad y|² ]  (+ field energy with E1)
 *   dG/dt = - I (V - V0) - D,    D = sum over faces of flux times fall of potential  +  int A eta  +  foil  >= 0
 *
 * with eta the overpotential of each particle, V0 that of the first material and xi the shift of its voltage. The
 * fall of potential is that of the discrete fluxes, so that only the time step separates dG/dt from -D at rest. For an ideal salt.
 */
import { FARADAY } from '../../constants.ts'
import { ionFlux } from '../laws/electrolyte.ts'
import { lithiumFlux } from '../laws/lithium.ts'
import { freeEnergy, logit } from '../laws/thermodynamics.ts'
import { C, PHI, PSI } from '../layout.ts'
import type { CathodeEquations } from './equations.ts'
import { foilCurrent } from './foil.ts'

const mixing = (c: number) => (c > 0 ? c * Math.log(c) - c : 0)

/** J/m². */
export function energyOf(equations: CathodeEquations, u: Float64Array): number {
  const { setting, nodes: n, mass, RHO, net, hosts } = equations
  const { electrolyte } = setting
  let sum = 0
  for (let p = 0; p < n; p++) {
    const c = u[C * n + p]
    // Of the node, over the volume of its salt.
    const charge = RHO < 0 ? 0 : (electrolyte.delta ** 2 * net.charge[p] * u[RHO * n + p]) / net.salt[p]
    // The mass of the salt's row is F c0 times the volume that holds it.
    if (mass[C * n + p] > 0) sum += mass[C * n + p] * (mixing(c + charge) + mixing(c - charge))
    for (const { Y, shift, material } of hosts) {
      const y = u[Y * n + p]
      if (mass[Y * n + p] > 0) sum += mass[Y * n + p] * (freeEnergy(material.omega, y) + shift[p] * y)
    }
  }
  for (const { Y, W, gradient, material } of hosts) {
    if (W < 0 || !gradient) continue
    const { from, to, G, active } = gradient
    const scale = 0.5 * FARADAY * material.sites * active
    for (let k = 0; k < from.length; k++) sum += scale * G[k] * (u[Y * n + from[k]] - u[Y * n + to[k]]) ** 2
  }
  return (sum + (RHO < 0 ? 0 : fieldEnergy(equations, u))) * setting.thermal
}

/** Of the field of charge layers (E1), over RT/F. */
function fieldEnergy({ setting, nodes: n, net }: CathodeEquations, u: Float64Array): number {
  const { from, to, face } = net.electrolyte
  const scale = setting.electrolyte.delta ** 2 * setting.grid.cathode ** 2 * FARADAY * setting.reference
  let sum = 0
  for (let k = 0; k < from.length; k++)
    sum +=
      (scale * (u[PHI * n + from[k]] - u[PHI * n + to[k]]) ** 2) / (face[k].left.resistance + face[k].right.resistance)
  return sum
}

/** W/m². */
export function dissipationOf(equations: CathodeEquations, u: Float64Array): number {
  const { setting, net } = equations
  let sum = electrolyteHeat(equations, u) + solidHeat(equations, u)
  for (const kind of equations.hosts)
    for (const p of kind.reactive) sum += equations.reaction(u, p, kind) * equations.overpotential(u, p, kind)
  net.foil.node.forEach((p, k) => {
    const phi = equations.lithiumPotential(u, p)
    sum -= foilCurrent(setting.foil, net.foil.share[k], equations.cation(u, p), phi, 0).current * phi
  })
  return sum * setting.thermal + setting.contact * equations.reactionSum(u) ** 2
}

/** Flux of each ion times the fall of its electrochemical potential, over RT/F. */
function electrolyteHeat(equations: CathodeEquations, u: Float64Array): number {
  const { setting, nodes: n, RHO, net } = equations
  const { from, to, face } = net.electrolyte
  const { plus, minus, delta } = setting.electrolyte
  const flux = new Float64Array(10)
  const mean = new Float64Array(3)
  let sum = 0
  for (let k = 0; k < from.length; k++) {
    const [a, b] = [from[k], to[k]]
    if (RHO < 0) {
      equations.neutral.write(face[k], u[a], u[PHI * n + a], u[b], u[PHI * n + b], flux)
      const fall = equations.lithiumPotential(u, a) - equations.lithiumPotential(u, b)
      sum += flux[0] * fall + 2 * flux[5] * Math.log(u[a] / u[b])
      continue
    }
    for (const z of [1, -1]) {
      const [Ca, Cb] = [a, b].map((p) => u[p] + z * delta ** 2 * u[RHO * n + p])
      const [A, B] = [u[PHI * n + a], u[PHI * n + b]]
      ionFlux(face[k], z > 0 ? plus : minus, FARADAY * setting.reference, z, Ca, A, Cb, B, mean, flux)
      sum += flux[0] * (Math.log(Ca / Cb) + z * (A - B))
    }
  }
  return sum
}

/** Currents of electrons and lithium times the falls of their potentials, over RT/F. */
function solidHeat(equations: CathodeEquations, u: Float64Array): number {
  const { nodes: n, net } = equations
  const { electrons, collector } = net
  const flux = new Float64Array(4)
  let sum = 0
  // What leaves through the tab has fallen from psi to 0.
  collector.node.forEach((p, k) => {
    if (Number.isFinite(collector.G[k])) sum += collector.G[k] * u[PSI * n + p] ** 2
  })
  for (let k = 0; k < electrons.from.length; k++)
    sum += electrons.G[k] * (u[PSI * n + electrons.from[k]] - u[PSI * n + electrons.to[k]]) ** 2
  for (const kind of equations.hosts) {
    const { from, to, G } = kind.lithium
    const { law, mobility } = kind.material.solid
    for (let k = 0; k < from.length; k++) {
      const [y1, y2] = [u[kind.Y * n + from[k]], u[kind.Y * n + to[k]]]
      const fall = equations.excessFall(u, from[k], to[k], kind)
      if (law === 'fickian') flux[0] = G[k] * (y1 - y2)
      else lithiumFlux(mobility, G[k], y1, y2, fall, flux)
      sum += flux[0] * (fall + logit(y1) - logit(y2))
    }
  }
  return sum
}
