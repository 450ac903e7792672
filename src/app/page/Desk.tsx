/** Two scales side by side, charts below, parameters at hand; borders that can be drawn. */

import { type ReactNode, useEffect } from 'react'
import { Panel as Area, Group, Separator, usePanelRef } from 'react-resizable-panels'
import { useStore } from 'zustand'
import { t } from '../../language/language.ts'
import { CellPanel } from '../cell/CellPanel.tsx'
import { familyOf } from '../ground/house.ts'
import { useMedia } from '../kit/useMedia.ts'
import { useLab, useScenario, useSession } from '../session/context.ts'
import type { Shows } from '../store/lessons.ts'
import { ChartSlot } from './ChartSlot.tsx'
import { StagePanel } from './StagePanel.tsx'

export default function Desk({ shows, covered, drawer }: { shows: Shows; covered: boolean; drawer: ReactNode }) {
  const large = useLab((s) => s.large)
  const judged = useScenario().micro?.repeat !== undefined
  const learning = useStore(useSession().lessons, (s) => s.open !== undefined)
  const wide = useMedia('(min-width: 1240px)') && !large && !learning
  // The error plot comes with words and a table: it takes the place of two charts, and some height.
  const proof = useLab((s) => s.slots.first === 'proof')
  const battery = familyOf(useScenario()).rates !== undefined
  const charts = usePanelRef()
  const slot = usePanelRef()
  const cell = usePanelRef()
  useEffect(() => {
    // Once the group has taken note of the chart that went or came.
    const next = requestAnimationFrame(() => {
      charts.current?.resize(proof && !large ? (learning ? '46%' : '52%') : judged ? '36%' : '40%')
      if (proof) slot.current?.resize('66%')
      else if (battery) slot.current?.resize('44%')
    })
    return () => cancelAnimationFrame(next)
  }, [proof, battery, large, judged, learning, charts, slot])
  useEffect(() => {
    const next = requestAnimationFrame(() => cell.current?.resize(judged ? '36%' : '48%'))
    return () => cancelAnimationFrame(next)
  }, [judged, cell])
  const pictured = shows('cell') || shows('stage')
  return (
    <main className="desk" inert={covered}>
      <Group orientation="vertical" className="scales" id="rows">
        {pictured && (
          <Area id="scales" defaultSize="60%" minSize="30%">
            <Scales shows={shows} judged={judged} cell={cell} />
          </Area>
        )}
        {pictured && shows('charts') && <Separator className="separator" aria-label={t('Height of the charts')} />}
        {shows('charts') && (
          <Area id="charts" minSize="15%" panelRef={charts}>
            <Charts slot={slot} second={wide && !proof} />
          </Area>
        )}
      </Group>
      {drawer && <aside className="drawer">{drawer}</aside>}
    </main>
  )
}

type PanelRef = ReturnType<typeof usePanelRef>

function Scales({ shows, judged, cell }: { shows: Shows; judged: boolean; cell: PanelRef }) {
  return (
    <Group orientation="horizontal" id="columns">
      {shows('cell') && (
        <Area id="cell" defaultSize={judged ? '36%' : '48%'} minSize="24%" panelRef={cell}>
          <CellPanel />
        </Area>
      )}
      {shows('cell') && shows('stage') && (
        <Separator className="separator" aria-label={t('Width of the reference cell')} />
      )}
      {shows('stage') && (
        <Area id="stage" minSize="30%">
          <StagePanel />
        </Area>
      )}
    </Group>
  )
}

function Charts({ slot, second }: { slot: PanelRef; second: boolean }) {
  return (
    <Group orientation="horizontal" id="slots">
      <Area id="slot-a" minSize="20%" panelRef={slot}>
        <ChartSlot name="first" />
      </Area>
      {second && <Separator className="separator" aria-label={t('Width of the first chart')} />}
      {second && (
        <Area id="slot-b" minSize="20%">
          <ChartSlot name="second" />
        </Area>
      )}
      <Separator className="separator" aria-label={t('Width of the equations')} />
      <Area id="slot-c" minSize="20%">
        <ChartSlot name="third" />
      </Area>
    </Group>
  )
}
