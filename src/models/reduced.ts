/**
 * Reduced units: numbers of a scenario that has no sizes of its own are read as multiples of its scales (its box, the
 * diffusivity of its first ion, …). States, frames and files hold SI values all the same; only what is shown differs.
 */

/** A unit as people read it. */
export interface Unit {
  /** '1' for a pure number. */
  unit: string
  /** SI value of one. */
  factor: number
}

export const SECOND: Unit = { unit: 's', factor: 1 }
export const NANOMETRE: Unit = { unit: 'nm', factor: 1e-9 }
export const MICROMETRE: Unit = { unit: 'µm', factor: 1e-6 }
export const MILLIMOLAR: Unit = { unit: 'mM', factor: 1 }
export const MILLIVOLT: Unit = { unit: 'mV', factor: 1e-3 }
export const HERTZ: Unit = { unit: 'Hz', factor: 1 }

export interface ReducedUnits {
  /** What is shown instead of a usual unit, by its name: `m`, `s`, `mM`, … */
  units: Readonly<Record<string, Unit>>
  /** Parameters and settings that the units are made of, by name: they keep a unit of their own. */
  scales: Readonly<Record<string, Unit>>
}

/** Anything with a unit, in that of the scenario. */
export function inUnits<T extends Unit>(item: T, reduced: ReducedUnits | undefined): T {
  const own = reduced?.units[item.unit]
  return own ? { ...item, ...own } : item
}

/** A value in SI as text, with that many digits, in its usual unit or in that of the scenario. */
export function inWords(value: number, usual: Unit, reduced: ReducedUnits | undefined, digits = 3): string {
  const { unit, factor } = inUnits(usual, reduced)
  return `${Number((value / factor).toPrecision(digits))} ${unit}`
}

/** A parameter in the units of the scenario; what a unit is made of in its own. */
export function parameterInUnits<T extends { name: string }>(parameter: T, reduced: ReducedUnits | undefined): T {
  const scale = reduced?.scales[parameter.name]
  if (scale) return { ...parameter, ...scale }
  return 'factor' in parameter ? inUnits(parameter as T & Unit, reduced) : parameter
}
