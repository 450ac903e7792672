/** What the brush paints: a kind of stimulus, how strong, how wide and how long. */

import { t } from '../../language/language.ts'
import { lengthUnit } from '../ground/format.ts'
import { familyOf, unitsOf } from '../ground/house.ts'
import { Choice, TextButton } from '../kit/controls.tsx'
import { NumberField } from '../kit/NumberField.tsx'
import { useLab, useScenario, useSession } from '../session/context.ts'
import { edit } from '../store/edits.ts'

export default function BrushBar() {
  const { lab } = useSession()
  const scenario = useScenario()
  const brush = useLab((s) => s.brush)
  const kinds = familyOf(scenario).stimuli
  const kind = kinds.find((k) => k.name === brush.kind)
  if (!kind) return null
  const unit = lengthUnit(brush.radius * 4, unitsOf(scenario))
  const set = (change: Partial<typeof brush>) => lab.setState({ brush: { ...brush, ...change } })
  return (
    <div className="brush-bar">
      <Choice
        label={t('Stimulus')}
        value={brush.kind}
        options={kinds.map((k) => ({ value: k.name, label: k.label }))}
        onChange={(name) => {
          const next = kinds.find((k) => k.name === name)
          if (next) set({ kind: name, amount: next.amount.value, duration: next.duration })
        }}
      />
      <NumberField
        label={t('Strength')}
        unit={kind.amount.unit}
        value={brush.amount / kind.amount.factor}
        min={kind.amount.min / kind.amount.factor}
        max={kind.amount.max / kind.amount.factor}
        onChange={(v) => set({ amount: v * kind.amount.factor })}
      />
      <NumberField
        label={t('Radius')}
        unit={unit.unit}
        value={brush.radius / unit.factor}
        min={1e-3}
        onChange={(v) => set({ radius: v * unit.factor })}
      />
      <NumberField
        label={t('For')}
        unit="s"
        value={brush.duration}
        min={1e-6}
        onChange={(duration) => set({ duration })}
      />
      <span className="hint">{t('Paint in the picture')}</span>
      {scenario.stimuli.length > 0 && (
        <TextButton onClick={() => edit(lab, (s) => ({ ...s, stimuli: [] }))}>
          {t('Remove all {n}', { n: scenario.stimuli.length })}
        </TextButton>
      )}
    </div>
  )
}
