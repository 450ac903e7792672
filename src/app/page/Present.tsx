/**
 * The laboratory for a projector: one or two pictures fill the screen. A strip of controls goes where it is not needed; the
 * keys of a clicker (Page down, Page up) go from view to view.
 */

import { useEffect, useState } from 'react'
import { msg, t } from '../../language/language.ts'
import { CellPanel } from '../cell/CellPanel.tsx'
import { toggleLens } from '../judge/lensDesk.ts'
import { Choice, IconButton, Segments } from '../kit/controls.tsx'
import { CloseIcon } from '../kit/icons.tsx'
import { useJudgeView, useLab, useScenario, useSession } from '../session/context.ts'
import { ChartSlot } from './ChartSlot.tsx'
import { StagePanel } from './StagePanel.tsx'
import { Transport } from './Transport.tsx'

/** What can be shown, in the order of the clicker. */
const VIEWS = [
  { value: 'cell-map', label: msg('Cell + map') },
  { value: 'map', label: msg('Map') },
  { value: 'map-chart', label: msg('Map + chart') },
  { value: 'chart', label: msg('Chart') },
  { value: 'cell-chart', label: msg('Cell + chart') },
  { value: 'lens-map', label: msg('Lens + map') },
  { value: 'equations', label: msg('Equations') },
] as const
type View = (typeof VIEWS)[number]['value']

/** The strip goes after that long without a pointer or a key in it, ms. */
const REST = 3500

const NEXT: Record<string, 1 | -1> = { PageDown: 1, PageUp: -1 }

export default function Present() {
  const session = useSession()
  const { lab } = session
  const { title } = useScenario()
  const [view, setView] = useState<View>('cell-map')
  const model = useLab((s) => s.model)
  const field = useLab((s) => s.field)
  const lens = useJudgeView((s) => s.lens)
  const away = useRest()
  useEffect(() => {
    if ((view === 'lens-map') !== lens) toggleLens(session)
  }, [view, lens, session])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const by = NEXT[event.key]
      if (event.key === 'Escape') lab.setState({ present: false })
      else if (by) setView((now) => turned(now, by))
      else return
      event.preventDefault()
    }
    // Before the microscope takes the same keys.
    addEventListener('keydown', onKey, { capture: true })
    return () => removeEventListener('keydown', onKey, { capture: true })
  }, [lab])
  const shows = (part: string) => view.split('-').includes(part)
  return (
    <div className="present" data-view={view}>
      <h1 className="present-title">{t(title)}</h1>
      <main className="present-pictures">
        {shows('cell') && <CellPanel />}
        {shows('map') && <StagePanel />}
        {shows('chart') && <ChartSlot name="first" />}
        {shows('equations') && <ChartSlot name="third" />}
      </main>
      <div className="present-strip" data-away={away || undefined}>
        <Transport />
        <Segments label={t('View')} value={view} options={VIEWS} onChange={setView} />
        {model && (
          <Choice
            label={t('Field')}
            value={field}
            options={model.fields.map((f) => ({ value: f.name, label: f.label }))}
            onChange={(name) => lab.setState({ field: name })}
          />
        )}
        <IconButton
          label={t('Leave the projector layout')}
          hotkey="Escape"
          onClick={() => lab.setState({ present: false })}
        >
          <CloseIcon />
        </IconButton>
      </div>
    </div>
  )
}

function turned(view: View, by: 1 | -1): View {
  const at = VIEWS.findIndex(({ value }) => value === view)
  return VIEWS[(at + by + VIEWS.length) % VIEWS.length].value
}

/** Nothing was moved or pressed for a while. */
function useRest(): boolean {
  const [resting, setResting] = useState(false)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const wake = () => {
      setResting(false)
      clearTimeout(timer)
      timer = setTimeout(() => setResting(true), REST)
    }
    wake()
    const events = ['pointermove', 'pointerdown', 'focusin'] as const
    for (const event of events) addEventListener(event, wake)
    return () => {
      clearTimeout(timer)
      for (const event of events) removeEventListener(event, wake)
    }
  }, [])
  return resting
}
