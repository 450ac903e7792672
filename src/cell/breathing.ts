/** Cells that breathe: numbers of the reference cell that change together while its cells swell and shrink. */
import { t } from '../language/language.ts'
import type { Problem } from '../parameter.ts'
import { number } from '../words.ts'
import type { Breathing, CellSpec, Grading } from './cell.ts'
import { checkCount, checkGraded, numberOf } from './graded.ts'

/**
 * How far from the line that two numbers follow the cell itself may lie, as a part of their ranges. Its volume is read
 * from the first number and its tensors are met at rest, so that numbers rounded to three or four digits serve.
 */
const ON_LINE = 1e-3
/** Digits of ranges that are computed: all but those of round-off. */
const DIGITS = 12

/** The same as numbers that vary, from the lower ends of their ranges (0) to the upper (1). */
export function asGradings(breathing: readonly Breathing[]): Grading[] {
  return breathing.map(({ number: name, range: [low, high] }) => ({
    number: name,
    along: [
      [0, low],
      [1, high],
    ],
    swells: true,
  }))
}

/** Where the cell itself stands between the ends of its first range: 0 to 1. */
export function restOf([{ number: name, range }]: readonly Breathing[], spec: CellSpec): number {
  return part(numberOf(spec, name) ?? Number.NaN, range)
}

/**
 * Another number passed in step with the first: it is at rest where that is.
 * @param factor width of its range over that of the first
 */
export function inStep(name: string, first: Breathing, spec: CellSpec, factor: number): Breathing {
  const [own, other] = [first.number, name].map((of) => numberOf(spec, of) ?? Number.NaN)
  const at = (end: number) => Number((other + factor * (end - own)).toPrecision(DIGITS))
  const [low, high] = first.range
  return { number: name, range: [at(low), at(high)] }
}

/**
 * Breathing numbers that have come out of proportion, as one of them or the cell changed: the others follow.
 * @param leader the one whose range stays
 * @param before ranges whose widths give the proportion
 */
export function inProportion(
  breathing: readonly Breathing[],
  spec: CellSpec,
  leader = 0,
  before: readonly Breathing[] = breathing,
): Breathing[] {
  const width = ({ range: [low, high] }: Breathing) => high - low
  return breathing.map((one, k) => {
    const factor = width(before[k]) / width(before[leader])
    const followed = inStep(one.number, breathing[leader], spec, factor)
    return k === leader || !followed.range.every(Number.isFinite) ? one : followed
  })
}

const part = (value: number, [low, high]: Breathing['range']) => (value - low) / (high - low)

/** Everything that is wrong with the breathing numbers of a valid cell. */
export function checkBreathing(breathing: readonly Breathing[], spec: CellSpec): Problem[] {
  const many = checkCount(breathing, 'breathing')
  if (many.length > 0) return many
  const order = breathing.flatMap(({ range: [low, high] }, k): Problem[] => {
    if (low < high) return []
    const message =
      low === high
        ? t('got {low} at both ends; they must be apart, with the number of the cell at rest between them', { low })
        : t('got {low} to {high}; give the smaller value first, e.g. [{high}, {low}]', { low, high })
    return [{ path: `breathing[${k}].range`, message }]
  })
  if (order.length > 0) return order
  const wrong = checkGraded(asGradings(breathing), spec, 'breathing')
  if (wrong.length > 0) return wrong.map((problem) => ({ ...problem, path: problem.path.replace('.along', '.range') }))
  const rest = restOf(breathing, spec)
  return breathing.flatMap(({ number: name, range }, k): Problem[] => {
    const value = numberOf(spec, name) ?? Number.NaN
    const own = part(value, range)
    const said = { name, value: number(value), low: number(range[0]), high: number(range[1]) }
    if (!(own > 0 && own < 1))
      return [
        {
          path: `breathing[${k}].range`,
          message: t(
            'got {low} to {high}, and {name} = {value} in the cell at rest; the range must hold it, with room on both sides',
            said,
          ),
        },
      ]
    if (Math.abs(own - rest) <= ON_LINE) return []
    const better = number(range[0] + rest * (range[1] - range[0]), 6)
    return [
      {
        path: `breathing[${k}].range`,
        message: t(
          'got {low} to {high} with {name} = {value} at rest, which is not in proportion to the first number; try {name} = {better} in the cell',
          { ...said, better },
        ),
      },
    ]
  })
}
