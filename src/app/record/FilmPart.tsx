/** The run as a film, with its progress, and given up at once. */

import { useEffect, useRef, useState } from 'react'
import { t } from '../../language/language.ts'
import { download, fileName } from '../ground/download.ts'
import { Choice, TextButton } from '../kit/controls.tsx'
import { useSession } from '../session/context.ts'
import { current } from '../store/lab.ts'
import { notify } from '../store/notices.ts'
import { film, noFilm } from './film.ts'
import type { StageFigure } from './stageFigure.ts'

const PACES = ['5', '10', '25'] as const
/** px; larger films take longer to draw than to play. */
const FILM_WIDTH = 1280

/** @param figure how the pictures look, but for their width */
export function FilmPart({ figure }: { figure: StageFigure }) {
  const session = useSession()
  const { lab } = session
  const [pace, setPace] = useState<(typeof PACES)[number]>('10')
  const [progress, setProgress] = useState<number>()
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  const impossible = noFilm()
  if (impossible) return <p className="hint">{impossible}</p>
  const start = async () => {
    const control = new AbortController()
    running.current = control
    setProgress(0)
    try {
      const made = await film(session, {
        figure: { ...figure, width: FILM_WIDTH },
        pace: Number(pace),
        signal: control.signal,
        onProgress: setProgress,
      })
      if (made) download(`${fileName(current(lab.getState()).title)}.webm`, made, 'video/webm')
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      notify(lab, { level: 'warning', message: t('The film could not be made: {reason}.', { reason }) })
    } finally {
      setProgress(undefined)
    }
  }
  if (progress !== undefined)
    return (
      <div className="row">
        <progress aria-label={t('Film')} value={progress} max={1} />
        <TextButton onClick={() => running.current?.abort()}>{t('Give it up')}</TextButton>
      </div>
    )
  return (
    <div className="row">
      <Choice
        label={t('Pace')}
        hideLabel={false}
        value={pace}
        options={PACES.map((value) => ({ value, label: t('{value} frames a second', { value }) }))}
        onChange={setPace}
      />
      <TextButton onClick={() => void start()}>{t('Save a film of the run (WebM)')}</TextButton>
    </div>
  )
}
