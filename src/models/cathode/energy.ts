/**
 * Free energy of the cell and its dissipation per area of the cell (second law):
 *
 *   G = int p RT sum_i (C_i log C_i - C_i) + q c_sm RT [ f(y) + xi y + K/2 |grad y|² ]  (+ field energy with E1)
 *   dG/dt = - I (V - V0) - D,    D = sum over faces of flux times fall of potential  +  int A eta  +  foil  >= 0
 *
 * with eta the overpotential of each particle and xi its shift of the voltage. The fall of potential is that of the
 * discrete fluxes, so that only the time step separates dG/dt from -D at rest. For an ideal salt.
 */
import { FARADAY } from '../constants.ts'
import { ionFlux } from './electrolyte.ts'
import { C, type CathodeEquations, PHI, Y } from './equations.ts'
import { freeEnergy, logit } from './thermodynamics.ts'

const mixing = (c: number) => (c > 0 ? c * Math.log(c) - c : 0)

/** J/m². */
export function energyOf(equations: CathodeEquations, u: Float64Array): number {
  const { setting, nodes: n, mass, RHO } = equations
  const { thermal, grid, solid, cathode, sites, electrolyte } = setting
  const { from, to, area, before, after, count } = grid.faces
  let sum = 0
  for (let p = 0; p < n; p++) {
    const c = u[C * n + p]
    const charge = RHO < 0 ? 0 : electrolyte.delta ** 2 * u[RHO * n + p]
    // The mass of the salt's row is F p c0 h.
    sum += mass[C * n + p] * thermal * (mixing(c + charge) + mixing(c - charge))
    if (!equations.isCathode(p)) continue
    const y = u[Y * n + p]
    sum += mass[Y * n + p] * thermal * (freeEnergy(setting.omega, y) + equations.shiftOf(p) * y)
  }
  const gradient = 0.5 * FARADAY * cathode.q * sites * thermal * solid.gradient
  for (let k = 0; k < count; k++) {
    const [a, b] = [from[k], to[k]]
    if (gradient > 0 && equations.isCathode(a) && equations.isCathode(b))
      sum += (gradient * area[k] * (u[Y * n + a] - u[Y * n + b]) ** 2) / (before[k] + after[k])
    if (RHO >= 0) {
      const face = equations.faces[k]
      const field = electrolyte.delta ** 2 * grid.cathode ** 2 * FARADAY * setting.reference * thermal
      sum += (field * (u[PHI * n + a] - u[PHI * n + b]) ** 2) / (face.left.resistance + face.right.resistance)
    }
  }
  return sum
}

/** W/m². */
export function dissipationOf(equations: CathodeEquations, u: Float64Array): number {
  const { setting, nodes: n } = equations
  const { grid, foil } = setting
  let sum = electrolyteHeat(equations, u) + equations.solidFaces.heat(equations, u)
  for (let p = 0; p < n; p++)
    if (equations.isCathode(p)) {
      const eta = equations.drive(u, p) + equations.excess(u, p) + logit(u[Y * n + p])
      sum += equations.reaction(u, p) * eta
    } else if (equations.isFoil(p)) {
      const phi = equations.lithiumPotential(u, p)
      const front = foil.exchange * grid.share * u[p] ** foil.order
      sum -= front * (Math.exp(-foil.alpha * phi) - Math.exp((1 - foil.alpha) * phi)) * phi
    }
  return sum * setting.thermal + setting.contact * equations.reactionSum(u) ** 2
}

/** Flux of each ion times the fall of its electrochemical potential, over RT/F. */
function electrolyteHeat(equations: CathodeEquations, u: Float64Array): number {
  const { setting, nodes: n, RHO, faces } = equations
  const { from, to } = setting.grid.faces
  const { plus, minus, delta } = setting.electrolyte
  const flux = new Float64Array(10)
  const mean = new Float64Array(3)
  let sum = 0
  for (let k = 0; k < faces.length; k++) {
    const [a, b] = [from[k], to[k]]
    if (RHO < 0) {
      equations.neutral.write(faces[k], u[a], u[PHI * n + a], u[b], u[PHI * n + b], flux)
      const fall = equations.lithiumPotential(u, a) - equations.lithiumPotential(u, b)
      sum += flux[0] * fall + 2 * flux[5] * Math.log(u[a] / u[b])
      continue
    }
    for (const z of [1, -1]) {
      const [Ca, Cb] = [a, b].map((p) => u[p] + z * delta ** 2 * u[RHO * n + p])
      const [A, B] = [u[PHI * n + a], u[PHI * n + b]]
      ionFlux(faces[k], z > 0 ? plus : minus, FARADAY * setting.reference, z, Ca, A, Cb, B, mean, flux)
      sum += flux[0] * (Math.log(Ca / Cb) + z * (A - B))
    }
  }
  return sum
}
