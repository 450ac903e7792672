/** What is drawn beside the lines of a chart: the zero line, vertical marks with their names, and how wide numbers are. */
import type uPlot from 'uplot'
import { SERIES } from '../ground/colours.ts'
import type { Chart } from './chart.ts'

export interface Look {
  theme: 'light' | 'dark'
  /** Height of the letters, px. */
  size: number
  /** Width of the lines, px. */
  width: number
}

export function drawZero(u: uPlot, chart: Chart): void {
  const { min, max } = u.scales.y
  if (chart.y.log || min === undefined || max === undefined || !(min < 0 && max > 0)) return
  const { left, width } = u.bbox
  const at = Math.round(u.valToPos(0, 'y', true))
  stroke(u, paint('--muted'), [], () => {
    u.ctx.moveTo(left, at)
    u.ctx.lineTo(left + width, at)
  })
}

/** Vertical marks with their names; neighbours carry theirs at different heights. */
export function drawMarks(u: uPlot, chart: Chart, { theme, size }: Look): void {
  const { left, top, width, height } = u.bbox
  chart.marks?.forEach((mark, k) => {
    const at = Math.round(u.valToPos(mark.x, 'x', true))
    if (at < left || at > left + width) return
    stroke(u, SERIES[theme][1], [2, 2], () => {
      u.ctx.moveTo(at, top)
      u.ctx.lineTo(at, top + height)
    })
    const { ctx } = u
    ctx.save()
    ctx.translate(at - 2, top + height - ((k % 4) * height) / 4 - 2)
    ctx.rotate(-Math.PI / 2)
    ctx.fillStyle = SERIES[theme][1]
    // What follows an underscore is an index.
    let along = 0
    mark.label.split('_').forEach((text, part) => {
      ctx.font = `${(part ? size - 4 : size - 2) * devicePixelRatio}px system-ui, sans-serif`
      ctx.fillText(text, along, part ? 0 : -2 * devicePixelRatio)
      along += ctx.measureText(text).width
    })
    ctx.restore()
  })
}

/** A colour of the page. */
export function paint(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim()
}

/** Width of the widest of these numbers, px. */
export function widest({ ctx }: uPlot, values: readonly string[] | null, font: string): number {
  ctx.save()
  ctx.font = font
  const width = Math.max(0, ...(values ?? []).map((value) => ctx.measureText(value).width))
  ctx.restore()
  return Math.ceil(width)
}

function stroke({ ctx }: uPlot, colour: string, dash: number[], path: () => void): void {
  ctx.save()
  ctx.beginPath()
  ctx.strokeStyle = colour
  ctx.lineWidth = devicePixelRatio
  ctx.setLineDash(dash.map((length) => length * devicePixelRatio))
  path()
  ctx.stroke()
  ctx.restore()
}
