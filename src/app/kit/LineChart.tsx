/** A chart of the run: drawn at most five times a second, it follows size and theme and is read with pointer or finger. */

import { useEffect, useRef, useState } from 'react'
import { t } from '../../language/language.ts'
import { useLab } from '../session/context.ts'
import { type Chart, type Dash, lineColour } from './chart.ts'
import { Plot } from './plot.ts'
import { DASHES } from './plotLines.ts'
import type { Look } from './plotMarks.ts'
import type { Reading } from './plotReading.ts'

const LEAST_INTERVAL = 200
/** Lines whose names may need more room than there is. */
const LONG_LEGEND = 5
/** Of so many milliseconds a chart draws for one, so that the page answers in between; of fewer under the pointer. */
const REST = 4
const URGENT_REST = 1.5

interface LineChartProps {
  chart: Chart
  label: string
  /** Without it the page names the lines elsewhere; exported pictures always name them. */
  legend?: boolean
}

/** The element of a chart, with what is drawn in it: for programs that drive the page. */
export interface PlotElement extends HTMLDivElement {
  chart?: Chart
}

export function LineChart({ chart, label, legend = true }: LineChartProps) {
  const host = useRef<PlotElement>(null)
  const plot = useRef<Plot>(undefined)
  const newest = useRef(chart)
  /** When the chart may be drawn again. */
  const due = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [reading, setReading] = useState<Reading & { width: number }>()
  const theme = useLab((s) => s.theme)
  const present = useLab((s) => s.present)
  const large = useLab((s) => s.large)
  const look = useRef<Look>(undefined)

  useEffect(() => {
    const element = host.current
    if (!element) return
    const made = new Plot(element, (read) => setReading(read && { ...read, width: element.clientWidth }))
    plot.current = made
    const observer = new ResizeObserver(() => made.resize())
    observer.observe(element)
    const release = readByFinger(element, made)
    return () => {
      release()
      observer.disconnect()
      clearTimeout(timer.current)
      timer.current = undefined
      made.destroy()
    }
  }, [])

  useEffect(() => {
    newest.current = chart
    look.current = { theme, size: present ? 20 : large ? 15 : 12, width: present ? 3 : 2 }
    if (timer.current) return
    timer.current = setTimeout(
      () => {
        timer.current = undefined
        const element = host.current
        if (!element || !plot.current || !look.current) return
        const begun = performance.now()
        element.chart = plot.current.show(newest.current, look.current)
        const taken = performance.now() - begun
        due.current = begun + (newest.current.urgent ? URGENT_REST * taken : Math.max(LEAST_INTERVAL, REST * taken))
      },
      Math.max(0, due.current - performance.now()),
    )
  }, [chart, theme, present, large])

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
      <div
        ref={host}
        className="plot"
        role="img"
        aria-label={t('{label}: {y} against {x}', { label, y: chart.y.title, x: chart.x.title })}
      >
        {reading && <ReadOff reading={reading} chart={chart} />}
      </div>
    </>
  )
}

/** The values under the pointer, on the side where there is more room. */
function ReadOff({ reading, chart }: { reading: Reading & { width: number }; chart: Chart }) {
  const theme = useLab((s) => s.theme)
  const { heading, rows, width } = reading
  const [first] = rows
  const style = first.left < width / 2 ? { left: first.left + 12 } : { right: width - first.left + 12 }
  return (
    <>
      {rows.map(({ line, left, top }) => (
        <i
          key={line}
          className="plot-dot"
          style={{ left, top, background: lineColour(chart.lines[line], line, theme) }}
        />
      ))}
      <div className="plot-reading" style={style}>
        <b>{heading}</b>
        {rows.map(({ line, name, value }) => (
          <span key={line}>
            <Swatch colour={lineColour(chart.lines[line], line, theme)} dash={chart.lines[line].dash} />
            {chart.lines.length > 1 || chart.lines[line].labels ? `${name}: ${value}` : value}
          </span>
        ))}
      </div>
    </>
  )
}

/** A finger that goes across a chart reads it, and one that goes up or down scrolls the page (`touch-action`). */
function readByFinger(element: HTMLElement, plot: Plot): () => void {
  const read = ({ pointerType, clientX, clientY }: PointerEvent) => {
    if (pointerType === 'mouse') return
    const { left, top } = element.getBoundingClientRect()
    plot.point({ left: clientX - left, top: clientY - top })
  }
  element.addEventListener('pointermove', read)
  return () => element.removeEventListener('pointermove', read)
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
      <line x2="24" y1="2" y2="2" stroke={colour} strokeWidth="2" strokeDasharray={dash && DASHES[dash].join(' ')} />
    </svg>
  )
}
