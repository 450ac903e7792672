import { CellPanel } from '../cell/CellPanel.tsx'
import { PARTS } from '../session/address.ts'
import { ChartSlot } from './ChartSlot.tsx'
import { Note } from './Note.tsx'
import ParametersPanel from './ParametersPanel.tsx'
import { StagePanel } from './StagePanel.tsx'
import { TopBar } from './TopBar.tsx'

const SLOTS = ['first', 'second', 'third'] as const

/** The page with the panels that its address chooses, side by side. */
export default function Chosen({ panels }: { panels: readonly string[] }) {
  const parts: readonly string[] = PARTS
  const charts = SLOTS.slice(0, panels.filter((name) => !parts.includes(name)).length)
  return (
    <>
      <TopBar />
      <Note />
      <main className="chosen">
        {panels.includes('cell') && <CellPanel />}
        {panels.includes('map') && <StagePanel />}
        {charts.map((name) => (
          <ChartSlot key={name} name={name} />
        ))}
        {panels.includes('parameters') && <ParametersPanel />}
      </main>
    </>
  )
}
