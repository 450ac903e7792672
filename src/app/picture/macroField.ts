/** Values and gradients of nodal fields of the homogenized box, at points and on rasters; multilinear. */
import type { MacroSpec } from '../../models/family.ts'
import { slopeAt } from '../ground/house.ts'

type Nodal = ArrayLike<number>

/** Slope at a node; zero along axes that the box does not have. */
export function slope(values: Nodal, { dimension, nodes, size }: MacroSpec, axis: number, node: number): number {
  return axis < dimension ? slopeAt(values, nodes, size, axis, node) : 0
}

export function slopes(values: Nodal, macro: MacroSpec, axis: number): Float32Array {
  return Float32Array.from({ length: values.length }, (_, p) => slope(values, macro, axis, p))
}

/** @param nodal value at a node; only the corners around the point are asked */
export function valueAt(
  { dimension, nodes, size }: MacroSpec,
  point: readonly number[],
  nodal: (node: number) => number,
): number {
  let corners = [{ node: 0, weight: 1 }]
  let stride = 1
  for (let axis = 0; axis < dimension; axis++) {
    const { index, up } = cellOf((point[axis] ?? size[axis] / 2) / size[axis], nodes[axis])
    corners = corners.flatMap(({ node, weight }) => [
      { node: node + index * stride, weight: weight * (1 - up) },
      { node: node + (index + 1) * stride, weight: weight * up },
    ])
    stride *= nodes[axis]
  }
  return corners.reduce((sum, { node, weight }) => (weight === 0 ? sum : sum + weight * nodal(node)), 0)
}

/**
 * A nodal field at the centres of counts[0] x counts[1] x ... equal boxes, x fastest; constant along axes that the
 * homogenized box does not have. One axis after the other: a picture costs a few operations a point.
 * @param window part of each side that the boxes fill, as fractions [from, to]; the whole side if not given
 */
export function expand(
  values: Nodal,
  { dimension, nodes }: MacroSpec,
  counts: readonly number[],
  window?: readonly (readonly [from: number, to: number])[],
): Float32Array {
  let from = Float32Array.from(values)
  let inner = 1
  for (let axis = 0; axis < counts.length; axis++) {
    const before = axis < dimension ? nodes[axis] : 1
    const after = counts[axis]
    const outer = from.length / (inner * before)
    const [begin, end] = window?.[axis] ?? [0, 1]
    const to = new Float32Array(inner * after * outer)
    for (let i = 0; i < after; i++) {
      const { index, up } =
        before > 1 ? cellOf(begin + ((end - begin) * (i + 0.5)) / after, before) : { index: 0, up: 0 }
      const next = before > 1 ? inner : 0
      for (let o = 0; o < outer; o++) {
        const low = inner * (index + before * o)
        const out = inner * (i + after * o)
        for (let q = 0; q < inner; q++) {
          const a = from[low + q]
          to[out + q] = a + up * (from[low + next + q] - a)
        }
      }
    }
    from = to
    inner *= after
  }
  return from
}

/** Lattice cell of a fraction of the side, and how far into it. */
function cellOf(fraction: number, nodes: number): { index: number; up: number } {
  const x = Math.max(0, Math.min(1, fraction)) * (nodes - 1)
  const index = Math.min(Math.floor(x), nodes - 2)
  return { index, up: x - index }
}
