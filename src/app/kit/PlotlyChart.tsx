/** A thin wrapper of Plotly.react: loads it late, draws at most five times a second, follows size and theme. */
import { useEffect, useRef, useState } from 'react'
import { useLab } from '../session/context.ts'
import type { Chart, Dash } from './chart.ts'
import { layout, lineColour, traces } from './plotFigure.ts'

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

const CONFIG = { displayModeBar: false, responsive: false, scrollZoom: false, doubleClick: 'reset' }

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
