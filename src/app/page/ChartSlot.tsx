/** One place below the scales: any of the charts, or the equations. */
import { useState } from 'react'
import { t } from '../../language/language.ts'
import { familyOf } from '../ground/house.ts'
import { Choice } from '../kit/controls.tsx'
import { afterPicture } from '../kit/later.tsx'
import { Panel } from '../kit/Panel.tsx'
import { useLab, useScenario, useSession } from '../session/context.ts'
import type { SlotName } from '../store/lab.ts'
import { showIn, slotViews } from '../store/slots.ts'

const RunChart = afterPicture(() => import('../charts/charts.tsx'))
const DischargeChart = afterPicture(() => import('../battery/DischargeChart.tsx'))
const FillingChart = afterPicture(() => import('../battery/FillingChart.tsx'))
const ProofChart = afterPicture(() => import('../judge/ProofChart.tsx'))
const Equations = afterPicture(
  () => import('./Equations.tsx'),
  () => <p className="hint">{t('Typesetting…')}</p>,
)

export function ChartSlot({ name }: { name: SlotName }) {
  const { lab } = useSession()
  const wanted = useLab((s) => s.slots[name])
  const views = slotViews(familyOf(useScenario()))
  // A place may have been given to what another family has.
  const { value: view, label: title } = views.find((v) => v.value === wanted) ?? views[0]
  const [tools, setTools] = useState<HTMLElement | null>(null)
  return (
    <Panel
      title={t(title)}
      className="chart-panel"
      actions={
        <>
          <span ref={setTools} className="chart-tools" />
          <Choice label={t('Shown here')} value={view} options={views} onChange={(value) => showIn(lab, name, value)} />
        </>
      }
    >
      {view === 'discharge' && <DischargeChart tools={tools} />}
      {view === 'fillings' && <FillingChart tools={tools} />}
      {view === 'proof' && <ProofChart tools={tools} />}
      {view === 'equations' && <Equations />}
      {view !== 'discharge' && view !== 'fillings' && view !== 'proof' && view !== 'equations' && (
        <RunChart key={view} view={view} tools={tools} slot={name} />
      )}
    </Panel>
  )
}
