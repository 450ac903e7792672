/** The laws of an active material, from the parameters. */
import { FARADAY, inverseThermalVoltage } from '../../constants.ts'
import type { Kind, Material, SolidLaw, Tensor2 } from '../equations/setting.ts'
import { bazant, butlerVolmer, doyle, linear, type RateLaw } from '../laws/kinetics.ts'
import type { CathodeValues } from '../parameters/index.ts'
import { secondParameters } from '../parameters/second.ts'
import { startFilling } from './start.ts'

/** A front has the width 1.04 sqrt(kappa_g / (c_sm RT)). */
export const FRONT = 1.04

/** The parameters with those of the second material in the places of those of the first. */
export function ofSecond(v: CathodeValues): CathodeValues {
  const own = secondParameters.map(({ name }) => [name.replace(/_2$/, ''), v[name]])
  return { ...v, ...Object.fromEntries(own) }
}

/**
 * @param kinds of its particles, the first of which lithium may cross
 * @param Ms its tensor of lithium
 * @param length of the cathode, m
 */
export function materialFrom(
  v: CathodeValues,
  { kinds }: { kinds: readonly Kind[] },
  Ms: Tensor2,
  length: number,
): Material {
  return {
    filling0: startFilling(v),
    sites: v.c_sm,
    kinetics: kineticsOf(v),
    standard: v.V0,
    omega: v.Omega,
    solid: solidOf(v, length, Ms[0], kinds[0].q),
    Ms,
  }
}

function kineticsOf(v: CathodeValues): RateLaw {
  switch (v.kinetics) {
    case 'doyle':
      return doyle({
        k: v.k_doyle,
        sites: v.c_sm,
        largest: v.c_pm,
        reference: v.c0,
        anodic: 1 - v.alpha,
        printed: v.alpha_sm === 'exponent',
      })
    case 'linear':
      return linear(v.i0)
    case 'constant':
      return butlerVolmer(v.i0, v.alpha)
  }
  return bazant(v.k0, v.alpha)
}

function solidOf(v: CathodeValues, length: number, Ms: number, q: number): SolidLaw {
  const thermal = 1 / inverseThermalVoltage(v.temperature)
  let gradient = 0
  if (Ms > 0 && v.gradient === 'width') gradient = ((v.front_width * length) / FRONT) ** 2
  if (Ms > 0 && v.gradient === 'given') gradient = (v.kappa_g * Ms) / (q * v.c_sm * FARADAY * thermal)
  return {
    law: v.solid,
    diffusivity: v.D_s,
    mobility: v.mobility,
    omega: v.energy === 'printed' ? v.Omega_f : v.Omega,
    gradient,
  }
}
