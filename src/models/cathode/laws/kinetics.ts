/**
 * Reaction rates at the surface of the active material, i [A/m²] > 0 anodic (lithium leaves the solid).
 *
 * With y the filling, c the Li+ concentration over its reference, w the excess chemical potential in RT and
 * D = F (psi_s - Phi - V0) / RT (Phi measured by lithium), the overpotential is  eta = D + w + log(y/(1-y))  and
 *
 *     Doyle     i = F k c_sm c^aa (c_pm - c)^ac [ y e^(aa (D + w)) - (1 - y) e^(-ac (D + w)) ],   aa + ac = 1
 *     Bazant    i = k0 c^(1-a) [ y e^(w + (1-a) D) - (1 - y) e^(-a D) ]
 *     linear    i = i0 eta
 *     constant  i = i0 [ e^((1-a) eta) - e^(-a eta) ]
 *
 * Doyle's and Bazant's are written without logarithms, smooth for 0 <= y <= 1. Sources: M. Doyle, T. F. Fuller,
 * J. Newman, J. Electrochem. Soc. 140 (1993) 1526; M. Z. Bazant, Acc. Chem. Res. 46 (2013) 1144.
 */
import { FARADAY } from '../../constants.ts'
import { logit } from './thermodynamics.ts'

export interface RateLaw {
  /** Writes i and its derivatives with respect to c, y, D, w into out[0..4]. */
  rate(c: number, y: number, drive: number, w: number, out: Float64Array): void
  /** Exchange current density i0, A/m². */
  exchange(c: number, y: number, w: number): number
  /** c must stay below this (concentration over its reference). */
  limit: number
  /** The rate goes smoothly through y = 0 and y = 1, without logarithms. */
  smooth: boolean
}

export interface DoyleSetting {
  /** Rate constant k; k F c_sm c_pm is a current density. */
  k: number
  /** Site density of the solid, mol/m³. */
  sites: number
  /** Largest salt concentration of the polymer, mol/m³. */
  largest: number
  /** Reference concentration, mol/m³. */
  reference: number
  /** Anodic transfer coefficient. */
  anodic: number
  /** log c_sm multiplies the exponents and c_sm is missing in front, as printed in (2.28). */
  printed?: boolean
}

export function doyle({ k, sites, largest, reference, anodic, printed }: DoyleSetting): RateLaw {
  const stretch = printed ? Math.log(sites) : 1
  const front = FARADAY * k * (printed ? 1 : sites)
  const cathodic = 1 - anodic
  const prefactor = (c: number) => front * (reference * c) ** anodic * (largest - reference * c) ** cathodic
  return {
    smooth: true,
    limit: largest / reference,
    // At eta = 0, D + w = -logit(y): y e^(aa (D + w)) = y ((1 - y)/y)^aa.
    exchange: (c, y) => prefactor(c) * y ** (1 - anodic) * (1 - y) ** anodic,
    rate(c, y, drive, w, out) {
      const f = prefactor(c)
      const up = Math.exp(stretch * anodic * (drive + w))
      const down = Math.exp(-stretch * cathodic * (drive + w))
      const i = f * (y * up - (1 - y) * down)
      out[0] = i
      out[1] = i * (anodic / c - (cathodic * reference) / (largest - reference * c))
      out[2] = f * (up + down)
      out[3] = f * stretch * (anodic * y * up + cathodic * (1 - y) * down)
      out[4] = out[3]
    },
  }
}

/** @param k0 rate constant, A/m² @param alpha cathodic transfer coefficient */
export function bazant(k0: number, alpha: number): RateLaw {
  const prefactor = (c: number) => k0 * c ** (1 - alpha)
  return {
    smooth: true,
    limit: Number.POSITIVE_INFINITY,
    // At eta = 0, D = -w - logit(y): (1 - y) e^(-alpha D) = (1 - y) (e^w y/(1 - y))^alpha.
    exchange: (c, y, w) => prefactor(c) * (1 - y) ** (1 - alpha) * y ** alpha * Math.exp(alpha * w),
    rate(c, y, drive, w, out) {
      const f = prefactor(c)
      const up = Math.exp(w + (1 - alpha) * drive)
      const down = Math.exp(-alpha * drive)
      const i = f * (y * up - (1 - y) * down)
      out[0] = i
      out[1] = ((1 - alpha) * i) / c
      out[2] = f * (up + down)
      out[3] = f * ((1 - alpha) * y * up + alpha * (1 - y) * down)
      out[4] = f * y * up
    },
  }
}

/** @param i0 exchange current density, A/m² */
export function linear(i0: number): RateLaw {
  return {
    smooth: false,
    limit: Number.POSITIVE_INFINITY,
    exchange: () => i0,
    rate(_c, y, drive, w, out) {
      out[0] = i0 * (drive + w + logit(y))
      out[1] = 0
      out[2] = i0 / (y * (1 - y))
      out[3] = i0
      out[4] = i0
    },
  }
}

/** @param i0 exchange current density, A/m² @param alpha cathodic transfer coefficient */
export function butlerVolmer(i0: number, alpha: number): RateLaw {
  return {
    smooth: false,
    limit: Number.POSITIVE_INFINITY,
    exchange: () => i0,
    rate(_c, y, drive, w, out) {
      const eta = drive + w + logit(y)
      const up = Math.exp((1 - alpha) * eta)
      const down = Math.exp(-alpha * eta)
      const slope = i0 * ((1 - alpha) * up + alpha * down)
      out[0] = i0 * (up - down)
      out[1] = 0
      out[2] = slope / (y * (1 - y))
      out[3] = slope
      out[4] = slope
    },
  }
}
