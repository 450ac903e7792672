/** How far a measured voltage lies from that of a run: the root of the mean square over the rows that the run covers. */
import { t } from '../../language/language.ts'
import type { Plot } from '../store/plots.ts'
import type { Quantity, Track } from '../store/track.ts'

export interface Residual {
  /** V. */
  rms: number
  /** The largest deviation, V. */
  most: number
  /** Rows that were compared, and those outside of the run. */
  rows: number
  outside: number
}

/** What voltages are compared at: the abscissa of the plot, the time where that has none. */
export function abscissaOf(plot: Plot): Quantity {
  return plot === 'voltammogram' || plot === 'dqdv' || plot === 'current' ? 'time' : plot
}

/**
 * The run's voltage is linear between its points. Undefined where one of the two lacks the abscissa, where that of the run
 * turns back, or where nothing overlaps.
 */
export function residual(run: Track, measured: Track, by: Quantity): Residual | undefined {
  const [xs, us] = [run[by], run.voltage]
  const [x, u] = [measured[by], measured.voltage]
  if (!xs || !us || !x || !u || xs.length < 2) return undefined
  const forward = xs[xs.length - 1] >= xs[0] ? 1 : -1
  for (let k = 1; k < xs.length; k++) if (forward * (xs[k] - xs[k - 1]) < 0) return undefined
  let [sum, most, rows, outside] = [0, 0, 0, 0]
  for (let k = 0; k < x.length; k++) {
    if (Number.isNaN(x[k]) || Number.isNaN(u[k])) continue
    const at = between(xs, x[k], forward)
    if (at === undefined) {
      outside++
      continue
    }
    const part = xs[at + 1] === xs[at] ? 0 : (x[k] - xs[at]) / (xs[at + 1] - xs[at])
    const away = Math.abs(u[k] - us[at] - part * (us[at + 1] - us[at]))
    sum += away * away
    most = Math.max(most, away)
    rows++
  }
  return rows === 0 ? undefined : { rms: Math.sqrt(sum / rows), most, rows, outside }
}

/** The interval of an ordered list in which a value lies. */
function between(xs: readonly number[], x: number, forward: number): number | undefined {
  let [low, high] = [0, xs.length - 1]
  if (forward * (x - xs[low]) < 0 || forward * (x - xs[high]) > 0) return undefined
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (forward * (xs[middle] - x) <= 0) low = middle
    else high = middle
  }
  return low
}

const digits = (volts: number) => `${Number((1e3 * volts).toPrecision(3))} mV`

/** In words, for the note of a chart. */
export function residualNote(name: string, { rms, most, rows, outside }: Residual, by: Quantity): string {
  const values = { name, rms: digits(rms), most: digits(most), by: t(by === 'specific' ? 'capacity' : by) }
  if (outside === 0) return t('{name}: RMS {rms} against this run over {by}, at most {most}.', values)
  const share = Math.round((100 * outside) / (rows + outside))
  return t(
    '{name}: RMS {rms} against this run over {by}, at most {most}; {share} % of its rows lie outside of the run.',
    { ...values, share },
  )
}
