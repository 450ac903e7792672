/**
 * The laboratory for a projector: one or two pictures fill the screen. A strip of controls goes where it is not needed; the
 * keys of a clicker (Page down, Page up) go from view to view.
 */

import { useEffect, useRef, useState } from 'react'
import { msg, t } from '../../language/language.ts'
import { CellPanel } from '../cell/CellPanel.tsx'
import { toggleLens } from '../judge/lensDesk.ts'
import { Choice, IconButton, Segments } from '../kit/controls.tsx'
import { CloseIcon } from '../kit/icons.tsx'
import { useJudgeView, useLab, useScenario, useSession } from '../session/context.ts'
import type { PanelName, Shows } from '../store/lessons.ts'
import { quantitiesOf } from '../store/quantities.ts'
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

/** Where a lesson says what is shown, its names for the parts of the views. */
const PANELS: Readonly<Record<string, PanelName>> = {
  cell: 'cell',
  map: 'stage',
  lens: 'stage',
  chart: 'charts',
  equations: 'charts',
}

/** The strip goes after that long without a pointer or a key in it, ms. */
const REST = 3500

const NEXT: Record<string, 1 | -1> = { PageDown: 1, PageUp: -1 }

interface PresentProps {
  /** A lesson is played beside it. */
  learning: boolean
  /** The lesson shows these. */
  allowed: Shows
  /** The lesson asks, and lies over it. */
  covered: boolean
}

export default function Present({ learning, allowed, covered }: PresentProps) {
  const session = useSession()
  const { lab } = session
  const { title } = useScenario()
  const views = VIEWS.filter(({ value }) => value.split('-').every((part) => allowed(PANELS[part])))
  const { view, choose } = useView(views.map(({ value }) => value))
  const model = useLab((s) => s.model)
  const field = useLab((s) => s.field)
  const away = useRest()
  useKeys((key) => {
    const by = NEXT[key]
    if (key === 'Escape') lab.setState({ present: false })
    else if (by && !covered)
      choose(views[(views.findIndex((v) => v.value === view) + by + views.length) % views.length].value)
    else return false
    return true
  })
  const shows = (part: string) => view.split('-').includes(part)
  return (
    <div className="present" data-view={view} data-learning={learning || undefined} inert={covered}>
      {!learning && <h1 className="present-title">{t(title)}</h1>}
      <main className="present-pictures">
        {shows('cell') && <CellPanel />}
        {shows('map') && <StagePanel />}
        {shows('chart') && <ChartSlot name="first" />}
        {shows('equations') && <ChartSlot name="third" />}
      </main>
      <div className="present-strip" data-away={away || covered || undefined}>
        <Transport />
        {learning ? (
          <Choice label={t('View')} value={view} options={views} onChange={choose} />
        ) : (
          <Segments label={t('View')} value={view} options={views} onChange={choose} />
        )}
        {model && (
          <Choice
            label={t('Field')}
            value={field}
            options={quantitiesOf(model).map((f) => ({ value: f.name, label: f.label, under: f.under }))}
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

/** The view on show: the microscope's while it is on, whoever turned it on; else the one that was chosen. */
function useView(views: readonly View[]): { view: View; choose: (view: View) => void } {
  const session = useSession()
  const lens = useJudgeView((s) => s.lens)
  const usual = views.find((view) => view.includes('-')) ?? views[0]
  const [wanted, setWanted] = useState<View>(usual)
  const chosen = wanted !== 'lens-map' && views.includes(wanted) ? wanted : usual
  const choose = (next: View) => {
    setWanted(next)
    if ((next === 'lens-map') !== lens) toggleLens(session)
  }
  return { view: lens && views.includes('lens-map') ? 'lens-map' : chosen, choose }
}

/** @param press returns whether the key was for it */
function useKeys(press: (key: string) => boolean): void {
  const latest = useRef(press)
  latest.current = press
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (latest.current(event.key)) event.preventDefault()
    }
    // Before the microscope takes the same keys.
    addEventListener('keydown', onKey, { capture: true })
    return () => removeEventListener('keydown', onKey, { capture: true })
  }, [])
}

/** Nothing was moved or pressed for a while. */
function useRest(): boolean {
  const [resting, setResting] = useState(false)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const wake = (event?: Event) => {
      // Who reads a lesson beside it needs no controls.
      if (event?.target instanceof Element && event.target.closest('.lesson')) return
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
