/** How full the particles are now. */
import { t } from '../../language/language.ts'
import { ChartBox } from '../kit/ChartBox.tsx'
import { useRunTick, useWaiting } from '../kit/useRunTick.ts'
import { useSession } from '../session/context.ts'
import { fillingChart } from './dischargeChart.ts'

export default function FillingChart({ tools }: { tools: HTMLElement | null }) {
  const { engine } = useSession()
  useRunTick()
  const waiting = useWaiting()
  const now = engine.shownFrame()
  const y = now?.full.fields[now.model.fields.findIndex((f) => f.name === 'y')]
  return (
    <ChartBox chart={y && fillingChart(y)} tools={tools} empty={waiting} label={t('Fillings of the particles now')} />
  )
}
