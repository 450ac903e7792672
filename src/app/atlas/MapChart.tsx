/** An atlas as a map of colours: a pointer takes a point of it, and a table beneath has the same numbers for those who read. */

import { useEffect, useRef } from 'react'
import { type Atlas, mapOf } from '../../atlases/atlas.ts'
import { t } from '../../language/language.ts'
import { number } from '../ground/format.ts'
import { colourStops } from '../ground/maps.ts'
import { useLab } from '../session/context.ts'

interface MapChartProps {
  atlas: Atlas
  /** Column and row that are chosen. */
  chosen: readonly number[]
  onChoose: (column: number, row: number) => void
}

export function MapChart({ atlas, chosen, onChoose }: MapChartProps) {
  const host = useRef<HTMLDivElement>(null)
  const theme = useLab((s) => s.theme)
  const large = useLab((s) => s.large)
  const take = useRef(onChoose)
  take.current = onChoose
  const [column, row = 0] = chosen
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours and sizes are read from the style sheet
  useEffect(() => {
    const element = host.current
    if (!element) return
    let alive = true
    void draw(element, atlas, [column, row], (at) => alive && take.current(...at))
    return () => {
      alive = false
    }
  }, [atlas, column, row, theme, large])
  useEffect(() => {
    const element = host.current
    const observer = new ResizeObserver(
      () =>
        // Closing the dialog takes the map away under it.
        void plotly()
          .then(({ Plots }) => element?.firstChild && Plots.resize(element))
          .catch(() => undefined),
    )
    if (element) observer.observe(element)
    return () => {
      observer.disconnect()
      void plotly().then(({ purge }) => element && purge(element))
    }
  }, [])
  return (
    <>
      <div ref={host} className="atlas-map" aria-hidden="true" />
      <MapTable atlas={atlas} />
    </>
  )
}

const plotly = async () => (await import('plotly.js-cartesian-dist-min')).default

interface Clicked {
  on?: (event: 'plotly_click', then: (event: { points: { pointNumber: [number, number] }[] }) => void) => void
  removeAllListeners?: (event: 'plotly_click') => void
}

async function draw(
  element: HTMLDivElement & Clicked,
  atlas: Atlas,
  [column, row]: readonly [number, number],
  onTake: (at: [number, number]) => void,
): Promise<void> {
  const { columns, rows, values } = mapOf(atlas)
  const { react } = await plotly()
  if (!element.isConnected) return
  const style = getComputedStyle(element)
  const paint = (name: string) => style.getPropertyValue(name).trim()
  const size = Number.parseFloat(style.fontSize) * 0.86
  const log = atlas.y.log === true
  const title = t(atlas.y.title)
  const trace = {
    type: 'heatmap',
    x: columns.map((name) => t(name)),
    y: rows.map((name) => t(name)),
    z: log ? values.map((each) => each.map((v) => (v !== null && v > 0 ? Math.log10(v) : null))) : values,
    text: values.map((each) => each.map((v) => (v === null ? '' : number(v, 3)))),
    texttemplate: '%{text}',
    hovertemplate: `%{x}, %{y}: %{text}<extra></extra>`,
    colorscale: colourStops('viridis'),
    colorbar: {
      title: { text: title, side: 'right', font: { size } },
      thickness: 14,
      outlinewidth: 0,
      ...(log && { tickprefix: '10<sup>', ticksuffix: '</sup>' }),
    },
    hoverongaps: false,
    xgap: 2,
    ygap: 2,
  } as const
  const [first, second] = atlas.over
  const axis = (text: string) => ({
    title: { text, standoff: 8, font: { size } },
    type: 'category',
    showgrid: false,
    zeroline: false,
    automargin: true,
    fixedrange: true,
    ticks: '',
  })
  const layout = {
    autosize: true,
    margin: { l: 12, r: 8, t: 8, b: 12 },
    font: { family: style.fontFamily, size, color: paint('--text') },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: paint('--other-phase'),
    xaxis: axis(t(first.title ?? '')),
    yaxis: axis(t(second?.title ?? atlas.map?.upwards ?? '')),
    dragmode: false,
    // What is chosen has a rim.
    shapes: [
      {
        type: 'rect',
        x0: column - 0.5,
        x1: column + 0.5,
        y0: row - 0.5,
        y1: row + 0.5,
        line: { color: paint('--accent-2'), width: 3 },
      },
    ],
  }
  await react(element, [trace], layout, { displayModeBar: false, responsive: false })
  element.removeAllListeners?.('plotly_click')
  element.on?.('plotly_click', ({ points: [point] }) => point && onTake([point.pointNumber[1], point.pointNumber[0]]))
}

function MapTable({ atlas }: { atlas: Atlas }) {
  const { columns, rows, values } = mapOf(atlas)
  const [first, second] = atlas.over
  return (
    <details className="atlas-table">
      <summary>{t('As a table')}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard */}
      <section tabIndex={0} aria-label={t('As a table')}>
        <table>
          <caption>{t(atlas.y.title)}</caption>
          <thead>
            <tr>
              <th scope="col">
                {t(second?.title ?? atlas.map?.upwards ?? '')} \ {t(first.title ?? '')}
              </th>
              {columns.map((name) => (
                <th key={name} scope="col">
                  {t(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((name, k) => (
              <tr key={name}>
                <th scope="row">{t(name)}</th>
                {values[k].map((v, i) => (
                  <td key={columns[i]}>{v === null ? '–' : number(v, 3)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}
