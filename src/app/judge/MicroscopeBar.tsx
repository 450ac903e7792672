/** While the microscope is on: its settings, and what it says. */
import { useId } from 'react'
import { t } from '../../language/language.ts'
import { Segments } from '../kit/controls.tsx'
import { Slider } from '../kit/Slider.tsx'
import { useJudgeView, useLab, useScenario, useSession } from '../session/context.ts'
import { onShow } from '../session/onShow.ts'
import { proofOf } from '../store/proof.ts'
import type { LensMode, LensOrder } from '../store/view.ts'
import { lensOnShow } from './lensDesk.ts'

/** Marks a part among the choices, whatever its name is. */
const PART = 'part:'

const ORDERS: readonly LensOrder[] = [0, 1, 2]

export default function MicroscopeBar() {
  const session = useSession()
  const slice = useId()
  const { view } = session
  const scenario = useScenario()
  const { cell } = scenario
  const resolved = useLab((s) => s.model?.resolved !== undefined)
  const mode = useJudgeView((s) => s.lensMode)
  const order = useJudgeView((s) => s.lensOrder)
  const wanted = useJudgeView((s) => s.lensPart)
  const depth = useJudgeView((s) => s.depth)
  useLab((s) => s.time)
  useLab((s) => s.field)
  useLab((s) => s.cell)
  const failed = useLab((s) => s.second)?.problem
  useJudgeView((s) => s.gaze)
  const image = lensOnShow(session)
  const small = proofOf(scenario)?.small ?? 'ε'
  const { parts = [], terms = [], second } = onShow(session)?.field.microscopic ?? {}
  // Where fields multiply the gradients, what is added to u₀ is more than χ·∇u₀.
  const added = second || terms.some((term) => term.times) ? `${small} u₁` : `${small} χ·∇u₀`
  const orders = ['u₀', `+ ${added}`, ...(second ? [`+ ${small}² u₂`] : [])]
  const shown = Math.min(order, orders.length - 1)
  const sum = orders.slice(0, shown + 1).join(' ')
  const part = parts.find((p) => p.name === wanted)
  /** What is seen depends on the order. */
  const expanded = !part && !(resolved && mode === 'resolved')
  const waiting = expanded && typeof image === 'object' && image.order < shown
  const modes: readonly { value: LensMode; label: string }[] = [
    { value: 'reconstructed', label: sum },
    { value: 'resolved', label: t('resolved') },
    { value: 'difference', label: t('difference') },
  ]
  const choices = [
    ...modes.filter(({ value }) => resolved || value === 'reconstructed'),
    ...parts.map(({ name }) => ({ value: `${PART}${name}`, label: t('{name} part', { name: t(name) }) })),
  ]
  return (
    <div className="microscope-bar">
      {choices.length > 1 && (
        <Segments
          label={t('In the cell')}
          value={part ? `${PART}${part.name}` : resolved ? mode : 'reconstructed'}
          options={choices}
          onChange={(value) => {
            const chosen = modes.find((m) => m.value === value)
            view.setState({
              lensMode: chosen?.value ?? 'reconstructed',
              lensPart: chosen ? undefined : value.slice(PART.length),
            })
          }}
        />
      )}
      {expanded && (
        <Segments
          label={t('Order of the expansion')}
          value={String(shown)}
          options={orders.map((label, k) => ({ value: String(k), label }))}
          onChange={(value) => view.setState({ lensOrder: ORDERS[Number(value)] })}
        />
      )}
      {cell.dimension === 3 && (
        <label className="lens-depth" htmlFor={slice}>
          {t('slice')}
          <Slider
            id={slice}
            min={0.02}
            max={0.98}
            step={0.02}
            value={depth}
            aria-label={t('Where the slice cuts the cell')}
            onSlide={(value) => view.setState({ depth: value })}
          />
        </label>
      )}
      {waiting && (
        <span role="status">
          {failed === undefined
            ? t('The second order of this cell is on its way; until then the first is shown.')
            : t('The second order could not be computed ({failed}); the first is shown.', { failed })}
        </span>
      )}
      {expanded && typeof image === 'object' && image.beyond && (
        <span role="status">
          {t(
            'Here the second order is larger than the first: the field bends within one cell, and an expansion says little.',
          )}
        </span>
      )}
      {typeof image === 'string' ? (
        <span role="status">{image}</span>
      ) : (
        <span className="hint">
          {part ? t(part.help) : choices.length === 1 ? t('{sum} in a cell:', { sum }) : ''}{' '}
          {t('Pointer or arrow keys; Esc closes.')}
        </span>
      )}
    </div>
  )
}
