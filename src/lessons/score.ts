/** How far two answers to a question are from each other, and what that says of a prediction. */
import { type Line, valueAt } from './curve.ts'
import type { Answer, Axis, CurveQuestion, EllipseShape, Question } from './lesson.ts'

/** Beyond the tolerance, but nearer than this many of it. */
const NEAR = 2
/** Abscissae at which curves are compared. */
const SAMPLES = 61

export type Verdict = 'right' | 'near' | 'off'

export interface Score {
  verdict: Verdict
  /** In the measure of the question's tolerance; 0 or 1 of a choice. */
  distance: number
}

/** @throws RangeError for answers of another kind than the question asks for */
export function score(question: Question, prediction: Answer, truth: Answer): Score {
  const distance = distanceBetween(question, prediction, truth)
  const tolerance = question.ask === 'choice' ? 0 : question.tolerance
  const verdict = distance <= tolerance ? 'right' : distance <= NEAR * tolerance ? 'near' : 'off'
  return { verdict, distance }
}

/**
 * A number: the difference, in its unit. A curve: the root mean square of the differences as a share of the height of
 * the picture, the worst of its lines. An ellipse: `tensorDistance`. A region: the share of cells that only one of them
 * has, of those that one or both have. A choice: 0 or 1.
 */
export function distanceBetween(question: Question, a: Answer, b: Answer): number {
  if (a.ask !== question.ask || b.ask !== question.ask)
    throw new RangeError(`got answers of the kinds ${a.ask} and ${b.ask} to a question for a ${question.ask}`)
  if (a.ask === 'number' && b.ask === 'number') return Math.abs(a.value - b.value)
  if (a.ask === 'choice' && b.ask === 'choice') return a.is === b.is ? 0 : 1
  if (a.ask === 'ellipse' && b.ask === 'ellipse') return tensorDistance(tensorOf(a.shape), tensorOf(b.shape))
  if (a.ask === 'region' && b.ask === 'region') return regionDistance(a.rows, b.rows)
  if (a.ask === 'curve' && b.ask === 'curve' && question.ask === 'curve')
    return Math.max(
      ...question.lines.map(({ name }) => curveDistance(question, a.lines[name] ?? [], b.lines[name] ?? [])),
    )
  throw new RangeError(`got answers of the kinds ${a.ask} and ${b.ask}`)
}

type Points = readonly (readonly [number, number])[]

/** Where both have a value: a discharge that ends earlier is compared as far as it goes, and then counts as at the bottom. */
function curveDistance({ x, y }: CurveQuestion, a: Points, b: Points): number {
  if (a.length < 2 || b.length < 2) return 1
  let sum = 0
  for (let k = 0; k < SAMPLES; k++) {
    const at = unscaled(x, k / (SAMPLES - 1))
    const difference = height(y, a, at) - height(y, b, at)
    sum += difference ** 2
  }
  return Math.sqrt(sum / SAMPLES)
}

/** Height in the picture, 0 at its foot and 1 at its top; outside of the curve its foot. */
function height(axis: Axis, points: Points, at: number): number {
  const line = lineOf(points)
  const beyond = at < Math.min(...line.x) || at > Math.max(...line.x)
  return beyond ? 0 : scaled(axis, valueAt(line, at))
}

export function lineOf(points: Points): Line {
  return { x: points.map(([x]) => x), y: points.map(([, y]) => y) }
}

/** Where a value stands between the ends of an axis, 0 to 1 and not beyond. */
export function scaled({ from, to, log }: Axis, value: number): number {
  const share = log
    ? Math.log(Math.max(value, Number.MIN_VALUE) / from) / Math.log(to / from)
    : (value - from) / (to - from)
  return Math.min(1, Math.max(0, share))
}

/** The value at a place between the ends of an axis. */
export function unscaled({ from, to, log }: Axis, share: number): number {
  return log ? from * (to / from) ** share : from + (to - from) * share
}

type Plane = [[number, number], [number, number]]

/** The symmetric tensor whose action on the unit circle is that ellipse. */
export function tensorOf({ long, short, angle }: EllipseShape): Plane {
  const [c, s] = [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]
  const off = (long - short) * c * s
  return [
    [long * c * c + short * s * s, off],
    [off, long * s * s + short * c * c],
  ]
}

/** The ellipse of a symmetric tensor of the plane. */
export function ellipseOf([[xx, xy], [, yy]]: readonly (readonly number[])[]): EllipseShape {
  const mean = (xx + yy) / 2
  const radius = Math.hypot((xx - yy) / 2, xy)
  const angle = radius < 1e-12 * Math.abs(mean) ? 0 : (Math.atan2(2 * xy, xx - yy) * 90) / Math.PI
  return { long: mean + radius, short: mean - radius, angle }
}

/** The largest (Frobenius) distance of two tensors as a share of the larger one: it does not mind the angle of a circle. */
export function tensorDistance(a: Plane, b: Plane): number {
  const size = (t: Plane) => Math.hypot(...t.flat())
  const difference = Math.hypot(...a.flat().map((v, k) => v - b.flat()[k]))
  return difference / Math.max(size(a), size(b), Number.MIN_VALUE)
}

function regionDistance(a: readonly string[], b: readonly string[]): number {
  let [both, either] = [0, 0]
  a.forEach((row, k) => {
    for (const [i, cell] of [...row].entries()) {
      const [inA, inB] = [cell === '#', b[k]?.[i] === '#']
      if (inA && inB) both++
      if (inA || inB) either++
    }
  })
  return either === 0 ? 0 : 1 - both / either
}
