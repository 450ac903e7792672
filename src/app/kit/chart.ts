/** A chart as plain values in display units; LineChart.tsx draws it, exports read it. */
import { t, tName } from '../../language/language.ts'
import { SERIES } from '../ground/colours.ts'

export interface ChartAxis {
  title: string
  log?: boolean
  /** Limits, where they are not those of the lines. */
  range?: readonly [number, number]
  /** Where only some values are meant. */
  ticks?: readonly { at: number; label: string }[]
}

export type Dash = 'dot' | 'dash' | 'dashdot' | 'longdash' | 'longdashdot'
export type Marker = 'circle' | 'square' | 'diamond' | 'triangle-up'

export interface Line {
  name: string
  x: number[]
  y: number[]
  dash?: Dash
  /** Marks every point. */
  marker?: Marker
  /** The marks are outlines. */
  hollow?: boolean
  /** Single results: marks that no line joins. */
  points?: boolean
  /** Read on the second ordinate. */
  second?: boolean
  /** What the points are called under the pointer. */
  labels?: readonly string[]
  colour?: string
  /** A reference that results are held against, not a result. */
  muted?: boolean
  /** Not of now: drawn thin and pale. */
  faint?: boolean
  /** Many points, with small marks. */
  fine?: boolean
}

export interface Chart {
  /** For file names. */
  name: string
  x: ChartAxis
  y: ChartAxis
  /** A second ordinate on the right. */
  y2?: ChartAxis
  /** Both axes in the same scale. */
  square?: boolean
  /** Lines are drawn as bars. */
  bars?: boolean
  lines: Line[]
  /** It follows the pointer. */
  urgent?: boolean
  /** Vertical marks. */
  marks?: { label: string; x: number }[]
  note?: string
}

/** What the title of an axis says in its last brackets, e.g. `A/m²` of `current (A/m²), cathodic negative`. */
export function unitOf(title: string): string {
  return /\(((?:[^()]|\([^()]*\))*)\)[^()]*$/.exec(title)?.[1] ?? ''
}

export function lineColour(line: Line, index: number, theme: 'light' | 'dark'): string {
  if (line.muted) return getComputedStyle(document.documentElement).getPropertyValue('--muted').trim()
  return line.colour ?? SERIES[theme][index % 8]
}

/** As it is shown: its words in the language that is on. Tables of it stay English, as programs read them. */
export function worded(chart: Chart): Chart {
  const axis = (a: ChartAxis): ChartAxis => ({ ...a, title: tName(a.title) })
  return {
    ...chart,
    x: axis(chart.x),
    y: axis(chart.y),
    y2: chart.y2 && axis(chart.y2),
    lines: chart.lines.map((line) => ({ ...line, name: tName(line.name) })),
    note: chart.note && t(chart.note),
  }
}

/** The axis on which a line is read. */
export function ordinate(chart: Chart, line: Line): ChartAxis {
  return (line.second && chart.y2) || chart.y
}

/** The chart without anything that is not a number (on a logarithmic axis: not positive). */
export function drawable(chart: Chart): Chart {
  const ok = (value: number, log?: boolean) => Number.isFinite(value) && !(log && value <= 0)
  return {
    ...chart,
    lines: chart.lines.map((line) => {
      const { log } = ordinate(chart, line)
      const keep = line.y.map((y, i) => ok(y, log) && ok(line.x[i], chart.x.log))
      if (keep.every(Boolean)) return line
      const kept = <T>(values: readonly T[]) => values.filter((_, i) => keep[i])
      return { ...line, x: kept(line.x), y: kept(line.y), labels: line.labels && kept(line.labels) }
    }),
  }
}

/** Dashes of the lines that branches add, by their place. */
export const BRANCH_DASHES: readonly Dash[] = ['dash', 'longdash', 'dashdot', 'longdashdot']

/** Rows of the union of all abscissae, one column a line. */
export function chartTable(chart: Chart): { header: string[]; rows: (string | number)[][] } {
  const columns = chart.lines.map((line) => new Map(line.x.map((x, i) => [x, line.y[i]])))
  const xs = [...new Set(chart.lines.flatMap((line) => line.x))].sort((a, b) => a - b)
  return {
    header: [chart.x.title, ...chart.lines.map((line) => `${line.name}, ${ordinate(chart, line).title}`)],
    rows: xs.map((x) => [x, ...columns.map((column) => column.get(x) ?? '')]),
  }
}
