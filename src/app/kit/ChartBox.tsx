/** A chart with its note and its exports. */

import { Menu } from '@mantine/core'
import { type ReactNode, useMemo, useState } from 'react'
import { createPortal } from 'react-dom'
import { t } from '../../language/language.ts'
import { bytesOf, fileName } from '../ground/download.ts'
import { useSession } from '../session/context.ts'
import { writePicture, writeTable } from '../session/written.ts'
import { notify } from '../store/notices.ts'
import { type Chart, chartTable, worded } from './chart.ts'
import { DownloadIcon } from './icons.tsx'
import { LineChart } from './LineChart.tsx'
import { later } from './later.tsx'

const FigureDialog = later(() => import('./FigureDialog.tsx'))

interface ChartBoxProps {
  chart?: Chart
  label: string
  empty: string
  note?: string
  /** False where the lines are named beside the chart. */
  legend?: boolean
  /** Shown instead of a chart. */
  body?: ReactNode
  /** Where the chart's own controls go, in the header of its panel. */
  tools: HTMLElement | null
  children?: ReactNode
}

export function ChartBox({ chart, label, empty, note, legend, body, tools, children }: ChartBoxProps) {
  const shown = useMemo(() => chart && worded(chart), [chart])
  const sentence = note ?? shown?.note
  const controls = useMemo(() => (chart ? <Exports chart={chart} /> : null), [chart])
  return (
    <div className="chart-box">
      {tools &&
        createPortal(
          <>
            {children}
            {controls}
          </>,
          tools,
        )}
      {shown ? <LineChart chart={shown} label={label} legend={legend} /> : (body ?? <p className="hint">{empty}</p>)}
      {chart && sentence && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a long note scrolls, so it must be reachable by keyboard
        <p className="chart-note" tabIndex={0}>
          {sentence}
        </p>
      )}
    </div>
  )
}

function Exports({ chart }: { chart: Chart }) {
  const session = useSession()
  const { lab } = session
  const [asked, setAsked] = useState(false)
  const base = () => `${fileName(lab.getState().scenario.title)}-${fileName(chart.name)}`
  const csv = () => {
    const { header, rows } = chartTable(chart)
    void writeTable(session, base(), header, rows)
  }
  const png = async () => {
    try {
      const { chartPicture, usualFigure } = await import('./chartPicture.ts')
      const address = await chartPicture(worded(chart), 'png', usualFigure(chart, lab.getState().theme))
      await writePicture(session, base(), bytesOf(address))
    } catch (error) {
      notify(lab, {
        level: 'warning',
        message: t('The picture could not be made: {reason}', {
          reason: error instanceof Error ? error.message : String(error),
        }),
      })
    }
  }
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <button type="button" className="button icon-button" aria-label={t('Export this chart')}>
            <DownloadIcon />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={csv}>{t('Data (CSV)')}</Menu.Item>
          <Menu.Item onClick={png}>{t('Picture (PNG)')}</Menu.Item>
          <Menu.Item onClick={() => setAsked(true)}>{t('Figure (SVG, PDF or PNG)…')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asked && <FigureDialog chart={worded(chart)} onDone={() => setAsked(false)} />}
    </>
  )
}
