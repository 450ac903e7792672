/**
 * Free energy of the resolved cell and its dissipation per area of the cell, as energy.ts has them for the homogenized
 * one: fluxes of the edges times the falls of their potentials, and the reactions times their overpotentials.
 */
import { FARADAY } from '../constants.ts'
import { foilCurrent } from './boundary.ts'
import { C, PHI, PSI, Y } from './equations.ts'
import type { ResolvedEquations } from './microEquations.ts'
import { lithiumFlux } from './solid.ts'
import { freeEnergy, logit } from './thermodynamics.ts'

/** J/m². */
export function energyOf(equations: ResolvedEquations, u: Float64Array): number {
  const { nodes: n, mass, setting } = equations
  let sum = 0
  for (let p = 0; p < n; p++) {
    const [salt, sites] = [mass[C * n + p], mass[Y * n + p]]
    if (salt > 0) sum += 2 * salt * (u[p] * Math.log(u[p]) - u[p])
    if (sites > 0) sum += sites * freeEnergy(setting.omega, u[Y * n + p])
  }
  const { gradient } = equations
  // K times P1 transmissibilities, per site: times F c_sm it is a charge like the masses.
  const scale = 0.5 * FARADAY * setting.sites
  for (let k = 0; k < gradient.from.length; k++)
    sum += scale * gradient.G[k] * (u[Y * n + gradient.from[k]] - u[Y * n + gradient.to[k]]) ** 2
  return sum * setting.thermal
}

/** W/m². */
export function dissipationOf(equations: ResolvedEquations, u: Float64Array): number {
  const { nodes: n, setting, tiling, salt, electrons, lithium, neutral } = equations
  const flux = new Float64Array(10)
  let sum = 0
  for (let k = 0; k < salt.from.length; k++) {
    const [a, b] = [salt.from[k], salt.to[k]]
    neutral.write(salt.face[k], u[a], u[PHI * n + a], u[b], u[PHI * n + b], flux)
    sum += flux[0] * (equations.lithiumPotential(u, a) - equations.lithiumPotential(u, b))
    sum += 2 * flux[5] * Math.log(u[a] / u[b])
  }
  for (let k = 0; k < electrons.from.length; k++)
    sum += electrons.G[k] * (u[PSI * n + electrons.from[k]] - u[PSI * n + electrons.to[k]]) ** 2
  const { law, mobility } = setting.solid
  for (let k = 0; k < lithium.from.length; k++) {
    const [y1, y2] = [u[Y * n + lithium.from[k]], u[Y * n + lithium.to[k]]]
    const fall = equations.excessFall(u, lithium.from[k], lithium.to[k])
    if (law === 'fickian') flux[0] = lithium.G[k] * (y1 - y2)
    else lithiumFlux(mobility, lithium.G[k], y1, y2, fall, flux)
    sum += flux[0] * (fall + logit(y1) - logit(y2))
  }
  for (const p of equations.reactive) {
    const eta = equations.drive(u, p) + equations.excess(u, p) + logit(u[Y * n + p])
    sum += equations.reaction(u, p) * eta
  }
  tiling.foil.node.forEach((p, k) => {
    const phi = equations.lithiumPotential(u, p)
    sum -= foilCurrent(setting.foil, tiling.foil.share[k], u[p], phi, 0).current * phi
  })
  return sum * setting.thermal
}
