/** One place below the scales: any of the charts, or the equations. */
import { useState } from 'react'
import { familyOf } from '../ground/house.ts'
import { Choice } from '../kit/controls.tsx'
import { later } from '../kit/later.tsx'
import { Panel } from '../kit/Panel.tsx'
import { useLab, useScenario, useSession } from '../session/context.ts'
import type { SlotName } from '../store/lab.ts'
import { showIn, slotViews } from '../store/slots.ts'

/** Charts come after the first pictures. */
const charts = () => import('../charts/charts.tsx')
const BudgetChart = later(async () => ({ default: (await charts()).BudgetChart }))
const CurveChart = later(async () => ({ default: (await charts()).CurveChart }))
const EnergyChart = later(async () => ({ default: (await charts()).EnergyChart }))
const ObservableChart = later(async () => ({ default: (await charts()).ObservableChart }))
const ProbeChart = later(async () => ({ default: (await charts()).ProbeChart }))
const ProfileChart = later(async () => ({ default: (await charts()).ProfileChart }))
const DischargeChart = later(() => import('../battery/DischargeChart.tsx'))
const FillingChart = later(() => import('../battery/FillingChart.tsx'))
const ProofChart = later(() => import('../judge/ProofChart.tsx'))
const Equations = later(() => import('./Equations.tsx'), <p className="hint">Typesetting…</p>)

export function ChartSlot({ name }: { name: SlotName }) {
  const { lab } = useSession()
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
          <Choice label="Shown here" value={view} options={views} onChange={(value) => showIn(lab, name, value)} />
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
