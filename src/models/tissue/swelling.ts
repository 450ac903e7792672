/**
 * What a cell is for every volume of its cells, over what it is at rest: the numbers of its table as functions of the
 * swelling s = theta_I / theta_I(rest). The table has them by the number of the cell; cubic Hermite pieces between many of
 * its points turn that into functions of s, with the derivatives that Jacobians need.
 */
import type { CellTable } from '../../cell/cell.ts'
import { t } from '../../language/language.ts'
import { InputError } from '../../parameter.ts'
import { number } from '../../words.ts'
import type { Notice } from '../family.ts'
import { GOOD } from '../graded.ts'
import { type EffectiveTissue, kindsIn } from './net.ts'

/** Pieces between the smallest and the largest cells; the error of a piece falls with the fourth power. */
const PIECES = 256
/** Step of the differences that give slopes, as a part of the range. */
const STEP = 1e-4

/** Transmissibilities over those at rest, outside and inside, and their derivatives with respect to s. */
export interface Swollen {
  outside: number
  outsideBy: number
  inside: number
  insideBy: number
}

export class Swelling {
  /** Smallest and largest s of the table. */
  readonly least: number
  readonly most: number
  /** At the ends of the pieces: s, and values and slopes of the factors outside and inside. */
  private readonly knots: Float64Array
  private readonly outside: Hermite
  private readonly inside: Hermite

  /**
   * @param at the tissue from the smallest cells (0) to the largest (1)
   * @param rest where between them the cell itself is
   * @throws InputError where the cells do not grow all the way
   */
  constructor(at: (place: number) => EffectiveTissue, rest: number) {
    const own = at(rest)
    const s = (place: number) => at(place).fractionI / own.fractionI
    const places = Array.from({ length: PIECES + 1 }, (_, k) => k / PIECES)
    const grows = s(1) > s(0)
    // From the smallest volume to the largest, whichever way the number goes.
    if (!grows) places.reverse()
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
    const factor = (of: (tissue: EffectiveTissue) => number): Hermite => {
      const whole = of(own)
      // Isolated cells conduct nothing at any size.
      const value = (place: number) => (whole === 0 ? 0 : of(at(place)) / whole)
      const slope = (place: number) => {
        const [low, high] = [Math.max(0, place - STEP), Math.min(1, place + STEP)]
        return (value(high) - value(low)) / (s(high) - s(low))
      }
      return { values: Float64Array.from(places, value), slopes: Float64Array.from(places, slope) }
    }
    this.outside = factor(({ tensorE }) => tensorE[0][0])
    this.inside = factor((tissue) => kindsIn(tissue)[0].tensorI[0][0])
  }

  /** The factors at s, which lies between `least` and `most`. */
  evaluate(s: number, out: Swollen): void {
    const { knots } = this
    let [low, high] = [0, PIECES]
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (knots[middle] <= s) low = middle
      else high = middle
    }
    const width = knots[high] - knots[low]
    const x = (s - knots[low]) / width
    out.outside = cubic(this.outside, low, x, width)
    out.outsideBy = slopeOf(this.outside, low, x, width)
    out.inside = cubic(this.inside, low, x, width)
    out.insideBy = slopeOf(this.inside, low, x, width)
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
