/** Lines, marks and bars of a chart as paths of the plot. */
import type uPlot from 'uplot'
import type { Dash, Line, Marker } from './chart.ts'
import type { Scale } from './plotAxes.ts'

/** Lengths of dashes and gaps, px. */
export const DASHES: Record<Dash, readonly number[]> = {
  dot: [2, 2],
  dash: [6, 4],
  dashdot: [6, 3, 2, 3],
  longdash: [10, 4],
  longdashdot: [10, 3, 2, 3],
}

/** Part of the distance of two bars that is filled. */
const BAR = 0.85

/** uPlot's flags: the clip holds for filling and for stroking. */
const CLIPPED = 3

/** Points are joined in their order, whichever way they go; what falls on the same pixel is drawn once. */
export function joined(line: () => Line, scale: Scale): uPlot.Series.PathBuilder {
  return (u) => {
    const { x, y } = line()
    const stroke = new Path2D()
    let [left, top] = [Number.NaN, Number.NaN]
    for (let i = 0; i < x.length; i++) {
      const [px, py] = [u.valToPos(x[i], 'x', true), u.valToPos(y[i], scale, true)]
      if (Math.abs(px - left) < 0.4 && Math.abs(py - top) < 0.4 && i < x.length - 1) continue
      if (i === 0) stroke.moveTo(px, py)
      else stroke.lineTo(px, py)
      left = px
      top = py
    }
    return { stroke, fill: null, clip: null, flags: 0 }
  }
}

/** Bars about their abscissae, those of several lines beside each other. */
export function bars(line: () => Line, place: number, count: number): uPlot.Series.PathBuilder {
  return (u) => {
    const { x, y } = line()
    const fill = new Path2D()
    const foot = u.valToPos(0, 'y', true)
    const gap = x.length > 1 ? u.valToPos(x[1], 'x', true) - u.valToPos(x[0], 'x', true) : u.bbox.width / 2
    const width = (gap * BAR) / count
    x.forEach((value, i) => {
      const top = u.valToPos(y[i], 'y', true)
      const left = u.valToPos(value, 'x', true) - (gap * BAR) / 2 + place * width
      fill.rect(left, Math.min(top, foot), Math.max(1, width - 1), Math.abs(foot - top))
    })
    return { stroke: null, fill, clip: null, flags: 0 }
  }
}

/** A mark at every point. */
export function markers(line: () => Line, scale: Scale, size: number): uPlot.Series.PathBuilder {
  return (u) => {
    const { x, y, marker = 'circle' } = line()
    const path = new Path2D()
    const r = (size / 2) * devicePixelRatio
    x.forEach((value, i) => {
      mark(path, marker, u.valToPos(value, 'x', true), u.valToPos(y[i], scale, true), r)
    })
    const { left, top, width, height } = u.bbox
    const clip = new Path2D()
    clip.rect(left - r, top - r, width + 2 * r, height + 2 * r)
    return { stroke: path, fill: path, clip, flags: CLIPPED }
  }
}

function mark(path: Path2D, marker: Marker, x: number, y: number, r: number): void {
  if (marker === 'circle') {
    path.moveTo(x + r, y)
    path.arc(x, y, r, 0, 2 * Math.PI)
    return
  }
  const corners: Record<Exclude<Marker, 'circle'>, readonly [number, number][]> = {
    square: [
      [-0.9, -0.9],
      [0.9, -0.9],
      [0.9, 0.9],
      [-0.9, 0.9],
    ],
    diamond: [
      [0, -1.2],
      [1.2, 0],
      [0, 1.2],
      [-1.2, 0],
    ],
    'triangle-up': [
      [0, -1.1],
      [1.1, 0.8],
      [-1.1, 0.8],
    ],
  }
  corners[marker].forEach(([dx, dy], k) => {
    if (k === 0) path.moveTo(x + r * dx, y + r * dy)
    else path.lineTo(x + r * dx, y + r * dy)
  })
  path.closePath()
}
