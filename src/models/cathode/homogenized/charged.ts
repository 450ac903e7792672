/**
 * Faces of the electrolyte with charge (E1): balances of the mean and the difference of the ions, and Poisson's equation
 *
 *     F p c0 h dc/dt = (N+ + N-)/2|in - |out + A h/2,   2 delta² F p c0 h drho/dt = i|in - i|out + A h
 *     -L² T div grad psi = p rho
 *
 * The foil is free of layers: no anions pass, its salt has no charge, rho continues evenly, the current is that of the reaction.
 */
import { FARADAY } from '../../constants.ts'
import type { CathodeEquations } from '../equations/equations.ts'
import { ionFlux } from '../laws/electrolyte.ts'
import { type Add, PHI } from '../layout.ts'

export function chargedFaces(
  equations: CathodeEquations,
  u: Float64Array,
  out: Float64Array | undefined,
  add: Add | undefined,
): void {
  const { nodes: n, RHO, setting, net } = equations
  const [ion, mean] = [new Float64Array(5), new Float64Array(3)]
  const { from, to, face: faces } = net.electrolyte
  const { plus, minus, delta } = setting.electrolyte
  const charge = FARADAY * setting.reference
  const square = delta * delta
  // Weight of Poisson's rows, A/m³ times L².
  const L2 = charge * plus
  const poisson = L2 / setting.grid.cathode ** 2
  const isFoil = (p: number) => p % net.columns === 0
  const rho = RHO * n
  const phi = PHI * n
  for (let k = 0; k < faces.length; k++) {
    const [a, b] = [from[k], to[k]]
    const face = faces[k]
    for (const z of [1, -1]) {
      const [Ca, Cb] = [u[a] + z * square * u[rho + a], u[b] + z * square * u[rho + b]]
      ionFlux(face, z > 0 ? plus : minus, charge, z, Ca, u[phi + a], Cb, u[phi + b], mean, ion)
      // At the foil: no anions, and the current is the foil's.
      for (const [p, sign] of [
        [a, -1],
        [b, 1],
      ]) {
        const atFoil = isFoil(p)
        const salt = atFoil ? (z > 0 ? 0 : 1) : 0.5
        const currentRow = (atFoil ? phi : rho) + p
        if (out) {
          out[p] += sign * salt * ion[0]
          out[currentRow] += sign * z * ion[0]
        }
        if (!add) continue
        for (let q = 0; q < 4; q++) {
          const at = q < 2 ? a : b
          const value = sign * ion[1 + q]
          const columns: [number, number][] =
            q % 2 === 1
              ? [[phi + at, 1]]
              : [
                  [at, 1],
                  [rho + at, z * square],
                ]
          for (const [column, chain] of columns) {
            add(p, column, salt * value * chain)
            add(currentRow, column, z * value * chain)
          }
        }
      }
    }
    const G = L2 / (face.left.resistance + face.right.resistance)
    for (const [p, q] of [
      [a, b],
      [b, a],
    ]) {
      if (isFoil(p)) continue
      if (out) out[phi + p] += G * (u[phi + q] - u[phi + p])
      add?.(phi + p, phi + q, G)
      add?.(phi + p, phi + p, -G)
    }
  }
  for (let p = 0; p < n; p++) {
    if (isFoil(p)) {
      if (out) out[rho + p] = u[rho + p + 1] - u[rho + p]
      add?.(rho + p, rho + p + 1, 1)
      add?.(rho + p, rho + p, -1)
      continue
    }
    const weight = poisson * net.charge[p]
    if (out) out[phi + p] += weight * u[rho + p]
    add?.(phi + p, rho + p, weight)
  }
}
