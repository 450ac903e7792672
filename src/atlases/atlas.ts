/**
 * Atlases: what a family's models come to over a range of cells, sizes or rates, computed beforehand by the command line's
 * sweep (`npm run atlas`). A file holds what is swept, how it is drawn, and the rows that came of it.
 */
import { english } from '../language/language.ts'
import { scenarioWith } from '../simulation/places.ts'
import type { Scenario } from '../simulation/scenario.ts'

export interface Atlas {
  title: string
  /** What is to be seen. */
  sentence: string
  /** Built-in scenario that it starts from. */
  scenario: string
  /** What is changed in it for all points, by place. */
  set?: Readonly<Record<string, unknown>>
  /** What each point is put through, as `sweep --by … --with …`. */
  by: 'cell' | 'run' | 'compare' | 'rates'
  with?: string
  /** The first is drawn to the right, and there is a line for each value of a second. */
  over: readonly AtlasAxis[]
  of: readonly AtlasNumber[]
  y: { title: string; log?: boolean }
  /**
   * Drawn as a map: upwards the second axis, or where there is none the numbers; colours show the values of `y`, on their
   * logarithm where it says so. `none` is what a place without a value means.
   */
  map?: { none?: string; upwards?: string }
  /** A formula that the numbers are held against, as the last column. */
  law?: { name: string }
  /** Values, numbers and law of each point; null where there is none. */
  rows: readonly (readonly (number | boolean | string | null)[])[]
}

export interface AtlasAxis {
  places: readonly string[]
  values: readonly (number | boolean | string)[]
  /** With the unit; of the axis that is drawn. */
  title?: string
  /** Shown number over the one of the file. */
  factor?: number
  log?: boolean
  /** Names of the values, where they are not told as numbers. */
  names?: readonly string[]
}

export interface AtlasNumber {
  place: string
  name: string
  factor?: number
}

/** A map: names of its columns and rows, and the values of each row from below, in shown units; null where there is none. */
export interface AtlasMap {
  columns: readonly string[]
  rows: readonly string[]
  values: readonly (readonly (number | null)[])[]
}

/** A line of an atlas, in shown units. */
export interface AtlasLine {
  name: string
  x: number[]
  y: number[]
  /** It is a formula. */
  law: boolean
}

/** The scenario of an atlas with these values of its axes. @throws InputError when there is none */
export function scenarioAt({ set = {}, over }: Atlas, base: Scenario, values: readonly unknown[]): Scenario {
  const chosen = values.flatMap((value, k) => over[k].places.map((place) => [place, value] as const))
  return scenarioWith(base, [...Object.entries(set), ...chosen])
}

/** A line for each number and each value of the second axis, and the law. */
export function linesOf({ over, of, law, rows }: Atlas): AtlasLine[] {
  const [first, second] = over
  const groups = second
    ? second.values.map((value, k) => ({ value, name: second.names?.[k] ?? String(value) }))
    : [undefined]
  const columns = [
    ...of.map(({ name, factor = 1 }, k) => ({ name, factor, at: over.length + k, law: false })),
    ...(law ? [{ name: law.name, factor: 1, at: over.length + of.length, law: true }] : []),
  ]
  return groups.flatMap((group) =>
    columns.map(({ name, factor, at, law }) => {
      const own = rows.filter((row) => (!group || row[1] === group.value) && row[at] !== null)
      return {
        name: group ? english('{name}, {group}', { name, group: group.name }) : name,
        x: own.map((row) => Number(row[0]) * (first.factor ?? 1)),
        y: own.map((row) => Number(row[at]) * factor),
        law,
      }
    }),
  )
}

/** A value in shown units. */
export function valueName({ names, values, factor = 1 }: AtlasAxis, k: number): string {
  return names?.[k] ?? String(Number((Number(values[k]) * factor).toPrecision(6)))
}

export function mapOf({ over, of, rows }: Atlas): AtlasMap {
  const [first, second] = over
  const columns = first.values.map((_, k) => valueName(first, k))
  const value = (column: unknown, row: unknown, k: number) => {
    const found = rows.find((each) => each[0] === column && (!second || each[1] === row))?.[over.length + k]
    return typeof found === 'number' ? found * (of[k].factor ?? 1) : null
  }
  if (!second)
    return {
      columns,
      rows: of.map(({ name }) => name),
      values: of.map((_, k) => first.values.map((column) => value(column, undefined, k))),
    }
  return {
    columns,
    rows: second.values.map((_, k) => valueName(second, k)),
    values: second.values.map((row) => first.values.map((column) => value(column, row, 0))),
  }
}
