/** What a step asks for: a prediction, a run, a sentence. */

import { type ComponentType, useEffect, useRef, useState } from 'react'
import type { CellSpec } from '../../cell/cell.ts'
import { msg, t } from '../../language/language.ts'
import type { Answer, Lesson, MarkStep, PredictStep, RunStep } from '../../lessons/lesson.ts'
import { type Action, complete, helpOf, type Progress } from '../../lessons/progress.ts'
import { TextButton } from '../kit/controls.tsx'
import { Thumbnail } from '../kit/Thumbnail.tsx'
import { Options, Question } from './Question.tsx'
import { Told, Words } from './Told.tsx'

/** Controls of some parameters, by their names. */
export type AtHand = ComponentType<{ names: readonly string[] }>

interface StepProps {
  lesson: Lesson
  progress: Progress
  /** The reference cell that the question is about. */
  cell: CellSpec
  dispatch: (action: Action) => void
  AtHand: AtHand
  /** Sets the run up anew. */
  again: () => void
}

export function StepView(props: StepProps) {
  const step = props.lesson.steps[props.progress.step]
  switch (step.kind) {
    case 'predict':
      return <Predict {...props} step={step} />
    case 'run':
      return <Run {...props} step={step} />
    case 'mark':
      return <Mark {...props} step={step} />
    case 'explain':
      return null
  }
}

function Predict({ step, cell, progress, dispatch }: StepProps & { step: PredictStep }) {
  const given = progress.predictions[progress.step]
  const [draft, setDraft] = useState<Answer>()
  const value = given ?? draft
  const ready = draft !== undefined && complete(step.question, draft)
  const said = useInSight<HTMLParagraphElement>(given)
  return (
    <>
      <Question question={step.question} cell={cell} value={value} onChange={given ? undefined : setDraft} />
      <Help step={step} progress={progress} dispatch={dispatch} />
      {given ? (
        <p ref={said} className="given" role="status">
          {t('Your prediction stands. Now let it run.')}
        </p>
      ) : (
        <div className="row">
          <TextButton primary disabled={!ready} onClick={() => draft && dispatch({ kind: 'predict', answer: draft })}>
            {t('This is my prediction')}
          </TextButton>
          {!ready && <span className="hint">{t(MISSING[step.question.ask])}</span>}
        </div>
      )}
    </>
  )
}

const MISSING = {
  number: msg('Move the slider first.'),
  choice: msg('Choose one first.'),
  curve: msg('Draw every line first.'),
  ellipse: msg('Change the ellipse first.'),
  region: msg('Paint something first.'),
} as const

/** The reference cell that the question is about. */
export function Structure({ cell }: { cell: CellSpec }) {
  return (
    <figure className="structure">
      <Thumbnail cell={cell} />
      <figcaption className="hint">{t('One period of the structure')}</figcaption>
    </figure>
  )
}

function Run({ lesson, step, progress, dispatch, AtHand, again }: StepProps & { step: RunStep }) {
  const ran = progress.runs[progress.step]
  if (!ran)
    return (
      <TextButton primary onClick={() => dispatch({ kind: 'run' })}>
        {t('Run it')}
      </TextButton>
    )
  return (
    <>
      {step.run.task && (
        <p className="task">
          <strong>{t('Try:')} </strong>
          <Words>{step.run.task}</Words>
        </p>
      )}
      <AtHand names={lesson.parameters ?? []} />
      <TextButton onClick={again}>{t('Set it up again')}</TextButton>
    </>
  )
}

function Mark({ step: { mark, ...step }, progress, dispatch }: StepProps & { step: MarkStep }) {
  const given = progress.marks[progress.step]
  const [draft, setDraft] = useState('')
  const value = given ?? draft
  const typed = mark.ask === 'text'
  const said = useInSight<HTMLParagraphElement>(given)
  return (
    <>
      {typed ? (
        <textarea
          aria-label={t('One sentence')}
          rows={3}
          maxLength={400}
          readOnly={given !== undefined}
          value={value}
          onChange={(event) => setDraft(event.currentTarget.value)}
        />
      ) : (
        <Options
          legend={t('What was seen')}
          options={mark.options ?? []}
          value={value}
          onChange={given === undefined ? setDraft : undefined}
        />
      )}
      <Help step={{ ...step, mark }} progress={progress} dispatch={dispatch} />
      {given === undefined ? (
        <TextButton primary disabled={draft.trim() === ''} onClick={() => dispatch({ kind: 'mark', sentence: draft })}>
          {t('Note it')}
        </TextButton>
      ) : (
        <p ref={said} className="given" role="status">
          {typed ? t('For comparison:') : given === mark.seen ? t('Yes:') : t('Look again:')}{' '}
          <Words>{typed ? mark.seen : (mark.options?.find(({ is }) => is === mark.seen)?.label ?? '')}</Words>
        </p>
      )}
    </>
  )
}

/** Brings what is shown by a new value into sight: where there is little room it would stand below the fold. */
function useInSight<E extends Element>(value: unknown) {
  const element = useRef<E>(null)
  const before = useRef(value)
  useEffect(() => {
    if (value !== undefined && value !== before.current) element.current?.scrollIntoView({ block: 'nearest' })
    before.current = value
  }, [value])
  return element
}

const HELP = {
  hint: msg('A hint'),
  example: msg('An example'),
  formula: msg('The formula'),
  picture: msg('Another picture'),
} as const

/** Kinds of help; opening one closes the other. */
function Help({
  step,
  progress,
  dispatch,
}: Pick<StepProps, 'progress' | 'dispatch'> & { step: PredictStep | MarkStep }) {
  const list = helpOf(step)
  const told = useInSight<HTMLDivElement>(progress.help)
  if (list.length === 0) return null
  const open = progress.help === undefined ? undefined : list[progress.help]
  return (
    <div className="lesson-help">
      <div className="row">
        {list.map(({ kind }, k) => (
          <button
            key={kind}
            type="button"
            className="button"
            aria-expanded={progress.help === k}
            onClick={() => dispatch({ kind: 'help', index: k })}
          >
            {t(HELP[kind])}
          </button>
        ))}
      </div>
      <div ref={told} role="status">
        {open && <Told>{open.text}</Told>}
      </div>
    </div>
  )
}
