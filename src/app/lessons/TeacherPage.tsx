/** The page for the teacher, on the screen and on paper. */

import { Modal } from '@mantine/core'
import { t } from '../../language/language.ts'
import { type Question as Asked, claimOf } from '../../lessons/lesson.ts'
import { answerText } from '../../lessons/text.ts'
import { TextButton } from '../kit/controls.tsx'
import { useSession } from '../session/context.ts'
import { openLesson } from '../store/lessons.ts'
import './lessons.css'
import { Question } from './Question.tsx'
import { useShelf } from './shelf.ts'
import { Told, Words } from './Told.tsx'

export default function TeacherPage({ name }: { name: string }) {
  const { lessons } = useSession()
  const shelf = useShelf()
  const lesson = shelf?.find((each) => each.name === name)
  const close = () => lessons.setState({ teacher: undefined })
  const address = `?lesson=${name}`
  return (
    <Modal
      opened
      onClose={close}
      title={lesson ? t('For the teacher: {title}', { title: lesson.title }) : t('For the teacher')}
      size="56rem"
      // A body that cannot scroll is cut after its first page on paper.
      lockScroll={false}
      classNames={{ root: 'teacher-root' }}
      closeButtonProps={{ 'aria-label': t('Close') }}
      transitionProps={{ duration: 0 }}
    >
      {shelf && !lesson && <p>{t('There is no lesson called “{name}”', { name: name.slice(0, 40) })}</p>}
      {lesson && (
        <article className="teacher">
          <div className="row no-print">
            <TextButton primary onClick={() => print()}>
              {t('Print')}
            </TextButton>
            <TextButton
              onClick={() => {
                close()
                openLesson(lessons, lesson.name)
              }}
            >
              {t('Open the lesson')}
            </TextButton>
          </div>
          <h1 className="print-only">{t('Lesson {order}: {title}', { order: lesson.order, title: lesson.title })}</h1>
          <p className="lesson-question">{lesson.question}</p>
          <Listed title={t('Goals')} items={lesson.goals} />
          <Listed title={t('Prior knowledge')} items={lesson.prior} />
          <section>
            <h2>{t('Plans')}</h2>
            <dl className="plans">
              {Object.entries(lesson.minutes).map(([minutes, plan]) => (
                <div key={minutes}>
                  <dt>{t('{minutes} minutes', { minutes })}</dt>
                  <dd>
                    <Words>{plan}</Words>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
          <section>
            <h2>{t('Questions and expected answers')}</h2>
            <ol>
              {lesson.steps.map(
                (step) =>
                  step.kind === 'predict' && (
                    <li key={step.title}>
                      <strong>{step.title}</strong>
                      <Told>{step.text}</Told>
                      <Expected question={step.question} />
                    </li>
                  ),
              )}
            </ol>
          </section>
          <section>
            <h2>{t('Misconceptions')}</h2>
            <dl>
              {lesson.misconceptions.map(({ belief, instead }) => (
                <div key={belief}>
                  <dt>
                    {t('“')}
                    <Words>{belief}</Words>
                    {t('”')}
                  </dt>
                  <dd>
                    <Words>{instead}</Words>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
          <Listed title={t('What the model leaves out')} items={lesson.leavesOut} />
          <section>
            <h2>{t('Links')}</h2>
            <p>
              {t('After the address of the laboratory, this opens the lesson:')} <code>{address}</code>.{' '}
              {t('And this opens this page:')} <code>{address}&amp;teacher=1</code>.{' '}
              {t('Progress stays in the browser of whoever plays it. On the command line:')} <code>lessons {name}</code>
              , <code>lessons check {name}</code>.
            </p>
          </section>
        </article>
      )}
    </Modal>
  )
}

/** What is right, in words or as a picture. */
function Expected({ question }: { question: Asked }) {
  const claim = claimOf(question)
  if (question.ask === 'number' || question.ask === 'choice')
    return <p className="expected">{t('Expected: {answer}', { answer: answerText(claim, question) })}</p>
  return (
    <figure className="expected">
      <figcaption>{t('Expected:')}</figcaption>
      <Question question={question} value={claim} />
    </figure>
  )
}

function Listed({ title, items }: { title: string; items: readonly string[] }) {
  return (
    <section>
      <h2>{title}</h2>
      <ul>
        {items.map((item) => (
          <li key={item}>
            <Words>{item}</Words>
          </li>
        ))}
      </ul>
    </section>
  )
}
