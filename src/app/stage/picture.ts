/** What is drawn, by whatever means the browser has (WebGL, or a plain canvas). */

import type { Field, Layers, MacroSpec } from '../../models/family.ts'
import type { MapName } from '../colours.ts'
import type { Side } from '../judge/view.ts'
import type { Range } from './view.ts'

/** A field at a time, on the points of `macro`. */
export interface Snapshot {
  index: number
  t: number
  values: Float32Array
}

export interface Shown extends Snapshot {
  macro: MacroSpec
  field: Field
  /** Each value fills a box of its own, and those of another phase have a neutral tone; else values are at nodes. */
  crisp: boolean
  range: Range
  map: MapName
  /** Per node: not zero where homogenization is not trusted. Empty: nowhere. */
  outside: Uint8Array
  /** 2D: a surface instead of a flat map. */
  raised: boolean
  /** 3D: position of the slices, fractions of the sides. */
  cuts: number[]
  /** Flat: the axis on the left is that of the picture beside. */
  bare: boolean
  /** What the box consists of along x. */
  layers?: Layers
  /** Duration of the run, s. */
  span: number
  /** The same field at stored frames. */
  history(position: number): Snapshot | undefined
  probes: { point: readonly number[]; label: number; colour: string }[]
  /** Local stimuli; `active` ones act at the time on show. */
  stimuli: { center: readonly number[]; radius: number; active: boolean }[]
  /** The pointer paints instead of turning the picture. */
  brushing: boolean
  ink: { text: string; muted: string; accent: string; panel: string; other: string }
}

export interface Picture {
  show(shown: Shown): void
  /** Point of Ω (m) at a position in the window. */
  pick(x: number, y: number): number[] | undefined
  /** Position in the window of a point of Ω (m). */
  locate(point: readonly number[]): { x: number; y: number } | undefined
  picture(): Promise<Blob | undefined>
  dispose(): void
}

const onStage = new Map<Side, Picture>()

/** @returns how to take it off the stage */
export function putOnStage(side: Side, picture: Picture): () => void {
  onStage.set(side, picture)
  return () => onStage.delete(side)
}

const followers = new Set<() => void>()

/** Calls back when a picture was turned or resized, so that points of Ω are elsewhere in the window. */
export function onMoved(follow: () => void): () => void {
  followers.add(follow)
  return () => followers.delete(follow)
}

export function moved(): void {
  for (const follow of followers) follow()
}

/** Position in the window of a point of Ω (m). */
export function locate(side: Side, point: readonly number[]): { x: number; y: number } | undefined {
  return onStage.get(side)?.locate(point)
}

/** The pictures on the stage side by side, as PNG. */
export async function stagePicture(): Promise<Blob | undefined> {
  const blobs = await Promise.all(Array.from(onStage.values(), (p) => p.picture()))
  const [first, ...others] = blobs.filter((b) => b !== undefined)
  if (!first || others.length === 0) return first
  const images = await Promise.all([first, ...others].map((b) => createImageBitmap(b)))
  const canvas = document.createElement('canvas')
  canvas.width = images.reduce((w, i) => w + i.width, 0)
  canvas.height = Math.max(...images.map((i) => i.height))
  const context = canvas.getContext('2d')!
  let x = 0
  for (const image of images) {
    context.drawImage(image, x, 0)
    x += image.width
  }
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/png'))
}
