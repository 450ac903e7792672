/** What each step of the protocol did, and why it ended, once the run has come to its end. */

import { Popover } from '@mantine/core'
import { msg, t, tSaid } from '../../language/language.ts'
import type { StepReport } from '../../models/family.ts'
import { number, timeUnit } from '../ground/format.ts'
import { type Sheet, SheetButtons } from '../kit/Sheet.tsx'
import { useLab } from '../session/context.ts'

/** Most rows that are shown. */
const ROWS = 200

const OUTCOMES = {
  early: msg('ended early, {reason}'),
  skipped: msg('took no time, {reason}'),
  idle: msg('nothing left to do, {reason}'),
} as const

export default function StepsControl() {
  const steps = useLab((s) => (s.status === 'ended' ? s.summary?.steps : undefined))
  if (!steps || steps.length === 0) return null
  const odd = steps.filter(({ outcome }) => outcome === 'early' || outcome === 'skipped').length
  return (
    <Popover position="top" withArrow trapFocus width={460}>
      <Popover.Target>
        <button type="button" className="button">
          {t('Steps')}
          {odd > 0 && (
            <span className="count" title={t('{odd} ended early or took no time', { odd })}>
              {odd}
            </span>
          )}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="form rate-form step-reports">
          <StepTable steps={steps} />
          <SheetButtons sheet={() => stepSheet(steps)} />
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

/** All of them, as the command line writes them. */
function stepSheet(steps: readonly StepReport[]): Sheet {
  return {
    name: 'steps',
    header: ['step', 'what', 'begins (s)', 'ends (s)', 'outcome', 'ended', 'voltage (V)', 'charge (Ah/m²)'],
    rows: steps.map(({ step, label, start, end, outcome, reason, remark, voltage, charge }) => [
      step,
      label,
      start,
      end,
      outcome,
      remark ? `${reason}; ${remark}` : reason,
      voltage,
      charge / 3600,
    ]),
  }
}

function StepTable({ steps }: { steps: readonly StepReport[] }) {
  const unit = timeUnit(Math.max(...steps.map(({ start, end }) => end - start)))
  return (
    <>
      <table className="rate-table" aria-label={t('Steps of the protocol')}>
        <thead>
          <tr>
            <th scope="col">{t('step')}</th>
            <th scope="col">{t('lasted ({unit})', { unit: unit.unit })}</th>
            <th scope="col">{t('to (V)')}</th>
            <th scope="col">{t('ended')}</th>
          </tr>
        </thead>
        <tbody>
          {steps.slice(0, ROWS).map(({ step, label, start, end, outcome, reason, remark, voltage }, k) => (
            <tr key={k} data-outcome={outcome}>
              <th scope="row" className="words">
                {step} {tSaid(label)}
              </th>
              <td>{number((end - start) / unit.factor, 4)}</td>
              <td>{number(voltage, 4)}</td>
              <td className="words">
                {outcome === 'done' ? tSaid(reason) : t(OUTCOMES[outcome], { reason: tSaid(reason) })}
                {remark && `; ${tSaid(remark)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {steps.length > ROWS && (
        <p className="hint">{t('{n} more; the file has all of them.', { n: steps.length - ROWS })}</p>
      )}
    </>
  )
}
