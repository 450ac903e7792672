/** What is drawn, by whatever means the browser has (WebGL, or a plain canvas). */

import type { Field, Layers, MacroSpec } from '../../models/family.ts'
import type { ReducedUnits } from '../../models/reduced.ts'
import type { Ink, MapName } from '../ground/colours.ts'
import type { Range } from '../ground/range.ts'
import type { StagePicture } from '../store/pictures.ts'

/** A field at a time, on the points of `macro`. */
export interface Snapshot {
  index: number
  t: number
  values: Float32Array
}

export interface Shown extends Snapshot {
  macro: MacroSpec
  /** Reduced units of lengths and times. */
  units?: ReducedUnits
  field: Field
  /** Components of the flow whose length the values are, where lines are drawn along it. */
  flow?: readonly Float32Array[]
  /** Each value fills a box of its own, and those of another phase have a neutral tone; else values are at nodes. */
  crisp: boolean
  range: Range
  map: MapName
  /** Per node: not zero where homogenization is not trusted. Empty: nowhere. */
  outside: Uint8Array
  /** 2D: a surface instead of a flat map. */
  raised: boolean
  /** 3D: position of the slices, fractions of the sides. */
  cuts: readonly number[]
  /** 3D: a surface of one value, as a part of the range; undefined for none. */
  level?: number
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
  ink: Ink
}

export interface Picture extends StagePicture {
  show(shown: Shown): void
  /** Point of Ω (m) at a position in the window. */
  pick(x: number, y: number): number[] | undefined
  dispose(): void
}
