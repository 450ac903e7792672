/** A chart as a figure: vector or pixels, its size, its ground, with a title or without. */

import { Modal } from '@mantine/core'
import { useId, useState } from 'react'
import { msg, t } from '../../language/language.ts'
import { bytesOf, download, fileName } from '../ground/download.ts'
import { useSession } from '../session/context.ts'
import { identityOf, writePicture } from '../session/written.ts'
import { notify } from '../store/notices.ts'
import type { Chart } from './chart.ts'
import { chartPicture, type Figure, usualFigure } from './chartPicture.ts'
import { Segments, TextButton } from './controls.tsx'
import { NumberField } from './NumberField.tsx'

const FORMATS = [
  { value: 'svg', label: msg('Vector (SVG)') },
  { value: 'png', label: msg('Pixels (PNG)') },
] as const
const GROUNDS = [
  { value: 'light', label: msg('White ground') },
  { value: 'dark', label: msg('Dark ground') },
] as const
/** px. */
const LEAST = 200
const MOST = 6000

/** Twice the size of the drawing, so that letters stay in proportion. */
const PIXELS = 2

export default function FigureDialog({ chart, onDone }: { chart: Chart; onDone: () => void }) {
  const session = useSession()
  const { lab } = session
  const [figure, setFigure] = useState<Figure>(() => ({ ...usualFigure(chart, 'light'), format: 'svg' }))
  const [titled, setTitled] = useState(true)
  const tick = useId()
  const set = (change: Partial<Figure>) => setFigure((now) => ({ ...now, ...change }))
  const scale = figure.format === 'png' ? PIXELS : 1
  const save = async () => {
    const { title } = lab.getState().scenario
    const name = `${fileName(title)}-${fileName(chart.name)}`
    try {
      const address = await chartPicture(chart, { ...figure, scale, title: titled ? t(title) : undefined })
      if (figure.format === 'png') await writePicture(session, name, bytesOf(address))
      else {
        const { recordedSvg } = await import('../../record/files.ts')
        const svg = decodeURIComponent(address.slice(address.indexOf(',') + 1))
        download(`${name}.svg`, recordedSvg(svg, await identityOf(session)), 'image/svg+xml')
      }
      onDone()
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      notify(lab, { level: 'warning', message: t('The figure could not be made: {reason}', { reason }) })
    }
  }
  return (
    <Modal opened onClose={onDone} title={t('Chart as a figure')} closeButtonProps={{ 'aria-label': t('Close') }}>
      <div className="form">
        <Segments label={t('Format')} value={figure.format} options={FORMATS} onChange={(format) => set({ format })} />
        <NumberField
          label={t('Width')}
          unit="px"
          value={figure.width * scale}
          min={LEAST}
          max={MOST}
          onChange={(v) => set({ width: Math.round(v / scale) })}
        />
        <NumberField
          label={t('Height')}
          unit="px"
          value={figure.height * scale}
          min={LEAST}
          max={MOST}
          onChange={(v) => set({ height: Math.round(v / scale) })}
        />
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
        <p className="hint">
          {t('There is no PDF: an SVG holds the same lines, and drawing programs and LaTeX turn it into one.')}
        </p>
      </div>
    </Modal>
  )
}
