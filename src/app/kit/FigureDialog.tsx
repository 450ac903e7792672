/** A chart as a figure: vector or pixels, its size, its ground, with a title or without. */

import { Modal } from '@mantine/core'
import { useId, useState } from 'react'
import { msg, t } from '../../language/language.ts'
import { useSession } from '../session/context.ts'
import { current } from '../store/lab.ts'
import { notify } from '../store/notices.ts'
import type { Chart } from './chart.ts'
import { type FigureFormat, SIZES, saveChart, within } from './chartFile.ts'
import { type Figure, usualFigure } from './chartPicture.ts'
import { Segments, TextButton } from './controls.tsx'
import { NumberField } from './NumberField.tsx'

const FORMATS = [
  { value: 'svg', label: msg('Vector (SVG)') },
  { value: 'pdf', label: msg('Vector (PDF)') },
  { value: 'png', label: msg('Pixels (PNG)') },
] as const
const GROUNDS = [
  { value: 'light', label: msg('White ground') },
  { value: 'dark', label: msg('Dark ground') },
] as const
export default function FigureDialog({ chart, onDone }: { chart: Chart; onDone: () => void }) {
  const session = useSession()
  const { lab } = session
  const [figure, setFigure] = useState<Figure>(() => usualFigure(chart, 'light'))
  const [format, setFormat] = useState<FigureFormat>('svg')
  const [titled, setTitled] = useState(true)
  const tick = useId()
  const set = (change: Partial<Figure>) => setFigure((now) => ({ ...now, ...change }))
  const { unit, each, least, most } = SIZES[format]
  const choose = (chosen: FigureFormat) => {
    setFormat(chosen)
    set({ width: within(figure.width, chosen), height: within(figure.height, chosen) })
  }
  const sized = (label: string, side: 'width' | 'height') => (
    <NumberField
      label={label}
      unit={unit}
      value={Number((figure[side] * each).toFixed(1))}
      min={least}
      max={most}
      onChange={(value) => set({ [side]: value / each })}
    />
  )
  const save = async () => {
    const { title } = current(lab.getState())
    try {
      await saveChart(session, chart, format, { ...figure, title: titled ? t(title) : undefined })
      onDone()
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      notify(lab, { level: 'warning', message: t('The figure could not be made: {reason}', { reason }) })
    }
  }
  return (
    <Modal opened onClose={onDone} title={t('Chart as a figure')} closeButtonProps={{ 'aria-label': t('Close') }}>
      <div className="form">
        <Segments label={t('Format')} value={format} options={FORMATS} onChange={choose} />
        {sized(t('Width'), 'width')}
        {sized(t('Height'), 'height')}
        <Segments label={t('Ground')} value={figure.ground} options={GROUNDS} onChange={(ground) => set({ ground })} />
        <label className="tick" htmlFor={tick}>
          <input id={tick} type="checkbox" checked={titled} onChange={(e) => setTitled(e.currentTarget.checked)} />
          {t('With the title of the scenario')}
        </label>
        <div className="row">
          <TextButton primary onClick={() => void save()}>
            {t('Save the figure')}
          </TextButton>
        </div>
      </div>
    </Modal>
  )
}
