/** The reduced units of a porous medium whose screening is given by λ²: those in which its equations have no constants. */
import { FARADAY, GAS_CONSTANT } from '../constants.ts'
import type { MacroSpec } from '../family.ts'
import type { ReducedUnits } from '../reduced.ts'
import type { PorousValues } from './parameters.ts'

/** @returns undefined for media with sizes of their own */
export function reducedUnits(
  { screening, D_1: D, c0, temperature }: PorousValues,
  { size: [L] }: Pick<MacroSpec, 'size'>,
): ReducedUnits | undefined {
  if (screening !== 'lambda2') return undefined
  const time = L ** 2 / D
  const flux = (D * c0) / L
  const thermal = GAS_CONSTANT * temperature
  const unit = (name: string, factor: number) => ({ unit: name, factor })
  const length = unit('L', L)
  return {
    units: {
      m: length,
      µm: length,
      nm: length,
      s: unit('L²/D₁', time),
      Hz: unit('D₁/L²', 1 / time),
      'µm²/s': unit('D₁', D),
      mM: unit('c₀', c0),
      mV: unit('RT/F', thermal / FARADAY),
      'A/m²': unit('F D₁c₀/L', FARADAY * flux),
      'mol/(m² s)': unit('D₁c₀/L', flux),
      'mmol/(m² s)': unit('D₁c₀/L', flux),
      'mmol/m²': unit('c₀L', c0 * L),
      'J/m²': unit('RT c₀L', thermal * c0 * L),
      'W/m²': unit('RT D₁c₀/L', thermal * flux),
      'mS/m': unit('F²D₁c₀/(RT)', (FARADAY ** 2 * D * c0) / thermal),
      'Ω m²': unit('RT L/(F²D₁c₀)', thermal / (FARADAY ** 2 * flux)),
    },
    scales: {
      size_x: unit('m', 1),
      D_1: unit('m²/s', 1),
      c0: unit('mM', 1),
      temperature: unit('K', 1),
    },
  }
}
