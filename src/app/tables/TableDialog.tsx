/** What the columns of a measured table are: proposed, to be confirmed where it is in doubt, with what comes of it. */

import { useEffect, useState } from 'react'
import { t } from '../../language/language.ts'
import { present } from '../../present.ts'
import { type Mapping, usable } from '../../tables/mapping.ts'
import { unitUnder } from '../../tables/roles.ts'
import type { Taken } from '../../tables/take.ts'
import { Segments, TextButton } from '../kit/controls.tsx'
import { NumberField } from '../kit/NumberField.tsx'
import { useSession } from '../session/context.ts'
import { notify } from '../store/notices.ts'
import type { OpenTable } from '../store/tableDesk.ts'
import { Preview } from './Preview.tsx'

/** It has opened the table that is on show. */
const useDesk = () => present(useSession().tables.desk, 'the desk of tables')

type Outcome = Taken | { problem: string }

export default function TableDialog({ table, onDone }: { table: OpenTable; onDone(): void }) {
  const { lab } = useSession()
  const desk = useDesk()
  const { view } = table
  const { proposal } = view
  const [mapping, setMapping] = useState(proposal.mapping)
  const [outcome, setOutcome] = useState<Outcome>()
  // Another reading of the same file has columns of the same names.
  useEffect(() => {
    let alive = true
    void desk.preview(mapping).then((found) => alive && setOutcome(found))
    return () => {
      alive = false
    }
  }, [desk, mapping])
  const taken = outcome && !('problem' in outcome) ? outcome : undefined
  const lay = () => {
    if (!taken) return
    desk.lay(table, taken, proposal.decisions)
    onDone()
  }
  const drive = () => {
    const load = taken?.load
    if (!load || 'problem' in load) return
    const problem = desk.drive(load)
    if (problem !== undefined) {
      setOutcome({ problem })
      return
    }
    // What was measured under this current is what the run is to be held against.
    if (taken?.track) desk.lay(table, taken, proposal.decisions)
    notify(lab, {
      level: 'info',
      message: t('{name}: the current of {rows} rows is the load of the scenario.', {
        name: table.file.name,
        rows: load.rows,
      }),
    })
    onDone()
  }
  return (
    <div className="table-dialog">
      <Doubts table={table} onMapping={setMapping} />
      <Preview view={view} mapping={mapping} onChange={(choices) => setMapping({ ...mapping, choices })} />
      <Sizes mapping={mapping} onChange={setMapping} />
      <Result outcome={outcome} notes={view.notes.map(({ message }) => message)} decisions={proposal.decisions} />
      <div className="button-row">
        {taken?.use !== 'current' && (
          <TextButton primary disabled={!taken} onClick={lay}>
            {usable(mapping.choices) === 'impedance' ? t('Lay over the impedance') : t('Lay over the run')}
          </TextButton>
        )}
        {taken?.load && (
          <TextButton primary={taken.use === 'current'} disabled={'problem' in taken.load} onClick={drive}>
            {t('Use as measured current')}
          </TextButton>
        )}
        <TextButton onClick={onDone}>{t('Cancel')}</TextButton>
      </div>
      {taken?.load && 'problem' in taken.load && (
        <p className="hint">{t('Not to be used as a load: {problem}.', { problem: t(taken.load.problem) })}</p>
      )}
    </div>
  )
}

/** What the text leaves open. */
function Doubts({ table, onMapping }: { table: OpenTable; onMapping(mapping: Mapping): void }) {
  const desk = useDesk()
  const { view } = table
  const { questions } = view.proposal
  const about = (what: string) => questions.some((q) => q.about === what)
  const again = (options: Parameters<typeof desk.again>[1]) =>
    void desk
      .again(table, { comma: view.comma, dates: view.dates, clocks: view.clocks, ...options })
      .then((next) => next && onMapping(next))
  if (questions.length === 0) return null
  return (
    <section className="table-questions" aria-label={t('To be confirmed')}>
      <h3>{t('To be confirmed')}</h3>
      <ul>
        {questions.map(({ message }) => (
          <li key={message}>{t(message)}</li>
        ))}
      </ul>
      {about('comma') && (
        <Segments
          label={t('Commas in numbers')}
          value={view.comma}
          options={[
            { value: 'thousands', label: t('commas between thousands') },
            { value: 'decimal', label: t('decimal commas') },
          ]}
          onChange={(comma) => again({ comma })}
        />
      )}
      {about('clock') && (
        <Segments
          label={t('Clocks of two parts')}
          value={view.clocks}
          options={[
            { value: 'min:s', label: t('minutes and seconds') },
            { value: 'h:min', label: t('hours and minutes') },
          ]}
          onChange={(clocks) => again({ clocks })}
        />
      )}
      {about('date') && (
        <Segments
          label={t('Dates begin with')}
          value={view.dates}
          options={[
            { value: 'month first', label: t('month first') },
            { value: 'day first', label: t('day first') },
          ]}
          onChange={(dates) => again({ dates })}
        />
      )}
    </section>
  )
}

/** Area, mass and sign, where a column needs them. */
function Sizes({ mapping, onChange }: { mapping: Mapping; onChange(mapping: Mapping): void }) {
  const kinds = mapping.choices.flatMap(({ role, unit }) => (role ? [unitUnder(role, unit)?.kind] : []))
  const any = (...wanted: string[]) => kinds.some((kind) => kind !== undefined && wanted.includes(kind))
  const area = any('charge', 'current', 'resistance', 'specific current')
  const mass = any('charge', 'specific current')
  const sign = mapping.choices.some(({ role }) => role === 'current')
  if (!area && !mass && !sign) return null
  const check = (value: number) =>
    value >= 0 && Number.isFinite(value) ? undefined : t('got {value}; must be 0 or more', { value })
  const given = (value: number) => (value > 0 ? value : undefined)
  return (
    <div className="form table-sizes">
      {area && (
        <NumberField
          label={t('Area of the electrode (0: not known)')}
          unit="cm²"
          value={(mapping.area ?? 0) * 1e4}
          check={check}
          onChange={(value) => onChange({ ...mapping, area: given(value * 1e-4) })}
        />
      )}
      {mass && (
        <NumberField
          label={t('Mass of the active material (0: not known)')}
          unit="mg"
          value={(mapping.mass ?? 0) * 1e6}
          check={check}
          onChange={(value) => onChange({ ...mapping, mass: given(value * 1e-6) })}
        />
      )}
      {sign && (
        <span className="choice">
          <span className="choice-label">{t('Positive currents')}</span>
          <Segments
            label={t('Positive currents')}
            value={mapping.positive}
            options={[
              { value: 'discharge', label: t('discharge') },
              { value: 'charge', label: t('charge') },
            ]}
            onChange={(positive) => onChange({ ...mapping, positive })}
          />
        </span>
      )}
    </div>
  )
}

function Result(props: { outcome?: Outcome; notes: readonly string[]; decisions: readonly string[] }) {
  const { outcome } = props
  if (!outcome) return <p className="hint">{t('Reading…')}</p>
  if ('problem' in outcome)
    return (
      <p className="error-line" role="alert">
        {t(outcome.problem)}.
      </p>
    )
  const told = [...props.notes, ...props.decisions, ...outcome.notes.map(({ message }) => message)]
  return (
    <section className="table-notes" aria-label={t('What comes of it')} aria-live="polite">
      <p>
        {outcome.use === 'current'
          ? t('{points} points of a current, which may be the load of a run.', { points: outcome.points })
          : t('{points} points.', { points: outcome.points })}
      </p>
      <ul>
        {told.map((message) => (
          <li key={message}>{t(message)}</li>
        ))}
      </ul>
    </section>
  )
}
