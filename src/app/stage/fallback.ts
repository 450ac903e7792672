/** Without WebGL: the field as a flat map on a plain canvas (of a box, its middle slice). */
import { context2d } from '../ground/canvas.ts'
import { colourTable } from '../ground/maps.ts'
import { isOther } from '../picture/cellPicture.ts'
import { nodeIndex } from '../store/nodes.ts'
import type { CopyOptions } from '../store/pictures.ts'
import type { Picture, Shown } from './picture.ts'

/** Lines over the places where homogenization is not trusted: every so many nodes a dark one and a light one beside. */
const PERIOD = 6
const HATCH: readonly (number | undefined)[] = [0, 255]

export class FallbackStage implements Picture {
  private readonly canvas = document.createElement('canvas')
  private readonly host: HTMLElement
  private readonly observer = new ResizeObserver(() => this.fit())
  private ratio = 1
  shown?: Shown

  constructor(host: HTMLElement) {
    this.canvas.className = 'stage-canvas fallback'
    this.canvas.setAttribute('aria-hidden', 'true')
    host.append(this.canvas)
    this.host = host
    this.observer.observe(host)
  }

  show(shown: Shown): void {
    this.shown = shown
    const { macro, values, range, map, outside } = shown
    const [nx = 1, ny = 1, nz = 1] = macro.nodes
    const rows = macro.dimension === 1 ? 1 : ny
    const table = colourTable(map)
    const image = new ImageData(nx, rows)
    const layer = macro.dimension === 3 ? Math.floor(nz / 2) : 0
    for (let j = 0; j < rows; j++)
      for (let i = 0; i < nx; i++) {
        const node = nodeIndex(macro, i, j, layer)
        const value = values[node]
        if (isOther(value)) continue
        const s = (value - range.min) / (range.max - range.min)
        const k = 4 * Math.max(0, Math.min(255, Math.round(s * 255)))
        const at = 4 * (i + nx * (rows - 1 - j))
        image.data.set(table.subarray(k, k + 4), at)
        const tone = outside[node] ? HATCH[(i + j) % PERIOD] : undefined
        if (tone !== undefined) for (let c = at; c < at + 3; c++) image.data[c] = (image.data[c] + tone) / 2
      }
    this.canvas.width = nx
    this.canvas.height = rows
    this.ratio = macro.dimension === 1 ? 3 : (macro.size[0] ?? 1) / (macro.size[1] ?? 1)
    this.fit()
    context2d(this.canvas).putImageData(image, 0, 0)
  }

  pick(x: number, y: number): number[] | undefined {
    if (!this.shown) return undefined
    const { macro } = this.shown
    const box = this.canvas.getBoundingClientRect()
    const u = (x - box.left) / box.width
    const v = 1 - (y - box.top) / box.height
    if (u < 0 || u > 1 || v < 0 || v > 1) return undefined
    return [u, v, 0.5].slice(0, macro.dimension).map((s, axis) => s * (macro.size[axis] ?? 1))
  }

  locate(point: readonly number[]): { x: number; y: number } | undefined {
    if (!this.shown) return undefined
    const { size } = this.shown.macro
    const box = this.canvas.getBoundingClientRect()
    const at = (axis: number) => (point[axis] ?? 0) / (size[axis] ?? 1)
    return { x: box.left + at(0) * box.width, y: box.bottom - at(1) * box.height }
  }

  get width(): number {
    return this.host.clientWidth
  }

  get left(): number {
    return this.host.getBoundingClientRect().left
  }

  /** A value has a pixel; enlarged, a square of pixels. */
  picture({ width }: CopyOptions = {}): Promise<Blob | undefined> {
    const canvas = document.createElement('canvas')
    canvas.width = width ?? this.canvas.width
    canvas.height = width ? Math.round(width / this.ratio) : this.canvas.height
    const context = context2d(canvas)
    context.imageSmoothingEnabled = false
    context.drawImage(this.canvas, 0, 0, canvas.width, canvas.height)
    return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/png'))
  }

  dispose(): void {
    this.observer.disconnect()
    this.canvas.remove()
  }

  /** As large as the place allows, in the proportions of Ω. */
  private fit(): void {
    const width = 0.92 * Math.min(this.host.clientWidth, this.host.clientHeight * this.ratio)
    this.canvas.style.width = `${width}px`
    this.canvas.style.height = `${width / this.ratio}px`
  }
}
