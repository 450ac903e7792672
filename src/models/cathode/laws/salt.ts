/**
 * Properties of a binary 1:1 salt as functions of its concentration c (over the reference concentration):
 * diffusivity D [m²/s], Lambda = kappa / c [S/m per reference concentration], cation transference number t+.
 *
 * For an ideal salt D = 2 D+ D- / (D+ + D-), t+ = D+ / (D+ + D-), kappa = F² c (D+ + D-) / RT.
 */
import { FARADAY } from '../../constants.ts'

export interface Salt {
  /** Writes D, dD/dc, Lambda, dLambda/dc, t+, dt+/dc into out[0..5]. */
  at(c: number, out: Float64Array): void
  /** Range of c (over the reference) outside which the data are extended, not measured. */
  fitted?: { low: number; high: number }
}

/** Diffusivities of the two ions with the given D and t+: D+ = D / (2 (1 - t+)), D- = D / (2 t+). */
export function ions(D: number, transference: number): { plus: number; minus: number } {
  return { plus: D / (2 * (1 - transference)), minus: D / (2 * transference) }
}

/** @param reference mol/m³ @param thermal RT/F, V */
export function idealSalt(plus: number, minus: number, reference: number, thermal: number): Salt {
  const sum = plus + minus
  return givenSalt((2 * plus * minus) / sum, plus / sum, (FARADAY * reference * sum) / thermal)
}

/** Constant D and t+, conductivity proportional to the concentration. @param conductivity S/m at the reference */
export function givenSalt(D: number, transference: number, conductivity: number): Salt {
  return {
    at(_c, out) {
      out[0] = D
      out[1] = 0
      out[2] = conductivity
      out[3] = 0
      out[4] = transference
      out[5] = 0
    },
  }
}

const KAPPA = [-5.0891863844e-5, 8.38645199394e-7, -5.19747901855e-10, 8.0832709407e-14] as const
/** The polynomial is negative below 63 and between 2782 and 3585 mol/m³. */
const FIT = { low: 200, high: 2200 } as const

function fittedConductivity(c: number): number {
  return 100 * (KAPPA[0] + c * (KAPPA[1] + c * (KAPPA[2] + c * KAPPA[3])))
}

/**
 * PEO with LiCF3SO3 (Doyle, Fuller, Newman 1993): constant D, polynomial conductivity, linear t+. The conductivity is
 * continued proportionally to c below 200 mol/m³ and as a constant above 2200 mol/m³, where the polynomial fails.
 * @param reference mol/m³
 */
export function polymerSalt(reference: number): Salt {
  return {
    fitted: { low: FIT.low / reference, high: FIT.high / reference },
    at(c, out) {
      const x = c * reference
      out[0] = 7.5e-12
      out[1] = 0
      if (x <= FIT.low) {
        out[2] = (fittedConductivity(FIT.low) / FIT.low) * reference
        out[3] = 0
      } else {
        const clipped = Math.min(x, FIT.high)
        const value = fittedConductivity(clipped)
        const slope = x < FIT.high ? 100 * (KAPPA[1] + clipped * (2 * KAPPA[2] + clipped * 3 * KAPPA[3])) : 0
        out[2] = (value / x) * reference
        out[3] = ((slope - value / x) / x) * reference * reference
      }
      out[4] = 0.0107907 + 1.48837e-4 * x
      out[5] = 1.48837e-4 * reference
    },
  }
}
