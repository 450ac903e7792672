/**
 * Values over the box that people write: a formula of x, y and z, or a table along x. Places are parts of the sides, from 0 to 1.
 *
 *     4 + 20*exp(-((x - 0.5)/0.1)^2)     x < 0.5 ? 4 : 24     0: 4, 0.4: 4, 0.5: 24, 0.6: 4, 1: 4
 */
import { Parser } from 'expr-eval-fork'
import { t } from '../language/language.ts'
import { describe, InputError } from '../parameter.ts'
import type { MacroSpec } from './input.ts'
import { inWords, MILLIMOLAR, type ReducedUnits } from './reduced.ts'

/** A value at a place in the box, parts of its sides. */
export type Written = (place: ArrayLike<number>) => number

const AXES = ['x', 'y', 'z'] as const
/** How much may be written, characters. */
const LONGEST = 400
/** Numbers and the signs between them; a formula with a condition has names too. */
const TABLE = /^[\d\s.eE+\-,;]*:[\d\s.eE+\-,;:]*$/
/** Nothing that changes anything, or that is another number the next time. */
const parser = new Parser({
  allowMemberAccess: false,
  operators: { assignment: false, fndef: false, in: false, random: false, concatenate: false },
})
for (const name of ['random', 'map', 'fold', 'filter', 'join', 'indexOf'] as const) delete parser.functions[name]
parser.consts = { pi: Math.PI, e: Math.E }

/**
 * @param dimension of the box: a formula has no further axes
 * @param path of the text, for what is said of it
 * @throws InputError where it cannot be read
 */
export function readWritten(text: string, dimension: number, path: string): Written {
  const refuse = (message: string): never => {
    throw new InputError([{ path, message }])
  }
  if (text.length > LONGEST)
    return refuse(t('got {got} characters; at most {most} are read', { got: text.length, most: LONGEST }))
  return TABLE.test(text) ? readPoints(text, refuse) : readFormula(text, dimension, refuse)
}

/** Whether a text names an axis across the first one, so that what is written may differ there. */
export function namesAcross(text: string): boolean {
  return /\b[yz]\b/.test(text)
}

/** What is written of a field: a formula or table, the path that it is told by, and its unit, SI. */
export interface WrittenField {
  k: number
  text: string
  path: string
  unit: number
}

/**
 * What is written for the fields of a box, SI, by field; without those that are left empty.
 * @throws InputError for what cannot be read
 */
export function readFields(
  texts: readonly WrittenField[],
  { dimension, strip }: Pick<MacroSpec, 'dimension' | 'strip'>,
): Map<number, Written> {
  const own = new Map<number, Written>()
  for (const { k, text, path, unit } of texts) {
    if (text.trim() === '') continue
    const read = readWritten(text, strip ?? dimension, path)
    own.set(k, (place) => unit * read(place))
  }
  return own
}

/** A point [m] as a place in the box. */
export function placeIn({ size }: Pick<MacroSpec, 'size'>, x: ArrayLike<number>): number[] {
  return size.map((side, axis) => x[axis] / side)
}

/**
 * @param least of a concentration that is written, mol/m³
 * @throws InputError where it is not above 0
 */
export function refuseNotPositive(least: number, path: string, units?: ReducedUnits): void {
  if (least > 0) return
  throw new InputError([
    {
      path,
      message: t('got down to {least}; a concentration must be above 0 everywhere in the box', {
        least: inWords(least, MILLIMOLAR, units),
      }),
    },
  ])
}

function readFormula(text: string, dimension: number, refuse: (message: string) => never): Written {
  const axes = AXES.slice(0, dimension)
  const unread = () =>
    t(
      'got {got}, which is neither a formula of {axes} nor a table; write for example 4 + 20*exp(-((x - 0.5)/0.1)^2), or 0: 4, 0.5: 24, 1: 4',
      { got: describe(text), axes: axes.join(', ') },
    )
  // The parser would take the last of several formulas and leave the others.
  if (text.includes(';')) return refuse(unread())
  let formula: ReturnType<Parser['parse']>
  try {
    formula = parser.parse(text)
  } catch {
    return refuse(unread())
  }
  const unknown = formula.variables().filter((name) => !(axes as readonly string[]).includes(name))
  if (unknown.length > 0)
    return refuse(
      t(
        'got {got}; in this box places are {axes}, from 0 to 1 along its sides, beside pi, e and functions such as exp',
        {
          got: unknown.map(describe).join(', '),
          axes: axes.join(', '),
        },
      ),
    )
  return (place) => {
    let value: unknown
    try {
      value = formula.evaluate(Object.fromEntries(axes.map((axis, k) => [axis, place[k] ?? 0])))
    } catch {
      // The parser takes some names that it does not evaluate, and tells of them there.
      return refuse(unread())
    }
    if (typeof value === 'number' && Number.isFinite(value)) return value
    const at = axes.map((axis, k) => `${axis} = ${Number((place[k] ?? 0).toPrecision(3))}`).join(', ')
    return refuse(t('got no number at {at}; the formula must have one everywhere in the box', { at }))
  }
}

function readPoints(text: string, refuse: (message: string) => never): Written {
  const points = text
    .split(/[,;\n]/)
    .filter((part) => part.trim() !== '')
    .map((part) => part.split(':').map((side) => (side.trim() === '' ? Number.NaN : Number(side))))
  const bad = points.find((pair) => pair.length !== 2 || !pair.every(Number.isFinite) || pair[0] < 0 || pair[0] > 1)
  if (bad || points.length === 0)
    return refuse(
      t('got {got}; a table has places from 0 to 1 along x and their values, for example 0: 4, 0.5: 24, 1: 4', {
        got: describe(text),
      }),
    )
  points.sort(([a], [b]) => a - b)
  const twice = points.find(([x], k) => k > 0 && x === points[k - 1][0])
  if (twice) return refuse(t('got two values at x = {x}; give one for each place', { x: twice[0] }))
  return (place) => {
    const x = place[0]
    const next = points.findIndex(([at]) => at >= x)
    if (next < 0) return points[points.length - 1][1]
    if (next === 0) return points[0][1]
    const [[a, u], [b, v]] = [points[next - 1], points[next]]
    return u + ((x - a) / (b - a)) * (v - u)
  }
}
