/** The page: two scales side by side, charts and equations below, parameters at hand. On a phone they stack. */
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { t } from '../../language/language.ts'
import { CellPanel } from '../cell/CellPanel.tsx'
import { wantsCalm } from '../ground/calm.ts'
import { afterPicture, later } from '../kit/later.tsx'
import { PanelBoundary } from '../kit/Panel.tsx'
import { useMedia } from '../kit/useMedia.ts'
import { useLab, useScenario, useSession } from '../session/context.ts'
import type { Shows } from '../store/lessons.ts'
import { ChartSlot } from './ChartSlot.tsx'
import { load } from './files.ts'
import { Note } from './Note.tsx'
import { Notices } from './Notices.tsx'
import { StagePanel } from './StagePanel.tsx'
import { TopBar } from './TopBar.tsx'

const Player = later(
  () => import('../lessons/Player.tsx'),
  () => <aside className="lesson" aria-label={t('Lesson')} data-covered />,
)
const AtHand = later(() => import('./AtHand.tsx'))
const TeacherPage = later(() => import('../lessons/TeacherPage.tsx'))
const Heard = later(() => import('./Heard.tsx'))
const Dialogs = later(() => import('./Dialogs.tsx'))
const Desk = later(() => import('./Desk.tsx'))
const Embedded = later(() => import('./Embedded.tsx'))
const Chosen = later(() => import('./Chosen.tsx'))
const Present = later(() => import('./Present.tsx'))
const ParametersPanel = afterPicture(() => import('./ParametersPanel.tsx'))

/** Width from which the drawer has room beside two pictures of the judge, px. */
const ROOM_FOR_ALL = 1600

export function Layout() {
  // Where there is little room the drawer waits to be called; on a phone it follows below everything else.
  const large = useLab((s) => s.large)
  const judged = useScenario().micro?.repeat !== undefined
  const { lessons, dialogs } = useSession()
  const lesson = useStore(lessons)
  const dialog = useOnce(useStore(dialogs, (s) => s.open !== undefined))
  const learning = lesson.open !== undefined
  const heard = useLab((s) => s.heard.tone || s.heard.words)
  const covered = learning && lesson.covered
  const shows: Shows = (panel) => !learning || (lesson.panels ?? [panel]).includes(panel)
  const roomFrom = judged ? ROOM_FOR_ALL : 1200
  const [drawer, setDrawer] = useState(() => innerWidth < 860 || (!learning && innerWidth >= roomFrom))
  // On a projector, in a lesson, or with two pictures to show, the room goes to the pictures.
  useEffect(() => {
    if (large || learning) setDrawer(false)
    else if (innerWidth >= 860) setDrawer(innerWidth >= roomFrom)
  }, [large, learning, roomFrom])
  const narrow = useMedia('(max-width: 859px)')
  const level = useLab((s) => s.chrome)
  const panels = useLab((s) => s.panels)
  const present = useLab((s) => s.present)
  if (level !== 'full') return <Embedded />
  // Which panels a lesson shows is the lesson's to say.
  const chosen = !learning && !present && panels
  const bare = present || chosen
  return (
    <div className="page">
      {!bare && <TopBar drawer={drawer} onDrawer={() => (narrow ? scrollToDrawer() : setDrawer(!drawer))} />}
      {!bare && <Note />}
      {chosen ? (
        <Chosen panels={chosen} />
      ) : (
        <div className="work">
          {present ? (
            <Present learning={learning} allowed={shows} covered={covered} />
          ) : narrow ? (
            <Stack shows={shows} covered={covered} />
          ) : (
            <Desk shows={shows} covered={covered} drawer={drawer && <ParametersPanel />} />
          )}
          <PanelBoundary title={t('The lesson')}>
            {lesson.open !== undefined && <Player name={lesson.open} load={load} AtHand={AtHand} />}
          </PanelBoundary>
        </div>
      )}
      <Notices />
      <PanelBoundary title={t('The dialog')}>
        {dialog && <Dialogs />}
        {heard && <Heard />}
        {lesson.teacher !== undefined && <TeacherPage name={lesson.teacher} />}
      </PanelBoundary>
    </div>
  )
}

/** True from the first time on: what has been opened stays, to close in its own way. */
function useOnce(now: boolean): boolean {
  const [ever, setEver] = useState(now)
  if (now && !ever) setEver(true)
  return ever || now
}

/** On a phone everything stands below each other. */
function Stack({ shows, covered }: { shows: Shows; covered: boolean }) {
  return (
    <main className="stack" inert={covered}>
      {shows('stage') && <StagePanel />}
      {shows('cell') && <CellPanel />}
      {shows('charts') && (
        <>
          <ChartSlot name="first" />
          <ChartSlot name="second" />
          <ChartSlot name="third" />
        </>
      )}
      {shows('parameters') && <ParametersPanel />}
    </main>
  )
}

/** On a phone the drawer is always open, below everything else. */
function scrollToDrawer(): void {
  document.querySelector('.stack .parameters-panel')?.scrollIntoView({ behavior: wantsCalm() ? 'auto' : 'smooth' })
}
