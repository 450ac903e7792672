/** A lesson beside the laboratory: one step at a time, one kind of help at a time, the sketch beside what was computed. */

import { useEffect, useMemo, useReducer, useRef, useState } from 'react'
import type { CellSpec } from '../../cell/cell.ts'
import { msg, t } from '../../language/language.ts'
import type { Lesson, PredictStep } from '../../lessons/lesson.ts'
import { type Action, advance, done, fresh, type Progress, predictionOf, revealed } from '../../lessons/progress.ts'
import { scenarioOfRun } from '../../lessons/scenarios.ts'
import { score } from '../../lessons/score.ts'
import { preset } from '../ground/presets.ts'
import { IconButton, TextButton } from '../kit/controls.tsx'
import { ChevronIcon, CloseIcon, FileIcon, ScreenIcon } from '../kit/icons.tsx'
import { useLab, useSession } from '../session/context.ts'
import { closeLesson, openLesson } from '../store/lessons.ts'
import { keep, keptProgress } from './kept.ts'
import './lessons.css'
import { type Load, perform } from './perform.ts'
import { Reveal } from './Reveal.tsx'
import { type AtHand, StepView, Structure } from './StepView.tsx'
import { useShelf } from './shelf.ts'
import { Told } from './Told.tsx'
import { useTruth } from './useTruth.ts'

const KINDS = { predict: msg('Predict'), run: msg('Run'), mark: msg('Mark'), explain: msg('Explain') } as const

interface PlayerProps {
  name: string
  load: Load
  AtHand: AtHand
}

export default function Player({ name, load, AtHand }: PlayerProps) {
  const { lessons } = useSession()
  const shelf = useShelf()
  const lesson = shelf?.find((each) => each.name === name)
  const [kept, setKept] = useState<{ lesson: Lesson; progress: Progress }>()
  useEffect(() => {
    let alive = true
    if (lesson)
      void keptProgress([lesson]).then(([progress = fresh()]) => {
        if (alive) setKept({ lesson, progress })
      })
    return () => {
      alive = false
    }
  }, [lesson])
  if (!shelf) return <aside className="lesson" aria-label={t('Lesson')} data-covered />
  if (!lesson)
    return (
      <aside className="lesson" aria-label={t('Lesson')} data-covered>
        <div className="lesson-body">
          <h3>{t('There is no lesson called “{name}”', { name: name.slice(0, 40) })}</h3>
          <p>{t('The lessons are:')}</p>
          <ul className="lesson-names">
            {shelf.map((each) => (
              <li key={each.name}>
                <TextButton onClick={() => openLesson(lessons, each.name)}>
                  {each.order}. {each.title}
                </TextButton>
              </li>
            ))}
          </ul>
          <TextButton onClick={() => closeLesson(lessons)}>{t('To the laboratory')}</TextButton>
        </div>
      </aside>
    )
  if (kept?.lesson !== lesson) return <aside className="lesson" aria-label={lesson.title} data-covered />
  return <Steps key={lesson.name} lesson={lesson} start={kept.progress} load={load} AtHand={AtHand} />
}

interface StepsProps {
  lesson: Lesson
  start: Progress
  load: Load
  AtHand: AtHand
}

function Steps({ lesson, start, load, AtHand }: StepsProps) {
  const session = useSession()
  const [progress, dispatch] = useReducer((p: Progress, action: Action) => advance(lesson, p, action), start)
  const [folded, setFolded] = useState(false)
  const present = useLab((s) => s.present)
  const { step: index } = progress
  const step = lesson.steps[index]
  const asked = predictionOf(lesson, index)
  const question = asked === undefined ? undefined : (lesson.steps[asked] as PredictStep)
  const shown = step.kind !== 'predict' && revealed(lesson, progress, index)
  const truth = useTruth(lesson, shown ? question : undefined)
  const covered = useLaboratory(lesson, progress, load)
  const cell = useCell(lesson, asked ?? index)
  useEffect(() => keep(lesson, progress), [lesson, progress])
  const prediction = asked === undefined ? undefined : progress.predictions[asked]
  useEffect(() => {
    if (asked === undefined || !question || !prediction || !truth.answer) return
    dispatch({ kind: 'judge', step: asked, verdict: score(question.question, prediction, truth.answer).verdict })
  }, [asked, question, prediction, truth.answer])
  const heading = useFocusOf(index)
  const last = index === lesson.steps.length - 1
  const ready = done(lesson, progress, index)
  return (
    <aside
      className="lesson"
      aria-label={t('Lesson: {title}', { title: lesson.title })}
      data-step={step.kind}
      data-covered={covered || undefined}
      data-folded={folded || undefined}
    >
      <header className="lesson-header">
        <h2>
          {lesson.order}. {lesson.title}
        </h2>
        <IconButton
          className="fold"
          label={folded ? t('Unfold the lesson') : t('Fold the lesson away')}
          onClick={() => setFolded(!folded)}
        >
          <ChevronIcon />
        </IconButton>
        {present && (
          <IconButton label={t('Leave the projector layout')} onClick={() => session.lab.setState({ present: false })}>
            <ScreenIcon />
          </IconButton>
        )}
        <IconButton
          label={t('Page for the teacher')}
          onClick={() => session.lessons.setState({ teacher: lesson.name })}
        >
          <FileIcon />
        </IconButton>
        <IconButton label={t('Leave the lesson')} onClick={() => closeLesson(session.lessons)}>
          <CloseIcon />
        </IconButton>
      </header>
      <ol className="lesson-way" aria-label={t('Steps of the lesson')}>
        {lesson.steps.map(({ kind, title }, k) => (
          <li
            key={title + k}
            className={kind}
            data-done={k < index || (k === index && ready) || undefined}
            aria-current={k === index ? 'step' : undefined}
          >
            <span className="visually-hidden">{`${t(KINDS[kind])}: ${title}`}</span>
          </li>
        ))}
      </ol>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="lesson-body" tabIndex={0} aria-label={t('Step')}>
        <div className="lesson-text">
          <p className="lesson-kind">{t(KINDS[step.kind])}</p>
          <h3 ref={heading} tabIndex={-1}>
            {step.title}
          </h3>
          {index === 0 && <p className="lesson-question">{lesson.question}</p>}
          <Told>{step.text}</Told>
          {step.kind === 'predict' && lesson.pictured !== false && <Structure cell={cell} />}
        </div>
        <div className="lesson-act">
          {shown && question && (
            <Reveal step={question} cell={cell} prediction={prediction} truth={truth} compact={step.kind !== 'run'} />
          )}
          <StepView
            cell={cell}
            key={index}
            lesson={lesson}
            progress={progress}
            dispatch={dispatch}
            AtHand={AtHand}
            again={() => step.kind === 'run' && perform(session, lesson, step, load)}
          />
          {last && <Ending lesson={lesson} progress={progress} />}
        </div>
      </section>
      <footer className="lesson-footer">
        <TextButton disabled={index === 0} onClick={() => dispatch({ kind: 'back' })}>
          {t('Back')}
        </TextButton>
        <p className="hint" role="status">
          {t('Step {step} of {n}', { step: index + 1, n: lesson.steps.length })}
          <span className="visually-hidden">{`: ${t(KINDS[step.kind])}. ${step.title}`}</span>
        </p>
        {last ? (
          <TextButton onClick={() => dispatch({ kind: 'restart' })}>{t('Begin again')}</TextButton>
        ) : (
          <TextButton primary={ready} disabled={!ready} onClick={() => dispatch({ kind: 'next' })}>
            {t('Next')}
          </TextButton>
        )}
      </footer>
    </aside>
  )
}

/**
 * The laboratory follows: covered until the prediction is run, as the last run left it afterwards.
 * @returns whether it is covered
 */
function useLaboratory(lesson: Lesson, progress: Progress, load: Load): boolean {
  const session = useSession()
  const { step } = progress
  const covered = lesson.steps[step].kind === 'predict' || !progress.runs[lastRun(lesson, step) ?? -1]
  const run = lastRun(lesson, step)
  const started = run !== undefined && progress.runs[run] ? run : undefined
  useEffect(() => {
    session.lessons.setState({ covered, panels: lesson.panels })
    if (covered) session.engine.pause()
  }, [session, covered, lesson])
  const own = useRef(false)
  useEffect(() => {
    const shown = started === undefined ? undefined : lesson.steps[started]
    if (shown?.kind !== 'run') return
    const standing = `${lesson.name} ${started}`
    // Drawn anew in another language: what stands in the laboratory goes on.
    if (own.current || session.lessons.getState().standing !== standing)
      perform(session, lesson, shown, load, !own.current)
    own.current = true
    session.lessons.setState({ standing })
  }, [session, lesson, started, load])
  return covered
}

/** The reference cell of the run that answers the question at a step. */
function useCell(lesson: Lesson, index: number): CellSpec {
  return useMemo(() => {
    const run = lesson.steps.slice(index).find((step) => step.kind === 'run')
    return run?.kind === 'run' ? scenarioOfRun(lesson, run, preset).cell : preset(lesson.scenario).cell
  }, [lesson, index])
}

/** The run that a step belongs to. */
function lastRun(lesson: Lesson, index: number): number | undefined {
  for (let k = index; k >= 0; k--) if (lesson.steps[k].kind === 'run') return k
  return undefined
}

/** The heading of a new step takes the focus, so that reading goes on there. */
function useFocusOf(index: number) {
  const heading = useRef<HTMLHeadingElement>(null)
  const before = useRef(index)
  useEffect(() => {
    if (before.current === index) return
    before.current = index
    heading.current?.focus({ preventScroll: true })
    heading.current?.closest('.lesson-body')?.scrollTo({ top: 0 })
  }, [index])
  return heading
}

function Ending({ lesson, progress }: { lesson: Lesson; progress: Progress }) {
  const { lessons } = useSession()
  const next = useShelf()?.find(({ order }) => order === lesson.order + 1)
  const count = (verdict: string) => Object.values(progress.verdicts).filter((v) => v === verdict).length
  return (
    <section className="lesson-ending" aria-label={t('End of the lesson')}>
      <p>
        {t(
          'Of your predictions {right, plural, one {# was} other {# were}} right, {near} near, {off} off. Those that were off are the ones that people remember best.',
          { right: count('right'), near: count('near'), off: count('off') },
        )}
      </p>
      <div className="row">
        {next && (
          <TextButton primary onClick={() => openLesson(lessons, next.name)}>
            {t('Next lesson: {title}', { title: next.title })}
          </TextButton>
        )}
        <TextButton onClick={() => closeLesson(lessons)}>{t('To the laboratory')}</TextButton>
      </div>
    </section>
  )
}
