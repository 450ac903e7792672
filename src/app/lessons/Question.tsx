/** A question as a control; with `truth` as the picture of what was predicted and what was computed. */

import { useId } from 'react'
import type { CellSpec } from '../../cell/cell.ts'
import { t } from '../../language/language.ts'
import type { Answer, Question as Asked, ChoiceQuestion, NumberQuestion } from '../../lessons/lesson.ts'
import { quantity } from '../ground/format.ts'
import { NumberField } from '../kit/NumberField.tsx'
import { CurveSketch } from './CurveSketch.tsx'
import { EllipseSketch, Ends, Slider } from './EllipseSketch.tsx'
import { RegionSketch } from './RegionSketch.tsx'
import { Words } from './Told.tsx'

interface QuestionProps {
  question: Asked
  /** The reference cell that it is about. */
  cell?: CellSpec
  value: Answer | undefined
  truth?: Answer
  /** Absent once it is given. */
  onChange?: (answer: Answer) => void
}

export function Question({ question, cell, value, truth, onChange }: QuestionProps) {
  switch (question.ask) {
    case 'number':
      return (
        <NumberAnswer
          question={question}
          value={of('number', value)?.value}
          truth={of('number', truth)?.value}
          onChange={onChange}
        />
      )
    case 'choice':
      return (
        <ChoiceAnswer
          question={question}
          value={of('choice', value)?.is}
          truth={of('choice', truth)?.is}
          onChange={onChange}
        />
      )
    case 'curve':
      return (
        <CurveSketch
          question={question}
          value={of('curve', value)?.lines}
          truth={of('curve', truth)?.lines}
          onChange={onChange && ((lines) => onChange({ ask: 'curve', lines }))}
        />
      )
    case 'ellipse':
      return (
        <EllipseSketch
          value={of('ellipse', value)?.shape}
          truth={of('ellipse', truth)?.shape}
          onChange={onChange && ((shape) => onChange({ ask: 'ellipse', shape }))}
        />
      )
    case 'region':
      return (
        <RegionSketch
          label={question.label}
          cell={question.over === 'cell' ? cell : undefined}
          columns={question.claim[0].length}
          rows={question.claim.length}
          value={of('region', value)?.rows}
          truth={of('region', truth)?.rows}
          onChange={onChange && ((rows) => onChange({ ask: 'region', rows }))}
        />
      )
  }
}

function of<A extends Answer['ask']>(ask: A, answer: Answer | undefined): Extract<Answer, { ask: A }> | undefined {
  return answer?.ask === ask ? (answer as Extract<Answer, { ask: A }>) : undefined
}

interface NumberAnswerProps {
  question: NumberQuestion
  value: number | undefined
  truth: number | undefined
  onChange?: (answer: Answer) => void
}

function NumberAnswer({ question: { label, unit, from, to }, value, truth, onChange }: NumberAnswerProps) {
  const told = {
    label,
    said: value === undefined ? t('nothing') : quantity(value, unit, 3),
    truth: truth === undefined ? '' : quantity(truth, unit, 3),
  }
  const shown = value ?? (from + to) / 2
  const step = 10 ** (Math.floor(Math.log10(to - from)) - 2)
  const set = (next: number) => onChange?.({ ask: 'number', value: Number(next.toPrecision(6)) })
  const share = (v: number) => `${(100 * Math.min(1, Math.max(0, (v - from) / (to - from)))).toFixed(1)}`
  if (!onChange)
    return (
      <div className="sketch">
        <svg
          className="sketch-picture ruler"
          viewBox="-4 0 108 24"
          role="img"
          aria-label={
            truth === undefined
              ? t('{label}: you said {said}', told)
              : t('{label}: you said {said}, computed {truth}', told)
          }
        >
          <line className="axis" x1="0" x2="100" y1="12" y2="12" />
          {truth !== undefined && <circle className="truth" cx={share(truth)} cy="12" r="3.4" />}
          {value !== undefined && <path className="guess" d={`M${share(value)} 4v16`} />}
        </svg>
        <Ends from={from} to={to} unit={unit} />
        <dl className="two">
          <div className="guess">
            <dt>{t('You said')}</dt>
            <dd>{value === undefined ? '–' : quantity(value, unit, 3)}</dd>
          </div>
          {truth !== undefined && (
            <div className="truth">
              <dt>{t('Computed')}</dt>
              <dd>{quantity(truth, unit, 3)}</dd>
            </div>
          )}
        </dl>
      </div>
    )
  return (
    <div className="sketch" data-untouched={value === undefined || undefined}>
      <Slider
        label={label}
        unit={unit === '1' ? '' : unit}
        value={shown}
        min={from}
        max={to}
        step={step}
        ends
        onChange={set}
      />
      <NumberField label={t('or as a number')} unit={unit} value={shown} min={from} max={to} onChange={set} />
    </div>
  )
}

interface ChoiceAnswerProps {
  question: Pick<ChoiceQuestion, 'options'>
  value: string | undefined
  truth: string | undefined
  onChange?: (answer: Answer) => void
}

function ChoiceAnswer({ question: { options }, value, truth, onChange }: ChoiceAnswerProps) {
  return (
    <Options
      legend={t('Your prediction')}
      options={options}
      value={value}
      truth={truth}
      onChange={onChange && ((is) => onChange({ ask: 'choice', is }))}
    />
  )
}

interface OptionsProps {
  legend: string
  options: readonly { is: string; label: string }[]
  value: string | undefined
  /** What is right, once it may be seen. */
  truth?: string
  onChange?: (is: string) => void
}

export function Options({ legend, options, value, truth, onChange }: OptionsProps) {
  const name = useId()
  return (
    <fieldset className="options">
      <legend className="visually-hidden">{legend}</legend>
      {options.map(({ is, label }) => (
        <label key={is} className="option" data-right={truth === is || undefined}>
          <input type="radio" name={name} checked={value === is} disabled={!onChange} onChange={() => onChange?.(is)} />
          <span>
            <Words>{label}</Words>
            {truth === is && <em className="right"> {t('computed')}</em>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
