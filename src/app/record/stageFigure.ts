/** The picture of the stage as a figure: title, field and time above it, its colour bars with their units beside it. */
import { t } from '../../language/language.ts'
import { type Ink, ink, type MapName } from '../ground/colours.ts'
import { number, tickLabels, ticks, withUnit } from '../ground/format.ts'
import { type Ground, onGround } from '../ground/grounds.ts'
import { colourTable } from '../ground/maps.ts'
import type { Range } from '../ground/range.ts'
import type { Session } from '../session/session.ts'
import { current } from '../store/lab.ts'
import type { Scaled } from '../store/pictures.ts'
import { CanvasPen, type Inset, type Pen, SCREEN_FACE, SvgPen } from './pens.ts'

export interface StageFigure {
  /** px, of the whole. */
  width: number
  ground: Ground
  titled: boolean
  /** What is said before field and time. */
  caption?: string
}

export const LEAST_WIDTH = 300
export const MOST_WIDTH = 6000

interface Bar {
  /** Unit, or what the colours of a difference are of. */
  title: string
  range: Range
  factor: number
  map: MapName
}

/** What a figure shows, and where: made first, and drawn then with any pen. */
interface Laid {
  title?: string
  /** Caption, field and time. */
  line: string
  inset: Inset
  colours: Ink
  bars: readonly Bar[]
  /** All else is in proportion to it, px. */
  em: number
  head: number
  width: number
  height: number
}

/**
 * @param face family of the letters over the picture, where these are to be drawn apart from it
 * @returns undefined while there is no picture
 */
async function lay(
  session: Session,
  { width, ground, titled, caption }: StageFigure,
  face?: string,
): Promise<Laid | undefined> {
  const { shown } = session.pictures
  const [now] = shown
  if (!now) return undefined
  const said = t('{field} at t = {time} s', {
    field: withUnit(t(now.field.label), now.field.unit),
    time: number(now.t, 4),
  })
  const line = caption ? `${caption}; ${said}` : said
  const title = titled ? t(current(session.lab.getState()).title) : undefined
  const bars = barsOf(shown)
  const colours = onGround(ground, ink)
  const em = width / 55
  const group = face === undefined ? undefined : document.createElementNS('http://www.w3.org/2000/svg', 'g')
  const layer = group && face !== undefined ? { group, face } : undefined
  const png = await session.pictures.copy({ width: width - bars.length * sideOf(em), ink: colours, layer })
  if (!png) return undefined
  const image = await createImageBitmap(png)
  const head = Math.round(em * (titled ? 4.6 : 2.6))
  // Films want an even number of rows.
  const height = 2 * Math.ceil((head + image.height) / 2)
  return { title, line, inset: { png, image, layer: group }, colours, bars, em, head, width, height }
}

/** Width of a colour bar with its numbers, px. */
const sideOf = (em: number) => Math.round(em * 6.5)

/** @returns a PNG; undefined while there is no picture */
export async function stageFigure(session: Session, options: StageFigure): Promise<Blob | undefined> {
  const canvas = document.createElement('canvas')
  if (!(await drawFigure(session, options, canvas))) return undefined
  return new Promise((resolve) => canvas.toBlob((made) => resolve(made ?? undefined), 'image/png'))
}

/**
 * Draws the figure on a canvas, which takes its size the first time.
 * @returns false while there is no picture
 */
export async function drawFigure(session: Session, options: StageFigure, canvas: HTMLCanvasElement): Promise<boolean> {
  const laid = await lay(session, options)
  if (!laid) return false
  if (canvas.width !== laid.width) {
    canvas.width = laid.width
    canvas.height = laid.height
  }
  draw(new CanvasPen(canvas), laid)
  laid.inset.image.close()
  return true
}

/**
 * The figure as a drawing: the colours of the picture in pixels, all else as vectors and text.
 * @param face family of its letters
 * @returns undefined while there is no picture
 */
export async function stageDrawing(
  session: Session,
  options: StageFigure,
  face = SCREEN_FACE,
): Promise<SVGSVGElement | undefined> {
  const laid = await lay(session, options, face)
  if (!laid) return undefined
  const pen = new SvgPen(laid.width, laid.height, face, await addressOf(laid.inset.png))
  draw(pen, laid)
  laid.inset.image.close()
  return pen.svg
}

function draw(pen: Pen, { title, line, inset, colours, bars, em, head, width, height }: Laid): void {
  pen.fill(0, 0, width, height, colours.panel)
  pen.inset(inset, 0, head)
  const room = width - 2 * em
  if (title) pen.text(title, em, em * 1.9, { size: em * 1.35, colour: colours.text, weight: 600, room })
  pen.text(line, em, em * (title ? 3.8 : 1.8), { size: em * 1.1, colour: colours.muted, room })
  bars.forEach((bar, k) => {
    const x = width - (bars.length - k) * sideOf(em) + em * 0.6
    drawBar(pen, bar, { x, y: head + em * 2, width: em * 1.1, height: inset.image.height - em * 3.6 }, em, colours)
  })
}

/** As on the stage: one for both pictures, or one for the state and one for the difference from it. */
function barsOf(shown: readonly Scaled[]): Bar[] {
  return shown
    .filter(({ map }, k) => k === 0 || map !== shown[0].map)
    .map(({ field: { unit, factor }, range, map }, k) => ({
      title: `${k > 0 ? 'Δ ' : ''}${unit === '1' ? '' : unit}`,
      range,
      factor,
      map,
    }))
}

function drawBar(
  pen: Pen,
  { title, range, factor, map }: Bar,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  em: number,
  { text, muted }: Ink,
): void {
  const table = colourTable(map)
  for (let k = 0; k < 256; k++) {
    const colour = `rgb(${table[4 * k]}, ${table[4 * k + 1]}, ${table[4 * k + 2]})`
    // Each reaches below the next, so that no ground shows between them.
    const rows = k === 0 ? 1 : 2
    pen.fill(x, y + height * (1 - (k + 1) / 256), width, (height / 256) * rows, colour)
  }
  pen.frame(x, y, width, height, muted, em / 14)
  const size = em * 0.95
  pen.text(title, x, y - em * 0.9, { size, colour: text, room: width + em * 4.6 })
  const [low, high] = [range.min / factor, range.max / factor]
  // A low picture has room for few.
  const most = Math.max(2, Math.min(5, Math.floor(height / (1.5 * size))))
  for (const [value, label] of tickLabels(ticks(low, high, most))) {
    const at = y + height * (1 - (value - low) / (high - low))
    pen.text(label, x + width + em * 0.4, at + size * 0.35, { size, colour: text, room: em * 4.2 })
  }
}

async function addressOf(png: Blob): Promise<string> {
  const reader = new FileReader()
  await new Promise((resolve, reject) => {
    reader.onload = resolve
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(png)
  })
  return String(reader.result)
}
