/**
 * Corners of the interface in 2D: vertices of straight outlines, and points where two outlines, or an outline and a
 * curved shape, cross. Linear elements resolve such a corner only if it is a node.
 */
import type { LevelSet } from '../numerics/levelSet.ts'
import type { CellSpec } from './cell.ts'
import { shapeNamed } from './shapes/index.ts'
import type { Point } from './shapes/shape.ts'

const NEAR = 1e-9
/** Pieces of a segment of unit length in which a curved shape is looked for. */
const PIECES = 128
const BISECTIONS = 60

interface Segment {
  a: Point
  b: Point
  shape: number
}

/** Corner points in [0, 1)^2 that lie on the interface; empty in 3D and for smooth shapes. */
export function interfaceCorners(
  spec: CellSpec,
  phase: (x: number, y: number, z: number) => number,
  levelSets: readonly LevelSet[],
): number[][] {
  if (spec.dimension !== 2) return []
  const chains = spec.shapes.flatMap((s, shape) =>
    (shapeNamed(s.shape).outline?.(s) ?? []).map((points) => ({ points, shape })),
  )
  const segments: Segment[] = chains.flatMap(({ points, shape }) =>
    points.slice(1).map((b, k) => ({ a: points[k], b, shape })),
  )
  // An open chain is a line through the whole cell: only closed chains have corners of their own.
  const candidates = chains.flatMap(({ points }) => (isClosed(points) ? points.slice(1) : []))
  for (const [k, first] of segments.entries())
    for (const second of segments.slice(k + 1))
      if (first.shape !== second.shape) candidates.push(...meetings(first, second))
  for (const s of spec.shapes) {
    const { outline, levelSet } = shapeNamed(s.shape)
    if (outline) continue
    const level = levelSet(s, 2)
    for (const segment of segments) candidates.push(...crossings(segment, level))
  }
  const corners: number[][] = []
  for (const candidate of candidates) {
    const [x, y] = candidate.map((v) => v - Math.floor(v)) as [number, number]
    const level = levelSets[phase(x, y, 0)](x, y, 0)
    if (Math.abs(level) < NEAR && !corners.some(([u, v]) => Math.hypot(u - x, v - y) < NEAR)) corners.push([x, y])
  }
  return corners
}

function isClosed(points: readonly Point[]): boolean {
  const last = points[points.length - 1]
  return points.length > 2 && points[0].every((x, k) => x === last[k])
}

/** Crossing points of a segment with the periodic images of another. */
function meetings(first: Segment, second: Segment): Point[] {
  const points: Point[] = []
  for (let i = -2; i <= 2; i++)
    for (let j = -2; j <= 2; j++) {
      const c = [second.a[0] + i, second.a[1] + j]
      const d = [second.b[0] + i, second.b[1] + j]
      const [ux, uy] = [first.b[0] - first.a[0], first.b[1] - first.a[1]]
      const [vx, vy] = [d[0] - c[0], d[1] - c[1]]
      const det = ux * vy - uy * vx
      if (Math.abs(det) < 1e-12) continue
      const [wx, wy] = [c[0] - first.a[0], c[1] - first.a[1]]
      const s = (wx * vy - wy * vx) / det
      const t = (wx * uy - wy * ux) / det
      if (s >= 0 && s <= 1 && t >= 0 && t <= 1) points.push([first.a[0] + s * ux, first.a[1] + s * uy])
    }
  return points
}

/** Points where a level set changes its sign along a segment, as precise as numbers are. */
function crossings({ a, b }: Segment, level: LevelSet): Point[] {
  const at = (t: number): Point => [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])]
  const value = (t: number) => level(at(t)[0], at(t)[1], 0)
  const pieces = Math.ceil(PIECES * Math.hypot(b[0] - a[0], b[1] - a[1]))
  const points: Point[] = []
  for (let k = 0; k < pieces; k++) {
    let [low, high] = [k / pieces, (k + 1) / pieces]
    const inside = value(low) < 0
    if (value(high) < 0 === inside) continue
    for (let step = 0; step < BISECTIONS; step++) {
      const middle = (low + high) / 2
      if (value(middle) < 0 === inside) low = middle
      else high = middle
    }
    points.push(at(low))
  }
  return points
}
