/**
 * Cells that vary along a box: numbers of the reference cell as piecewise linear functions of the place. Homogenization
 * is local, so where the cell varies slowly its tensors, fractions and areas are functions of the place too.
 */
import { t } from '../language/language.ts'
import { beyond, LIMITS } from '../limits.ts'
import { describe, InputError, type Problem } from '../parameter.ts'
import { number } from '../words.ts'
import type { CellResult, CellSpec, CellTable, Grading } from './cell.ts'
import { shapes } from './shapes/index.ts'
import { validateCell } from './validate.ts'

/** Most numbers of a cell that vary. */
export const MOST_GRADED = 2

/** The value at a place; at a jump the one behind it. */
export function valueAt({ along }: Grading, place: number): number {
  const after = along.findIndex(([x]) => x > place)
  if (after === 0) return along[0][1]
  if (after < 0) return along[along.length - 1][1]
  const [[x0, a], [x1, b]] = [along[after - 1], along[after]]
  return a + ((place - x0) / (x1 - x0)) * (b - a)
}

/** The first place with a value, of those that the grading passes; 0 if it does not. */
export function placeOf({ along }: Grading, value: number): number {
  for (let k = 0; k < along.length; k++) {
    const [x, a] = along[k]
    if (a === value) return x
    const next = along[k + 1]
    if (next && (value - a) * (value - next[1]) < 0) return x + ((value - a) / (next[1] - a)) * (next[0] - x)
  }
  return 0
}

/** All values of a number that only jumps; undefined where it changes slowly somewhere. */
export function stepsOf({ along }: Grading): number[] | undefined {
  const slow = along.some(([x, a], k) => k > 0 && along[k - 1][0] < x && along[k - 1][1] !== a)
  return slow ? undefined : [...new Set(along.map(([, a]) => a))].sort((a, b) => a - b)
}

/** The cell with these values of its graded numbers. */
export function cellWith(spec: CellSpec, graded: readonly Grading[], values: readonly number[]): CellSpec {
  const copy = structuredClone(spec)
  graded.forEach((grading, k) => {
    const found = holderOf(copy, grading.number)
    if (found) found.holder[found.key] = values[k]
  })
  return copy
}

/** The cell at a place of the box. */
export function cellAt(spec: CellSpec, graded: readonly Grading[], place: number): CellSpec {
  return cellWith(
    spec,
    graded,
    graded.map((grading) => valueAt(grading, place)),
  )
}

/** The cell of a table that is nearest to the one at a place. */
export function nearestCell({ graded, axes, cells }: CellTable, place: number): CellResult {
  let [at, stride] = [0, 1]
  axes.forEach((axis, k) => {
    const value = valueAt(graded[k], place)
    const best = axis.reduce((near, x, i) => (Math.abs(x - value) < Math.abs(axis[near] - value) ? i : near), 0)
    at += stride * best
    stride *= axis.length
  })
  return cells[at]
}

/**
 * Where cells vary, the one that stands for all of them in a model: they are joined alike everywhere, which the cell on
 * show need not be.
 */
export function standIn(cell: CellResult): CellResult {
  const { table, columns, filtration } = cell
  if (columns) return { ...cell, ...columns[Math.floor(columns.length / 2)] }
  if (!table) return cell
  return { ...(table.middle ?? nearestCell(table, 0.5)), table, ...(filtration ? { filtration } : {}) }
}

/** Round-off of values that are in proportion, over the largest. */
const SAME = 1e-12

/**
 * The value of a second number for one of the first, where both change in proportion between the same places: along the
 * box there is then one cell for each value of the first. Undefined where they do not.
 */
export function follower([first, second]: readonly Grading[]): ((value: number) => number) | undefined {
  if (!second || first.along.length !== second.along.length) return undefined
  const pairs = first.along.map(([place, value], k) => ({ place, value, other: second.along[k] }))
  if (pairs.some(({ place, other }) => place !== other[0])) return undefined
  const low = pairs.reduce((least, pair) => (pair.value < least.value ? pair : least))
  const high = pairs.reduce((most, pair) => (pair.value > most.value ? pair : most))
  if (low.value === high.value) return undefined
  const slope = (high.other[1] - low.other[1]) / (high.value - low.value)
  const of = (value: number) => (value === high.value ? high.other[1] : low.other[1] + slope * (value - low.value))
  const scale = Math.max(...pairs.map(({ other }) => Math.abs(other[1])))
  return pairs.every(({ value, other }) => Math.abs(of(value) - other[1]) <= SAME * scale) ? of : undefined
}

/**
 * Values in words, for sentences: `shapes[0].radius = 0.3 (at 0.25 of the length)`. Two that vary each for itself need not
 * meet anywhere, so no place is said of them.
 */
export function placeInWords(graded: readonly Grading[], values: readonly number[]): string {
  const all = (follower(graded) ? values.slice(0, 1) : values).map((value, k) => ({ grading: graded[k], value }))
  const varying = all.filter(({ grading: { along } }) => along.some(([, value]) => value !== along[0][1]))
  return (varying.length > 0 ? varying : all)
    .map(({ grading, value }) => {
      const said = { name: grading.number, value: number(value, 3), place: number(placeOf(grading, value), 3) }
      return varying.length > 1 || grading.swells
        ? t('{name} = {value}', said)
        : t('{name} = {value} (at {place} of the length)', said)
    })
    .join(', ')
}

/** The refusal of more numbers that vary than can, at `path`. */
export function checkCount({ length }: readonly unknown[], path: string): Problem[] {
  if (length <= MOST_GRADED) return []
  const message = t('got {got} numbers that vary; at most {most} can: leave the others constant', {
    got: length,
    most: MOST_GRADED,
  })
  return [{ path, message }]
}

/**
 * Everything that is wrong with the graded numbers of a valid cell.
 * @param path prefix of the problems' paths
 */
export function checkGraded(graded: readonly Grading[], spec: CellSpec, path = 'graded'): Problem[] {
  const many = checkCount(graded, path)
  if (many.length > 0) return many
  const problems = graded.flatMap((grading, k) => checkOne(grading, spec, `${path}[${k}]`))
  if (problems.length === 0 && new Set(graded.map((of) => of.number)).size < graded.length)
    problems.push({
      path: `${path}[1].number`,
      message: t('got {got} twice; name another number', { got: graded[1].number }),
    })
  return problems
}

function checkOne(grading: Grading, spec: CellSpec, path: string): Problem[] {
  if (!holderOf(spec, grading.number)) {
    const some = numbersOf(spec)
    return [
      {
        path: `${path}.number`,
        message: t('got {got}; it is no number of a shape of this cell{some}', {
          got: describe(grading.number),
          some: some.length > 0 ? t('; try {names}', { names: some.slice(0, 4).join(', ') }) : '',
        }),
      },
    ]
  }
  const many = beyond(LIMITS.graded, grading.along.length)
  if (many) return [{ path: `${path}.along`, message: many }]
  if (grading.along.length === 0)
    return [{ path: `${path}.along`, message: t('got no places; give at least one, e.g. [[0, 0.2], [1, 0.3]]') }]
  return grading.along.flatMap(([place, value], k): Problem[] => {
    const at = `${path}.along[${k}]`
    if (!(place >= 0 && place <= 1))
      return [
        {
          path: at,
          message: t('got the place {got}; places are fractions of the length from 0 to 1', { got: describe(place) }),
        },
      ]
    const before = grading.along[k - 1]?.[0] ?? 0
    if (place === before && place === grading.along[k - 2]?.[0])
      return [
        {
          path: at,
          message: t('got the place {got} three times; name it twice for a jump: with the values before and behind', {
            got: place,
          }),
        },
      ]
    if (place < before)
      return [
        {
          path: at,
          message: t('got the place {got} after {before}; places ascend, and one that is named twice is a jump', {
            got: place,
            before,
          }),
        },
      ]
    return validateCell(cellWith(spec, [grading], [value])).map((problem) => ({
      path: at,
      message: `${problem.path}: ${problem.message}`,
    }))
  })
}

/** The numbers of a cell that may vary, as gradings name them. */
export function numbersOf(spec: Pick<CellSpec, 'dimension' | 'shapes'>): string[] {
  return spec.shapes.flatMap((shape, k) => {
    const known = shapes.find(({ name }) => name === shape.shape)
    return (known?.parameters(spec.dimension) ?? []).flatMap(({ name, kind, length = 0 }) => {
      if (kind === 'number') return [`shapes[${k}].${name}`]
      if (kind !== 'vector') return []
      return Array.from({ length }, (_, i) => `shapes[${k}].${name}[${i}]`)
    })
  })
}

/** Where a number of the cell stands; undefined where it has none of that name. */
function holderOf(spec: CellSpec, name: string): { holder: Record<string, unknown>; key: string } | undefined {
  if (!numbersOf(spec).includes(name)) return undefined
  const [, shape, key, component] = /^shapes\[(\d+)\]\.(\w+)(?:\[(\d)\])?$/.exec(name) ?? []
  const holder = spec.shapes[Number(shape)] as Record<string, unknown>
  if (component === undefined) return { holder, key }
  // A vector that was left out is zero.
  holder[key] ??= Array.from({ length: Math.max(spec.dimension, Number(component) + 1) }, () => 0)
  return { holder: holder[key] as Record<string, unknown>, key: component }
}

/** The number of the cell itself, as it stands; undefined where it has none of that name. */
export function numberOf(spec: CellSpec, name: string): number | undefined {
  const found = holderOf(structuredClone(spec), name)
  const value = found?.holder[found.key] ?? (found ? 0 : undefined)
  return typeof value === 'number' ? value : undefined
}

/** What of a scenario lets these numbers vary. */
export function keyOf(graded: readonly Grading[]): 'graded' | 'breathing' {
  return graded.some(({ swells }) => swells) ? 'breathing' : 'graded'
}

/** A refusal of the cell with these values, with the place in front. */
export function atPlace(error: InputError, graded: readonly Grading[], values: readonly number[]): InputError {
  const where = placeInWords(graded, values)
  return new InputError(
    error.problems.map(({ message }) => ({
      path: keyOf(graded),
      message: t('where {where}: {message}', { where, message }),
    })),
  )
}
