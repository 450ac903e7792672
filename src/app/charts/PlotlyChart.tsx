/** A thin wrapper of Plotly.react: loads it late, draws at most five times a second, follows size and theme. */
import type { Trace } from 'plotly.js-cartesian-dist-min'
import { useEffect, useRef, useState } from 'react'
import { SERIES } from '../colours.ts'
import { useLab } from '../session.ts'
import { type Chart, drawable } from './chart.ts'

const LEAST_INTERVAL = 200

type Plotly = typeof import('plotly.js-cartesian-dist-min').default
let loading: Promise<Plotly> | undefined
const plotly = () => {
  loading ??= import('plotly.js-cartesian-dist-min').then((module) => module.default)
  return loading
}

export function PlotlyChart({ chart, label }: { chart: Chart; label: string }) {
  const host = useRef<HTMLDivElement>(null)
  const newest = useRef(chart)
  const drawn = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [problem, setProblem] = useState<string>()
  const theme = useLab((s) => s.theme)
  const large = useLab((s) => s.large)

  useEffect(() => {
    newest.current = chart
    const element = host.current
    if (!element || timer.current) return
    const wait = Math.max(0, LEAST_INTERVAL - (performance.now() - drawn.current))
    timer.current = setTimeout(async () => {
      timer.current = undefined
      try {
        const { react } = await plotly()
        if (!element.isConnected) return
        drawn.current = performance.now()
        await react(element, traces(newest.current, theme), layout(newest.current, theme, large), CONFIG)
      } catch (error) {
        setProblem(error instanceof Error ? error.message : String(error))
      }
    }, wait)
  }, [chart, theme, large])

  useEffect(() => {
    const element = host.current!
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
  return <div ref={host} className="plot" role="img" aria-label={label} />
}

export async function chartPicture(host: HTMLElement): Promise<string> {
  const { toImage } = await plotly()
  return toImage(host, { format: 'png', width: 1200, height: 750, scale: 2 })
}

const CONFIG = { displayModeBar: false, responsive: false, scrollZoom: false, doubleClick: 'reset' }

function traces(chart: Chart, theme: 'light' | 'dark'): Trace[] {
  return drawable(chart).lines.map((line, i) => ({
    x: line.x,
    y: line.y,
    name: line.name,
    type: 'scatter',
    mode: line.x.length === 1 ? 'markers' : 'lines',
    line: { color: line.colour ?? SERIES[theme][i % 8]!, width: 2, dash: line.dash ? 'dot' : 'solid' },
    hovertemplate: '%{y:.5g}',
    showlegend: chart.lines.length > 1,
  }))
}

function layout(chart: Chart, theme: 'light' | 'dark', large: boolean): object {
  const style = getComputedStyle(document.documentElement)
  const ink = (name: string) => style.getPropertyValue(name).trim()
  const size = large ? 16 : 12
  const axis = (a: { title: string; log?: boolean }) => ({
    title: { text: a.title, standoff: 6 },
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
  })
  const marks = chart.marks ?? []
  return {
    uirevision: `${chart.name}${chart.y.log}`,
    autosize: true,
    margin: { l: 12, r: 14, t: marks.length > 0 ? 20 : 8, b: 8 },
    font: { family: 'system-ui, sans-serif', size, color: ink('--text') },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    hovermode: 'x unified',
    hoverlabel: { bgcolor: ink('--panel'), bordercolor: ink('--line'), font: { color: ink('--text') } },
    xaxis: axis(chart.x),
    yaxis: axis(chart.y),
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
    annotations: marks.map((mark) => ({
      x: mark.x,
      y: 0,
      yref: 'paper',
      text: mark.label,
      showarrow: false,
      textangle: -90,
      xanchor: 'right',
      yanchor: 'bottom',
      font: { size: size - 2, color: SERIES[theme][1] },
    })),
  }
}
