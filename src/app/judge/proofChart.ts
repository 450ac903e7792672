/** The error plot: error against the size of the cells, a line per norm and series, and a slope to hold them against. */
import { msg, t } from '../../language/language.ts'
import type { ComparisonRow } from '../../models/family.ts'
import { orders } from '../../simulation/orders.ts'
import { fixed, number } from '../ground/format.ts'
import type { Chart, Dash, Line, Marker } from '../kit/chart.ts'
import type { Comparing, ComparisonSeries } from '../store/lab.ts'
import { measured, type Proof } from '../store/proof.ts'

/** How a series looks, by its place. */
export const LOOKS: readonly { dash?: Dash; marker: Marker; glyph: string }[] = [
  { marker: 'circle', glyph: '●' },
  { marker: 'square', dash: 'longdash', glyph: '■' },
  { marker: 'diamond', dash: 'dashdot', glyph: '◆' },
  { marker: 'triangle-up', dash: 'longdashdot', glyph: '▲' },
]

/**
 * @param norms names of the norms to draw
 * @param colours of the theme; a norm has its own
 */
export function proofChart(
  proof: Proof,
  comparisons: readonly ComparisonSeries[],
  norms: readonly string[],
  colours: readonly string[],
): Chart | undefined {
  const several = comparisons.filter((c) => c.rows.length > 0).length > 1
  const lines = comparisons.flatMap((series, place) => {
    const { rows } = series
    const order = orders(rows)
    const { dash, marker } = LOOKS[place % LOOKS.length]
    return measured(proof, rows).flatMap((norm): Line[] => {
      if (!norms.includes(norm.name)) return []
      const observed = order[norm.name]
      const suffix = observed === undefined || Number.isNaN(observed) ? '' : `, ${msg('order')} ${fixed(observed, 2)}`
      const of = several ? ` (${series.label})` : ''
      const x = rows.map((row) => 1 / row.N)
      const colour = colours[norm.colour % colours.length]
      const { hollow } = norm
      const y = rows.map((row) => row.errors[norm.name] ?? Number.NaN)
      const guessed = rows.map((row) => row.estimates?.[norm.name] ?? Number.NaN)
      const line: Line = { name: `${norm.symbol}${suffix}${of}`, x, y, colour, dash, marker, hollow }
      if (!guessed.some((v) => v > 0)) return [line]
      return [line, { name: `${norm.symbol}, ${t('estimated')}${of}`, x, y: guessed, colour, dash: 'dot', muted: true }]
    })
  })
  const counts = [...new Set(comparisons.flatMap((c) => c.rows.map((row) => row.N)))].sort((a, b) => a - b)
  const known = comparisons.find((c) => c.rows.length > 0)
  if (lines.length === 0 || !known) return undefined
  const guide = slope(proof, known.rows, counts, norms)
  return {
    name: 'error-against-cell-size',
    x: {
      title: `${proof.small} = ℓ/L = 1/N`,
      log: true,
      ticks: counts.map((N) => ({ at: 1 / N, label: N === 1 ? '1' : `1/${N}` })),
    },
    y: { title: msg('error, dimensionless'), log: true, ticks: roundTicks(lines.flatMap((line) => line.y)) },
    lines: guide ? [...lines, { ...guide, dash: 'dash', muted: true }] : lines,
  }
}

/** The slope of the family's guide through an error at the largest cells. */
function slope({ guide }: Proof, rows: readonly ComparisonRow[], counts: readonly number[], norms: readonly string[]) {
  if (counts.length < 2) return undefined
  const { N, errors } = rows[0]
  const anchor = guide.through.find((name) => norms.includes(name) && errors[name])
  if (anchor === undefined) return undefined
  const ends = [counts[0], counts[counts.length - 1]]
  return { name: guide.name, x: ends.map((n) => 1 / n), y: ends.map((n) => errors[anchor] * (N / n) ** guide.order) }
}

/** 1, 2 and 5 times powers of ten over few decades, the powers alone over many. */
function roundTicks(values: readonly number[]): { at: number; label: string }[] {
  const positive = values.filter((v) => v > 0)
  const [low, high] = [Math.log10(Math.min(...positive)), Math.log10(Math.max(...positive))]
  const steps = high - low < 2.5 ? [1, 2, 5] : [1]
  const ticks: { at: number; label: string }[] = []
  for (let power = Math.floor(low); power <= Math.ceil(high); power++)
    for (const step of steps) ticks.push({ at: step * 10 ** power, label: number(step * 10 ** power, 1) })
  return ticks
}

/** "N = 8, 43 %, about 12 s left". */
export function progressText({ N, fraction, left }: Comparing): string {
  const parts = [`N = ${N}`, `${Math.floor(100 * fraction)} %`]
  if (left !== undefined) parts.push(t('about {time} left', { time: duration(left) }))
  return parts.join(', ')
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`
  return `${number(seconds / 60, 2)} min`
}
