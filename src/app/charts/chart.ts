/** A chart as plain values in display units; PlotlyChart.tsx draws it, exports read it. */
export interface ChartAxis {
  title: string
  log?: boolean
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
  colour?: string
  /** A reference that results are held against, not a result. */
  muted?: boolean
}

export interface Chart {
  /** For file names. */
  name: string
  x: ChartAxis
  y: ChartAxis
  lines: Line[]
  /** Vertical marks. */
  marks?: { label: string; x: number }[]
  note?: string
}

/** The chart without anything that is not a number (on a logarithmic axis: not positive). */
export function drawable(chart: Chart): Chart {
  const ok = (value: number, log?: boolean) => Number.isFinite(value) && !(log && value <= 0)
  return {
    ...chart,
    lines: chart.lines.map((line) => {
      if (line.y.every((y, i) => ok(y, chart.y.log) && ok(line.x[i]!, chart.x.log))) return line
      const keep = line.y.map((y, i) => ok(y, chart.y.log) && ok(line.x[i]!, chart.x.log))
      return { ...line, x: line.x.filter((_, i) => keep[i]), y: line.y.filter((_, i) => keep[i]) }
    }),
  }
}

/** Dashes of the lines that branches add, by their place. */
export const BRANCH_DASHES: readonly Dash[] = ['dash', 'longdash', 'dashdot', 'longdashdot']

/** Rows of the union of all abscissae, one column a line. */
export function chartTable(chart: Chart): { header: string[]; rows: (string | number)[][] } {
  const columns = chart.lines.map((line) => new Map(line.x.map((x, i) => [x, line.y[i]!])))
  const xs = [...new Set(chart.lines.flatMap((line) => line.x))].sort((a, b) => a - b)
  return {
    header: [chart.x.title, ...chart.lines.map((line) => `${line.name}, ${chart.y.title}`)],
    rows: xs.map((x) => [x, ...columns.map((column) => column.get(x) ?? '')]),
  }
}
