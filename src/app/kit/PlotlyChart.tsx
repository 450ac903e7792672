/** A thin wrapper of Plotly.react: loads it late, draws at most five times a second, follows size and theme. */
import type { Trace } from 'plotly.js-cartesian-dist-min'
import { useEffect, useRef, useState } from 'react'
import { SERIES } from '../ground/colours.ts'
import { useLab } from '../session/context.ts'
import { type Chart, type ChartAxis, type Dash, drawable, type Line, ordinate, unitOf } from './chart.ts'

const LEAST_INTERVAL = 200
/** Lines whose names may need more room than there is. */
const LONG_LEGEND = 5
/** Of so many milliseconds a chart draws for one, so that the page answers in between; of fewer under the pointer. */
const REST = 4
const URGENT_REST = 1.5

type Plotly = typeof import('plotly.js-cartesian-dist-min').default
let loading: Promise<Plotly> | undefined
const plotly = () => {
  loading ??= import('plotly.js-cartesian-dist-min').then((module) => module.default)
  return loading
}

interface PlotlyChartProps {
  chart: Chart
  label: string
  /** Without it the page names the lines elsewhere; exported pictures always name them. */
  legend?: boolean
}

export function PlotlyChart({ chart, label, legend = true }: PlotlyChartProps) {
  const host = useRef<HTMLDivElement>(null)
  const newest = useRef(chart)
  /** When the chart may be drawn again. */
  const due = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [problem, setProblem] = useState<string>()
  const theme = useLab((s) => s.theme)
  const size = useLab((s) => (s.present ? 20 : s.large ? 15 : 12))

  useEffect(() => {
    newest.current = chart
    const element = host.current
    if (!element || timer.current) return
    const wait = Math.max(0, due.current - performance.now())
    timer.current = setTimeout(async () => {
      timer.current = undefined
      try {
        const { react } = await plotly()
        if (!element.isConnected) return
        const begun = performance.now()
        await react(element, traces(newest.current, theme), layout(newest.current, theme, size), CONFIG)
        const taken = performance.now() - begun
        due.current = begun + (newest.current.urgent ? URGENT_REST * taken : Math.max(LEAST_INTERVAL, REST * taken))
      } catch (error) {
        setProblem(error instanceof Error ? error.message : String(error))
      }
    }, wait)
  }, [chart, theme, size])

  useEffect(() => (host.current ? keepFromFingers(host.current) : undefined), [])

  useEffect(() => {
    const element = host.current
    if (!element) return
    let queued = 0
    const observer = new ResizeObserver(() => {
      cancelAnimationFrame(queued)
      queued = requestAnimationFrame(async () => {
        if (element.classList.contains('js-plotly-plot')) await (await plotly()).Plots.resize(element)
      })
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
      cancelAnimationFrame(queued)
      clearTimeout(timer.current)
      timer.current = undefined
      void plotly().then((p) => p.purge(element))
    }
  }, [])

  if (problem)
    return (
      <p className="hint">The chart library could not be loaded ({problem}). Reload the page when you are online.</p>
    )
  return (
    <>
      <div className="plot-axis">
        <span>{chart.y.title}</span>
        {legend && chart.lines.length > 1 && (
          <span className="plot-legend" tabIndex={chart.lines.length > LONG_LEGEND ? 0 : undefined}>
            {chart.lines.map((line, i) => (
              <span key={`${i} ${line.name}`}>
                <Swatch colour={lineColour(line, i, theme)} dash={line.dash} point={line.points} fine={line.fine} />
                {line.name}
              </span>
            ))}
          </span>
        )}
      </div>
      <div ref={host} className="plot" role="img" aria-label={`${label}: ${chart.y.title} against ${chart.x.title}`} />
    </>
  )
}

/**
 * A finger that goes across a chart reads it, and one that goes up or down scrolls the page: the chart library would
 * take every touch for a zoom.
 */
function keepFromFingers(plot: HTMLElement): () => void {
  const start = (event: TouchEvent) => event.stopPropagation()
  const read = ({ pointerType, clientX, clientY }: PointerEvent) => {
    if (pointerType === 'mouse') return
    const under = document.elementFromPoint(clientX, clientY)
    if (!under?.classList.contains('nsewdrag') || !plot.contains(under)) return
    under.dispatchEvent(new MouseEvent('mousemove', { clientX, clientY, bubbles: true }))
  }
  plot.addEventListener('touchstart', start, { capture: true, passive: true })
  plot.addEventListener('pointermove', read)
  return () => {
    plot.removeEventListener('touchstart', start, { capture: true })
    plot.removeEventListener('pointermove', read)
  }
}

/** The chart as a picture for a slide or a paper, as a data address. */
export async function chartPicture(chart: Chart, theme: 'light' | 'dark'): Promise<string> {
  const { toImage } = await plotly()
  const background = getComputedStyle(document.documentElement).getPropertyValue('--panel').trim()
  const figure = {
    data: traces(chart, theme),
    layout: { ...layout(chart, theme, 15, true), paper_bgcolor: background, plot_bgcolor: background },
  }
  return toImage(figure, { format: 'png', width: WIDTH, height: 520 + legendHeight(chart), scale: 2 })
}

/** Width of an exported picture, px. */
const WIDTH = 900

/** About what the legend takes above an exported chart, px: its columns are as wide as the longest name. */
function legendHeight({ lines }: Chart): number {
  const longest = Math.max(...lines.map((line) => 9 * line.name.length + 50))
  return 22 * Math.ceil(lines.length / Math.max(1, Math.floor(WIDTH / longest)))
}

const CONFIG = { displayModeBar: false, responsive: false, scrollZoom: false, doubleClick: 'reset' }

function lineColour(line: Line, index: number, theme: 'light' | 'dark'): string {
  if (line.muted) return getComputedStyle(document.documentElement).getPropertyValue('--muted').trim()
  return line.colour ?? SERIES[theme][index % 8]
}

/** Lengths of dashes and gaps as Plotly draws them, px. */
const DASHES: Record<Dash, string> = {
  dot: '2 2',
  dash: '6 4',
  dashdot: '6 3 2 3',
  longdash: '10 4',
  longdashdot: '10 3 2 3',
}

function Swatch({ colour, dash, point, fine }: { colour: string; dash?: Dash; point?: boolean; fine?: boolean }) {
  if (fine)
    return (
      <svg width="8" height="8" aria-hidden="true">
        <circle cx="4" cy="4" r="3" fill="none" stroke={colour} strokeWidth="1.4" />
      </svg>
    )
  if (point)
    return (
      <svg width="10" height="10" aria-hidden="true">
        <path d="M5 0 10 5 5 10 0 5Z" fill={colour} />
      </svg>
    )
  return (
    <svg width="24" height="4" aria-hidden="true">
      <line x2="24" y1="2" y2="2" stroke={colour} strokeWidth="2" strokeDasharray={dash && DASHES[dash]} />
    </svg>
  )
}

function mode({ x, marker, points }: Line): Trace['mode'] {
  if (points || x.length === 1) return 'markers'
  return marker ? 'lines+markers' : 'lines'
}

function traces(chart: Chart, theme: 'light' | 'dark'): Trace[] {
  return drawable(chart).lines.map((line, i) => ({
    x: line.x,
    y: line.y,
    name: line.name,
    type: chart.bars ? 'bar' : 'scatter',
    mode: mode(line),
    line: { color: lineColour(line, i, theme), width: line.faint ? 1.4 : 2, dash: line.dash ?? 'solid' },
    marker: {
      color: lineColour(line, i, theme),
      symbol: `${line.marker ?? 'circle'}${line.hollow ? '-open' : ''}`,
      size: line.fine ? 4 : 8,
    },
    ...(line.faint && { opacity: 0.6 }),
    ...(line.labels && { text: line.labels }),
    ...(line.second && { yaxis: 'y2' as const }),
    hovertemplate: line.labels
      ? `%{text}: ${hovered('x', chart.x)}, ${hovered('y', ordinate(chart, line))}<extra></extra>`
      : hovered('y', ordinate(chart, line)),
  }))
}

/** A value under the pointer, with the unit that ends the title of its axis. */
function hovered(name: 'x' | 'y', { title }: ChartAxis): string {
  const unit = unitOf(title)
  return `%{${name}:.4~g}${unit && ` ${unit}`}`
}

function layout(chart: Chart, theme: 'light' | 'dark', size: number, exported = false): object {
  const style = getComputedStyle(document.documentElement)
  const ink = (name: string) => style.getPropertyValue(name).trim()
  const axis = (a: ChartAxis) => ({
    title: { text: a.title, standoff: 6, font: { size } },
    type: a.log ? 'log' : 'linear',
    gridcolor: ink('--line'),
    zerolinecolor: ink('--muted'),
    zerolinewidth: 0.7,
    linecolor: ink('--muted'),
    automargin: true,
    exponentformat: 'power',
    nticks: 6,
    ticks: 'outside',
    ticklen: 4,
    tickcolor: ink('--muted'),
    ...(a.range && { range: a.range }),
    ...(a.ticks && { tickvals: a.ticks.map((t) => t.at), ticktext: a.ticks.map((t) => t.label) }),
  })
  const marks = chart.marks ?? []
  return {
    uirevision: `${chart.name}${chart.y.log}${chart.x.ticks?.length}`,
    autosize: true,
    margin: { l: 12, r: 14, t: 8, b: 8 },
    font: { family: 'system-ui, sans-serif', size, color: ink('--text') },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    hovermode: chart.square ? 'closest' : 'x unified',
    hoverlabel: { bgcolor: ink('--panel'), bordercolor: ink('--line'), font: { color: ink('--text') } },
    xaxis: {
      ...axis(chart.x),
      hoverformat: '.4~g',
      unifiedhovertitle: { text: hovered('x', chart.x) },
      ...(chart.square && { nticks: 4, tickangle: 0 }),
    },
    // The name of the ordinate stands above the plot, where it is never cut; pictures for export carry it at the axis.
    yaxis: {
      ...axis({ ...chart.y, title: exported ? chart.y.title : '' }),
      ...(chart.square && { scaleanchor: 'x', constrain: 'domain' }),
    },
    ...(chart.y2 && {
      yaxis2: { ...axis(chart.y2), overlaying: 'y', side: 'right', tickmode: 'auto', showgrid: false },
    }),
    showlegend: exported && chart.lines.length > 1,
    legend: { orientation: 'h', x: 0, y: 1, yanchor: 'bottom', font: { size: size - 1 } },
    shapes: marks.map((mark) => ({
      type: 'line',
      x0: mark.x,
      x1: mark.x,
      yref: 'paper',
      y0: 0,
      y1: 1,
      line: { color: SERIES[theme][1], width: 1, dash: 'dot' },
    })),
    // Neighbouring marks carry their names at different heights.
    annotations: marks.map((mark, i) => ({
      x: mark.x,
      y: (i % 4) * 0.25,
      yref: 'paper',
      text: mark.label.replace(/_(\w+)/, '<sub>$1</sub>'),
      showarrow: false,
      textangle: -90,
      xanchor: 'right',
      yanchor: 'bottom',
      font: { size: size - 2, color: SERIES[theme][1] },
    })),
  }
}
