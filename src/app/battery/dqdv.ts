/**
 * dQ/dV of a track: the charge that passes while the voltage crosses a bin of 1 mV, over its width. A track is cut into
 * segments of one direction of the current; between two of its points the voltage is monotone, so that a voltage that
 * goes back and forth adds up what it passes. A plateau is a spike, clipped at the slope with which all charge of the
 * segment would pass in 5 mV. Charge counts positive, discharge negative.
 */
import type { Track } from '../store/track.ts'

export const BIN = 1e-3
/** V: the narrowest plateau that is not clipped. */
const CLIP = 5e-3
/** Currents below this part of the largest are rests. */
const REST = 1e-3

export interface Segment {
  /** Bins from the lowest to the highest voltage crossed: their centres, V. */
  voltage: number[]
  /** C/(m² V). */
  slope: number[]
  direction: 'charge' | 'discharge'
  clipped: boolean
}

export function differential({ voltage, capacity, current }: Track): Segment[] {
  if (!voltage || !capacity || !current) return []
  const threshold = REST * current.reduce((most, I) => Math.max(most, Math.abs(I)), 0)
  const direction = (i: number) => (Math.abs(current[i]) <= threshold ? 0 : Math.sign(current[i]))
  const segments: Segment[] = []
  for (let from = 0; from < voltage.length; ) {
    let to = from + 1
    while (to < voltage.length && direction(to) === direction(from)) to++
    if (direction(from) !== 0 && to - from > 1) segments.push(segment(voltage, capacity, from, to))
    from = to
  }
  return segments
}

function segment(voltage: readonly number[], capacity: readonly number[], from: number, to: number): Segment {
  const part = voltage.slice(from, to)
  const low = Math.floor(Math.min(...part) / BIN)
  const bins = new Float64Array(Math.floor(Math.max(...part) / BIN) - low + 1)
  for (let i = from + 1; i < to; i++) {
    const charge = Math.abs(capacity[i] - capacity[i - 1])
    spread(voltage[i - 1] / BIN - low, voltage[i] / BIN - low, charge, bins)
  }
  const passed = bins.reduce((sum, q) => sum + q, 0)
  const limit = passed / CLIP
  const falling = voltage[to - 1] < voltage[from]
  const sign = capacity[to - 1] < capacity[from] ? 1 : -1
  const slope = Array.from(bins, (q) => sign * Math.min(q / BIN, limit))
  const centres = slope.map((_, k) => (low + k + 0.5) * BIN)
  return {
    // In the order in which they were crossed.
    voltage: falling ? centres.reverse() : centres,
    slope: falling ? slope.reverse() : slope,
    direction: sign > 0 ? 'charge' : 'discharge',
    clipped: bins.some((q) => q / BIN > limit),
  }
}

/** Adds an amount to the bins between two positions (in bins), in proportion to what they have of each. */
function spread(a: number, b: number, amount: number, bins: Float64Array): void {
  const [low, high] = a < b ? [a, b] : [b, a]
  const last = bins.length - 1
  if (high - low < 1e-9) {
    bins[Math.min(last, Math.floor(low))] += amount
    return
  }
  for (let k = Math.floor(low); k <= Math.min(last, Math.floor(high)); k++) {
    const shared = Math.min(high, k + 1) - Math.max(low, k)
    if (shared > 0) bins[k] += (amount * shared) / (high - low)
  }
}
