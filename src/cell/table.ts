/**
 * What a cell is for all values of its graded numbers: solved at Chebyshev points of the second kind (which are nested),
 * as many as it takes, and interpolated between them with a polynomial in barycentric form (Berrut and Trefethen, SIAM
 * Review 46 (2004) 501). The error that is stated is that of the table with every second point, measured at the others.
 * Numbers that only jump need no interpolation: the cell is solved for each of their values.
 */
import { t } from '../language/language.ts'
import { InputError } from '../parameter.ts'
import { present } from '../present.ts'
import type { CellProblemSpec, CellResult, CellSpec, CellTable, Grading } from './cell.ts'
import { computeCell } from './compute.ts'
import { atPlace, cellWith, follower, keyOf, placeInWords, stepsOf, valueAt } from './graded.ts'
import { scaled } from './progress.ts'

/** Tables are refined until the stated error is below this. */
const WANTED = 1e-3
/** Intervals between the points of a number: 3, 5, 9 and 17 points for one, up to 9 for each of two. */
const LEVELS = [2, 4, 8, 16]
const MOST_OF_TWO = 8

/**
 * Solves the cell at the points of a table; yields the fraction done.
 * @throws InputError when one of the cells cannot be solved, or they have other connections than the rest: with the place
 */
export function* tabulate(
  spec: CellSpec,
  graded: readonly Grading[],
  problems: readonly CellProblemSpec[],
): Generator<number, CellTable> {
  const solved = new Map<string, CellResult>()
  const leading = follower(graded) ? graded.slice(0, 1) : graded
  const steps = leading.map(stepsOf)
  const stepped = steps.map((of) => of !== undefined)
  const most = leading.length > 1 ? MOST_OF_TWO : LEVELS[LEVELS.length - 1]
  const whole = steps.reduce((product, of) => product * (of?.length ?? most + 1), 1)
  for (const intervals of LEVELS) {
    const axes = leading.map((grading, k) => steps[k] ?? chebyshev(grading, intervals))
    const points = combinations(axes)
    for (const values of points) {
      const key = values.join(' ')
      if (solved.has(key)) continue
      const [from, to] = [solved.size / whole, (solved.size + 1) / whole]
      solved.set(key, yield* scaled(solveAt(spec, graded, values, problems), from, to))
    }
    const cells = points.map((values) => present(solved.get(values.join(' ')), 'a solved cell'))
    yield* alike(spec, graded, points, cells)
    const table: CellTable = { graded, axes, stepped, cells }
    if (intervals === most || errorOf(table, measured) <= WANTED) return table
  }
  throw new RangeError('a table needs points')
}

/**
 * The cell with these values, without looking for doubts, which are told for the cell on show.
 * @throws InputError when it cannot be solved, with the place
 */
export function* solveWith(
  spec: CellSpec,
  graded: readonly Grading[],
  values: readonly number[],
  problems: readonly CellProblemSpec[],
): Generator<number, CellResult> {
  try {
    return yield* computeCell(cellWith(spec, graded, values), problems, { bracket: false, suggest: false })
  } catch (error) {
    throw error instanceof InputError ? atPlace(error, graded, values) : error
  }
}

/** The cell at a point of a table, with what is kept of it. */
function* solveAt(
  spec: CellSpec,
  graded: readonly Grading[],
  values: readonly number[],
  problems: readonly CellProblemSpec[],
): Generator<number, CellResult> {
  const follow = values.length < graded.length ? follower(graded) : undefined
  const cell = yield* solveWith(spec, graded, follow ? [...values, follow(values[0])] : values, problems)
  const none = new Float32Array(0)
  const lean = cell.problems.map((p) => ({ ...p, sensitivity: none, flux: [], velocity: undefined }))
  // Too many to be kept whole.
  const heavy = values.length > 1 && spec.dimension === 3
  return { ...cell, problems: heavy ? lean.map((p) => ({ ...p, correctors: [] })) : lean }
}

/** Points of the second kind on the range of the number, in ascending order. */
function chebyshev({ along }: Grading, intervals: number): number[] {
  const values = along.map(([, value]) => value)
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const at = (k: number) => (low + high) / 2 - ((high - low) / 2) * Math.cos((Math.PI * k) / intervals)
  return Array.from({ length: intervals + 1 }, (_, k) => (k === 0 ? low : k === intervals ? high : at(k)))
}

/** All combinations, the first axis fastest. */
function combinations(axes: readonly (readonly number[])[]): number[][] {
  return axes.reduce<number[][]>((list, axis) => axis.flatMap((x) => list.map((rest) => [...rest, x])), [[]])
}

/** What the phases of a cell are joined to. */
const joints = ({ phases }: CellResult) =>
  Object.entries(phases).map(([name, { percolates, components }]) => ({ name, percolates, components }))

/** How a cell is joined otherwise than another one, in words; undefined where it is not. */
function otherwise(cell: CellResult, than: CellResult): string | undefined {
  const before = joints(than)
  for (const [at, { name: phase, percolates, components }] of joints(cell).entries()) {
    const axis = percolates.findIndex((yes, k) => yes !== before[at].percolates[k])
    if (axis >= 0) {
      const values = { phase, axis: 'xyz'[axis] }
      return percolates[axis]
        ? t('"{phase}" is joined through the cells along {axis}', values)
        : t('"{phase}" is cut off along {axis}', values)
    }
    if (components !== before[at].components)
      return t('"{phase}" has {now} pieces instead of {before}', {
        phase,
        now: components,
        before: before[at].components,
      })
  }
  return undefined
}

/** Whether gaps or walls of the cell are below the width of its mesh. */
const undecided = ({ phases }: CellResult) => Object.values(phases).some(({ unresolved }) => unresolved.includes(true))

/** Halvings that name the place of a change. */
const HALVINGS = 7

/**
 * @throws InputError where a phase is in other pieces, or reaches through along other axes, than at the first point: it
 *   names the place where that begins
 */
function* alike(
  spec: CellSpec,
  graded: readonly Grading[],
  points: readonly number[][],
  cells: readonly CellResult[],
): Generator<number, void> {
  const others = cells.filter((cell) => otherwise(cell, cells[0]) !== undefined)
  if (others.length === 0) return
  const wrong = cells.indexOf(others[0])
  let [good, bad, change] = [points[0], points[wrong], otherwise(cells[wrong], cells[0])]
  for (let k = 0; k < HALVINGS; k++) {
    const middle = good.map((x, i) => (x + bad[i]) / 2)
    const there = otherwise(yield* solveAt(spec, graded, middle, []), cells[0])
    if (there === undefined) good = middle
    else [bad, change] = [middle, there]
  }
  const said = {
    // A mesh too coarse for a gap is not told from a closed one.
    finer: others.every(undecided) ? t(', or take a finer mesh than 1/{n}', { n: cells[0].mesh.n }) : '',
    where: placeInWords(graded, bad),
    change: change ?? '',
    first: placeInWords(graded, points[0]),
  }
  const message =
    bad.length > 1
      ? t(
          'where {where}, {change}, not so elsewhere: two numbers are solved in all their combinations; keep these joined alike, or let both change in proportion between the same places{finer}',
          said,
        )
      : t(
          'from {where} on {change}, unlike where {first}: one model holds for one kind of cell; keep to one side of it{finer}',
          said,
        )
  throw new InputError([{ path: keyOf(graded), message }])
}

/** Numbers that are read off a cell, in groups of one scale. */
export type Reading = (cell: CellResult) => readonly (readonly number[])[]

/** Fractions and tensors: areas wander with the mesh, which more points do not mend. */
const measured: Reading = ({ phases, problems }) => [
  Object.values(phases).map(({ fraction }) => fraction),
  ...problems.map(({ tensor }) => tensor.flat()),
]

/** Error of the table with every second point at the others, over the largest number of each group; 0 where all jump. */
function errorOf(table: CellTable, read: Reading): number {
  const { axes, stepped, cells } = table
  if (!stepped.includes(false)) return 0
  const kept = (axis: number, place: number) => stepped[axis] || place % 2 === 0
  const coarse = {
    ...table,
    axes: axes.map((axis, k) => axis.filter((_, place) => kept(k, place))),
    cells: cells.filter((_, cell) => placesIn(axes, cell).every((place, k) => kept(k, place))),
  }
  const groups = cells.map(read)
  const rough = interpolation(coarse, (cell) => groups[cells.indexOf(cell)].flat())
  const scales = groups[0].map((_, g) => Math.max(...groups.map((of) => Math.max(...of[g].map(Math.abs)))))
  let worst = 0
  combinations(axes).forEach((values, k) => {
    const guess = rough(values)
    let at = 0
    groups[k].forEach((group, g) => {
      for (const value of group) {
        const off = Math.abs(guess[at++] - value)
        if (off > 0) worst = Math.max(worst, off / scales[g])
      }
    })
  })
  return worst
}

/** Places on the axes of a cell of a table. */
function placesIn(axes: readonly (readonly number[])[], cell: number): number[] {
  let rest = cell
  return axes.map(({ length }) => {
    const place = rest % length
    rest = Math.floor(rest / length)
    return place
  })
}

/** Numbers of a cell as a function of the values of the graded ones. */
function interpolation(
  { axes, stepped, cells }: CellTable,
  read: (cell: CellResult) => readonly number[],
): (values: readonly number[]) => Float64Array {
  const table = cells.map((cell) => read(cell))
  return (values) => {
    const weights = axes.map((axis, k) => (stepped[k] ? nearest(axis, values[k]) : lagrange(axis, values[k])))
    const out = new Float64Array(table[0].length)
    table.forEach((row, cell) => {
      const weight = placesIn(axes, cell).reduce((product, place, k) => product * weights[k][place], 1)
      if (weight !== 0) for (let i = 0; i < out.length; i++) out[i] += weight * row[i]
    })
    return out
  }
}

/** Values of the Lagrange polynomials of Chebyshev points of the second kind. */
function lagrange(points: readonly number[], x: number): number[] {
  const hit = points.indexOf(x)
  if (hit >= 0) return points.map((_, k) => (k === hit ? 1 : 0))
  const last = points.length - 1
  const terms = points.map((point, k) => ((k % 2 === 0 ? 1 : -1) * (k === 0 || k === last ? 0.5 : 1)) / (x - point))
  const sum = terms.reduce((a, b) => a + b, 0)
  return terms.map((term) => term / sum)
}

function nearest(points: readonly number[], x: number): number[] {
  const distance = points.map((point) => Math.abs(point - x))
  const best = distance.indexOf(Math.min(...distance))
  return points.map((_, k) => (k === best ? 1 : 0))
}

/** Numbers as functions of the place, a fraction of the length, and how well they are interpolated (see `errorOf`). */
export interface Along {
  at(place: number): Float64Array
  error: number
}

/**
 * Numbers that are read off a cell as functions of the place.
 * @param read the same numbers in the same order of every cell of the table
 * @throws InputError like `read`, with the place
 */
export function along(table: CellTable, read: Reading): Along {
  const { graded, axes, cells } = table
  const points = combinations(axes)
  const known = cells.map((cell, k) => {
    try {
      return read(cell)
    } catch (error) {
      throw error instanceof InputError ? atPlace(error, graded, points[k]) : error
    }
  })
  const of: Reading = (cell) => known[cells.indexOf(cell)]
  const numbers = interpolation(table, (cell) => of(cell).flat())
  return {
    at: (place) => numbers(graded.map((grading) => valueAt(grading, place))),
    error: errorOf(table, of),
  }
}
