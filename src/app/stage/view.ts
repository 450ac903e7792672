/** What the stage asks of a way of showing a field. World units: the longest side of Ω is 1, its centre the origin. */
import type { Object3D, Ray, Texture, Vector3 } from 'three'
import type { Shown } from './picture.ts'

export interface Axis {
  from: Vector3
  to: Vector3
  /** Away from the picture, where labels go; in world units of direction only. */
  outward: Vector3
  title: string
  ticks: { at: number; label: string }[]
}

export interface View {
  readonly object: Object3D
  /** `flat` is looked at straight on, `orbit` from where the user turns it. */
  readonly camera: 'flat' | 'orbit'
  /** Half width and half height of what must be in sight. */
  readonly reach: { x: number; y: number }
  show(shown: Shown): void
  setTable(table: Texture): void
  /** Size of the picture, and of the letters of its labels, px. */
  resize(width: number, height: number, letters: number): void
  axes(eye: Vector3): Axis[]
  /** Point of Ω (m) under a ray. */
  pick(ray: Ray): number[] | undefined
  /** World position of a point of Ω (m). */
  place(point: readonly number[], out: Vector3): Vector3
  /** The line across a flat picture at a distance along x (m), from its lower to its upper edge. */
  across?(x: number): { from: Vector3; to: Vector3 }
  dispose(): void
}
