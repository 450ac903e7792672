/** Axes, probes and stimuli, drawn as crisp text and lines over the picture. */

import type { Camera, Vector3 } from 'three'
import { t } from '../../language/language.ts'
import { context2d } from '../ground/canvas.ts'
import type { Pencil } from '../ground/svgContext.ts'
import type { Axis } from './view.ts'

export interface Mark {
  at: Vector3
  label: string
  colour: string
}

export interface Ring {
  at: Vector3
  /** A point on its rim. */
  rim: Vector3
  strong: boolean
}

/** Layers along x: lines between them, their names above. */
export interface Stack {
  /** One more than names: from the left end to the right one. */
  edges: readonly { from: Vector3; to: Vector3 }[]
  labels: readonly string[]
  ends: readonly [left: string, right: string]
}

export interface Ink {
  text: string
  muted: string
  accent: string
  panel: string
}

/** A line along a flow, downstream; its strength from 0 to 1. */
export interface Stream {
  at: readonly Vector3[]
  strength: number
}

/** All that lies over a picture. */
export interface Overlaid {
  axes: Axis[]
  marks: Mark[]
  rings: Ring[]
  stack?: Stack
  streams: readonly Stream[]
}

const LIGHT = '#ffffff'
const DARK = 'rgba(0, 0, 0, 0.55)'

export class Overlay {
  readonly canvas = document.createElement('canvas')
  private readonly context = context2d(this.canvas)
  /** What is drawn with now. */
  private pencil: Pencil = this.context
  private width = 1
  private height = 1
  private scale = 1

  resize(width: number, height: number, scale: number): void {
    this.width = width
    this.height = height
    this.scale = scale
    this.canvas.width = Math.round(width * scale)
    this.canvas.height = Math.round(height * scale)
  }

  /** @param into a drawing, in place of the canvas */
  draw(
    camera: Camera,
    { axes, marks, rings, stack, streams }: Overlaid,
    ink: Ink,
    fontSize: number,
    into?: Pencil,
  ): void {
    const c = into ?? this.context
    this.pencil = c
    c.setTransform(this.scale, 0, 0, this.scale, 0, 0)
    c.clearRect(0, 0, this.width, this.height)
    c.font = `${fontSize}px system-ui, sans-serif`
    for (const stream of streams) this.stream(camera, stream, fontSize)
    for (const axis of axes) this.axis(camera, axis, ink, fontSize)
    if (stack) this.stack(camera, stack, ink)
    for (const ring of rings) this.ring(camera, ring, ink)
    for (const mark of marks) this.mark(camera, mark, ink, fontSize)
  }

  private project(camera: Camera, p: Vector3): [number, number] {
    const v = p.clone().project(camera)
    return [((v.x + 1) / 2) * this.width, ((1 - v.y) / 2) * this.height]
  }

  private axis(camera: Camera, axis: Axis, ink: Ink, size: number): void {
    const c = this.pencil
    const [x0, y0] = this.project(camera, axis.from)
    const [x1, y1] = this.project(camera, axis.to)
    const middle = axis.from.clone().lerp(axis.to, 0.5)
    const [mx, my] = this.project(camera, middle)
    const [ox, oy] = this.project(camera, middle.clone().addScaledVector(axis.outward.clone().normalize(), 0.05))
    const length = Math.hypot(ox - mx, oy - my) || 1
    const [dx, dy] = [(ox - mx) / length, (oy - my) / length]
    c.strokeStyle = ink.muted
    c.lineWidth = 1
    c.beginPath()
    c.moveTo(x0, y0)
    c.lineTo(x1, y1)
    c.stroke()
    c.fillStyle = ink.muted
    c.textAlign = dx < -0.5 ? 'right' : dx > 0.5 ? 'left' : 'center'
    c.textBaseline = 'middle'
    let widest = 0
    // Two labels are apart if they are in one direction or the other.
    const [first, second] = axis.ticks
    const wide = Math.max(...axis.ticks.map(({ label }) => c.measureText(label).width)) + 0.6 * size
    const needed = Math.min(wide / Math.abs(x1 - x0), (1.2 * size) / Math.abs(y1 - y0))
    const every = second ? Math.max(1, Math.ceil(needed / (second.at - first.at))) : 1
    for (const tick of axis.ticks.filter((_, i) => i % every === 0)) {
      const x = x0 + (x1 - x0) * tick.at
      const y = y0 + (y1 - y0) * tick.at
      c.beginPath()
      c.moveTo(x, y)
      c.lineTo(x + 5 * dx, y + 5 * dy)
      c.stroke()
      c.fillText(tick.label, x + (9 + (Math.abs(dy) > 0.5 ? size * 0.35 : 0)) * dx, y + (9 + size * 0.35) * dy)
      widest = Math.max(widest, c.measureText(tick.label).width)
    }
    if (!axis.title) return
    c.fillStyle = ink.text
    const vertical = Math.abs(x1 - x0) < 1e-3 * Math.abs(y1 - y0)
    // A title longer than its short axis would run into the next one, or into the labels between them.
    if (vertical && c.measureText(axis.title).width > Math.abs(y1 - y0) + size) return
    // Beyond the labels, whichever way both lie.
    const across = vertical ? size : c.measureText(axis.title).width
    const beside = (Math.abs(dx) > 0.5 ? widest : widest / 2) + across / 2
    const reach = 9 + 1.1 * size + Math.abs(dx) * beside + Math.abs(dy) * size
    c.save()
    c.textAlign = 'center'
    c.translate(mx + dx * reach, my + dy * reach)
    if (vertical) c.rotate(-Math.PI / 2)
    c.fillText(axis.title, 0, 0)
    c.restore()
  }

  private stack(camera: Camera, stack: Stack, ink: Ink): void {
    const { edges } = stack
    const [labels, ends] = [stack.labels, stack.ends].map((words) => words.map((word) => t(word)))
    const c = this.pencil
    const lines = edges.map(({ from, to }) => [this.project(camera, from), this.project(camera, to)] as const)
    c.strokeStyle = ink.muted
    c.lineWidth = 1
    c.setLineDash([3, 3])
    for (const [from, to] of lines.slice(1, -1)) {
      c.beginPath()
      c.moveTo(...from)
      c.lineTo(...to)
      c.stroke()
    }
    c.setLineDash([])
    c.fillStyle = ink.muted
    c.textBaseline = 'bottom'
    const x = lines.map(([, to]) => to[0])
    const y = lines[0][1][1] - 3
    const [left, right] = ends.map((end) => c.measureText(end).width + 8) as [number, number]
    // The names of the ends stand inside, or on a narrow picture outside.
    const last = x[x.length - 1]
    const inside = left + right < last - x[0]
    c.textAlign = inside ? 'left' : 'right'
    c.fillText(ends[0], x[0], y)
    c.textAlign = inside ? 'right' : 'left'
    c.fillText(ends[1], last, y)
    c.textAlign = 'center'
    labels.forEach((label, i) => {
      // Between the names of the ends, where there is room.
      const from = inside ? Math.max(x[i], x[0] + left) : x[i]
      const to = inside ? Math.min(x[i + 1], last - right) : x[i + 1]
      if (c.measureText(label).width < to - from - 6) c.fillText(label, (from + to) / 2, y)
    })
  }

  private ring(camera: Camera, ring: Ring, ink: Ink): void {
    const c = this.pencil
    const [x, y] = this.project(camera, ring.at)
    const [rx, ry] = this.project(camera, ring.rim)
    c.beginPath()
    c.arc(x, y, Math.hypot(rx - x, ry - y), 0, 2 * Math.PI)
    c.strokeStyle = ink.panel
    c.lineWidth = 3
    c.globalAlpha = ring.strong ? 0.8 : 0.35
    c.stroke()
    c.setLineDash(ring.strong ? [] : [4, 4])
    c.strokeStyle = ink.accent
    c.lineWidth = 1.5
    c.stroke()
    c.setLineDash([])
    c.globalAlpha = 1
  }

  /** A light line, dark at its edges so that it is seen on every colour, with an arrow in its middle. */
  private stream(camera: Camera, { at, strength }: Stream, size: number): void {
    const c = this.pencil
    const points = at.map((p) => this.project(camera, p))
    c.globalAlpha = 0.35 + 0.65 * Math.sqrt(strength)
    for (const [colour, width] of [
      [DARK, 2.2],
      [LIGHT, 1.1],
    ] as const) {
      c.strokeStyle = colour
      c.lineWidth = width
      c.beginPath()
      points.forEach(([x, y], k) => {
        if (k === 0) c.moveTo(x, y)
        else c.lineTo(x, y)
      })
      c.stroke()
    }
    const middle = points.length >> 1
    const [[x0, y0], [x, y]] = [points[middle - 1], points[middle]]
    const length = Math.hypot(x - x0, y - y0) || 1
    const [u, v] = [((x - x0) / length) * 0.4 * size, ((y - y0) / length) * 0.4 * size]
    c.beginPath()
    c.moveTo(x + u, y + v)
    c.lineTo(x - 0.6 * u + 0.7 * v, y - 0.6 * v - 0.7 * u)
    c.lineTo(x - 0.6 * u - 0.7 * v, y - 0.6 * v + 0.7 * u)
    c.lineTo(x + u, y + v)
    c.fillStyle = LIGHT
    c.strokeStyle = DARK
    c.lineWidth = 0.8
    c.stroke()
    c.fill()
    c.globalAlpha = 1
  }

  private mark(camera: Camera, mark: Mark, ink: Ink, size: number): void {
    const c = this.pencil
    const [x, y] = this.project(camera, mark.at)
    const radius = size * 0.75
    c.beginPath()
    c.arc(x, y, radius, 0, 2 * Math.PI)
    c.fillStyle = mark.colour
    c.fill()
    c.strokeStyle = ink.panel
    c.lineWidth = 2
    c.stroke()
    c.fillStyle = ink.panel
    c.textAlign = 'center'
    c.textBaseline = 'middle'
    c.font = `600 ${size * 0.9}px system-ui, sans-serif`
    c.fillText(mark.label, x, y + 0.5)
    c.font = `${size}px system-ui, sans-serif`
  }
}
