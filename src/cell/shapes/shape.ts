/**
 * What a cell shape is: a file with one `Shape`, and a line in index.ts. Lengths are fractions of the period,
 * angles are degrees. A level set is negative inside, periodic, and only its zeros matter (it need not be a distance).
 */

import { t } from '../../language/language.ts'
import type { LevelSet } from '../../numerics/levelSet.ts'
import { describe, fieldPath, type Problem } from '../../parameter.ts'
import { present } from '../../present.ts'
import type { ShapeSpec } from '../cell.ts'

export type { LevelSet }
export type Point = readonly number[]
export type Dimension = 2 | 3

/** One entry of a shape's form. `vector` has one component an axis, `points` is a list of [x, y]. */
export interface ShapeParameter {
  name: string
  label: string
  kind: 'number' | 'vector' | 'axis' | 'points'
  /** Components of a vector. */
  length?: number
  unit: '1' | '°'
  /** Limits of every component, inclusive. */
  min: number
  max: number
  /** May be left out; then it is zero. */
  optional?: boolean
}

/** A point of the 2D editor that can be dragged. */
export interface Handle {
  name: string
  position: [number, number]
}

export interface Shape {
  name: string
  label: string
  dimensions: readonly Dimension[]
  parameters(dimension: Dimension): readonly ShapeParameter[]
  defaultSpec(dimension: Dimension, phase: string): ShapeSpec
  /** Problems that the schema cannot express. Called only when the schema is satisfied. */
  check?(spec: ShapeSpec, dimension: Dimension, path: string): Problem[]
  levelSet(spec: ShapeSpec, dimension: Dimension): LevelSet
  /** Whether the boundary has no corners or edges (the error of a tensor is then of second order). */
  smooth(spec: ShapeSpec, dimension: Dimension): boolean
  /** Straight boundary pieces in 2D as closed or open chains of points: their corners are fitted exactly. */
  outline?(spec: ShapeSpec): Point[][]
  /** Handles of the 2D editor; none for a 3D spec. */
  handles(spec: ShapeSpec): Handle[]
  /** The spec after a handle was dragged to a point; sizes are clamped to the limits of the schema. */
  drag(spec: ShapeSpec, handle: string, point: Point): ShapeSpec
  /** Moved by `delta` (one entry an axis), wrapped back into the cell. */
  nudge(spec: ShapeSpec, delta: Point): ShapeSpec
  /** All lengths times `factor`, clamped. */
  resize(spec: ShapeSpec, factor: number): ShapeSpec
}

/** Smallest length a shape may have. */
export const SMALLEST = 0.005

export const centerParameter = (dimension: Dimension): ShapeParameter => ({
  name: 'center',
  label: 'Centre',
  kind: 'vector',
  length: dimension,
  unit: '1',
  min: -1,
  max: 2,
})

export const rotationParameter = (dimension: Dimension): ShapeParameter => ({
  name: 'rotation',
  label: dimension === 2 ? 'Rotation' : 'Rotation about x, y, z',
  kind: dimension === 2 ? 'number' : 'vector',
  length: dimension === 2 ? undefined : 3,
  unit: '°',
  min: -360,
  max: 360,
  optional: true,
})

/** Checks a spec against the shape's schema, then the shape's own rules. Reports everything at once. */
export function validateShape(shape: Shape, spec: ShapeSpec, dimension: Dimension, path: string): Problem[] {
  if (!shape.dimensions.includes(dimension))
    return [
      {
        path: `${path}.shape`,
        message: t('got "{got}" in {dimension}D; it exists in {dimensions} only; choose another shape or dimension', {
          got: shape.name,
          dimension,
          dimensions: shape.dimensions.map((d) => `${d}D`).join(` ${t('and')} `),
        }),
      },
    ]
  const schema = shape.parameters(dimension)
  const problems: Problem[] = []
  const names = ['shape', 'phase', ...schema.map((p) => p.name)]
  for (const name of Object.keys(spec))
    if (!names.includes(name))
      problems.push({
        path: fieldPath(path, name),
        message: t('unknown field; valid for "{shape}" in {dimension}D are {names}', {
          shape: shape.name,
          dimension,
          names: names.join(', '),
        }),
      })
  for (const p of schema) {
    const value = spec[p.name]
    if (value === undefined && p.optional) continue
    const message = checkParameter(p, value)
    if (message) problems.push({ path: `${path}.${p.name}`, message })
  }
  if (problems.length === 0 && shape.check) problems.push(...shape.check(spec, dimension, path))
  return problems
}

function checkParameter(p: ShapeParameter, value: unknown): string | undefined {
  const unit = p.unit === '1' ? '' : p.unit
  const range = t('between {least} and {most}', { least: `${p.min}${unit}`, most: `${p.max}${unit}` })
  const good = (x: unknown): boolean => typeof x === 'number' && Number.isFinite(x) && x >= p.min && x <= p.max
  const middle = Number(((p.min + p.max) / 2).toPrecision(2))
  switch (p.kind) {
    case 'number':
      return good(value)
        ? undefined
        : t('got {got}; must be a number {range}; try {better}{unit}', {
            got: describe(value),
            range,
            better: middle,
            unit,
          })
    case 'axis':
      return (axisIndex(value) ?? Number.POSITIVE_INFINITY) <= p.max
        ? undefined
        : t('got {got}; valid are {valid}', {
            got: describe(value),
            valid: AXES.slice(0, p.max + 1)
              .map((a) => `"${a}"`)
              .join(', '),
          })
    case 'vector': {
      const example = `[${Array.from({ length: p.length ?? 0 }, () => middle).join(', ')}]`
      if (!Array.isArray(value) || value.length !== p.length)
        return t('got {got}; must be a list of {n} numbers {range}; try {better}', {
          got: describe(value),
          n: p.length ?? 0,
          range,
          better: example,
        })
      const bad = value.findIndex((x) => !good(x))
      return bad < 0
        ? undefined
        : t('component {bad}: got {value}; must be a number {range}; try {better}', {
            bad: bad + 1,
            value: describe(value[bad]),
            range,
            better: example,
          })
    }
    case 'points': {
      if (!Array.isArray(value) || value.length < 3)
        return t('got {got}; must be a list of at least 3 points [x, y]; try [[0.3, 0.3], [0.7, 0.3], [0.5, 0.7]]', {
          got: describe(value),
        })
      const bad = value.findIndex((x) => !Array.isArray(x) || x.length !== 2 || !x.every(good))
      return bad < 0
        ? undefined
        : t('point {bad}: must be [x, y] with both numbers {range}; try [0.5, 0.5]', { bad: bad + 1, range })
    }
  }
}

export const AXES = ['x', 'y', 'z'] as const

/** Axis as an index, from its name or its index; undefined for anything else. */
export function axisIndex(value: unknown): 0 | 1 | 2 | undefined {
  const index = typeof value === 'number' ? value : AXES.indexOf(value as 'x')
  return index === 0 || index === 1 || index === 2 ? index : undefined
}

/** The axis of a shape that has been validated. */
export function axisOf(spec: ShapeSpec): 0 | 1 | 2 {
  return present(axisIndex(spec.axis), 'the axis of a shape')
}

/** x moved by whole periods into [-1/2, 1/2]. */
export function nearest(x: number): number {
  return x - Math.round(x)
}

export function clamp(x: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, x))
}

export function numbers(spec: ShapeSpec, name: string): number[] {
  return spec[name] as number[]
}

/** Center moved by delta and wrapped into [0, 1). */
export function moved(center: readonly number[], delta: Point): number[] {
  return center.map((x, c) => {
    const y = x + (delta[c] ?? 0)
    return y - Math.floor(y)
  })
}

/** Point of the editor clamped into the cell. */
export function inCell(point: Point): number[] {
  return point.map((x) => clamp(x, 0, 1))
}

/**
 * Periodic level set of a body given by `inside`, a function of the position relative to its centre. Where the body
 * reaches further than half a period, the neighbouring images count too.
 */
export function periodic(center: Point, reach: number, dimension: Dimension, inside: LevelSet): LevelSet {
  const [cx, cy, cz = 0] = center as [number, number, number?]
  if (reach <= 0.5) return (x, y, z) => inside(nearest(x - cx), nearest(y - cy), nearest(z - cz))
  const depth = dimension === 3 ? 1 : 0
  return (x, y, z) => {
    const [u, v, w] = [nearest(x - cx), nearest(y - cy), nearest(z - cz)]
    let value = Infinity
    for (let a = -1; a <= 1; a++)
      for (let b = -1; b <= 1; b++)
        for (let c = -depth; c <= depth; c++) value = Math.min(value, inside(u + a, v + b, w + c))
    return value
  }
}

/**
 * Rotation matrix, row major 3x3, columns = body axes. 2D: an angle counterclockwise. 3D: Euler angles [a, b, c]
 * about x, y, z with R = Rx(a) Ry(b) Rz(c) (the "XYZ" order of Three.js). Degrees.
 */
export function rotationMatrix(rotation: unknown): number[] {
  const [a, b, c] = Array.isArray(rotation) ? (rotation as number[]) : [0, 0, (rotation as number | undefined) ?? 0]
  const radians = [a, b, c].map((x) => (x * Math.PI) / 180)
  const [ca, cb, cc] = radians.map(Math.cos) as [number, number, number]
  const [sa, sb, sc] = radians.map(Math.sin) as [number, number, number]
  return [
    cb * cc,
    -cb * sc,
    sb,
    ca * sc + sa * sb * cc,
    ca * cc - sa * sb * sc,
    -sa * cb,
    sa * sc - ca * sb * cc,
    sa * cc + ca * sb * sc,
    ca * cb,
  ]
}

/** Degrees counterclockwise from +x of the vector (x, y), in (-180, 180]. */
export function angleOf(x: number, y: number): number {
  return (Math.atan2(y, x) * 180) / Math.PI
}

/** `body` (a function of body coordinates) turned by a rotation matrix. */
export function rotated(matrix: readonly number[], body: LevelSet): LevelSet {
  if (matrix.every((m, k) => m === (k % 4 === 0 ? 1 : 0))) return body
  const [a, b, c, d, e, f, g, h, i] = matrix as [number, number, number, number, number, number, number, number, number]
  return (u, v, w) => body(a * u + d * v + g * w, b * u + e * v + h * w, c * u + f * v + i * w)
}

/** Point of the editor from body coordinates (2D). */
export function toWorld(center: Point, matrix: readonly number[], u: number, v: number): [number, number] {
  return [center[0] + matrix[0] * u + matrix[1] * v, center[1] + matrix[3] * u + matrix[4] * v]
}

/** Body coordinates of a point of the editor (2D). */
export function toBody(center: Point, matrix: readonly number[], point: Point): [number, number] {
  const x = point[0] - center[0]
  const y = point[1] - center[1]
  return [matrix[0] * x + matrix[3] * y, matrix[1] * x + matrix[4] * y]
}
