/** Quantities, units and ticks as people read them. */
import type { ReducedUnits, Unit } from '../../models/reduced.ts'
import { number } from '../../words.ts'

export { fixed, number } from '../../words.ts'

export function quantity(value: number, unit: string, digits = 4): string {
  return unit === '1' || unit === '' ? number(value, digits) : `${number(value, digits)} ${unit}`
}

/** Label of an axis or column, e.g. `K⁺ outside (mM)`. */
export function withUnit(label: string, unit: string): string {
  return unit === '1' || unit === '' ? label : `${label} (${unit})`
}

function pick(span: number, units: readonly (Unit & { from: number })[]): Unit {
  const { unit, factor } = units.find((u) => span >= u.from * 0.999) ?? units[units.length - 1]
  return { unit, factor }
}

/** The unit in which a length of this order (SI) reads best, or that of reduced numbers. */
export function lengthUnit(span: number, reduced?: ReducedUnits): Unit {
  return (
    reduced?.units.m ??
    pick(span, [
      { unit: 'm', factor: 1, from: 1 },
      { unit: 'mm', factor: 1e-3, from: 5e-3 },
      { unit: 'µm', factor: 1e-6, from: 1e-6 },
      { unit: 'nm', factor: 1e-9, from: 0 },
    ])
  )
}

/** The unit in which a time of this order (SI) reads best, or that of reduced numbers. */
export function timeUnit(span: number, reduced?: ReducedUnits): Unit {
  return (
    reduced?.units.s ??
    pick(span, [
      { unit: 'h', factor: 3600, from: 3 * 3600 },
      { unit: 's', factor: 1, from: 0.5 },
      { unit: 'ms', factor: 1e-3, from: 5e-4 },
      { unit: 'µs', factor: 1e-6, from: 0 },
    ])
  )
}

/** Round tick values inside [min, max]. */
export function ticks(min: number, max: number, count: number): number[] {
  if (!(max > min) || !Number.isFinite(min) || !Number.isFinite(max)) return [min]
  const raw = (max - min) / Math.max(1, count)
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= raw * 0.999) ?? power * 10
  const out: number[] = []
  for (let i = Math.ceil(min / step - 1e-9); i * step <= max + step * 1e-9; i++) {
    out.push(Number((i * step).toPrecision(12)))
  }
  return out
}

/** Values with as many digits as tell them apart; of those that only round-off tells apart, the middle one alone. */
export function tickLabels(values: readonly number[]): [number, string][] {
  for (const digits of [4, 5, 6]) {
    const labels = values.map((v): [number, string] => [v, number(v, digits)])
    if (new Set(labels.map(([, label]) => label)).size === values.length) return labels
  }
  const middle = values[Math.floor(values.length / 2)]
  return [[middle, number(middle)]]
}
