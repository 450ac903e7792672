/** Whether a cell is its own mirror image along every axis: then no boundary layer forms at straight walls. */
import type { CellSpec } from '../../cell/cell.ts'

/** Sample points per axis; even, so that a point and its image are both sampled and none lies on the plane. */
const SAMPLES: Record<number, number> = { 2: 96, 3: 32 }
/** Part of the samples that rounding on an interface may put on different sides. */
const SLACK = 2e-3

/** @param phase index of the phase at a point of the unit cell */
export function mirrorSymmetric(cell: CellSpec, phase: (point: readonly number[]) => number): boolean {
  const n = SAMPLES[cell.dimension]
  const total = n ** cell.dimension
  const point = (index: number) =>
    Array.from({ length: cell.dimension }, (_, axis) => ((Math.floor(index / n ** axis) % n) + 0.5) / n)
  const phases = Uint8Array.from({ length: total }, (_, index) => phase(point(index)))
  for (let axis = 0; axis < cell.dimension; axis++) {
    const stride = n ** axis
    let different = 0
    for (let index = 0; index < total; index++) {
      const i = Math.floor(index / stride) % n
      if (phases[index] !== phases[index + (n - 1 - 2 * i) * stride]) different++
    }
    if (different > SLACK * total) return false
  }
  return true
}
