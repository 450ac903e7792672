/** One place below the scales: any of the charts, or the equations. */
import { useState } from 'react'
import { familyOf } from '../house.ts'
import { ProofChart } from '../judge/ProofChart.tsx'
import { Choice } from '../panels/controls.tsx'
import { later } from '../panels/later.tsx'
import { Panel } from '../panels/Panel.tsx'
import { lab, useLab, useScenario } from '../session.ts'
import type { SlotName, SlotView } from '../store/lab.ts'
import { BudgetChart, CurveChart, EnergyChart, ObservableChart, ProbeChart, ProfileChart } from './charts.tsx'
import { slotViews } from './slots.ts'

const DischargeChart = later(() => import('../battery/DischargeChart.tsx'))
const FillingChart = later(() => import('../battery/FillingChart.tsx'))
const Equations = later(() => import('../panels/Equations.tsx'), <p className="hint">Typesetting…</p>)

export function ChartSlot({ name }: { name: SlotName }) {
  const wanted = useLab((s) => s.slots[name])
  const views = slotViews(familyOf(useScenario()))
  // A place may have been given to what another family has.
  const { value: view, label: title } = views.find((v) => v.value === wanted) ?? views[0]
  const [tools, setTools] = useState<HTMLElement | null>(null)
  return (
    <Panel
      title={title}
      className="chart-panel"
      actions={
        <>
          <span ref={setTools} className="chart-tools" />
          <Choice label="Shown here" value={view} options={views} onChange={(value) => showIn(name, value)} />
        </>
      }
    >
      {view === 'discharge' && <DischargeChart tools={tools} />}
      {view === 'fillings' && <FillingChart tools={tools} />}
      {view === 'curve' && <CurveChart tools={tools} slot={name} />}
      {view === 'probes' && <ProbeChart tools={tools} />}
      {view === 'profile' && <ProfileChart tools={tools} />}
      {view === 'observables' && <ObservableChart tools={tools} />}
      {view === 'energy' && <EnergyChart tools={tools} />}
      {view === 'budget' && <BudgetChart tools={tools} />}
      {view === 'proof' && <ProofChart tools={tools} />}
      {view === 'equations' && <Equations />}
    </Panel>
  )
}

export function showIn(name: SlotName, view: SlotView): void {
  lab.setState((s) => ({ slots: { ...s.slots, [name]: view } }))
}

/** Shows a curve of the family in the first place. */
export function showCurve(curve: string): void {
  lab.setState((s) => ({ picked: { ...s.picked, first: curve } }))
  showIn('first', 'curve')
  // On a phone it is further down.
  document.querySelector('.stack .chart-panel')?.scrollIntoView()
}
