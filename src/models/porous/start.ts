/**
 * The ions that a run starts from: the shapes of the experiment or what is written (models/profile.ts), and where they and the
 * walls would charge the medium to potentials beyond all physics, the same in the local equilibrium of Donnan, which is neutral
 * everywhere:
 *
 *     sum_r z_r c_r e^(-z_r psi) + rho / p = 0        at every node, for psi
 */

import { t } from '../../language/language.ts'
import { FARADAY, inverseThermalVoltage } from '../constants.ts'
import type { Notice } from '../family.ts'
import { namesAcross, placeIn, readFields, refuseNotPositive, type Written } from '../profile.ts'
import { inUnits, inWords, MILLIMOLAR, type ReducedUnits } from '../reduced.ts'
import { isFloating, type PorousSetting, type Species } from './equations.ts'
import { ions, type PorousInput } from './input.ts'
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
 * @param sides where none holds the potential, the mean charge does not count; what one holds of an ion is not that of the start
 * @throws InputError for what cannot be read of a written start, or is not above 0
 */
export function startOf(
  { parameters: v, macro }: Pick<PorousInput, 'parameters' | 'macro'>,
  species: readonly Species[],
  net: Pick<PorousNet, 'nodes' | 'position' | 'pore' | 'volume' | 'left' | 'right'>,
  permittivity: number,
  sides: Pick<PorousSetting, 'left' | 'right'>,
): Started {
  const { nodes: n, position, pore, volume } = net
  const floating = isFloating(sides)
  const concentrations = new Float64Array(species.length * n)
  const neutral = neutralStart(species, v.c_start)
  const written = writtenStart(v, macro)
  species.forEach((s, r) => {
    const own = written.get(r)
    for (let p = 0; p < n; p++)
      concentrations[r * n + p] = own
        ? own(placeIn(macro, position.subarray(3 * p, 3 * p + 3)))
        : neutral[r] * startShape(v.start, Math.sign(s.valence), position[3 * p] / macro.size[0])
    if (own) positive(concentrations.subarray(r * n, (r + 1) * n), r, net, sides, reducedUnits(v, macro))
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
  const kept =
    v.start === 'written' && floating
      ? excess(species, concentrations, net, v.fixed_charge, reducedUnits(v, macro))
      : []
  if (v.start === 'steady' || potential <= MOST) return { concentrations, notices: kept }
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

/** What is written of the ions, mol/m³, by ion from 0; nothing for other starts. */
function writtenStart(v: PorousValues, macro: PorousInput['macro']): Map<number, Written> {
  if (v.start !== 'written') return new Map()
  const { factor: unit } = inUnits(MILLIMOLAR, reducedUnits(v, macro))
  const texts = ions(v).map((i) => ({ k: i - 1, text: v[`start_c_${i}`], path: `parameters.start_c_${i}`, unit }))
  return readFields(texts, macro)
}

/** Places along the box at which the largest concentration of a written start is looked for. */
const LOOKED_AT = 101

/** Largest concentration of a start along the middle of the box, mol/m³: its layers are as thin as that makes them. */
export function strongest({ parameters: v, macro }: Pick<PorousInput, 'parameters' | 'macro'>): number {
  let most = v.c_start
  for (const own of writtenStart(v, macro).values())
    for (let k = 0; k < LOOKED_AT; k++) most = Math.max(most, own([k / (LOOKED_AT - 1), 0.5, 0.5]))
  return most
}

/** Whether a written start may differ across the current. */
export function variesAcross(v: PorousValues): boolean {
  return v.start === 'written' && ions(v).some((i) => namesAcross(v[`start_c_${i}`]))
}

/** Refuses a concentration that is not above 0 in a pore, but where its side gives it another. */
function positive(
  c: Float64Array,
  ion: number,
  { pore, left, right }: Pick<PorousNet, 'pore' | 'left' | 'right'>,
  sides: Pick<PorousSetting, 'left' | 'right'>,
  units: ReducedUnits | undefined,
): void {
  const given = new Set<number>()
  if (sides.left.concentrations[ion] !== undefined) for (const p of left.node) given.add(p)
  if (sides.right.concentrations[ion] !== undefined) for (const p of right.node) given.add(p)
  let least = Number.POSITIVE_INFINITY
  for (let p = 0; p < c.length; p++) if (pore[p] > 0 && !given.has(p)) least = Math.min(least, c[p])
  refuseNotPositive(least, `parameters.start_c_${ion + 1}`, units)
}

/** Below this part of all charges an imbalance is what the mesh makes of a formula that has none. */
const OF_MESH = 1e-6

/** Says what the ions that are written and the walls carry in all, where no side holds the potential. */
function excess(
  species: readonly Species[],
  c: Float64Array,
  { nodes: n, pore, volume }: Pick<PorousNet, 'nodes' | 'pore' | 'volume'>,
  walls: number,
  units: ReducedUnits | undefined,
): Notice[] {
  let [charge, charges, whole] = [0, 0, 0]
  for (let p = 0; p < n; p++) {
    whole += volume[p]
    species.forEach(({ valence }, r) => {
      charge += pore[p] * valence * c[r * n + p]
      charges += pore[p] * Math.abs(valence) * c[r * n + p]
    })
  }
  charge += walls * whole
  if (Math.abs(charge) <= OF_MESH * charges) return []
  return [
    {
      level: 'info',
      message: t(
        'Ions of the start and walls carry {charge} of charge in the mean, and no side holds the potential, which exists only for a neutral film: the mean charge is projected out.',
        { charge: inWords(charge / whole, MILLIMOLAR, units) },
      ),
      advice: [t('write a start that is neutral in the mean, with the walls'), t('use reservoirs or electrodes')],
    },
  ]
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
