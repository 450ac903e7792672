/**
 * Lines along a flow in a plane, about evenly far from each other: those of the strongest places first, each until it comes close
 * to another one, leaves the box or dies out (in the way of Jobard and Lefer, Creating evenly-spaced streamlines, 1997).
 */
import type { MacroSpec } from '../../models/family.ts'
import { valueAt } from './macroField.ts'

/** A line by its points, x and y by turns [m], downstream. */
export interface Streamline {
  points: readonly number[]
  /** How strong the flow is in its middle, over the largest. */
  strength: number
}

/** Distance of lines over the longer side. */
const APART = 1 / 22
/** Steps over that distance. */
const STEP = 0.2
/** What flows less than this part of the largest is at rest. */
const STILL = 0.02
/** Shorter lines than this many points are left out, and longer ones end. */
const LEAST = 10
const MOST = 400

/**
 * @param flow components at the nodes
 * @param largest what its length is measured against
 */
export function streamlines(flow: readonly Float32Array[], macro: MacroSpec, largest: number): Streamline[] {
  const [width = 1, height = 1] = macro.size
  const apart = APART * Math.max(width, height)
  const [columns, rows] = [Math.ceil(width / apart), Math.ceil(height / apart)]
  /** Which line has come through a square. */
  const taken = new Int32Array(columns * rows).fill(-1)
  const square = (x: number, y: number) =>
    Math.min(columns - 1, Math.floor(x / apart)) + columns * Math.min(rows - 1, Math.floor(y / apart))
  const at = (x: number, y: number): [number, number, number] => {
    const [u, v] = flow.map((component) => valueAt(macro, [x, y], (p) => component[p]))
    return [u, v, Math.hypot(u, v)]
  }
  const seeds = [...taken.keys()]
    .map((k) => [((k % columns) + 0.5) * apart, (Math.floor(k / columns) + 0.5) * apart])
    .filter(([x, y]) => x < width && y < height)
    .map(([x, y]) => ({ x, y, strength: at(x, y)[2] / largest }))
    .filter(({ strength }) => strength > STILL)
    .sort((a, b) => b.strength - a.strength)
  const lines: Streamline[] = []
  for (const { x, y, strength } of seeds) {
    if (taken[square(x, y)] >= 0) continue
    const number = lines.length
    const free = (u: number, v: number) => {
      if (!(u >= 0 && u <= width && v >= 0 && v <= height)) return false
      const owner = taken[square(u, v)]
      return owner < 0 || owner === number
    }
    const way = (sign: 1 | -1) => follow([x, y], sign * STEP * apart, at, free, STILL * largest)
    const [back, forth] = [way(-1), way(1)]
    const points: number[] = []
    for (let k = back.length - 2; k >= 0; k -= 2) points.push(back[k], back[k + 1])
    points.push(x, y, ...forth)
    if (points.length < 2 * LEAST) continue
    for (let k = 0; k < points.length; k += 2) taken[square(points[k], points[k + 1])] = number
    lines.push({ points, strength: Math.min(1, strength) })
  }
  return lines
}

/** Points along the flow by the midpoint rule, in steps of one length. */
function follow(
  [x, y]: readonly [number, number] | number[],
  step: number,
  at: (x: number, y: number) => [number, number, number],
  free: (x: number, y: number) => boolean,
  still: number,
): number[] {
  const points: number[] = []
  while (points.length < 2 * MOST) {
    const [u, v, speed] = at(x, y)
    if (!(speed > still)) break
    const [um, vm, middle] = at(x + (0.5 * step * u) / speed, y + (0.5 * step * v) / speed)
    if (!(middle > still)) break
    x += (step * um) / middle
    y += (step * vm) / middle
    if (!free(x, y)) break
    points.push(x, y)
  }
  return points
}
