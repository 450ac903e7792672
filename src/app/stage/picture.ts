/** What is drawn, by whatever means the browser has (WebGL, or a plain canvas). */

import type { Frame } from '../../simulation/frame.ts'
import type { MapName } from '../colours.ts'
import type { FullFrame } from '../store/frames.ts'
import type { Range } from './view.ts'

export interface Shown {
  entry: FullFrame
  fieldIndex: number
  range: Range
  map: MapName
  /** 2D: a surface instead of a flat map. */
  raised: boolean
  /** 3D: position of the slices, fractions of the sides. */
  cuts: number[]
  /** Duration of the run, s. */
  span: number
  history(position: number): Frame | undefined
  probes: { point: readonly number[]; label: number; colour: string }[]
  /** Local stimuli; `active` ones act at the time on show. */
  stimuli: { center: readonly number[]; radius: number; active: boolean }[]
  /** The pointer paints instead of turning the picture. */
  brushing: boolean
  ink: { text: string; muted: string; accent: string; panel: string }
}

export interface Picture {
  show(shown: Shown): void
  /** Point of Ω (m) at a position in the window. */
  pick(x: number, y: number): number[] | undefined
  picture(): Promise<Blob | undefined>
  dispose(): void
}

let onStage: Picture | undefined

export function setStage(picture: Picture | undefined): void {
  onStage = picture
}

/** The picture on the stage as PNG. */
export function stagePicture(): Promise<Blob | undefined> {
  return onStage?.picture() ?? Promise.resolve(undefined)
}
