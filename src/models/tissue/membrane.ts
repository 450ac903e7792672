/**
 * The membrane law of the tissue family, used at every membrane node of the homogenized and of the resolved model, in
 * the resting state and in the current-voltage curves. Positive currents leave the cell. SI throughout.
 *
 *     E_i  = (RT / z_i F) ln(C_iE / C_iI)                              Nernst potential
 *     I_p  = sum_k Imax_k [Na_I/(Na_I+KNa_k)]^3 [K_E/(K_E+KK_k)]^2     Na/K pump, 3 Na out for 2 K in
 *     I_i  = G_i (V - E_i) + (3, -2, 0)_i I_p                          ionic currents, A/m²
 *     f_i  = (I_i + lambda_i I_cap) / (z_i F)                          ion flux I -> E, mol/(m² s)
 *
 * with lambda the same on both sides of the membrane (that is what conserves each ion). Optional gates (beyond the
 * paper; persistent Na and delayed-rectifier K as ohmic equivalents, rates in 1/s, potential in mV):
 *
 *     G_Na += g_NaP m² h,  G_K += g_KDR n²,  m and n instantaneous,  dh/dt = a_h (1 - h) - b_h h
 *
 * A second option beyond the paper replaces the ohmic lines by Goldman-Hodgkin-Katz currents,
 *
 *     I_i = P_i z_i F [ B(-w) C_iI - B(w) C_iE ],   w = z_i F V / RT,  B(x) = x / (e^x - 1)
 *
 * with P_i proportional to G_i and matched to the ohmic current in the resting state, which is therefore the same.
 *
 * Source: Xiao et al. 2023, eqs. (3)-(5); pump after Gao et al. 2000; gates after Mori 2015 as read in published code.
 */
import { present } from '../../present.ts'
import { FARADAY, inverseThermalVoltage } from '../constants.ts'
import type { MembraneCurrents } from './membraneCurrents.ts'

export interface PumpSite {
  /** Maximal current, A/m². */
  maximum: number
  /** Half-saturation of Na inside and K outside, mol/m³. */
  sodium: number
  potassium: number
}

export interface MembraneParameters {
  temperature: number
  /** Na, K, Cl, S/m². */
  conductance: readonly [number, number, number]
  pump: readonly PumpSite[]
  /** Share of each ion in the capacitive current; sums to 1. */
  share: readonly [number, number, number]
  /** F/m². */
  capacitance: number
  /** Maximal gated conductances, S/m²; undefined without gates. */
  gates?: { sodium: number; potassium: number }
}

/** What may vary from node to node and in time: factors and additions painted by stimuli and heterogeneity. */
export interface Modulation {
  pump: number
  /** Replaces the conductances, S/m². */
  sodium: number
  potassium: number
  chloride: number
}

/** The state in which Goldman-Hodgkin-Katz permeabilities are matched: [inside, outside] of each ion, and V. */
export interface Reference {
  sodium: readonly [number, number]
  potassium: readonly [number, number]
  chloride: readonly [number, number]
  v: number
}

const MV = 1e-3

export class Membrane {
  readonly parameters: MembraneParameters
  /** F/RT, 1/V. */
  readonly f: number
  /** Where Goldman-Hodgkin-Katz currents are matched; undefined for ohmic ones. */
  readonly reference: Reference | undefined

  /** Goldman-Hodgkin-Katz: P_i F / G_i of Na, K, Cl [V m³/mol]; undefined for ohmic currents. */
  private readonly permeability: readonly number[] | undefined

  /** @param reference switches to Goldman-Hodgkin-Katz currents matched in that state */
  constructor(parameters: MembraneParameters, reference?: Reference) {
    this.parameters = parameters
    this.f = inverseThermalVoltage(parameters.temperature)
    this.reference = reference
    if (reference) {
      const { v, sodium, potassium, chloride } = reference
      this.permeability = [this.match(1, sodium, v), this.match(1, potassium, v), this.match(-1, chloride, v)]
    }
  }

  /** Nernst potential of an ion, V. */
  nernst(valence: number, inside: number, outside: number): number {
    return Math.log(outside / inside) / (valence * this.f)
  }

  /** Uniform modulation: the membrane as the parameters describe it. */
  unmodulated(): Modulation {
    const [sodium, potassium, chloride] = this.parameters.conductance
    return { pump: 1, sodium, potassium, chloride }
  }

  /** Steady value of the gate h at V (V). */
  steadyGate(v: number): number {
    const [a, b] = gateRates(v / MV)
    return a / (a + b)
  }

  /**
   * Evaluates the law at one point.
   * @param sI,kI,cI,sE,kE,cE concentrations of Na, K, Cl inside and outside, mol/m³ (NaN results if not positive)
   * @param v membrane potential phi_I - phi_E, V
   * @param h gate (ignored without gates)
   */
  evaluate(
    sI: number,
    kI: number,
    cI: number,
    sE: number,
    kE: number,
    cE: number,
    v: number,
    h: number,
    modulation: Modulation,
    out: MembraneCurrents,
  ): void {
    const { f } = this
    const { pump, gates } = this.parameters
    let gNa = modulation.sodium
    let gK = modulation.potassium
    const gCl = modulation.chloride
    let gNaByV = 0
    let gKByV = 0
    let gNaByH = 0
    if (gates) {
      const x = v / MV
      const m = 1 / (1 + Math.exp(-(0.143 * x + 5.67)))
      gNa += gates.sodium * m * m * h
      gNaByH = gates.sodium * m * m
      gNaByV = (gates.sodium * h * 2 * m * m * (1 - m) * 0.143) / MV
      const [n, nByX] = delayedRectifier(x)
      gK += gates.potassium * n * n
      gKByV = (gates.potassium * 2 * n * nByX) / MV
      const [a, b, aByX, bByX] = gateRates(x)
      out.gateRate = a * (1 - h) - b * h
      out.gateByGate = -(a + b)
      out.gateByV = (aByX * (1 - h) - bByX * h) / MV
    }
    let rate = 0
    let rateByNa = 0
    let rateByK = 0
    if (modulation.pump !== 0) {
      for (const site of pump) {
        if (site.maximum === 0) continue
        const na = sI / (sI + site.sodium)
        const k = kE / (kE + site.potassium)
        const i = modulation.pump * site.maximum * na * na * na * k * k
        rate += i
        rateByNa += (i * 3 * site.sodium) / (sI * (sI + site.sodium))
        rateByK += (i * 2 * site.potassium) / (kE * (kE + site.potassium))
      }
    }
    out.pump = rate
    if (this.permeability) {
      this.constantField(sI, kI, cI, sE, kE, cE, v, gNa, gK, gCl, gNaByV, gKByV, gNaByH, out)
      out.sodium += 3 * rate
      out.potassium -= 2 * rate
      out.sodiumBySodiumI += 3 * rateByNa
      out.sodiumByPotassiumE = 3 * rateByK
      out.potassiumBySodiumI = -2 * rateByNa
      out.potassiumByPotassiumE -= 2 * rateByK
      return
    }
    const dNa = v - Math.log(sE / sI) / f
    const dK = v - Math.log(kE / kI) / f
    const dCl = v + Math.log(cE / cI) / f
    out.sodium = gNa * dNa + 3 * rate
    out.sodiumBySodiumI = gNa / (f * sI) + 3 * rateByNa
    out.sodiumBySodiumE = -gNa / (f * sE)
    out.sodiumByPotassiumE = 3 * rateByK
    out.sodiumByV = gNa + gNaByV * dNa
    out.sodiumByGate = gNaByH * dNa
    out.potassium = gK * dK - 2 * rate
    out.potassiumBySodiumI = -2 * rateByNa
    out.potassiumByPotassiumI = gK / (f * kI)
    out.potassiumByPotassiumE = -gK / (f * kE) - 2 * rateByK
    out.potassiumByV = gK + gKByV * dK
    out.chloride = gCl * dCl
    out.chlorideByChlorideI = -gCl / (f * cI)
    out.chlorideByChlorideE = gCl / (f * cE)
    out.chlorideByV = gCl
  }

  /** P F / G such that the constant-field current equals G (V - E) at the reference. */
  private match(z: number, [inside, outside]: readonly [number, number], v: number): number {
    const w = z * this.f * v
    const drive = v - this.nernst(z, inside, outside)
    const unit = z * (bernoulli(-w)[0] * inside - bernoulli(w)[0] * outside)
    if (Math.abs(drive) > 1e-7) return drive / unit
    // At its own equilibrium the ion carries no current: match slopes.
    return 1 / (this.f * (-bernoulli(-w)[1] * inside - bernoulli(w)[1] * outside))
  }

  private constantField(
    sI: number,
    kI: number,
    cI: number,
    sE: number,
    kE: number,
    cE: number,
    v: number,
    gNa: number,
    gK: number,
    gCl: number,
    gNaByV: number,
    gKByV: number,
    gNaByH: number,
    out: MembraneCurrents,
  ): void {
    const [pNa, pK, pCl] = present(this.permeability, 'the reference of constant-field currents')
    const { f } = this
    // B(-w), B(w) at w = f V serve the cations; chloride has w = -f V, which swaps them.
    const [up, upBy] = bernoulli(-f * v)
    const [down, downBy] = bernoulli(f * v)
    const na = pNa * (up * sI - down * sE)
    const k = pK * (up * kI - down * kE)
    out.sodium = gNa * na
    out.sodiumBySodiumI = gNa * pNa * up
    out.sodiumBySodiumE = -gNa * pNa * down
    out.sodiumByV = gNa * pNa * f * (-upBy * sI - downBy * sE) + gNaByV * na
    out.sodiumByGate = gNaByH * na
    out.potassium = gK * k
    out.potassiumByPotassiumI = gK * pK * up
    out.potassiumByPotassiumE = -gK * pK * down
    out.potassiumByV = gK * pK * f * (-upBy * kI - downBy * kE) + gKByV * k
    out.chloride = -gCl * pCl * (down * cI - up * cE)
    out.chlorideByChlorideI = -gCl * pCl * down
    out.chlorideByChlorideE = gCl * pCl * up
    out.chlorideByV = -gCl * pCl * f * (downBy * cI + upBy * cE)
  }

  /** Molar flux I -> E of each ion for given currents and capacitive current: (I_i + lambda_i I_cap)/(z_i F). */
  fluxes(currents: MembraneCurrents, capacitive: number): [number, number, number] {
    const [a, b, c] = this.parameters.share
    return [
      (currents.sodium + a * capacitive) / FARADAY,
      (currents.potassium + b * capacitive) / FARADAY,
      -(currents.chloride + c * capacitive) / FARADAY,
    ]
  }
}

/** a_h, b_h [1/s] and their derivatives with respect to x = V in mV. Exponents are clipped far outside [-150, 100] mV. */
function gateRates(x: number): [number, number, number, number] {
  const a = 5.12e-3 * Math.exp(clip(-(0.056 * x + 2.94)))
  const e = Math.exp(clip(-(0.2 * x + 8)))
  const b = 0.16 / (1 + e)
  return [a, b, -0.056 * a, (0.2 * b * e) / (1 + e)]
}

/** n = a_n/(a_n + b_n) and dn/dx, x = V in mV; a_n has its limit 80/s at x = -34.9. */
function delayedRectifier(x: number): [number, number] {
  const u = 0.2 * (x + 34.9)
  let a: number
  let aByU: number
  if (Math.abs(u) < 1e-5) {
    a = 80 * (1 + u / 2)
    aByU = 40
  } else {
    const e = Math.exp(clip(-u))
    a = (80 * u) / (1 - e)
    aByU = 80 / (1 - e) - (80 * u * e) / (1 - e) ** 2
  }
  const b = 250 * Math.exp(clip(-(0.025 * x + 1.25)))
  const s = a + b
  return [a / s, (0.2 * aByU * b + 0.025 * a * b) / (s * s)]
}

/** B(x) = x/(e^x - 1) and its derivative. */
function bernoulli(x: number): [number, number] {
  if (Math.abs(x) < 1e-3) return [1 - x / 2 + (x * x) / 12, -0.5 + x / 6 - (x * x * x) / 180]
  const e = Math.expm1(x)
  return [x / e, (e - x * (e + 1)) / (e * e)]
}

function clip(exponent: number): number {
  return Math.min(50, Math.max(-50, exponent))
}
