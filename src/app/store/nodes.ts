/** Nodes of the macroscopic box: row-major, x fastest, end points included. */
import type { MacroSpec } from '../../models/family.ts'

/** Node nearest to a point (m); the middle of Ω without one. */
export function nearestNode(macro: MacroSpec, point?: readonly number[]): number {
  let node = 0
  let stride = 1
  for (let axis = 0; axis < macro.dimension; axis++) {
    const n = macro.nodes[axis] ?? 1
    const size = macro.size[axis] ?? 1
    const at = point?.[axis] ?? size / 2
    const i = Math.round((at / size) * (n - 1))
    node += stride * Math.max(0, Math.min(n - 1, i))
    stride *= n
  }
  return node
}

/** Position of a node, m. */
export function nodePoint(macro: MacroSpec, node: number): number[] {
  const point: number[] = []
  let rest = node
  for (let axis = 0; axis < macro.dimension; axis++) {
    const n = macro.nodes[axis] ?? 1
    point.push(((rest % n) / Math.max(1, n - 1)) * (macro.size[axis] ?? 1))
    rest = Math.floor(rest / n)
  }
  return point
}

/** Index of node (i, j, k). */
export function nodeIndex(macro: MacroSpec, i: number, j = 0, k = 0): number {
  const [nx = 1, ny = 1] = macro.nodes
  return i + nx * (j + ny * k)
}
