/** The picture of the stage as a figure: title, field and time above it, its colour bars with their units beside it. */
import { t } from '../../language/language.ts'
import { context2d } from '../ground/canvas.ts'
import { type Ink, ink, type MapName } from '../ground/colours.ts'
import { number, tickLabels, ticks, withUnit } from '../ground/format.ts'
import { type Ground, onGround } from '../ground/grounds.ts'
import { colourTable } from '../ground/maps.ts'
import type { Range } from '../ground/range.ts'
import type { Session } from '../session/session.ts'
import { current } from '../store/lab.ts'
import type { Scaled } from '../store/pictures.ts'

export interface StageFigure {
  /** px, of the whole. */
  width: number
  ground: Ground
  titled: boolean
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
  const { shown } = session.pictures
  const [now] = shown
  if (!now) return false
  const { width, ground, titled } = options
  const colours = onGround(ground, ink)
  const bars = barsOf(shown)
  // Everything but the picture is in proportion to the width.
  const em = width / 55
  const side = bars.length > 0 ? Math.round(em * 6.5) : 0
  const blob = await session.pictures.copy({ width: width - bars.length * side, ink: colours })
  if (!blob) return false
  const image = await createImageBitmap(blob)
  const head = Math.round(em * (titled ? 4.6 : 2.6))
  if (canvas.width !== width) {
    canvas.width = width
    // Films want an even number of rows.
    canvas.height = 2 * Math.ceil((head + image.height) / 2)
  }
  const context = context2d(canvas)
  context.fillStyle = colours.panel
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(image, 0, head)
  context.textBaseline = 'alphabetic'
  const write = (text: string, x: number, y: number, size: number, colour: string, weight = 400) => {
    context.font = `${weight} ${size}px system-ui, sans-serif`
    context.fillStyle = colour
    context.fillText(text, x, y, width - x - em)
  }
  const { title } = current(session.lab.getState())
  if (titled) write(t(title), em, em * 1.9, em * 1.35, colours.text, 600)
  const { field, t: time } = now
  const said = t('{field} at t = {time} s', {
    field: withUnit(t(field.label), field.unit),
    time: number(time, 4),
  })
  write(said, em, em * (titled ? 3.8 : 1.8), em * 1.1, colours.muted)
  bars.forEach((bar, k) => {
    const x = width - (bars.length - k) * side + em * 0.6
    drawBar(context, bar, { x, y: head + em * 2, width: em * 1.1, height: image.height - em * 3.6 }, em, colours)
  })
  return true
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
  context: CanvasRenderingContext2D,
  { title, range, factor, map }: Bar,
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  em: number,
  { text, muted }: Ink,
): void {
  const table = colourTable(map)
  for (let k = 0; k < 256; k++) {
    context.fillStyle = `rgb(${table[4 * k]} ${table[4 * k + 1]} ${table[4 * k + 2]})`
    context.fillRect(x, y + height * (1 - (k + 1) / 256), width, height / 256 + 1)
  }
  context.strokeStyle = muted
  context.lineWidth = em / 14
  context.strokeRect(x, y, width, height)
  context.font = `${em * 0.95}px system-ui, sans-serif`
  context.fillStyle = text
  context.fillText(title, x, y - em * 0.9)
  const [low, high] = [range.min / factor, range.max / factor]
  context.textBaseline = 'middle'
  for (const [value, label] of tickLabels(ticks(low, high, 5))) {
    const at = y + height * (1 - (value - low) / (high - low))
    context.fillText(label, x + width + em * 0.4, at, em * 4.2)
  }
  context.textBaseline = 'alphabetic'
}
