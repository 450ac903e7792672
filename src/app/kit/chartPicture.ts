/** Charts as pictures for a slide or a paper; loaded when one is asked for. */
import { ink } from '../ground/colours.ts'
import { type Ground, onGround } from '../ground/grounds.ts'
import type { Chart } from './chart.ts'
import { layout, traces } from './plotFigure.ts'

export interface Figure {
  /** Of the drawing, px. */
  width: number
  height: number
  ground: Ground
  title?: string
  /** Font, that of the page unless said. */
  face?: string
}

/** Pixels of a PNG for each of the drawing, so that letters stay in proportion. */
export const FINE = 2

/** The chart for a slide or a paper, as a data address. */
export async function chartPicture(
  chart: Chart,
  format: 'png' | 'svg',
  { width, height, ground, title, face }: Figure,
): Promise<string> {
  const { toImage } = (await import('plotly.js-cartesian-dist-min')).default
  const figure = onGround(ground, () => {
    const { panel } = ink()
    const heading = title && {
      title: { text: escaped(title), x: 0.01, xanchor: 'left', automargin: true, yref: 'container' },
    }
    const drawn = { ...layout(chart, ground, 15, face), paper_bgcolor: panel, plot_bgcolor: panel, ...heading }
    return { data: traces(chart, ground), layout: drawn }
  })
  const scale = format === 'png' ? FINE : 1
  return toImage(figure, { format, width: Math.round(width), height: Math.round(height), scale })
}

/** A picture as it is exported unless something else is said. */
export function usualFigure(chart: Chart, ground: Ground): Figure {
  return { width: WIDTH, height: 520 + legendHeight(chart), ground }
}

/** The chart library reads some HTML. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

/** Width of an exported picture, px. */
const WIDTH = 900

/** About what the legend takes above an exported chart, px: its columns are as wide as the longest name. */
function legendHeight({ lines }: Chart): number {
  const longest = Math.max(...lines.map((line) => 9 * line.name.length + 50))
  return 22 * Math.ceil(lines.length / Math.max(1, Math.floor(WIDTH / longest)))
}
