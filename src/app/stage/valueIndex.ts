/** Where the value at a place is found among those of a picture. */
import type { MacroSpec } from '../../models/family.ts'

/** @param place fractions of the sides; @param crisp each value fills a box of its own, else values are at nodes */
export function valueIndex(macro: MacroSpec, crisp: boolean, place: readonly number[]): number {
  let index = 0
  let stride = 1
  for (let axis = 0; axis < macro.dimension; axis++) {
    const n = macro.nodes[axis] ?? 1
    const at = place[axis] ?? 0.5
    const i = crisp ? Math.floor(at * n) : Math.round(at * (n - 1))
    index += stride * Math.max(0, Math.min(n - 1, i))
    stride *= n
  }
  return index
}
