/** Voltage of a battery against what it has given, and what is read off it. Display units. */

import { msg } from '../../language/language.ts'
import { timeUnit } from '../ground/format.ts'
import type { Chart, ChartAxis, Dash, Line } from '../kit/chart.ts'
import type { Plot } from '../store/plots.ts'
import type { Quantity, Track } from '../store/track.ts'
import { differential } from './dqdv.ts'

/** A track as it is to be drawn. */
export interface Drawn {
  name: string
  track: Track
  colour?: string
  dash?: Dash
  /** A run from before. */
  faint?: boolean
  /** Points that were measured. */
  measured?: boolean
}

interface Side {
  quantity: Quantity
  title: string
  factor: number
}

const VOLTAGE: Side = { quantity: 'voltage', title: `${msg('voltage')} (V)`, factor: 1 }
/** The cathodic current of a discharge points down. */
const CURRENT: Side = { quantity: 'current', title: msg('current, cathodic negative (A/m²)'), factor: -1 }
/** C/kg over this are mAh/g, C/m² over this are Ah/m². */
const HOUR = 3600

/** The first of `tracks` is that of now. */
export function dischargeChart(plot: Plot, tracks: readonly Drawn[]): Chart | undefined {
  const [now] = tracks
  if (!now) return undefined
  if (plot === 'dqdv') return differentialChart(tracks)
  const [x, y] = sides(plot, tracks)
  const lines = tracks.flatMap((drawn) => line(drawn, x, y))
  const rest = now.track.open_circuit
  if (rest && y === VOLTAGE)
    lines.push(
      ...line({ name: msg('open circuit'), track: { ...now.track, voltage: rest }, dash: 'dot' }, x, y).map((l) => ({
        ...l,
        muted: true,
      })),
    )
  return { name: `discharge-${plot}`, x: axis(x), y: axis(y), lines }
}

function sides(plot: Exclude<Plot, 'dqdv'>, tracks: readonly Drawn[]): [Side, Side] {
  switch (plot) {
    case 'capacity':
      return [{ quantity: 'capacity', title: `${msg('capacity')} (Ah/m²)`, factor: HOUR }, VOLTAGE]
    case 'specific':
      return [{ quantity: 'specific', title: `${msg('capacity')} (mAh/g)`, factor: HOUR }, VOLTAGE]
    case 'time': {
      const { unit, factor } = timeUnit(Math.max(0, ...tracks.map(({ track }) => track.time?.at(-1) ?? 0)))
      return [{ quantity: 'time', title: `${msg('time')} (${unit})`, factor }, VOLTAGE]
    }
    case 'current':
      return [sides('time', tracks)[0], { ...CURRENT, title: `${msg('current')} (A/m²)`, factor: 1 }]
    case 'voltammogram':
      return [VOLTAGE, CURRENT]
    default:
      return [{ quantity: plot, title: plot, factor: 1 }, VOLTAGE]
  }
}

const axis = ({ title }: Side): ChartAxis => ({ title })

function line({ name, track, colour, dash, faint, measured }: Drawn, x: Side, y: Side): Line[] {
  const [xs, ys] = [track[x.quantity], track[y.quantity]]
  if (!xs || !ys) return []
  const look = measured ? { points: true, hollow: true, fine: true, muted: true } : { colour, dash, faint }
  return [{ name, x: xs.map((v) => v / x.factor), y: ys.map((v) => v / y.factor), ...look }]
}

function differentialChart(tracks: readonly Drawn[]): Chart {
  let clipped = false
  const lines = tracks.flatMap(({ name, track, colour, dash, faint, measured }) => {
    const segments = differential(track)
    clipped ||= segments.some((s) => s.clipped)
    // One line for all segments, each from zero to zero.
    const x = segments.flatMap((s) => [s.voltage[0], ...s.voltage, s.voltage[s.voltage.length - 1]])
    const y = segments.flatMap((s) => [0, ...s.slope.map((v) => v / HOUR), 0])
    return x.length > 0 ? [{ name, x, y, colour, dash, faint, muted: measured }] : []
  })
  return {
    name: 'discharge-dqdv',
    x: { title: `${msg('voltage')} (V)` },
    y: { title: msg('dQ/dV (Ah/(m² V)), discharge negative') },
    lines,
    note: clipped
      ? msg('Spikes of plateaus are clipped: there the whole charge would pass in less than 5 mV.')
      : undefined,
  }
}

/** How the material is filled: the part of the particles in each of `bins` equal ranges. */
export function fillingChart(fillings: ArrayLike<number>, bins = 20): Chart {
  const counts = new Float64Array(bins)
  let total = 0
  for (let i = 0; i < fillings.length; i++) {
    const y = fillings[i]
    if (Number.isNaN(y)) continue
    counts[Math.max(0, Math.min(bins - 1, Math.floor(y * bins)))] += 1
    total += 1
  }
  return {
    name: 'fillings',
    x: { title: msg('filling'), range: [0, 1] },
    y: { title: msg('share of the active material (%)') },
    bars: true,
    lines: [
      {
        name: msg('now'),
        x: Array.from(counts, (_, k) => (k + 0.5) / bins),
        y: Array.from(counts, (n) => (total > 0 ? (100 * n) / total : 0)),
      },
    ],
  }
}
