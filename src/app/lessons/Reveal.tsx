/** What was predicted, with what was computed: the sketch stays. */

import { useEffect, useRef } from 'react'
import type { CellSpec } from '../../cell/cell.ts'
import { msg, t } from '../../language/language.ts'
import type { Answer, PredictStep } from '../../lessons/lesson.ts'
import { score, type Verdict } from '../../lessons/score.ts'
import { answerText } from '../../lessons/text.ts'
import { TextButton } from '../kit/controls.tsx'
import { Question } from './Question.tsx'
import type { Truth } from './useTruth.ts'

const WORDS: Record<Verdict, string> = {
  right: msg('Right.'),
  near: msg('Near, but not quite.'),
  off: msg('It came out otherwise.'),
}

interface RevealProps {
  step: PredictStep
  cell: CellSpec
  prediction: Answer | undefined
  truth: Truth
  /** Folded away to begin with, where something else is asked. */
  compact: boolean
}

export function Reveal({
  step: { question, title },
  cell,
  prediction,
  truth: { answer, problem, again },
  compact,
}: RevealProps) {
  const verdict = answer && prediction && score(question, prediction, answer).verdict
  const section = useRef<HTMLElement>(null)
  // On a phone the result would arrive below the fold.
  useEffect(() => {
    if (verdict && !compact) section.current?.scrollIntoView({ block: 'nearest' })
  }, [verdict, compact])
  if (!prediction) return null
  const picture = <Question question={question} cell={cell} value={prediction} truth={answer} />
  return (
    <section ref={section} className="reveal" aria-label={t('Your prediction: {title}', { title })}>
      <p className="verdict" role="status" data-verdict={verdict}>
        {verdict ? t(WORDS[verdict]) : problem ? '' : t('Computing what is right…')}
        {answer && (
          <span className="visually-hidden">
            {t('You said: {prediction}. Computed: {answer}.', {
              prediction: answerText(prediction, question),
              answer: answerText(answer, question),
            })}
          </span>
        )}
      </p>
      {problem && (
        <div className="field-problem" role="alert">
          <p>{t('It could not be computed: {problem}', { problem })}</p>
          <TextButton onClick={again}>{t('Try again')}</TextButton>
        </div>
      )}
      {compact ? (
        <details>
          <summary>{t('Your prediction and the result')}</summary>
          {picture}
        </details>
      ) : (
        picture
      )}
    </section>
  )
}
