/** What a figure is drawn with: on a canvas, or into a drawing whose text stays text. */
import { context2d } from '../ground/canvas.ts'

/** The picture that a figure is about. */
export interface Inset {
  png: Blob
  image: ImageBitmap
  /** What lies over it, as far as that is drawn apart. */
  layer?: SVGGElement
}

export interface Lettering {
  /** px. */
  size: number
  colour: string
  weight?: 400 | 600
  /** Wider text gets narrower, px. */
  room: number
}

/** All lengths in px from the left above. */
export interface Pen {
  fill(x: number, y: number, width: number, height: number, colour: string): void
  frame(x: number, y: number, width: number, height: number, colour: string, thickness: number): void
  inset(inset: Inset, x: number, y: number): void
  /** @param y of the base line */
  text(words: string, x: number, y: number, lettering: Lettering): void
}

export const SCREEN_FACE = 'system-ui, sans-serif'

export class CanvasPen implements Pen {
  private readonly context: CanvasRenderingContext2D

  constructor(canvas: HTMLCanvasElement) {
    this.context = context2d(canvas)
  }

  fill(x: number, y: number, width: number, height: number, colour: string): void {
    this.context.fillStyle = colour
    this.context.fillRect(x, y, width, height)
  }

  frame(x: number, y: number, width: number, height: number, colour: string, thickness: number): void {
    this.context.strokeStyle = colour
    this.context.lineWidth = thickness
    this.context.strokeRect(x, y, width, height)
  }

  inset({ image }: Inset, x: number, y: number): void {
    this.context.drawImage(image, x, y)
  }

  text(words: string, x: number, y: number, { size, colour, weight = 400, room }: Lettering): void {
    this.context.font = `${weight} ${size}px ${SCREEN_FACE}`
    this.context.fillStyle = colour
    this.context.fillText(words, x, y, room)
  }
}

const SVG = 'http://www.w3.org/2000/svg'
const XLINK = 'http://www.w3.org/1999/xlink'

export class SvgPen implements Pen {
  readonly svg: SVGSVGElement
  private readonly ruler = context2d(document.createElement('canvas'))

  /** @param face family of its letters */
  constructor(
    width: number,
    height: number,
    private readonly face: string,
    /** The picture as an address of the kind data:. */
    private readonly address: string,
  ) {
    this.svg = document.createElementNS(SVG, 'svg')
    for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` }))
      this.svg.setAttribute(name, String(value))
  }

  fill(x: number, y: number, width: number, height: number, colour: string): void {
    this.put('rect', { x, y, width, height, fill: colour })
  }

  frame(x: number, y: number, width: number, height: number, colour: string, thickness: number): void {
    this.put('rect', { x, y, width, height, fill: 'none', stroke: colour, 'stroke-width': thickness })
  }

  inset({ image: { width, height }, layer }: Inset, x: number, y: number): void {
    this.put('image', { x, y, width, height }).setAttributeNS(XLINK, 'xlink:href', this.address)
    if (!layer) return
    layer.setAttribute('transform', `translate(${x} ${y})`)
    this.svg.append(layer)
  }

  text(words: string, x: number, y: number, { size, colour, weight = 400, room }: Lettering): void {
    this.ruler.font = `${weight} ${size}px ${this.face}`
    const fitting = size * Math.min(1, room / Math.max(1, this.ruler.measureText(words).width))
    const style = `font: ${weight} ${fitting}px ${this.face}; fill: ${colour}; white-space: pre`
    this.put('text', { x, y, style }).textContent = words
  }

  private put(name: string, values: Readonly<Record<string, string | number>>): SVGElement {
    const element = document.createElementNS(SVG, name)
    for (const [key, value] of Object.entries(values)) element.setAttribute(key, String(value))
    this.svg.append(element)
    return element
  }
}
