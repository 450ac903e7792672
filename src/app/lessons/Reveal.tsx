/** What was predicted, with what was computed: the sketch stays. */
import { useEffect, useRef } from 'react'
import type { CellSpec } from '../../cell/cell.ts'
import type { Answer, PredictStep } from '../../lessons/lesson.ts'
import { score, type Verdict } from '../../lessons/score.ts'
import { answerText } from '../../lessons/text.ts'
import { TextButton } from '../kit/controls.tsx'
import { Question } from './Question.tsx'
import type { Truth } from './useTruth.ts'

const WORDS: Record<Verdict, string> = {
  right: 'Right.',
  near: 'Near, but not quite.',
  off: 'It came out otherwise.',
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
    <section ref={section} className="reveal" aria-label={`Your prediction: ${title}`}>
      <p className="verdict" role="status" data-verdict={verdict}>
        {verdict ? WORDS[verdict] : problem ? '' : 'Computing what is right…'}
        {answer && (
          <span className="visually-hidden">{` You said: ${answerText(prediction, question)}. Computed: ${answerText(answer, question)}.`}</span>
        )}
      </p>
      {problem && (
        <div className="field-problem" role="alert">
          <p>It could not be computed: {problem}</p>
          <TextButton onClick={again}>Try again</TextButton>
        </div>
      )}
      {compact ? (
        <details>
          <summary>Your prediction and the result</summary>
          {picture}
        </details>
      ) : (
        picture
      )}
    </section>
  )
}
