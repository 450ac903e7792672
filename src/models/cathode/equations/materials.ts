/** The one or two active materials of a setting, each and together. */
import { present } from '../../../present.ts'
import { openCircuit, restingTogether } from '../laws/thermodynamics.ts'
import type { CathodeSetting, Material } from './setting.ts'

/** The material of a kind. */
export function materialOf(setting: CathodeSetting, second = false): Material {
  if (second) return present(setting.second, 'the second active material')
  const { filling0, sites, kinetics, standard, omega, solid, cathode } = setting
  return { filling0, sites, kinetics, standard, omega, solid, Ms: cathode.Ms }
}

/** The materials of a cathode, the first one first. */
export function materialsOf(setting: CathodeSetting): Material[] {
  return setting.second ? [materialOf(setting), setting.second] : [materialOf(setting)]
}

/** Fraction of each material, in the order of `materialsOf`. */
export function fractionsOf({ cathode, second }: Pick<CathodeSetting, 'cathode' | 'second'>): number[] {
  if (!second) return [cathode.q]
  const part = (of: boolean) => cathode.kinds.reduce((q, kind) => q + ((kind.second ?? false) === of ? kind.q : 0), 0)
  return [part(false), part(true)]
}

/** Site density of all active material, mol/m³. */
export function meanSites(setting: Pick<CathodeSetting, 'cathode' | 'second' | 'sites'>): number {
  const { sites, second } = setting
  if (!second) return sites
  const [first, other] = fractionsOf(setting)
  return (first * sites + other * second.sites) / (first + other)
}

/** Open-circuit voltage at a mean filling of all, V. */
export function restingVoltage(setting: CathodeSetting, mean: number): number {
  const { standard, omega, thermal, second } = setting
  if (!second) return openCircuit(standard, omega, thermal, mean)
  return restingTogether(mixedOf(setting), thermal, mean).voltage
}

/** The materials as they mix: with their parts of all sites. */
export function mixedOf(setting: CathodeSetting) {
  const parts = fractionsOf(setting)
  const all = parts.reduce((sum, q) => sum + q, 0) * meanSites(setting)
  return materialsOf(setting).map((material, k) => ({ ...material, share: (parts[k] * material.sites) / all }))
}

/** Voltage at the start, V: that of the material that is neither full nor empty. */
export function openingVoltage(setting: CathodeSetting): number {
  const away = ({ filling0 }: Material) => Math.abs(filling0 - 0.5)
  const { standard, omega, filling0 } = materialsOf(setting).reduce((a, b) => (away(b) < away(a) ? b : a))
  return openCircuit(standard, omega, setting.thermal, filling0)
}

/** Salt concentration that all kinetics stay below, c0. */
export function kineticLimit(setting: CathodeSetting): number {
  return Math.min(...materialsOf(setting).map(({ kinetics }) => kinetics.limit))
}
