/**
 * The ions that a run starts from: the shapes of the experiment, and where they and the walls would charge the medium
 * to potentials beyond all physics, the same shapes in the local equilibrium of Donnan, which is neutral everywhere:
 *
 *     sum_r z_r c_r e^(-z_r psi) + rho / p = 0        at every node, for psi
 */

import { t } from '../../language/language.ts'
import { FARADAY, inverseThermalVoltage } from '../constants.ts'
import type { Notice } from '../family.ts'
import { inWords, MILLIMOLAR } from '../reduced.ts'
import type { Species } from './equations.ts'
import type { PorousInput } from './input.ts'
import type { PorousNet } from './net.ts'
import type { PorousValues } from './parameters.ts'
import { reducedUnits } from './reduced.ts'

/** RT/F that the charge of a start may raise: above, ions would leave in times that no step resolves. */
const MOST = 1000
/** Of psi: no start of legal concentrations needs more. */
const FURTHEST = 60
const HALVINGS = 60

export interface Started {
  /** mol/m³, ion by ion. */
  concentrations: Float64Array
  notices: Notice[]
}

/**
 * @param permittivity of the fluid, F/m
 * @param floating no side holds the potential, so that the mean charge of the walls does not count
 */
export function startOf(
  { parameters: v, macro }: Pick<PorousInput, 'parameters' | 'macro'>,
  species: readonly Species[],
  net: Pick<PorousNet, 'nodes' | 'position' | 'pore' | 'volume'>,
  permittivity: number,
  floating: boolean,
): Started {
  const { nodes: n, position, pore, volume } = net
  const concentrations = new Float64Array(species.length * n)
  const neutral = neutralStart(species, v.c_start)
  species.forEach((s, r) => {
    for (let p = 0; p < n; p++)
      concentrations[r * n + p] =
        neutral[r] * startShape(v.start, Math.sign(s.valence), position[3 * p] / macro.size[0])
  })
  const sum = (a: Float64Array) => a.reduce((x, y) => x + y, 0)
  const share = sum(pore) / sum(volume)
  const walls = floating ? 0 : v.fixed_charge
  const charge = Float64Array.from({ length: n }, (_, p) =>
    species.reduce((q, s, r) => q + share * s.valence * concentrations[r * n + p], walls),
  )
  const mean = floating ? sum(charge) / n : 0
  const most = charge.reduce((m, q) => Math.max(m, Math.abs(q - mean)), 0)
  // That of an even charge between two sides at zero.
  const potential = ((FARADAY * most * macro.size[0] ** 2) / (8 * permittivity)) * inverseThermalVoltage(v.temperature)
  if (v.start === 'steady' || potential <= MOST) return { concentrations, notices: [] }
  for (let p = 0; p < n; p++) balance(species, concentrations, n, p, walls / share)
  return {
    concentrations,
    notices: [
      {
        level: 'info',
        message: t(
          'The ions of the start and the walls carry up to {most} of charge, which would raise {potential} thermal voltages: the run starts from ions in local equilibrium with the walls (Donnan) instead.',
          { most: inWords(most, MILLIMOLAR, reducedUnits(v, macro)), potential: potential.toPrecision(2) },
        ),
        advice: [t('start from the steady state'), t('take more ions at the start, or less charge of the walls')],
      },
    ],
  }
}

/** Scales the ions of node p by e^(-z psi), psi found by bisection: the charge falls with it. */
function balance(species: readonly Species[], c: Float64Array, n: number, p: number, fixed: number): void {
  let [low, high] = [-FURTHEST, FURTHEST]
  for (let k = 0; k < HALVINGS; k++) {
    const psi = (low + high) / 2
    const left = species.reduce((q, s, r) => q + s.valence * c[r * n + p] * Math.exp(-s.valence * psi), fixed)
    if (left > 0) low = psi
    else high = psi
  }
  species.forEach((s, r) => {
    c[r * n + p] *= Math.exp((-s.valence * (low + high)) / 2)
  })
}

/** Concentration at the start over its mean value, at x in [0, 1]; mirrored for the two signs of charge. */
function startShape(start: PorousValues['start'], sign: number, x: number): number {
  const wave = sign * Math.cos(Math.PI * x)
  if (start === 'mirrored') return 1 + 0.9 * wave
  // Not quite zero at the ends, where concentrations must stay positive.
  if (start === 'arches') return Math.max(1e-9, Math.sin(Math.PI * x) * (1 + 0.5 * wave))
  if (start === 'waves') return 1 + 0.9 * sign * Math.cos(2 * Math.PI * x)
  return 1
}

/** Equal amounts of charge of both signs: c for valence ±1, less for higher valences. */
function neutralStart(species: readonly Species[], c: number): number[] {
  const charged = (sign: number) => species.filter((s) => Math.sign(s.valence) === sign).length
  return species.map((s) => (s.valence === 0 ? c : c / (Math.abs(s.valence) * charged(Math.sign(s.valence)))))
}
