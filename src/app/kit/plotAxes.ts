/** Limits and ticks of the axes of a chart on the screen. */
import { number } from '../../words.ts'
import { tickLabels, ticks } from '../ground/format.ts'
import { type Chart, type ChartAxis, ordinate } from './chart.ts'

export type Scale = 'x' | 'y' | 'y2'
export type Limits = [number, number]

/** Spread of values, over their size, that round-off alone makes. */
const ROUND_OFF = 1e-9
const ROOM = 0.05

/** What an axis reaches over: its own limits, or those of its lines with a little room. */
export function limitsOf(chart: Chart, scale: Scale): Limits {
  const axis = axisOf(chart, scale)
  if (axis.range) return [...axis.range]
  const read = chart.lines.filter((line) => scale === 'x' || ordinate(chart, line) === axis)
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const line of read)
    for (const value of scale === 'x' ? line.x : line.y) {
      if (value < low) low = value
      if (value > high) high = value
    }
  if (low > high) return axis.log ? [0.1, 10] : [0, 1]
  if (axis.log) return logarithmic(low, high)
  if (chart.bars && scale === 'x') return widened(low, high, 0.5 / Math.max(1, (read[0]?.x.length ?? 2) - 1))
  // Bars stand on zero.
  if (chart.bars) return [Math.min(0, low), widened(Math.min(0, low), Math.max(0, high), ROOM)[1]]
  const alike = high - low <= ROUND_OFF * Math.max(Math.abs(low), Math.abs(high))
  // A course begins somewhere; a constant lies in the middle.
  if (alike) return scale === 'x' ? [low, low + (Math.abs(low) || 1)] : [low - around(low), high + around(high)]
  const marked = read.some((line) => line.points || line.marker || line.x.length === 1)
  return scale === 'x' && !marked ? [low, high] : widened(low, high, ROOM)
}

const around = (value: number) => 0.02 * Math.abs(value) || 1

function widened(low: number, high: number, by: number): Limits {
  const room = by * (high - low || 1)
  return [low - room, high + room]
}

function logarithmic(low: number, high: number): Limits {
  const [from, to] = widened(Math.log10(low), Math.log10(high), low === high ? 0.5 : ROOM)
  return [10 ** from, 10 ** to]
}

export function axisOf(chart: Chart, scale: Scale): ChartAxis {
  if (scale === 'x') return chart.x
  return (scale === 'y2' && chart.y2) || chart.y
}

/** Limits of both axes that give them one scale in a picture of this size, px, about the middle of what they were. */
export function sameScale(x: Limits, y: Limits, [width, height]: readonly [number, number]): { x: Limits; y: Limits } {
  const length = Math.max((x[1] - x[0]) / width, (y[1] - y[0]) / height)
  const about = ([low, high]: Limits, pixels: number): Limits => {
    const middle = (low + high) / 2
    return [middle - (length * pixels) / 2, middle + (length * pixels) / 2]
  }
  return { x: about(x, width), y: about(y, height) }
}

/** Values at which an axis is marked, and what stands there; `count` is about how many have room. */
export function marksOf(axis: ChartAxis, [low, high]: Limits, count: number): { at: number; label: string }[] {
  const inside = (at: number) => at >= low - 1e-9 * (high - low) && at <= high + 1e-9 * (high - low)
  if (axis.ticks) return axis.ticks.filter(({ at }) => inside(at))
  if (axis.log) return powers(low, high, count).map((at) => ({ at, label: number(at, 3).replace(/^1·/, '') }))
  const values = ticks(low, high, count)
  const labels = new Map(tickLabels(values))
  return values.map((at) => ({ at, label: labels.get(at) ?? '' }))
}

/** Powers of ten; where there are fewer than two, 1, 2 and 5 of each. */
function powers(low: number, high: number, count: number): number[] {
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))]
  const decades = Array.from({ length: to - from + 1 }, (_, k) => from + k)
  const whole = decades.filter((k) => 10 ** k >= low && 10 ** k <= high)
  if (whole.length >= 3) {
    const step = Math.ceil(whole.length / Math.max(2, count))
    return whole.filter((_, k) => k % step === 0).map((k) => 10 ** k)
  }
  const fine = decades.flatMap((k) => [1, 2, 5].map((m) => Number(`${m}e${k}`)))
  return fine.filter((v) => v >= low && v <= high)
}
