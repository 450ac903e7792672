/** Everything that leaves the page for the record: the run itself, figures, numbers, and how to cite them. */

import { type ReactNode, useEffect, useState } from 'react'
import { msg, t } from '../../language/language.ts'
import type { Identity } from '../../record/identity.ts'
import { saveTensors, TENSOR_FORMATS, type TensorFormat, tensorsAs } from '../cell/saveTensors.ts'
import type { FigureFormat } from '../kit/chartFile.ts'
import { Choice, Segments, TextButton } from '../kit/controls.tsx'
import { copyText } from '../kit/copyText.ts'
import { NumberField } from '../kit/NumberField.tsx'
import { useLab, useSession } from '../session/context.ts'
import type { Session } from '../session/session.ts'
import { identityOf } from '../session/written.ts'
import { notify } from '../store/notices.ts'
import { Cite } from './Cite.tsx'
import { FilmPart } from './FilmPart.tsx'
import { checkedLink, type FieldFormat, PRINTED, type Side, saveCapsule, saveFields, saveFigure } from './saves.ts'
import { LEAST_WIDTH, MOST_WIDTH, type StageFigure } from './stageFigure.ts'

/** @param makeLink to what is on show */
export default function RecordDialog({ makeLink }: { makeLink: (session: Session) => Promise<string> }) {
  return (
    <div className="form record">
      <Part title={t('The run')}>
        <Capsule makeLink={makeLink} />
      </Part>
      <Part title={t('The picture as a figure')}>
        <FigurePart />
      </Part>
      <Part title={t('Fields of the frame on show')}>
        <FieldsPart />
      </Part>
      <Part title={t('Effective tensors')}>
        <TensorsPart />
      </Part>
      <Part title={t('Cite')}>
        <Cite />
      </Part>
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

/** Saves, or says why not. */
function useSaving(): (what: string, save: () => Promise<void>) => void {
  const { lab } = useSession()
  return (what, save) => {
    save().catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error)
      notify(lab, { level: 'warning', message: t('{what} could not be saved: {reason}.', { what, reason }) })
    })
  }
}

function Capsule({ makeLink }: { makeLink: (session: Session) => Promise<string> }) {
  const session = useSession()
  const saving = useSaving()
  const shown = useLab((s) => s.shown)
  const running = useLab((s) => s.status === 'running')
  const [identity, setIdentity] = useState<Identity>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the frame on show, when the run rests
  useEffect(() => {
    if (running) return
    let alive = true
    void identityOf(session).then((found) => alive && setIdentity(found))
    return () => {
      alive = false
    }
  }, [session, shown, running])
  const copy = async () => copyText(session.lab, t('The link'), await checkedLink(session, await makeLink(session)))
  return (
    <>
      <p>
        {t(
          'A capsule holds the scenario, what was changed on the way, and the numbers up to the frame on show. Opened here, or on the command line by "replay FILE", it runs again and says whether the numbers are the same.',
        )}
      </p>
      <div className="row">
        <TextButton primary onClick={() => saving(t('The capsule'), () => saveCapsule(session))}>
          {t('Save the capsule')}
        </TextButton>
        <TextButton onClick={() => saving(t('The link'), copy)}>{t('Copy a link that checks itself')}</TextButton>
      </div>
      {running ? (
        <p className="hint">{t('Pause the run to see the hashes of its scenario and its result.')}</p>
      ) : (
        identity && (
          <dl className="record-hashes">
            <dt>{t('Version')}</dt>
            <dd>
              {identity.program} {identity.version}
            </dd>
            <dt>{t('Scenario')}</dt>
            <dd>
              <code>{identity.scenario}</code>
            </dd>
            <dt>{t('Result')}</dt>
            <dd>{identity.result ? <code>{identity.result}</code> : t('none yet')}</dd>
          </dl>
        )
      )}
      <p className="hint">
        {t('Files that are saved here carry these (SHA-256) and the date; an NPY and a film have no room for them.')}
      </p>
    </>
  )
}

const GROUNDS = [
  { value: 'light', label: msg('White ground') },
  { value: 'dark', label: msg('Dark ground') },
] as const

const FIGURE_FORMATS: readonly { value: FigureFormat; label: string }[] = [
  { value: 'png', label: 'PNG' },
  { value: 'svg', label: 'SVG' },
  { value: 'pdf', label: 'PDF' },
]

function FigurePart() {
  const session = useSession()
  const saving = useSaving()
  const [format, setFormat] = useState<FigureFormat>('png')
  const [figure, setFigure] = useState<StageFigure>({ width: 1800, ground: 'light', titled: true })
  const set = (change: Partial<StageFigure>) => setFigure((now) => ({ ...now, ...change }))
  const [unit, each] = format === 'pdf' ? (['mm', PRINTED] as const) : (['px', 1] as const)
  return (
    <>
      <p>
        {t(
          'With its colour bar, field, unit and time. In SVG and PDF the picture is pixels, all else lines and text. Charts have figures of their own, in their panels.',
        )}
      </p>
      <div className="row">
        <Segments label={t('Format of the figure')} value={format} options={FIGURE_FORMATS} onChange={setFormat} />
        <NumberField
          label={t('Width')}
          unit={unit}
          value={Number((figure.width * each).toFixed(1))}
          min={Math.ceil(LEAST_WIDTH * each)}
          max={Math.floor(MOST_WIDTH * each)}
          onChange={(width) => set({ width: Math.round(width / each) })}
        />
        <Segments label={t('Ground')} value={figure.ground} options={GROUNDS} onChange={(ground) => set({ ground })} />
        <label className="tick">
          <input
            type="checkbox"
            checked={figure.titled}
            onChange={(event) => set({ titled: event.currentTarget.checked })}
          />
          {t('With the title')}
        </label>
        <TextButton onClick={() => saving(t('The figure'), () => saveFigure(session, format, figure))}>
          {t('Save the figure')}
        </TextButton>
      </div>
      <FilmPart figure={figure} />
    </>
  )
}

const FIELD_FORMATS: readonly { value: FieldFormat; label: string }[] = [
  { value: 'csv', label: msg('CSV: a table, all fields') },
  { value: 'npz', label: msg('NPZ: NumPy, all fields and coordinates') },
  { value: 'npy', label: msg('NPY: NumPy, the field on show') },
  { value: 'vti', label: msg('VTI: ParaView, all fields') },
]
const SIDES: readonly { value: Side; label: string }[] = [
  { value: 'homogenized', label: msg('Homogenized') },
  { value: 'resolved', label: msg('Resolved') },
]

function FieldsPart() {
  const session = useSession()
  const saving = useSaving()
  const resolved = useLab((s) => s.model?.resolved !== undefined)
  const field = useLab((s) => s.field)
  const [format, setFormat] = useState<FieldFormat>('csv')
  const [side, setSide] = useState<Side>('homogenized')
  const of = resolved ? side : 'homogenized'
  return (
    <div className="row">
      <Choice label={t('Format')} hideLabel={false} value={format} options={FIELD_FORMATS} onChange={setFormat} />
      {resolved && <Choice label={t('Model')} hideLabel={false} value={side} options={SIDES} onChange={setSide} />}
      <TextButton onClick={() => saving(t('The fields'), () => saveFields(session, format, of, field))}>
        {t('Save the fields')}
      </TextButton>
    </div>
  )
}

function TensorsPart() {
  const session = useSession()
  const saving = useSaving()
  const [format, setFormat] = useState<TensorFormat>('json')
  const copy = async () => copyText(session.lab, t('The tensors'), await tensorsAs(session, format))
  return (
    <>
      <p>{t('With their error estimates and bounds.')}</p>
      <div className="row">
        <Segments label={t('Format of the tensors')} value={format} options={TENSOR_FORMATS} onChange={setFormat} />
        <TextButton onClick={() => saving(t('The tensors'), () => saveTensors(session, format))}>
          {t('Save the tensors')}
        </TextButton>
        <TextButton onClick={() => saving(t('The tensors'), copy)}>{t('Copy the tensors')}</TextButton>
      </div>
    </>
  )
}
