/**
 * Where a run starts: uniform (the resting state or given values), as it is written (models/profile.ts), or with the cosine waves of the convergence test,
 * which vary over the box and need both components of the corrector. Relative to the nominal values, on (0, L)^d:
 *
 *   Na_E: 1 + 1/4 cx cy,  K_E: 1 + 4/7 cx,  Na_I: 1 + 3/8 cy,  K_I: 1 + 5/24 cx cy,  V: 1 - 2/5 cx,   c = cos(pi x / L)
 */
import { sampler, slopes } from '../../numerics/resample.ts'
import type { MacroSpec } from '../family.ts'
import { placeIn, readFields, type WrittenField } from '../profile.ts'
import { K_E, K_I, NA_E, NA_I, V } from './layout.ts'

export interface Profile {
  /** Value of field k at a point (m). */
  value(k: number, x: ArrayLike<number>): number
  /** Its gradient into out. */
  gradient(k: number, x: ArrayLike<number>, out: Float64Array): void
}

/** The same values everywhere; `values[k]` for field k of the layout. */
export function uniform(values: readonly number[]): Profile {
  return {
    value: (k) => values[k],
    gradient: (_k, _x, out) => void out.fill(0),
  }
}

/** Relative amplitude of cx^a cy^b per field: [amplitude, a, b]. */
const WAVES: Record<number, readonly [number, number, number]> = {
  [NA_E]: [1 / 4, 1, 1],
  [K_E]: [4 / 7, 1, 0],
  [NA_I]: [3 / 8, 0, 1],
  [K_I]: [5 / 24, 1, 1],
  [V]: [-2 / 5, 1, 0],
}

/** Cosine waves around `values`; on a line, or the strip that resolves it, all vary along x. */
export function waves(values: readonly number[], macro: MacroSpec): Profile {
  const plane = (macro.strip ?? macro.dimension) > 1
  const exponents = (k: number): readonly [number, number, number] => {
    const [amplitude, a, b] = WAVES[k] ?? [0, 0, 0]
    return plane ? [amplitude, a, b] : [amplitude, 1, 0]
  }
  const cos = (x: number, k: number) => Math.cos((Math.PI * x) / macro.size[k])
  const sin = (x: number, k: number) => (Math.PI / macro.size[k]) * Math.sin((Math.PI * x) / macro.size[k])
  return {
    value(k, x) {
      const [amplitude, a, b] = exponents(k)
      return values[k] * (1 + amplitude * (a ? cos(x[0], 0) : 1) * (b ? cos(x[1], 1) : 1))
    },
    gradient(k, x, out) {
      const [amplitude, a, b] = exponents(k)
      out.fill(0)
      if (a) out[0] = -values[k] * amplitude * sin(x[0], 0) * (b ? cos(x[1], 1) : 1)
      if (b) out[1] = -values[k] * amplitude * sin(x[1], 1) * (a ? cos(x[0], 0) : 1)
    },
  }
}

/** Step of the differences that give the slope of what is written, as a part of a side. */
const STEP = 1e-5

/**
 * What is written for some fields, and `values` for the others.
 * @throws InputError for what cannot be read
 */
export function asWritten(values: readonly number[], texts: readonly WrittenField[], macro: MacroSpec): Profile {
  const { dimension, strip, size } = macro
  const own = readFields(texts, macro)
  return {
    value: (k, x) => own.get(k)?.(placeIn(macro, x)) ?? values[k],
    gradient(k, x, out) {
      out.fill(0)
      const written = own.get(k)
      if (!written) return
      const place = placeIn(macro, x)
      for (let axis = 0; axis < (strip ?? dimension); axis++) {
        const [low, high] = [Math.max(0, place[axis] - STEP), Math.min(1, place[axis] + STEP)]
        const at = (side: number) => written(place.map((p, other) => (other === axis ? side : p)))
        out[axis] = (at(high) - at(low)) / ((high - low) * size[axis])
      }
    },
  }
}

/** A homogenized state as a profile: a resolved model that joins a run starts from it. */
export function interpolated({ u, macro }: { u: Float64Array; macro: MacroSpec }): Profile {
  const { nodes, size } = macro
  const n = nodes.reduce((a, b) => a * b, 1)
  const at = sampler(nodes)
  const field = (k: number) => u.subarray(k * n, (k + 1) * n)
  const steps = new Map<number, Float64Array[]>()
  const gradients = (k: number) => {
    const known = steps.get(k) ?? nodes.map((_, axis) => slopes(field(k), nodes, size, axis))
    steps.set(k, known)
    return known
  }
  const grid = (x: ArrayLike<number>) => (axis: number) => (x[axis] / size[axis]) * (nodes[axis] - 1)
  return {
    value: (k, x) => at(field(k), grid(x)),
    gradient(k, x, out) {
      out.fill(0)
      gradients(k).forEach((slope, axis) => {
        out[axis] = at(slope, grid(x))
      })
    },
  }
}
