/** The page: two scales side by side, charts and equations below, parameters at hand. On a phone they stack. */
import { useEffect, useState, useSyncExternalStore } from 'react'
import { Panel as Area, Group, Separator, usePanelRef } from 'react-resizable-panels'
import { CellPanel } from '../cell/CellPanel.tsx'
import { familyOf } from '../ground/house.ts'
import { later } from '../kit/later.tsx'
import { PanelBoundary } from '../kit/Panel.tsx'
import { useLab, useScenario } from '../session/context.ts'
import { chrome } from '../session/session.ts'
import { ChartSlot } from './ChartSlot.tsx'
import { Notices } from './Notices.tsx'
import { StagePanel } from './StagePanel.tsx'
import { TopBar } from './TopBar.tsx'

const Dialogs = later(() => import('./Dialogs.tsx'))
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
  const wide = useMedia('(min-width: 1240px)') && !large
  // The error plot comes with words and a table: it takes the place of two charts, and some height.
  const proof = useLab((s) => s.slots.first === 'proof')
  const battery = familyOf(useScenario()).rates !== undefined
  const charts = usePanelRef()
  const slot = usePanelRef()
  const cell = usePanelRef()
  useEffect(() => {
    // Once the group has taken note of the chart that went or came.
    const next = requestAnimationFrame(() => {
      charts.current?.resize(proof && !large ? '52%' : judged ? '36%' : '40%')
      if (proof) slot.current?.resize('66%')
      else if (battery) slot.current?.resize('44%')
    })
    return () => cancelAnimationFrame(next)
  }, [proof, battery, large, judged, charts, slot])
  useEffect(() => {
    const next = requestAnimationFrame(() => cell.current?.resize(judged ? '36%' : '48%'))
    return () => cancelAnimationFrame(next)
  }, [judged, cell])
  const level = chrome()
  if (level !== 'full')
    return (
      <main className="page embedded">
        <StagePanel />
        <Notices />
      </main>
    )
  const parameters = <ParametersPanel />
  return (
    <div className="page">
      <TopBar drawer={drawer} onDrawer={() => setDrawer(!drawer)} />
      {narrow ? (
        <main className="stack">
          <StagePanel />
          <CellPanel />
          <ChartSlot name="first" />
          <ChartSlot name="second" />
          <ChartSlot name="third" />
          {drawer && parameters}
        </main>
      ) : (
        <main className="desk">
          <Group orientation="vertical" className="scales" id="rows">
            <Area id="scales" defaultSize="60%" minSize="30%">
              <Group orientation="horizontal" id="columns">
                <Area id="cell" defaultSize={judged ? '36%' : '48%'} minSize="24%" panelRef={cell}>
                  <CellPanel />
                </Area>
                <Separator className="separator" aria-label="Width of the reference cell" />
                <Area id="stage" minSize="30%">
                  <StagePanel />
                </Area>
              </Group>
            </Area>
            <Separator className="separator" aria-label="Height of the charts" />
            <Area id="charts" minSize="15%" panelRef={charts}>
              <Group orientation="horizontal" id="slots">
                <Area id="slot-a" minSize="20%" panelRef={slot}>
                  <ChartSlot name="first" />
                </Area>
                {wide && !proof && <Separator className="separator" aria-label="Width of the first chart" />}
                {wide && !proof && (
                  <Area id="slot-b" minSize="20%">
                    <ChartSlot name="second" />
                  </Area>
                )}
                <Separator className="separator" aria-label="Width of the equations" />
                <Area id="slot-c" minSize="20%">
                  <ChartSlot name="third" />
                </Area>
              </Group>
            </Area>
          </Group>
          {drawer && <aside className="drawer">{parameters}</aside>}
        </main>
      )}
      <Notices />
      <PanelBoundary title="The dialog">
        <Dialogs />
      </PanelBoundary>
    </div>
  )
}

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = matchMedia(query)
      media.addEventListener('change', changed)
      return () => media.removeEventListener('change', changed)
    },
    () => matchMedia(query).matches,
  )
}
