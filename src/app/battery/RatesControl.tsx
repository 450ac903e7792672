/** The same cell at several rates, computed beside the run, and what came of each. */

import { Popover } from '@mantine/core'
import { useId, useState } from 'react'
import { t } from '../../language/language.ts'
import { fixed, number, timeUnit } from '../ground/format.ts'
import { parseRates, rateLabel } from '../ground/house.ts'
import { TextButton } from '../kit/controls.tsx'
import { type Sheet, SheetButtons } from '../kit/Sheet.tsx'
import { useLab, useScenario, useSession } from '../session/context.ts'
import type { RateJob } from '../store/lab.ts'
import { fingerprint } from '../store/runs.ts'

const USUAL = 'C/10, C/5, C/2, 1C, 2C'

export function RatesControl() {
  const { rateDesk } = useSession()
  const id = useId()
  const family = useLab((s) => s.rates)
  const [text, setText] = useState(USUAL)
  const { rates, problem } = parseRates(text)
  const start = () => {
    if (!problem) rateDesk.start(rates)
  }
  const scenario = useScenario()
  // The protocol of the run is not that of the rates.
  const { experiment } = scenario
  const stale = family && fingerprint({ ...family.scenario, experiment }) !== fingerprint(scenario)
  const done = family?.jobs.filter((job) => job.discharge || job.problem).length ?? 0
  return (
    <Popover position="top-end" withArrow trapFocus width={360}>
      <Popover.Target>
        <button type="button" className="button">
          {t('Rates')}
          {family?.pending && (
            <span className="count">
              {done}/{family.jobs.length}
            </span>
          )}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className="form rate-form">
          <label htmlFor={id}>{t('Rates, each from the beginning to its cut-off')}</label>
          <div className="button-row">
            <input
              id={id}
              className="text-input"
              value={text}
              spellCheck={false}
              aria-invalid={problem !== undefined}
              aria-describedby={problem && `${id}-problem`}
              onChange={(event) => setText(event.currentTarget.value)}
              onKeyDown={(event) => event.key === 'Enter' && start()}
            />
            {family?.pending ? (
              <TextButton onClick={() => rateDesk.cancel()}>{t('Cancel')}</TextButton>
            ) : (
              <TextButton primary disabled={problem !== undefined} onClick={start}>
                {t('Compute')}
              </TextButton>
            )}
          </div>
          {problem && (
            <p className="error-line" id={`${id}-problem`} role="alert">
              {problem}
            </p>
          )}
          {family && <RateTable jobs={family.jobs} />}
          {done > 0 && family && <SheetButtons sheet={() => rateSheet(family.jobs)} />}
          {stale && <p className="hint">{t('Computed before the last change of a parameter.')}</p>}
          {family && !family.pending && <TextButton onClick={() => rateDesk.clear()}>{t('Clear')}</TextButton>}
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

function rateSheet(jobs: readonly RateJob[]): Sheet {
  return {
    name: 'rates',
    header: ['rate', 'utilisation', 'time (s)', 'ended by'],
    rows: jobs.map(({ rate, discharge, problem }) => {
      const { utilisation, seconds, stoppedBy } = discharge ?? {
        utilisation: '',
        seconds: '',
        stoppedBy: problem ?? '',
      }
      return [rateLabel(rate), utilisation, seconds, stoppedBy]
    }),
  }
}

function RateTable({ jobs }: { jobs: readonly RateJob[] }) {
  const unit = timeUnit(Math.max(0, ...jobs.map((job) => job.discharge?.seconds ?? 0)))
  return (
    <table className="rate-table">
      <thead>
        <tr>
          <th scope="col">{t('rate')}</th>
          <th scope="col">{t('utilisation')}</th>
          <th scope="col">{t('time ({unit})', { unit: unit.unit })}</th>
          <th scope="col">{t('ended by')}</th>
        </tr>
      </thead>
      <tbody>
        {jobs.map(({ rate, fraction, discharge, problem }) => (
          <tr key={rateLabel(rate)}>
            <th scope="row">{rateLabel(rate)}</th>
            {discharge ? (
              <>
                <td>{fixed(discharge.utilisation, 4)}</td>
                <td>{number(discharge.seconds / unit.factor, 4)}</td>
                <td className="words">{t(discharge.stoppedBy)}</td>
              </>
            ) : (
              <td colSpan={3} className="words">
                {problem ?? <progress aria-label={t('{rate}, done', { rate: rateLabel(rate) })} value={fraction} />}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
