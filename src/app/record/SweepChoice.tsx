/** Which parameter a film sweeps, from where to where, in how many pictures. */

import { t } from '../../language/language.ts'
import { checkValue } from '../../parameter.ts'
import { Choice } from '../kit/controls.tsx'
import { NumberField } from '../kit/NumberField.tsx'
import { LEAST_VALUES, MOST_VALUES, type Sweep, type Swept, usualEnds } from './sweep.ts'

/** As many pictures as a sweep has unless another number is asked for. */
const USUAL_COUNT = 12

export function usualSweep(swept: Swept, count = USUAL_COUNT): Sweep {
  return { swept, ...usualEnds(swept), count }
}

interface SweepChoiceProps {
  among: readonly Swept[]
  sweep: Sweep
  onChange: (sweep: Sweep) => void
}

export function SweepChoice({ among, sweep, onChange }: SweepChoiceProps) {
  const { parameter } = sweep.swept
  const choose = (name: string) => {
    const swept = among.find((one) => one.parameter.name === name)
    if (swept) onChange(usualSweep(swept, sweep.count))
  }
  const end = (label: string, which: 'from' | 'to') => (
    <NumberField
      key={`${parameter.name} ${which}`}
      label={label}
      unit={parameter.unit}
      value={sweep[which] / parameter.factor}
      check={(v) => checkValue(parameter, v * parameter.factor)}
      onChange={(v) => onChange({ ...sweep, [which]: v * parameter.factor })}
    />
  )
  return (
    <>
      <Choice
        label={t('Parameter')}
        hideLabel={false}
        value={parameter.name}
        options={among.map(({ parameter: { name, label } }) => ({ value: name, label }))}
        onChange={choose}
      />
      {end(t('First value'), 'from')}
      {end(t('Last value'), 'to')}
      <NumberField
        label={t('Pictures')}
        unit="1"
        value={sweep.count}
        check={checkCount}
        onChange={(count) => onChange({ ...sweep, count })}
      />
    </>
  )
}

function checkCount(count: number): string | undefined {
  if (Number.isInteger(count) && count >= LEAST_VALUES && count <= MOST_VALUES) return undefined
  return t('got {count}; must be a whole number from {least} to {most}; try {better}', {
    count,
    least: LEAST_VALUES,
    most: MOST_VALUES,
    better: USUAL_COUNT,
  })
}
