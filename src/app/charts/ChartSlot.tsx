/** One place below the scales: any of the charts, or the equations. */
import { lazy, Suspense, useState } from 'react'
import { ProofChart } from '../judge/ProofChart.tsx'
import { Choice } from '../panels/controls.tsx'
import { Panel } from '../panels/Panel.tsx'
import { lab, useLab } from '../session.ts'
import type { SlotName, SlotView } from '../store/lab.ts'
import { BudgetChart, CurveChart, EnergyChart, ObservableChart, ProbeChart, ProfileChart } from './charts.tsx'

const Equations = lazy(() => import('../panels/Equations.tsx'))

const VIEWS: readonly { value: SlotView; label: string }[] = [
  { value: 'curve', label: 'Curves' },
  { value: 'probes', label: 'Probes over time' },
  { value: 'profile', label: 'Profile along x' },
  { value: 'observables', label: 'Whole box' },
  { value: 'energy', label: 'Energy' },
  { value: 'budget', label: 'Budgets' },
  { value: 'proof', label: 'Error against cell size' },
  { value: 'equations', label: 'Equations' },
]

export function ChartSlot({ name }: { name: SlotName }) {
  const view = useLab((s) => s.slots[name])
  const title = VIEWS.find((v) => v.value === view)!.label
  const [tools, setTools] = useState<HTMLElement | null>(null)
  return (
    <Panel
      title={title}
      className="chart-panel"
      actions={
        <>
          <span ref={setTools} className="chart-tools" />
          <Choice label="Shown here" value={view} options={VIEWS} onChange={(value) => showIn(name, value)} />
        </>
      }
    >
      {view === 'curve' && <CurveChart tools={tools} />}
      {view === 'probes' && <ProbeChart tools={tools} />}
      {view === 'profile' && <ProfileChart tools={tools} />}
      {view === 'observables' && <ObservableChart tools={tools} />}
      {view === 'energy' && <EnergyChart tools={tools} />}
      {view === 'budget' && <BudgetChart tools={tools} />}
      {view === 'proof' && <ProofChart tools={tools} />}
      {view === 'equations' && (
        <Suspense fallback={<p className="hint">Typesetting…</p>}>
          <Equations />
        </Suspense>
      )}
    </Panel>
  )
}

export function showIn(name: SlotName, view: SlotView): void {
  lab.setState((s) => ({ slots: { ...s.slots, [name]: view } }))
}
