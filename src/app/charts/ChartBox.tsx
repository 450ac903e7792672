/** A chart with its note and its exports. */

import { Menu } from '@mantine/core'
import { type ReactNode, type RefObject, useMemo, useRef } from 'react'
import { createPortal } from 'react-dom'
import { DownloadIcon } from '../panels/icons.tsx'
import { lab } from '../session.ts'
import { table } from '../shell/exports.ts'
import { download, fileName } from '../shell/files.ts'
import { notify } from '../store/notices.ts'
import { type Chart, chartTable } from './chart.ts'
import { chartPicture, PlotlyChart } from './PlotlyChart.tsx'

interface ChartBoxProps {
  chart?: Chart
  label: string
  empty: string
  note?: string
  /** Where the chart's own controls go, in the header of its panel. */
  tools: HTMLElement | null
  children?: ReactNode
}

export function ChartBox({ chart, label, empty, note, tools, children }: ChartBoxProps) {
  const host = useRef<HTMLDivElement>(null)
  const sentence = note ?? chart?.note
  const controls = useMemo(() => (chart ? <Exports chart={chart} host={host} /> : null), [chart])
  return (
    <div className="chart-box" ref={host}>
      {tools &&
        createPortal(
          <>
            {children}
            {controls}
          </>,
          tools,
        )}
      {chart ? <PlotlyChart chart={chart} label={label} /> : <p className="hint">{empty}</p>}
      {chart && sentence && <p className="chart-note">{sentence}</p>}
    </div>
  )
}

function Exports({ chart, host }: { chart: Chart; host: RefObject<HTMLDivElement | null> }) {
  const base = () => `${fileName(lab.getState().scenario.title)}-${fileName(chart.name)}`
  const csv = () => {
    const { header, rows } = chartTable(chart)
    download(`${base()}.csv`, table(header, rows), 'text/csv')
  }
  const png = async () => {
    const plot = host.current?.querySelector<HTMLElement>('.plot')
    if (!plot) return
    try {
      download(`${base()}.png`, await (await fetch(await chartPicture(plot))).blob(), 'image/png')
    } catch (error) {
      notify(lab, {
        level: 'warning',
        message: `The picture could not be made: ${error instanceof Error ? error.message : String(error)}`,
      })
    }
  }
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <button type="button" className="button icon-button" aria-label="Export this chart">
          <DownloadIcon />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={csv}>Data (CSV)</Menu.Item>
        <Menu.Item onClick={png}>Picture (PNG)</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
