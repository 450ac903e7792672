/** A drawing that is drawn on like a canvas, as far as what lies over a picture of the stage needs it. */
import { context2d } from './canvas.ts'

/** What both can. */
export type Pencil = Pick<
  CanvasRenderingContext2D,
  | 'arc'
  | 'beginPath'
  | 'clearRect'
  | 'fill'
  | 'fillStyle'
  | 'fillText'
  | 'font'
  | 'globalAlpha'
  | 'lineTo'
  | 'lineWidth'
  | 'measureText'
  | 'moveTo'
  | 'restore'
  | 'rotate'
  | 'save'
  | 'setLineDash'
  | 'setTransform'
  | 'stroke'
  | 'strokeStyle'
  | 'textAlign'
  | 'textBaseline'
  | 'translate'
>

const SVG = 'http://www.w3.org/2000/svg'
/** Where the base line lies below the point of a text, in sizes of its letters. */
const BELOW: Partial<Record<CanvasTextBaseline, number>> = { middle: 0.35, bottom: -0.2 }
const ANCHOR: Partial<Record<CanvasTextAlign, string>> = { center: 'middle', right: 'end' }

export class SvgContext implements Pencil {
  fillStyle: string | CanvasGradient | CanvasPattern = 'black'
  strokeStyle: string | CanvasGradient | CanvasPattern = 'black'
  lineWidth = 1
  globalAlpha = 1
  textAlign: CanvasTextAlign = 'left'
  textBaseline: CanvasTextBaseline = 'alphabetic'
  private readonly ruler = context2d(document.createElement('canvas'))
  private path = ''
  private dashes: readonly number[] = []
  private transform = ''
  private readonly saved: { transform: string; textAlign: CanvasTextAlign }[] = []

  /** @param face family of its letters, in place of that of a font */
  constructor(
    private readonly group: SVGGElement,
    private readonly face: string,
  ) {}

  get font(): string {
    return this.ruler.font
  }

  set font(font: string) {
    this.ruler.font = font.replace(/px .*/, `px ${this.face}`)
  }

  setTransform(a?: number | DOMMatrix2DInit, b?: number, c?: number, d?: number, e?: number, f?: number): void {
    this.transform = `matrix(${[a, b, c, d, e, f].join(' ')})`
  }

  translate(x: number, y: number): void {
    this.transform += ` translate(${x} ${y})`
  }

  rotate(angle: number): void {
    this.transform += ` rotate(${(angle * 180) / Math.PI})`
  }

  save(): void {
    const { transform, textAlign } = this
    this.saved.push({ transform, textAlign })
  }

  restore(): void {
    Object.assign(this, this.saved.pop())
  }

  clearRect(): void {
    this.group.replaceChildren()
  }

  beginPath(): void {
    this.path = ''
  }

  moveTo(x: number, y: number): void {
    this.path += `M${x} ${y}`
  }

  lineTo(x: number, y: number): void {
    this.path += `L${x} ${y}`
  }

  /** Whole circles only. */
  arc(x: number, y: number, radius: number): void {
    const half = (width: number) => `a${radius} ${radius} 0 1 0 ${width} 0`
    this.path += `M${x - radius} ${y}${half(2 * radius)}${half(-2 * radius)}`
  }

  stroke(): void {
    this.put('path', {
      d: this.path,
      fill: 'none',
      stroke: String(this.strokeStyle),
      'stroke-width': this.lineWidth,
      'stroke-dasharray': this.dashes.join(' ') || 'none',
    })
  }

  fill(): void {
    this.put('path', { d: this.path, fill: String(this.fillStyle) })
  }

  setLineDash(dashes: readonly number[]): void {
    this.dashes = dashes
  }

  measureText(text: string): TextMetrics {
    return this.ruler.measureText(text)
  }

  fillText(text: string, x: number, y: number): void {
    const below = (BELOW[this.textBaseline] ?? 0) * Number.parseFloat(/([\d.]+)px/.exec(this.font)?.[1] ?? '0')
    const style = `font: ${this.font}; fill: ${this.fillStyle}; white-space: pre`
    const anchor = ANCHOR[this.textAlign] ?? 'start'
    this.put('text', { x, y: y + below, 'text-anchor': anchor, style }).textContent = text
  }

  private put(name: string, values: Readonly<Record<string, string | number>>): SVGElement {
    const element = document.createElementNS(SVG, name)
    const { transform, globalAlpha: opacity } = this
    for (const [key, value] of Object.entries({ ...values, transform, opacity }))
      element.setAttribute(key, String(value))
    this.group.append(element)
    return element
  }
}
