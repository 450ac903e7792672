/**
 * What a cell is for every volume of its cells: the tensors of its table as functions of the swelling
 * s = theta_I / theta_I(rest). The table has them by the number of the cell; cubic Hermite pieces between many of
 * its points turn that into functions of s, with the derivatives that Jacobians need.
 */
import type { CellTable, Tensor } from '../../cell/cell.ts'
import { t } from '../../language/language.ts'
import { InputError } from '../../parameter.ts'
import { number } from '../../words.ts'
import type { Notice } from '../family.ts'
import { GOOD } from '../graded.ts'
import type { EffectiveTissue } from './net.ts'

/** Pieces between the smallest and the largest cells; the error of a piece falls with the fourth power. */
const PIECES = 256
/** Step of the differences that give slopes, as a part of the range. */
const STEP = 1e-4

/** Components of a symmetric tensor in so many dimensions. */
export function componentsOf(dimension: number): [number, number][] {
  return Array.from({ length: dimension }, (_, i) =>
    Array.from({ length: dimension - i }, (_, j): [number, number] => [i, i + j]),
  ).flat()
}

export class Swelling {
  /** Smallest and largest s of the table. */
  readonly least: number
  readonly most: number
  private readonly dimension: number
  /** Ends of the pieces. */
  private readonly knots: Float64Array
  /** Components of the tensor outside, then of that inside. */
  private readonly curves: readonly Hermite[]

  /**
   * @param table the tissue from the lower ends of the ranges (0) to the upper (1)
   * @param rest where between them the cell itself is
   * @param tissue that of the cell itself, which the table meets at rest
   * @throws InputError where the cells do not grow all the way
   */
  constructor(table: (place: number) => EffectiveTissue, rest: number, tissue: EffectiveTissue, dimension: number) {
    this.dimension = dimension
    const known = new Map<number, EffectiveTissue>()
    const at = (place: number) => {
      const found = known.get(place) ?? table(place)
      known.set(place, found)
      return found
    }
    const own = at(rest)
    const s = (place: number) => at(place).fractionI / own.fractionI
    const places = Array.from({ length: PIECES + 1 }, (_, k) => k / PIECES)
    // From the smallest volume to the largest, whichever way the number goes.
    if (s(0) > s(1)) places.reverse()
    this.knots = Float64Array.from(places, s)
    const stuck = this.knots.findIndex((value, k) => k > 0 && !(value > this.knots[k - 1]))
    if (stuck > 0)
      throw new InputError([
        {
          path: 'breathing',
          message: t(
            'the cells do not grow all the way through the range: over a part of it their volume stays or falls back; take a number that makes them larger throughout, or a shorter range',
          ),
        },
      ])
    this.least = this.knots[0]
    this.most = this.knots[PIECES]
    const curve = (tensor: (tissue: EffectiveTissue) => Tensor, i: number, j: number): Hermite => {
      const [cell, there] = [tensor(tissue)[i][j], tensor(own)[i][j]]
      // What conducts is met by a factor, which keeps it positive; what couples axes by a difference.
      const value = (place: number) => {
        const entry = tensor(at(place))[i][j]
        return i === j && there !== 0 ? (entry * cell) / there : entry + cell - there
      }
      const slope = (place: number) => {
        const [low, high] = [Math.max(0, place - STEP), Math.min(1, place + STEP)]
        return (value(high) - value(low)) / (s(high) - s(low))
      }
      return { values: Float64Array.from(places, value), slopes: Float64Array.from(places, slope) }
    }
    this.curves = [({ tensorE }: EffectiveTissue) => tensorE, ({ tensorI }: EffectiveTissue) => tensorI].flatMap(
      (tensor) => componentsOf(dimension).map(([i, j]) => curve(tensor, i, j)),
    )
  }

  /** Components at s, which lies between `least` and `most`: values and derivatives by turns, outside, then inside. */
  evaluate(s: number, out: Float64Array): void {
    const { knots } = this
    let [low, high] = [0, PIECES]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (knots[middle] <= s) low = middle
      else high = middle
    }
    const width = knots[high] - knots[low]
    const x = (s - knots[low]) / width
    for (const [k, curve] of this.curves.entries()) {
      out[2 * k] = cubic(curve, low, x, width)
      out[2 * k + 1] = slopeOf(curve, low, x, width)
    }
  }

  /** The tensor of a side at s. */
  tensor(side: 'E' | 'I', s: number): Tensor {
    const components = componentsOf(this.dimension)
    const values = new Float64Array(4 * components.length)
    this.evaluate(s, values)
    const first = side === 'E' ? 0 : components.length
    const entry = (i: number, j: number) =>
      values[2 * (first + components.findIndex(([a, b]) => a === Math.min(i, j) && b === Math.max(i, j)))]
    const axes = [...Array(this.dimension).keys()]
    return axes.map((i) => axes.map((j) => entry(i, j)))
  }
}

interface Hermite {
  values: Float64Array
  slopes: Float64Array
}

/** @param x place in the piece, 0 to 1; @param h its width */
function cubic({ values, slopes }: Hermite, k: number, x: number, h: number): number {
  const y = 1 - x
  return (
    y * y * ((1 + 2 * x) * values[k] + x * h * slopes[k]) +
    x * x * ((3 - 2 * x) * values[k + 1] - y * h * slopes[k + 1])
  )
}

function slopeOf({ values, slopes }: Hermite, k: number, x: number, h: number): number {
  const y = 1 - x
  return (6 * x * y * (values[k + 1] - values[k])) / h + y * (1 - 3 * x) * slopes[k] + x * (3 * x - 2) * slopes[k + 1]
}

/**
 * What is said of cells that breathe.
 * @param error as in `tableNotice`
 * @param parts of the box that the cells fill, from the least to the most
 */
export function swellingNotice({ graded, cells }: CellTable, error: number, parts: readonly number[]): Notice {
  const message = t(
    'The cells breathe ({names}), from {least} to {most} % of the tissue: tensors are interpolated between {count} cells, within {error} %.',
    {
      names: graded.map((grading) => grading.number).join(', '),
      least: number(100 * parts[0], 3),
      most: number(100 * parts[1], 3),
      count: cells.length,
      error: number(100 * error, 2),
    },
  )
  if (error <= GOOD) return { level: 'info', message }
  return { level: 'warning', message, advice: [t('let the range be shorter'), t('take a finer mesh of the cell')] }
}
