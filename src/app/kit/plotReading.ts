/** What a chart says under the pointer. */
import { quantity } from '../ground/format.ts'
import { type Chart, type Line, ordinate, unitOf } from './chart.ts'
import type { Scale } from './plotAxes.ts'

/** Farthest that a point may lie from the pointer, and from the abscissa that is read, px. */
const REACH = 40
const BESIDE = 6

export interface Reading {
  heading: string
  rows: { line: number; name: string; value: string; left: number; top: number }[]
}

/**
 * All lines at the abscissa next to the pointer; in charts whose points stand for themselves, the point next to it.
 * @param pixel where a value of a scale is drawn, px from the left or top of the plot
 */
export function readingAt(
  chart: Chart,
  { left, top }: { left: number; top: number },
  pixel: (value: number, scale: Scale) => number,
): Reading | undefined {
  const single = chart.square || chart.lines.some((line) => line.labels)
  const nearest = chart.lines.map((line) => {
    let [best, distance] = [-1, single ? REACH : Number.POSITIVE_INFINITY]
    line.x.forEach((x, i) => {
      const dx = pixel(x, 'x') - left
      const far = single ? Math.hypot(dx, pixel(line.y[i], scaleOf(chart, line)) - top) : Math.abs(dx)
      if (far < distance) [best, distance] = [i, far]
    })
    return { line, best, distance }
  })
  const found = nearest.filter(({ best }) => best >= 0)
  const closest = found.reduce((a, b) => (b.distance < a.distance ? b : a), found[0])
  if (!closest || closest.distance > REACH) return undefined
  const x = closest.line.x[closest.best]
  const at = pixel(x, 'x')
  const read = single ? [closest] : found.filter(({ line, best }) => Math.abs(pixel(line.x[best], 'x') - at) <= BESIDE)
  return {
    heading: quantity(x, unitOf(chart.x.title)),
    rows: read.map(({ line, best }) => ({
      line: chart.lines.indexOf(line),
      name: line.labels?.[best] ?? line.name,
      value: quantity(line.y[best], unitOf(ordinate(chart, line).title)),
      left: pixel(line.x[best], 'x'),
      top: pixel(line.y[best], scaleOf(chart, line)),
    })),
  }
}

export const scaleOf = (chart: Chart, line: Line): Scale => (line.second && chart.y2 ? 'y2' : 'y')
