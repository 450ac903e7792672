/** What the judge shows: how the resolved picture is compared, and where the microscope looks. */
import { create } from 'zustand'

/** The two pictures of the stage. */
export type Side = 'homogenized' | 'resolved'

export type Comparison = 'resolved' | 'difference'

/** Of the expansion that the microscope shows: u0, with its first corrector, with the second. */
export type LensOrder = 0 | 1 | 2

export type LensMode = 'reconstructed' | 'resolved' | 'difference'

/** A place that is looked at. */
export interface Gaze {
  side: Side
  /** Position in Ω, m. */
  point: readonly number[]
  /** Position in the window; without one (moved by keys) the place follows from the point. */
  pointer?: { x: number; y: number }
  /** In a box: the axis across the slice that is looked at. */
  plane?: number
}

export interface JudgeView {
  comparison: Comparison
  /** The difference is taken to u0 with its correctors, else to u0 alone. */
  corrected: boolean
  lens: boolean
  lensMode: LensMode
  lensOrder: LensOrder
  /** One part of the correction alone (MicroscopicField.parts), where the field has it; in place of the reconstruction. */
  lensPart?: string
  /** 3D: where the slice through the cell lies, fraction of its side. */
  depth: number
  gaze?: Gaze
}

export type JudgeStore = ReturnType<typeof createJudgeView>

export function createJudgeView() {
  return create<JudgeView>()(() => ({
    comparison: 'resolved',
    corrected: true,
    lens: false,
    lensMode: 'reconstructed',
    lensOrder: 1,
    depth: 0.5,
  }))
}
