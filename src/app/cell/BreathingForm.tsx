/** Numbers of the cell that change as its cells swell, with their ranges; in families where water crosses membranes. */
import type { Breathing, CellSpec } from '../../cell/cell.ts'
import { t } from '../../language/language.ts'
import { checkBreathing, familyOf, inProportion, inStep, MOST_GRADED, numberOf, numbersOf } from '../ground/house.ts'
import { Choice, TextButton } from '../kit/controls.tsx'
import { NumberField } from '../kit/NumberField.tsx'
import { useScenario, useSession } from '../session/context.ts'
import { edit, setBreathing } from '../store/edits.ts'
import { numberLabel, sizeFirst } from './numbers.ts'
import { useUnfolded } from './useUnfolded.ts'

/** Ranges to begin with, below and above the number at rest: parts of it, and absolute where it is not positive. */
const BELOW = 0.1
const ABOVE = 0.05

export default function BreathingForm() {
  const { lab } = useSession()
  const scenario = useScenario()
  const { size: _, ...cell } = scenario.cell
  const breathing = scenario.breathing ?? []
  const names = numbersOf(cell)
  const swells = breathing.length > 0
  const unfolded = useUnfolded(swells)
  if (!familyOf(scenario).breathes || names.length === 0 || (scenario.graded?.length && !swells)) return null
  const put = (next: readonly Breathing[]) => edit(lab, setBreathing(next))
  const changed = (k: number, next: Breathing) => breathing.map((old, i) => (i === k ? next : old))
  const followed = (k: number, next: Breathing) => inProportion(changed(k, next), cell, k, breathing)
  const free = names.filter((name) => !breathing.some(({ number }) => number === name))
  return (
    <details className="shape-form" {...unfolded}>
      <summary>{t('Swelling')}</summary>
      <p className="hint">
        {swells ? t('The cell of the panel is the one at rest.') : t('The cells keep their volume.')}
      </p>
      {breathing.map((one, k) => (
        <fieldset key={one.number} className="grading">
          <legend className="visually-hidden">{numberLabel(cell, one.number)}</legend>
          <Choice
            label={t('Number that follows the volume')}
            hideLabel={false}
            value={one.number}
            options={[one.number, ...free].map((value) => ({ value, label: numberLabel(cell, value) }))}
            onChange={(number) => put(changed(k, around(cell, number, breathing[1 - k])))}
          />
          <Range
            one={one}
            check={(next) => checkBreathing(followed(k, next), cell)[0]?.message}
            put={(next) => put(followed(k, next))}
          />
          <TextButton onClick={() => put(breathing.filter((_, i) => i !== k))}>{t('Keep it constant')}</TextButton>
        </fieldset>
      ))}
      {breathing.length < MOST_GRADED && free.length > 0 && (
        <TextButton onClick={() => put([...breathing, around(cell, sizeFirst(free), breathing[0])])}>
          {t('Let a number follow the volume')}
        </TextButton>
      )}
    </details>
  )
}

interface RangeProps {
  one: Breathing
  check: (next: Breathing) => string | undefined
  put: (next: Breathing) => void
}

function Range({ one, check, put }: RangeProps) {
  const { range } = one
  const [low, high] = range
  const from = (value: number): Breathing => ({ ...one, range: [value, high] })
  const to = (value: number): Breathing => ({ ...one, range: [low, value] })
  return (
    <div className="grading-place">
      <NumberField
        label={t('Lower value')}
        unit="1"
        value={low}
        check={(value) => check(from(value))}
        onChange={(value) => put(from(value))}
      />
      <NumberField
        label={t('Upper value')}
        unit="1"
        value={high}
        check={(value) => check(to(value))}
        onChange={(value) => put(to(value))}
      />
    </div>
  )
}

/** @param beside the number that breathes already, which this one is to follow */
function around(cell: CellSpec, number: string, beside: Breathing | undefined): Breathing {
  const value = numberOf(cell, number) ?? 0
  const scale = value > 0 ? value : 1
  if (beside) {
    const other = numberOf(cell, beside.number) ?? 0
    const [low, high] = beside.range
    const alike = value > 0 && other > 0
    return inStep(number, beside, cell, alike ? value / other : ((BELOW + ABOVE) * scale) / (high - low))
  }
  const rounded = (x: number) => Number(x.toPrecision(4))
  return { number, range: [rounded(value - BELOW * scale), rounded(value + ABOVE * scale)] }
}
