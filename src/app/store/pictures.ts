/** The pictures that are on the stage of a laboratory, so that others can find points in them and copy them. */
import type { Field } from '../../models/family.ts'
import type { Ink, MapName } from '../ground/colours.ts'
import type { Range } from '../ground/range.ts'
import type { Lab } from './lab.ts'
import type { Side } from './view.ts'

/** How a picture is to be copied; as it is on the screen where nothing is said. */
export interface CopyOptions {
  /** px. */
  width?: number
  ink?: Ink
  /** What lies over the picture goes here instead, in px of the copy, where it can. */
  layer?: VectorLayer
}

export interface VectorLayer {
  group: SVGGElement
  /** Family of its letters. */
  face: string
}

/** What the colours of a picture mean. */
export interface Scaled {
  field: Field
  range: Range
  map: MapName
  /** s. */
  t: number
}

export interface StagePicture {
  readonly shown?: Scaled
  /** Width on the screen, px. */
  readonly width: number
  /** Left end in the window, px. */
  readonly left: number
  /** Position in the window of a point of Ω (m). */
  locate(point: readonly number[]): { x: number; y: number } | undefined
  picture(options?: CopyOptions): Promise<Blob | undefined>
}

/** Width of small pictures, px. */
const SMALL = 240

export class Pictures {
  /** Place of the eye and the point it looks at, where the picture has been turned; in longest sides of the box. */
  camera: readonly number[] | undefined
  /** The last small picture that was taken, as the address of an image. */
  small: string | undefined
  private readonly onStage = new Map<Side, StagePicture>()
  private readonly followers = new Set<() => void>()

  /** @returns how to take it off the stage */
  put(side: Side, picture: StagePicture): () => void {
    this.onStage.set(side, picture)
    return () => this.onStage.delete(side)
  }

  /** Calls back when a picture was turned or resized, so that points of Ω are elsewhere in the window. */
  onMoved(follow: () => void): () => void {
    this.followers.add(follow)
    return () => this.followers.delete(follow)
  }

  moved(): void {
    for (const follow of this.followers) follow()
  }

  /** Position in the window of a point of Ω (m). */
  locate(side: Side, point: readonly number[]): { x: number; y: number } | undefined {
    return this.onStage.get(side)?.locate(point)
  }

  /** What is shown, the homogenized state first. */
  get shown(): readonly Scaled[] {
    return (['homogenized', 'resolved'] as const).flatMap((side) => this.onStage.get(side)?.shown ?? [])
  }

  /** Takes a small picture. */
  async shrink(): Promise<void> {
    const blob = await this.copy()
    if (!blob) return
    const image = await createImageBitmap(blob)
    const canvas = document.createElement('canvas')
    canvas.width = SMALL
    canvas.height = Math.round((SMALL * image.height) / image.width)
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    this.small = canvas.toDataURL('image/webp', 0.7)
  }

  /** The pictures beside or below each other, as on the page, as PNG. @param options of the whole */
  async copy({ width, ink, layer }: CopyOptions = {}): Promise<Blob | undefined> {
    const shown = [...this.onStage.values()]
    const below = areBelow(shown)
    const whole = below ? Math.max(...shown.map((p) => p.width)) : total(shown.map((p) => p.width))
    const share = (picture: StagePicture) => width && Math.round((width * picture.width) / whole)
    const layers = shown.map(() => layer && { ...layer, group: part(layer.group) })
    const blobs = await Promise.all(shown.map((p, k) => p.picture({ width: share(p), ink, layer: layers[k] })))
    const [first, ...others] = blobs.filter((b) => b !== undefined)
    if (!first || others.length === 0) return first
    const images = await Promise.all([first, ...others].map((b) => createImageBitmap(b)))
    const canvas = document.createElement('canvas')
    const [widths, heights] = [images.map((i) => i.width), images.map((i) => i.height)]
    canvas.width = below ? Math.max(...widths) : total(widths)
    canvas.height = below ? total(heights) : Math.max(...heights)
    const context = canvas.getContext('2d')
    let [x, y] = [0, 0]
    for (const [k, image] of images.entries()) {
      context?.drawImage(image, x, y)
      layers[k]?.group.setAttribute('transform', `translate(${x} ${y})`)
      if (below) y += image.height
      else x += image.width
      image.close()
    }
    return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/png'))
  }
}

const total = (lengths: readonly number[]) => lengths.reduce((sum, length) => sum + length, 0)

/** Whether the second picture begins where the first one does, not at its right. */
function areBelow([first, second]: readonly StagePicture[]): boolean {
  return second !== undefined && second.left < first.left + first.width / 2
}

/** A group of a group of its own. */
function part(group: SVGGElement): SVGGElement {
  const made = document.createElementNS(group.namespaceURI, 'g') as SVGGElement
  group.append(made)
  return made
}

/** Takes a small picture whenever a run stops, which is when there is time for it. */
export function keepSmall(lab: Lab, pictures: Pictures): () => void {
  return lab.subscribe(({ status }, before) => {
    if (before.status === 'running' && status !== 'running') void pictures.shrink().catch(() => undefined)
  })
}
