/** Curves as points in the order in which they were computed, and the numbers that are taken of them. */
import type { NumberObservation } from './observation.ts'

export interface Line {
  x: readonly number[]
  y: readonly number[]
}

type Take = Extract<NumberObservation, { kind: 'take' }>['take']

/**
 * A number of a curve: its ordinate where it begins, ends, is largest, or at an abscissa; the abscissa of its largest
 * value or where it first takes an ordinate (`crossing`); its length along x; the order with which it falls, from the last
 * two points: -d log y / d log x; how far the ways
 * there and back of a loop are apart at an abscissa (`loop`).
 */
export function numberOf(line: Line, take: Take, value = 0): number {
  const { x, y } = line
  const last = x.length - 1
  switch (take) {
    case 'first':
      return y[0]
    case 'last':
      return y[last]
    case 'max':
      return Math.max(...y)
    case 'min':
      return Math.min(...y)
    case 'span':
      return Math.max(...y) - Math.min(...y)
    case 'place-of-max':
      return x[y.indexOf(Math.max(...y))]
    case 'length':
      return Math.max(...x) - Math.min(...x)
    case 'order':
      return -Math.log(y[last] / y[last - 1]) / Math.log(x[last] / x[last - 1])
    case 'crossing':
      return crossing(line, value)
    case 'at':
      return valueAt(line, value)
    case 'loop':
      return loop(line, value)
  }
}

/** The ordinate at an abscissa, linear between points and beyond the ends that of the ends; x may rise or fall. */
export function valueAt({ x, y }: Line, at: number): number {
  for (let k = 1; k < x.length; k++) {
    const [a, b] = [x[k - 1], x[k]]
    if ((at - a) * (at - b) <= 0 && a !== b) return y[k - 1] + ((at - a) / (b - a)) * (y[k] - y[k - 1])
  }
  const nearFirst = Math.abs(at - x[0]) < Math.abs(at - x[x.length - 1])
  return nearFirst ? y[0] : y[y.length - 1]
}

/** The first abscissa at which the curve takes an ordinate; not a number where it never does. */
function crossing({ x, y }: Line, value: number): number {
  for (let k = 1; k < y.length; k++) {
    const [a, b] = [y[k - 1], y[k]]
    if ((value - a) * (value - b) <= 0 && a !== b) return x[k - 1] + ((value - a) / (b - a)) * (x[k] - x[k - 1])
  }
  return Number.NaN
}

/** Abscissae on both sides of the one that is asked for, so that single teeth of a curve do not count. */
const WINDOW = Array.from({ length: 21 }, (_, k) => (k - 10) / 200)

/** Mean distance between the way to the largest abscissa and the way back. */
function loop({ x, y }: Line, at: number): number {
  const turn = x.indexOf(Math.max(...x))
  const there = { x: x.slice(0, turn + 1), y: y.slice(0, turn + 1) }
  const back = { x: x.slice(turn), y: y.slice(turn) }
  const sum = WINDOW.reduce((total, d) => total + valueAt(back, at + d) - valueAt(there, at + d), 0)
  return Math.abs(sum) / WINDOW.length
}
