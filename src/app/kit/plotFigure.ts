/** A chart as the library of figures takes it: traces and layout. */
import type { Trace } from 'plotly.js-cartesian-dist-min'
import { SERIES } from '../ground/colours.ts'
import { type Chart, type ChartAxis, drawable, type Line, lineColour, ordinate, unitOf } from './chart.ts'

function mode({ x, marker, points }: Line): Trace['mode'] {
  if (points || x.length === 1) return 'markers'
  return marker ? 'lines+markers' : 'lines'
}

export function traces(chart: Chart, theme: 'light' | 'dark'): Trace[] {
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

export function layout(chart: Chart, theme: 'light' | 'dark', size: number, face = 'system-ui, sans-serif'): object {
  const style = getComputedStyle(document.documentElement)
  const paint = (name: string) => style.getPropertyValue(name).trim()
  const axis = (a: ChartAxis) => ({
    title: { text: a.title, standoff: 6, font: { size } },
    type: a.log ? 'log' : 'linear',
    gridcolor: paint('--line'),
    zerolinecolor: paint('--muted'),
    zerolinewidth: 0.7,
    linecolor: paint('--muted'),
    automargin: true,
    exponentformat: 'power',
    nticks: 6,
    ticks: 'outside',
    ticklen: 4,
    tickcolor: paint('--muted'),
    ...(a.range && { range: a.range }),
    ...(a.ticks && { tickvals: a.ticks.map((t) => t.at), ticktext: a.ticks.map((t) => t.label) }),
  })
  const marks = chart.marks ?? []
  return {
    uirevision: `${chart.name}${chart.y.log}${chart.x.ticks?.length}`,
    autosize: true,
    margin: { l: 12, r: 14, t: 8, b: 8 },
    font: { family: face, size, color: paint('--text') },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    hovermode: chart.square ? 'closest' : 'x unified',
    hoverlabel: { bgcolor: paint('--panel'), bordercolor: paint('--line'), font: { color: paint('--text') } },
    xaxis: {
      ...axis(chart.x),
      hoverformat: '.4~g',
      unifiedhovertitle: { text: hovered('x', chart.x) },
      ...(chart.square && { nticks: 4, tickangle: 0 }),
    },
    yaxis: {
      ...axis(chart.y),
      ...(chart.square && { scaleanchor: 'x', constrain: 'domain' }),
    },
    ...(chart.y2 && {
      yaxis2: { ...axis(chart.y2), overlaying: 'y', side: 'right', tickmode: 'auto', showgrid: false },
    }),
    showlegend: chart.lines.length > 1,
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
