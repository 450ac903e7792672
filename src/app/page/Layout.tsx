/** The page: two scales side by side, charts and equations below, parameters at hand. On a phone they stack. */
import { useEffect, useState } from 'react'
import { CellPanel } from '../cell/CellPanel.tsx'
import { wantsCalm } from '../ground/calm.ts'
import { later } from '../kit/later.tsx'
import { PanelBoundary } from '../kit/Panel.tsx'
import { useMedia } from '../kit/useMedia.ts'
import { useLab, useScenario } from '../session/context.ts'
import { ChartSlot } from './ChartSlot.tsx'
import { Note } from './Note.tsx'
import { Notices } from './Notices.tsx'
import { StagePanel } from './StagePanel.tsx'
import { TopBar } from './TopBar.tsx'

const Dialogs = later(() => import('./Dialogs.tsx'))
const Desk = later(() => import('./Desk.tsx'))
const Embedded = later(() => import('./Embedded.tsx'))
const Chosen = later(() => import('./Chosen.tsx'))
const Present = later(() => import('./Present.tsx'))
const ParametersPanel = later(() => import('./ParametersPanel.tsx'))

/** Width from which the drawer has room beside two pictures of the judge, px. */
const ROOM_FOR_ALL = 1600

export function Layout() {
  // Where there is little room the drawer waits to be called; on a phone it follows below everything else.
  const large = useLab((s) => s.large)
  const judged = useScenario().micro?.repeat !== undefined
  const [drawer, setDrawer] = useState(() => innerWidth < 860 || innerWidth >= (judged ? ROOM_FOR_ALL : 1200))
  // On a projector, or with two pictures to show, the room goes to the pictures.
  useEffect(() => {
    if (large) setDrawer(false)
    else if (innerWidth >= 860) setDrawer(innerWidth >= (judged ? ROOM_FOR_ALL : 1200))
  }, [large, judged])
  const narrow = useMedia('(max-width: 859px)')
  const level = useLab((s) => s.chrome)
  const panels = useLab((s) => s.panels)
  const present = useLab((s) => s.present)
  if (level !== 'full') return <Embedded />
  const special = present ? <Present /> : panels && <Chosen panels={panels} />
  const parameters = <ParametersPanel />
  return (
    <div className="page">
      {!special && <TopBar drawer={drawer} onDrawer={() => (narrow ? scrollToDrawer() : setDrawer(!drawer))} />}
      {!special && <Note />}
      {special ??
        (narrow ? (
          <main className="stack">
            <StagePanel />
            <CellPanel />
            <ChartSlot name="first" />
            <ChartSlot name="second" />
            <ChartSlot name="third" />
            {parameters}
          </main>
        ) : (
          <Desk drawer={drawer && parameters} />
        ))}
      <Notices />
      <PanelBoundary title="The dialog">
        <Dialogs />
      </PanelBoundary>
    </div>
  )
}

/** On a phone the drawer is always open, below everything else. */
function scrollToDrawer(): void {
  document.querySelector('.stack .parameters-panel')?.scrollIntoView({ behavior: wantsCalm() ? 'auto' : 'smooth' })
}
