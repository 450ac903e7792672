/** All lessons, with how far one has come. */

import { useEffect, useState } from 'react'
import { t } from '../../language/language.ts'
import { finished, type Progress } from '../../lessons/progress.ts'
import { IconButton } from '../kit/controls.tsx'
import { FileIcon } from '../kit/icons.tsx'
import { useSession } from '../session/context.ts'
import { openLesson } from '../store/lessons.ts'
import { keptProgress } from './kept.ts'
import './lessons.css'
import { useShelf } from './shelf.ts'

export default function LessonList({ onDone }: { onDone: () => void }) {
  const { lessons } = useSession()
  const shelf = useShelf()
  const [kept, setKept] = useState<readonly Progress[]>([])
  useEffect(() => {
    if (!shelf) return
    let alive = true
    void keptProgress(shelf).then((all) => alive && setKept(all))
    return () => {
      alive = false
    }
  }, [shelf])
  return (
    <>
      <p className="hint">{t('Predict first, then let it run: what one has guessed, one sees better.')}</p>
      <ol className="lesson-list">
        {shelf?.map((lesson, k) => {
          const progress = kept[k]
          const over = progress !== undefined && finished(lesson, progress)
          const begun = progress !== undefined && (progress.step > 0 || Object.keys(progress.predictions).length > 0)
          return (
            <li key={lesson.name}>
              <button
                type="button"
                className="card"
                onClick={() => {
                  onDone()
                  openLesson(lessons, lesson.name)
                }}
              >
                <span>
                  <strong>
                    {lesson.order}. {lesson.title}
                  </strong>
                  <span className="card-text">{lesson.question}</span>
                  {(over || begun) && (
                    <span className="badge">
                      {over ? t('done') : t('step {step} of {n}', { step: progress.step + 1, n: lesson.steps.length })}
                    </span>
                  )}
                </span>
              </button>
              <IconButton
                label={t('Page for the teacher: {title}', { title: lesson.title })}
                onClick={() => {
                  onDone()
                  lessons.setState({ teacher: lesson.name })
                }}
              >
                <FileIcon />
              </IconButton>
            </li>
          )
        })}
      </ol>
    </>
  )
}
