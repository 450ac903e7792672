/** One place below the scales: any of the charts, or the equations. */
import { lazy, Suspense, useState } from 'react'
import { Choice } from '../panels/controls.tsx'
import { Panel } from '../panels/Panel.tsx'
import { BudgetChart, CurveChart, ObservableChart, ProbeChart, ProfileChart } from './charts.tsx'

const Equations = lazy(() => import('../panels/Equations.tsx'))

export type SlotView = 'curve' | 'probes' | 'profile' | 'observables' | 'budget' | 'equations'

const VIEWS: readonly { value: SlotView; label: string }[] = [
  { value: 'curve', label: 'Current-voltage' },
  { value: 'probes', label: 'Probes over time' },
  { value: 'profile', label: 'Profile along x' },
  { value: 'observables', label: 'Whole tissue' },
  { value: 'budget', label: 'Budgets' },
  { value: 'equations', label: 'Equations' },
]

export function ChartSlot({ initial }: { initial: SlotView }) {
  const [view, setView] = useState(initial)
  const title = VIEWS.find((v) => v.value === view)!.label
  const [tools, setTools] = useState<HTMLElement | null>(null)
  return (
    <Panel
      title={title}
      className="chart-panel"
      actions={
        <>
          <span ref={setTools} className="chart-tools" />
          <Choice label="Shown here" value={view} options={VIEWS} onChange={setView} />
        </>
      }
    >
      {view === 'curve' && <CurveChart tools={tools} />}
      {view === 'probes' && <ProbeChart tools={tools} />}
      {view === 'profile' && <ProfileChart tools={tools} />}
      {view === 'observables' && <ObservableChart tools={tools} />}
      {view === 'budget' && <BudgetChart tools={tools} />}
      {view === 'equations' && (
        <Suspense fallback={<p className="hint">Typesetting…</p>}>
          <Equations />
        </Suspense>
      )}
    </Panel>
  )
}
