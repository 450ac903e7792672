/**
 * What a scenario comes to, as a small picture: a battery's voltage, a field along a line at several times, a field over a
 * plane or the middle of a box at the time when it varies most. An SVG of a few kilobytes, the same for the same numbers.
 */
import { deflateSync } from 'node:zlib'
import { interpolateViridis } from 'd3-scale-chromatic'
import { finish } from '../../src/finish.ts'
import { cardNamed } from '../../src/models/cards.ts'
import type { Frame, ModelDescription } from '../../src/simulation/frame.ts'
import type { Scenario } from '../../src/simulation/scenario.ts'
import { computeCurve, simulate } from '../../src/simulation/simulate.ts'

const WIDTH = 160
const HEIGHT = 100
const MARGIN = 8
/** Profiles that are drawn along a line, and points of each. */
const PROFILES = 6
const POINTS = 49
/** Pixels along the longer side of a plane field. */
const PIXELS = 48
const LINE = '#14808f'

export function drawResult(scenario: Scenario): string {
  const { frames, model } = runOf(scenario)
  const card = cardNamed(scenario.family)
  const experiment = card.experiments.find(({ name }) => name === scenario.experiment.name)
  const opening = experiment?.opening
  if (opening && 'curve' in opening) {
    const request = { name: opening.curve, node: 0 }
    const { traces } = finish(computeCurve(scenario, request, frames[0].checkpoint))
    return svg(traces.map(({ x, y }) => ({ x, y, colour: LINE })))
  }
  if (card.rates)
    return svg([{ ...voltage(frames, model, opening && 'plot' in opening ? opening.plot : ''), colour: LINE }])
  const field = Math.max(
    0,
    model.fields.findIndex(({ name }) => name === (model.opening ?? '')),
  )
  return model.macro.dimension === 1 ? profiles(frames, model, field) : plane(frames, model, field)
}

function runOf(scenario: Scenario): { frames: Frame[]; model: ModelDescription } {
  const frames: Frame[] = []
  let model: ModelDescription | undefined
  const { micro: _, ...homogenized } = scenario
  finish(simulate(homogenized), (event) => {
    if (event.kind === 'model') model = event.model
    if (event.kind === 'frame') frames.push(event.frame)
  })
  if (!model) throw new RangeError(`${scenario.title} has no model`)
  return { frames, model }
}

function voltage(frames: readonly Frame[], model: ModelDescription, plot: string): { x: number[]; y: number[] } {
  const place = (name: string) => model.observables.findIndex((o) => o.name === name)
  const of = (k: number) => (k < 0 ? frames.map(({ t }) => t) : frames.map(({ observables }) => observables[k]))
  if (plot === 'voltammogram') return { x: of(place('voltage')), y: of(place('current')) }
  const along = plot === 'time' || plot === 'current' ? -1 : place('charge')
  return { x: of(along), y: of(place(plot === 'current' ? 'current' : 'voltage')) }
}

function profiles(frames: readonly Frame[], { macro }: ModelDescription, field: number): string {
  const [n] = macro.nodes
  const some = Array.from(
    { length: PROFILES },
    (_, k) => frames[Math.round((k * (frames.length - 1)) / (PROFILES - 1))],
  )
  return svg(
    some.map((frame, k) => {
      const at = Array.from({ length: Math.min(POINTS, n) }, (_, i) =>
        Math.round((i * (n - 1)) / (Math.min(POINTS, n) - 1)),
      )
      const colour = hex(interpolateViridis(0.85 * (k / (PROFILES - 1))))
      return { x: at, y: at.map((i) => frame.fields[field][i]), colour }
    }),
  )
}

interface Line {
  x: readonly number[]
  y: readonly number[]
  colour: string
}

function svg(lines: readonly Line[]): string {
  const finite = (v: number) => Number.isFinite(v)
  const [x0, x1] = span(lines.flatMap(({ x }) => x.filter(finite)))
  const [y0, y1] = span(lines.flatMap(({ y }) => y.filter(finite)))
  const px = (v: number) => (MARGIN + ((v - x0) / (x1 - x0)) * (WIDTH - 2 * MARGIN)).toFixed(1)
  const py = (v: number) => (HEIGHT - MARGIN - ((v - y0) / (y1 - y0)) * (HEIGHT - 2 * MARGIN)).toFixed(1)
  const paths = lines.map(({ x, y, colour }) => {
    const points = x.flatMap((v, k) => (finite(v) && finite(y[k]) ? [`${px(v)} ${py(y[k])}`] : []))
    const distinct = thinned(points.filter((p, k) => p !== points[k - 1]))
    return `<path d="M${distinct.join('L')}" fill="none" stroke="${colour}" stroke-width="2" stroke-linejoin="round"/>`
  })
  return framed(paths.join(''))
}

/** At most so many points of a path, its ends among them. */
function thinned(points: readonly string[], most = 160): string[] {
  if (points.length <= most) return [...points]
  return Array.from({ length: most }, (_, k) => points[Math.round((k * (points.length - 1)) / (most - 1))])
}

function span(values: readonly number[]): [number, number] {
  const [low, high] = extremes(values)
  return high > low ? [low, high] : [low - 1, low + 1]
}

function extremes(values: readonly number[]): [number, number] {
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  return [low, high]
}

/** The field over the plane, or the middle layer, at the frame where it varies most. */
function plane(frames: readonly Frame[], { macro }: ModelDescription, field: number): string {
  const [nx, ny, nz = 1] = macro.nodes
  const layer = Math.floor(nz / 2) * nx * ny
  const valuesOf = (frame: Frame) => frame.fields[field].subarray(layer, layer + nx * ny)
  const spans = frames.map((frame) => extremes(Array.from(valuesOf(frame)).filter(Number.isFinite)))
  const best = spans.reduce((k, [a, b], i) => (b - a > spans[k][1] - spans[k][0] ? i : k), 0)
  const [low, high] = spans[best]
  const values = valuesOf(frames[best])
  const scale = PIXELS / Math.max(nx, ny)
  const [w, h] = [Math.max(2, Math.round(nx * scale)), Math.max(2, Math.round(ny * scale))]
  const raw = Buffer.alloc(h * (1 + w))
  for (let j = 0; j < h; j++)
    for (let i = 0; i < w; i++) {
      const node = Math.round((i * (nx - 1)) / (w - 1)) + nx * Math.round(((h - 1 - j) * (ny - 1)) / (h - 1))
      raw[j * (1 + w) + 1 + i] = Math.round((255 * (values[node] - low)) / (high - low || 1)) || 0
    }
  const image = `data:image/png;base64,${png(w, h, raw).toString('base64')}`
  return framed(
    `<image href="${image}" x="${MARGIN}" y="${MARGIN}" width="${WIDTH - 2 * MARGIN}" height="${HEIGHT - 2 * MARGIN}" preserveAspectRatio="xMidYMid"/>`,
  )
}

const framed = (content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}">${content}</svg>\n`

/** An indexed PNG with the colours of viridis; rows with their filter byte. */
function png(width: number, height: number, rows: Buffer): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  const palette = Buffer.from(Array.from({ length: 256 }, (_, k) => rgb(interpolateViridis(k / 255))).flat())
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}

/** CRC of ISO 3309, as PNG asks for it. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let k = 0; k < 8; k++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}

function rgb(colour: string): number[] {
  if (colour.startsWith('#')) return [1, 3, 5].map((k) => Number.parseInt(colour.slice(k, k + 2), 16))
  return (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number)
}

function hex(colour: string): string {
  return `#${rgb(colour)
    .map((v) => v.toString(16).padStart(2, '0'))
    .join('')}`
}
