/** Text of a drawing as pixels, by the fonts of the system: for what no embedded font has, such as Chinese titles. */
import { context2d } from '../ground/canvas.ts'

const SVG = 'http://www.w3.org/2000/svg'
/** Pixels for each of the drawing. */
const FINE = 6
/** Room above the base line, in sizes of the letters. */
const RISE = 1.1

/**
 * @param text with all lengths in px
 * @returns what takes its place: as large, as anchored and as turned, and one line
 */
export function textAsPicture(text: SVGTextElement): SVGElement {
  const { style } = text
  const value = (name: string) => style.getPropertyValue(name) || text.getAttribute(name) || ''
  const size = Number.parseFloat(value('font-size')) || 16
  const words = text.textContent ?? ''
  const font = `${size * FINE}px system-ui, sans-serif`
  const canvas = document.createElement('canvas')
  const context = context2d(canvas)
  context.font = font
  const width = context.measureText(words).width
  canvas.width = Math.max(1, Math.ceil(width))
  canvas.height = Math.ceil(size * FINE * 1.5)
  // A canvas forgets what it was told when its size is set.
  context.font = font
  context.fillStyle = value('fill') || 'black'
  context.fillText(words, 0, size * FINE * RISE)
  const at = (name: string) => Number(text.getAttribute(name) ?? 0)
  const before = { middle: 0.5, end: 1 }[value('text-anchor')] ?? 0
  const turned = document.createElementNS(SVG, 'g')
  const transform = text.getAttribute('transform')
  if (transform) turned.setAttribute('transform', transform)
  const image = document.createElementNS(SVG, 'image')
  const place = {
    x: at('x') + at('dx') - (before * width) / FINE,
    y: at('y') + at('dy') - size * RISE,
    width: canvas.width / FINE,
    height: canvas.height / FINE,
  }
  for (const [name, length] of Object.entries(place)) image.setAttribute(name, String(length))
  image.setAttribute('href', canvas.toDataURL())
  turned.append(image)
  return turned
}
