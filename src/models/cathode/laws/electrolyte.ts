/**
 * Fluxes of a binary 1:1 electrolyte across a face, for the four forms of the electrolyte:
 *
 *     E1  Poisson-Nernst-Planck: salt c, scaled charge rho = (C+ - C-) / (2 delta²), potential psi
 *     E2  electroneutral:        i = -T F [ (D+ + D-) f c grad psi + (D+ - D-) grad c ]
 *     E3  concentrated solution: i = -T kappa [ grad Phi - nu (RT/F) (1 - t+) chi grad log c ]
 *     E4  Onsager:               i = -T [ nu (RT/F) kappa t+/c grad c + kappa grad psi- ]
 *
 * with nu = 2 for a 1:1 salt (the paper prints 1). All four carry the anions by  N- = -T D grad c - (1 - t+) i / F  (E1
 * by both ions separately), and each uses another potential: measured by lithium it is Phi = phi + offset log c.
 *
 * Units: concentrations over the reference c0, potentials in RT/F, fluxes times F in A/m², transmissibilities
 * accordingly. Conductivity times grad log c is discretised with the harmonic mean of Lambda = kappa/c and the
 * logarithmic mean of c, which keeps working where the salt runs out.
 */
import { bernoulli, bernoulliSlope } from '../../transport.ts'
import type { Salt } from './salt.ts'

export type ElectrolyteForm = 'E1' | 'E2' | 'E3' | 'E4'

export interface Electrolyte {
  form: ElectrolyteForm
  salt: Salt
  /** nu, 2 or as printed 1 (E3, E4). */
  nu: number
  /** Thermodynamic factor 1 + d log f / d log c (E3). */
  chi: number
  /** Ion diffusivities [m²/s] and delta = lambda_D / L_c (E1). */
  plus: number
  minus: number
  delta: number
}

/** Multiple of log c between the form's own potential and the one measured by lithium. E1 takes log C+ instead. */
export function offset(form: ElectrolyteForm): number {
  return form === 'E3' ? 0 : form === 'E4' ? 2 : 1
}

/** Weight of grad log c in the current beside grad phi is constant + slope * t+. */
function diffusional({ form, nu, chi }: Electrolyte): { constant: number; slope: number } {
  if (form === 'E2') return { constant: -1, slope: 2 }
  if (form === 'E4') return { constant: 0, slope: nu }
  return { constant: -nu * chi, slope: nu * chi }
}

/** Half a face: distance from the centre to the face over T times the area [m⁻¹], and the salt's properties there. */
interface Side {
  resistance: number
  distance: number
}

export interface Face {
  left: Side
  right: Side
  /** F c0 V times the area, A: anions carried by the flow. */
  flow: number
  /** Conductance that the flow is fitted to over that of the face, where it is not the same (oblique tensors). */
  fit?: number
}

/**
 * Current i and anion flux N (times F) from left to right with their derivatives with respect to c1, phi1, c2, phi2:
 * out[0] = i, out[1..4]; out[5] = N, out[6..9].
 */
export class NeutralFlux {
  private readonly salt: Salt
  private readonly constant: number
  private readonly slope: number
  /** F c0, C/m³: diffusivities to A/m. */
  private readonly charge: number
  private readonly thermal: number
  private readonly a = new Float64Array(6)
  private readonly b = new Float64Array(6)
  private readonly mean = new Float64Array(3)
  private readonly fitted = new Float64Array(4)

  /** @param charge F c0, C/m³ @param thermal RT/F, V */
  constructor(electrolyte: Electrolyte, charge: number, thermal: number) {
    this.salt = electrolyte.salt
    const { constant, slope } = diffusional(electrolyte)
    this.constant = constant
    this.slope = slope
    this.charge = charge
    this.thermal = thermal
  }

  write(face: Face, c1: number, phi1: number, c2: number, phi2: number, out: Float64Array): void {
    const { a, b, mean, fitted } = this
    this.salt.at(c1, a)
    this.salt.at(c2, b)
    const { left, right } = face
    if (!Number.isFinite(left.resistance + right.resistance)) {
      // Cut off along this axis: nothing crosses, whatever lies on both sides.
      out.fill(0, 0, 10)
      return
    }
    logarithmicMean(c1, c2, mean)
    // Conductance Lambda_harm c_lm RT/F
    const la = left.resistance / a[2]
    const lb = right.resistance / b[2]
    const G = this.thermal / (la + lb)
    const G1 = (G * la * a[3]) / (a[2] * (la + lb))
    const G2 = (G * lb * b[3]) / (b[2] * (la + lb))
    const share = left.distance / (left.distance + right.distance)
    const t = (1 - share) * a[4] + share * b[4]
    const t1 = (1 - share) * a[5]
    const t2 = share * b[5]
    const g = this.constant + this.slope * t
    const l = Math.log(c2 / c1)
    const X = phi2 - phi1 + g * l
    const K = G * mean[0]
    const i = -K * X
    out[0] = i
    out[1] = -(G1 * mean[0] + G * mean[1]) * X - K * (this.slope * t1 * l - g / c1)
    out[2] = K
    out[3] = -(G2 * mean[0] + G * mean[2]) * X - K * (this.slope * t2 * l + g / c2)
    out[4] = -K
    this.carry(face, c1, c2)
    const rest = 1 - t
    out[5] = fitted[0] - rest * i
    out[6] = fitted[1] - rest * out[1] + t1 * i
    out[7] = -rest * out[2]
    out[8] = fitted[2] - rest * out[3] + t2 * i
    out[9] = -rest * out[4]
  }

  /** Anions across a face without current, with derivatives by c1 and c2: out[0..2]. */
  still(face: Face, c1: number, c2: number, out: Float64Array): void {
    this.salt.at(c1, this.a)
    this.salt.at(c2, this.b)
    this.carry(face, c1, c2)
    out.set(this.fitted.subarray(0, 3))
  }

  /** Diffusion, exponentially fitted to the flow, between the salts in `a` and `b`: the same into `fitted`. */
  private carry({ left, right, flow, fit = 1 }: Face, c1: number, c2: number): void {
    const { a, b, fitted, charge } = this
    const da = left.resistance / a[0]
    const db = right.resistance / b[0]
    const D = charge / (da + db)
    const D1 = (D * da * a[1]) / (a[0] * (da + db))
    const D2 = (D * db * b[1]) / (b[0] * (da + db))
    fitFlow(fit * D, flow, c1, c2, fitted)
    if (fit !== 1) besideFitted(fit, D, c1, c2, fitted)
    fitted[1] += fitted[3] * D1
    fitted[2] += fitted[3] * D2
  }
}

/** D (B(-P) c1 - B(P) c2), P = flow / D: value, derivatives by c1, c2 and D into out. */
function fitFlow(D: number, flow: number, c1: number, c2: number, out: Float64Array): void {
  if (flow === 0) {
    out[0] = D * (c1 - c2)
    out[1] = D
    out[2] = -D
    out[3] = c1 - c2
    return
  }
  const P = flow / D
  const [forth, back] = [bernoulli(-P), bernoulli(P)]
  out[0] = D * (forth * c1 - back * c2)
  out[1] = D * forth
  out[2] = -D * back
  out[3] = (forth + P * bernoulliSlope(-P)) * c1 - (back - P * bernoulliSlope(P)) * c2
}

/** From a flow fitted to another conductance `fit D`: the same with what diffuses across D. */
function besideFitted(fit: number, D: number, c1: number, c2: number, out: Float64Array): void {
  const more = (1 - fit) * D
  out[0] += more * (c1 - c2)
  out[1] += more
  out[2] -= more
  out[3] = fit * out[3] + (1 - fit) * (c1 - c2)
}

/** (c2 - c1) / log(c2 / c1) and its derivatives. Writes [value, d/dc1, d/dc2] into out. */
function logarithmicMean(c1: number, c2: number, out: Float64Array): void {
  const r = c2 / c1 - 1
  if (Math.abs(r) < 1e-4) {
    const d = c2 - c1
    const m = 0.5 * (c1 + c2)
    out[0] = m - (d * d) / (12 * m)
    out[1] = 0.5 + d / (6 * m)
    out[2] = 0.5 - d / (6 * m)
    return
  }
  const l = Math.log1p(r)
  const value = (c2 - c1) / l
  out[0] = value
  out[1] = (value / c1 - 1) / l
  out[2] = (1 - value / c2) / l
}

/**
 * E1: fluxes of both ions (times F) from left to right with their derivatives with respect to C1, psi1, C2, psi2:
 * out[0] = N, out[1..4].
 * @param D diffusivity, m²/s
 * @param valence +1 or -1
 */
export function ionFlux(
  face: Face,
  D: number,
  charge: number,
  valence: number,
  C1: number,
  psi1: number,
  C2: number,
  psi2: number,
  mean: Float64Array,
  out: Float64Array,
): void {
  const G = (charge * D) / (face.left.resistance + face.right.resistance)
  logarithmicMean(C1, C2, mean)
  const fall = valence * (psi2 - psi1)
  out[0] = -G * (C2 - C1 + mean[0] * fall)
  out[1] = -G * (-1 + mean[1] * fall)
  out[2] = G * valence * mean[0]
  out[3] = -G * (1 + mean[2] * fall)
  out[4] = -G * valence * mean[0]
}
