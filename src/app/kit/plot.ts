/**
 * A chart on the screen. uPlot has the axes, the zoom and the pointer; what is drawn, and how far axes reach, comes from
 * the chart. Figures for papers are drawn by another library (chartPicture.ts), which is ten times as large.
 */
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { type Chart, drawable, type Line, lineColour } from './chart.ts'
import { axisOf, type Limits, limitsOf, marksOf, type Scale, sameScale } from './plotAxes.ts'
import { bars, DASHES, joined, markers } from './plotLines.ts'
import { drawMarks, drawZero, type Look, paint, widest } from './plotMarks.ts'
import { type Reading, readingAt, scaleOf } from './plotReading.ts'

/** Least room of a tick, in heights of the letters. */
const ROOM_ACROSS = 4
const ROOM_UP = 2
/** A finger or a button that moves less than this has not chosen a part of the plot, px. */
const LEAST_PART = 6

type Window = Record<'x' | 'y', Limits>

export class Plot {
  private readonly host: HTMLElement
  private readonly onRead: (reading: Reading | undefined) => void
  private drawn?: uPlot
  private built = ''
  private chart: Chart = { name: '', x: { title: '' }, y: { title: '' }, lines: [] }
  private look: Look = { theme: 'light', size: 12, width: 2 }
  /** The part of the plot that was chosen, until the chart is of something else. */
  private part?: Window
  private of = ''

  constructor(host: HTMLElement, onRead: (reading: Reading | undefined) => void) {
    this.host = host
    this.onRead = onRead
  }

  /**
   * Draws it, in place of what was drawn.
   * @returns what of it can be drawn
   */
  show(chart: Chart, look: Look): Chart {
    this.chart = drawable(chart)
    this.look = look
    const of = `${chart.name} ${chart.y.log} ${chart.x.ticks?.length}`
    if (of !== this.of) this.part = undefined
    this.of = of
    const built = JSON.stringify([look, chart.x, chart.y, chart.y2, chart.square, chart.lines.map(lineStyle)])
    if (this.drawn && built === this.built) this.drawn.setData(dataOf(this.chart))
    else {
      this.built = built
      this.build()
    }
    return this.chart
  }

  /** Draws it again in the size that there is. */
  resize(): void {
    const { clientWidth: width, clientHeight: height } = this.host
    if (width === 0 || height === 0) return
    if (!this.drawn) this.build()
    else if (width !== this.drawn.width || height !== this.drawn.height) this.drawn.setSize({ width, height })
  }

  destroy(): void {
    this.drawn?.destroy()
    this.drawn = undefined
  }

  /** Where the pointer or a finger is, px from the left and top of the element. */
  point({ left, top }: { left: number; top: number }): void {
    const { drawn } = this
    if (!drawn) return
    const { offsetLeft, offsetTop } = drawn.over
    drawn.setCursor({ left: left - offsetLeft, top: top - offsetTop })
  }

  private build(): void {
    const { host, chart } = this
    this.destroy()
    if (host.clientWidth === 0 || host.clientHeight === 0 || this.built === '') return
    const options: uPlot.Options = {
      mode: 2,
      width: host.clientWidth,
      height: host.clientHeight,
      padding: [8, 12, 0, 0],
      legend: { show: false },
      cursor: this.cursor(),
      scales: this.scales(),
      axes: this.axes(),
      series: [{}, ...chart.lines.map((_, i) => this.series(i))],
      hooks: {
        drawAxes: [(u) => drawZero(u, this.chart)],
        draw: [(u) => drawMarks(u, this.chart, this.look)],
        setCursor: [(u) => this.read(u)],
        setSelect: [(u) => this.choose(u)],
      },
    }
    this.drawn = new uPlot(options, dataOf(chart), host)
    // How large the plot itself is follows from its axes.
    if (chart.square) this.drawn.setData(dataOf(chart))
  }

  private cursor(): uPlot.Cursor {
    return {
      points: { show: false },
      x: !this.chart.square,
      y: false,
      dataIdx: () => null,
      drag: { x: true, y: true, uni: 24, setScale: false },
      bind: {
        dblclick: () => () => {
          this.part = undefined
          this.drawn?.setData(dataOf(this.chart))
          return null
        },
      },
    }
  }

  private scales(): uPlot.Scales {
    const scale = (name: Scale): uPlot.Scale => ({
      time: false,
      distr: axisOf(this.chart, name).log ? 3 : 1,
      range: () => this.reach(name),
    })
    return { x: scale('x'), y: scale('y'), ...(this.chart.y2 && { y2: scale('y2') }) }
  }

  private reach(name: Scale): Limits {
    const { chart, part, drawn } = this
    if (part && name !== 'y2') return part[name]
    const limits = limitsOf(chart, name)
    if (!chart.square || name === 'y2') return limits
    const { width, height } = drawn?.bbox ?? { width: 0, height: 0 }
    if (!(width > 0 && height > 0)) return limits
    return sameScale(limitsOf(chart, 'x'), limitsOf(chart, 'y'), [width, height])[name]
  }

  private axes(): uPlot.Axis[] {
    const { chart, look } = this
    const { size } = look
    const font = `${size}px system-ui, sans-serif`
    const axis = (name: Scale, side: uPlot.Axis.Side): uPlot.Axis => {
      const across = name === 'x'
      const marks = (u: uPlot) => {
        const { min, max } = u.scales[name]
        const length = (across ? u.bbox.width : u.bbox.height) / devicePixelRatio || 200
        const count = Math.max(2, Math.floor(length / ((across ? ROOM_ACROSS : ROOM_UP) * size)))
        return marksOf(axisOf(chart, name), [min ?? 0, max ?? 1], Math.min(across ? 8 : 6, count))
      }
      return {
        scale: name,
        side,
        font,
        labelFont: font,
        stroke: paint('--text'),
        gap: 3,
        grid: { show: name !== 'y2', stroke: paint('--line'), width: 1 },
        ticks: { stroke: paint('--muted'), width: 1, size: 4 },
        border: { show: true, stroke: paint('--muted'), width: 1 },
        splits: (u) => marks(u).map(({ at }) => at),
        filter: (_, splits) => splits,
        values: (u) => marks(u).map(({ label }) => label),
        ...(across ? { size: 1.2 * size + 9 } : { size: (u, values) => widest(u, values, font) + 10 }),
        ...(name !== 'y' && { label: axisOf(chart, name).title, labelSize: 1.4 * size, labelGap: 0 }),
      }
    }
    return [axis('x', 2), axis('y', 3), ...(chart.y2 ? [axis('y2', 1)] : [])]
  }

  private series(i: number): uPlot.Series {
    const { look } = this
    // The line as it is when it is drawn, not as it was when the plot was built.
    const line = () => this.chart.lines[i]
    const { dash, faint, fine, hollow, marker, points, x } = line()
    const colour = lineColour(line(), i, look.theme)
    const scale = scaleOf(this.chart, line())
    const single = points || x.length === 1
    const size = fine ? 4 : 8
    return {
      facets: [
        { scale: 'x', auto: true },
        { scale, auto: true },
      ],
      stroke: colour,
      fill: this.chart.bars ? colour : undefined,
      width: faint ? 0.7 * look.width : look.width,
      dash: dash && [...DASHES[dash]],
      alpha: faint ? 0.6 : 1,
      pxAlign: 0,
      paths: this.chart.bars ? bars(line, i, this.chart.lines.length) : single ? () => null : joined(line, scale),
      points: {
        show: !this.chart.bars && (single || marker !== undefined),
        paths: markers(line, scale, size),
        stroke: colour,
        fill: hollow ? 'transparent' : colour,
        width: 1.4,
      },
    } as uPlot.Series
  }

  private read(u: uPlot): void {
    const { left = -1, top = -1 } = u.cursor
    const pixel = (value: number, scale: Scale) => u.valToPos(value, scale)
    const reading = left < 0 ? undefined : readingAt(this.chart, { left, top }, pixel)
    const { offsetLeft, offsetTop } = u.over
    this.onRead(
      reading && {
        ...reading,
        rows: reading.rows.map((row) => ({ ...row, left: row.left + offsetLeft, top: row.top + offsetTop })),
      },
    )
  }

  private choose(u: uPlot): void {
    const { left, top, width, height } = u.select
    if (width < LEAST_PART || height < LEAST_PART) return
    const value = (pixel: number, scale: Scale) => u.posToVal(pixel, scale)
    this.part = { x: [value(left, 'x'), value(left + width, 'x')], y: [value(top + height, 'y'), value(top, 'y')] }
    u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
    u.setData(dataOf(this.chart))
  }
}

/** What of a line is built in: all but its numbers. */
function lineStyle({ x, y: _y, labels: _labels, ...style }: Line): object {
  return { ...style, single: x.length === 1 }
}

/** uPlot's types know the other kind of data only. */
function dataOf({ lines }: Chart): uPlot.AlignedData {
  return [null, ...lines.map(({ x, y }) => [x, y])] as unknown as uPlot.AlignedData
}
