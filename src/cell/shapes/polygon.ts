/** A simple polygon (2D) given by its vertices in either orientation. */
import { t } from '../../language/language.ts'
import type { Problem } from '../../parameter.ts'
import type { ShapeSpec } from '../cell.ts'
import { clamp, type LevelSet, type Point, periodic, type Shape } from './shape.ts'

const SMALLEST_AREA = 1e-4

const vertices = (spec: ShapeSpec): number[][] => spec.vertices as number[][]

function signedArea(points: readonly Point[]): number {
  return points.reduce((sum, [x, y], k) => {
    const [u, v] = points[(k + 1) % points.length]
    return sum + 0.5 * (x * v - u * y)
  }, 0)
}

/** Twice the signed area of the triangle a b c. */
function turn(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

function segmentsMeet(a: Point, b: Point, c: Point, d: Point): boolean {
  const [t1, t2, t3, t4] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)] as [
    number,
    number,
    number,
    number,
  ]
  const between = (p: Point, q: Point, r: Point): boolean =>
    [0, 1].every((k) => r[k] >= Math.min(p[k], q[k]) && r[k] <= Math.max(p[k], q[k]))
  if (t1 * t2 < 0 && t3 * t4 < 0) return true
  return (
    (t1 === 0 && between(a, b, c)) ||
    (t2 === 0 && between(a, b, d)) ||
    (t3 === 0 && between(c, d, a)) ||
    (t4 === 0 && between(c, d, b))
  )
}

/** Middle and half extent of the bounding box. */
function extent(points: readonly Point[]): { center: number[]; half: number[] } {
  const low = [0, 1].map((k) => Math.min(...points.map((p) => p[k])))
  const high = [0, 1].map((k) => Math.max(...points.map((p) => p[k])))
  return {
    center: [0, 1].map((k) => (low[k] + high[k]) / 2),
    half: [0, 1].map((k) => (high[k] - low[k]) / 2),
  }
}

/** Signed distance from a polygon, negative inside. */
function signedDistance(points: readonly Point[]): LevelSet {
  const flat = Float64Array.from(points.flat() as number[])
  const count = points.length
  return (x, y) => {
    let square = Infinity
    let inside = false
    for (let k = 0, l = count - 1; k < count; l = k++) {
      const ax = flat[2 * l]
      const ay = flat[2 * l + 1]
      const ex = flat[2 * k] - ax
      const ey = flat[2 * k + 1] - ay
      const t = clamp(((x - ax) * ex + (y - ay) * ey) / (ex * ex + ey * ey), 0, 1)
      const u = x - ax - t * ex
      const v = y - ay - t * ey
      square = Math.min(square, u * u + v * v)
      if (ay > y !== ay + ey > y && x < ax + ((y - ay) / ey) * ex) inside = !inside
    }
    return inside ? -Math.sqrt(square) : Math.sqrt(square)
  }
}

export const polygon: Shape = {
  name: 'polygon',
  label: 'Polygon',
  dimensions: [2],
  parameters: () => [{ name: 'vertices', label: 'Vertices', kind: 'points', unit: '1', min: -1, max: 2 }],
  defaultSpec: (_, phase) => ({
    shape: 'polygon',
    phase,
    vertices: [
      [0.25, 0.3],
      [0.75, 0.25],
      [0.5, 0.75],
    ],
  }),
  check(spec, _, path) {
    const points = vertices(spec)
    const n = points.length
    const problems: Problem[] = []
    const at = `${path}.vertices`
    for (let a = 0; a < n; a++) {
      const next = points[(a + 1) % n]
      if (Math.hypot(next[0] - points[a][0], next[1] - points[a][1]) < 1e-9)
        problems.push({
          path: at,
          message: t('points {a} and {a2} coincide; remove one of them', { a: a + 1, a2: ((a + 1) % n) + 1 }),
        })
      for (let b = a + 2; b < n; b++)
        if (!(a === 0 && b === n - 1) && segmentsMeet(points[a], next, points[b], points[(b + 1) % n]))
          problems.push({
            path: at,
            message: t(
              'the sides from point {a} and from point {b} touch each other; the outline must not cross or touch itself; move a point or change the order',
              { a: a + 1, b: b + 1 },
            ),
          })
    }
    if (Math.abs(signedArea(points)) < SMALLEST_AREA)
      problems.push({ path: at, message: t('the area is below {least}; spread the points', { least: SMALLEST_AREA }) })
    const { half } = extent(points)
    if (Math.max(...half) > 0.75)
      problems.push({
        path: at,
        message: t('the polygon extends over {value} periods; at most 1.5 are allowed; make it smaller', {
          value: (2 * Math.max(...half)).toPrecision(3),
        }),
      })
    return problems
  },
  levelSet(spec, dimension) {
    const points = vertices(spec)
    const { center, half } = extent(points)
    const relative = points.map(([x, y]) => [x - center[0], y - center[1]])
    return periodic(center, Math.max(...half), dimension, signedDistance(relative))
  },
  smooth: () => false,
  outline: (spec) => [[...vertices(spec), vertices(spec)[0]]],
  handles(spec) {
    const { center } = extent(vertices(spec))
    return [
      { name: 'center', position: [center[0], center[1]] },
      ...vertices(spec).map(([x, y], k) => ({ name: `vertex${k + 1}`, position: [x, y] as [number, number] })),
    ]
  },
  drag(spec, handle, point) {
    if (handle === 'center') {
      const { center } = extent(vertices(spec))
      return polygon.nudge(spec, [clamp(point[0], 0, 1) - center[0], clamp(point[1], 0, 1) - center[1]])
    }
    const target = [clamp(point[0], -0.5, 1.5), clamp(point[1], -0.5, 1.5)]
    return { ...spec, vertices: vertices(spec).map((v, k) => (handle === `vertex${k + 1}` ? target : v)) }
  },
  nudge(spec, delta) {
    // The whole polygon is wrapped by the period its middle has left.
    const { center } = extent(vertices(spec))
    const shift = [0, 1].map((k) => {
      const goal = center[k] + (delta[k] ?? 0)
      return (delta[k] ?? 0) - (goal < 0 || goal > 1 ? Math.floor(goal) : 0)
    })
    return { ...spec, vertices: vertices(spec).map(([x, y]) => [x + shift[0], y + shift[1]]) }
  },
  resize(spec, factor) {
    const { center, half } = extent(vertices(spec))
    const allowed = clamp(factor, 0.01 / Math.max(...half), 0.75 / Math.max(...half))
    return { ...spec, vertices: vertices(spec).map((v) => v.map((x, k) => center[k] + allowed * (x - center[k]))) }
  },
}
