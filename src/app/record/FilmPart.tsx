/** The run or a sweep as a film, with its progress, and given up at once. */

import { type RefObject, useEffect, useRef, useState } from 'react'
import { msg, t } from '../../language/language.ts'
import { download, fileName } from '../ground/download.ts'
import { Choice, Segments, TextButton } from '../kit/controls.tsx'
import { useScenario, useSession } from '../session/context.ts'
import { current } from '../store/lab.ts'
import { notify } from '../store/notices.ts'
import { DarkroomStage } from './DarkroomStage.tsx'
import { type Darkroom, developed, openDarkroom } from './darkroom.ts'
import { type FilmOptions, film, filmRun, noFilm } from './film.ts'
import { SweepChoice, usualSweep } from './SweepChoice.tsx'
import type { StageFigure } from './stageFigure.ts'
import { runSweep, type Sweep, sweptOf } from './sweep.ts'

const PACES = ['1', '2', '5', '10', '25'] as const
const SUBJECTS = [
  { value: 'run', label: msg('Over time') },
  { value: 'sweep', label: msg('Over a parameter') },
] as const
/** px; larger films take longer to draw than to play. */
const FILM_WIDTH = 1280
/** Share of the progress of a sweep that is computing, not drawing. */
const COMPUTING = 0.8

/** @param figure how the pictures look, but for their width */
export function FilmPart({ figure }: { figure: StageFigure }) {
  const { lab } = useSession()
  const scenario = useScenario()
  const [pace, setPace] = useState<(typeof PACES)[number]>('10')
  const [subject, setSubject] = useState<(typeof SUBJECTS)[number]['value']>('run')
  const among = sweptOf(scenario)
  const [sweep, setSweep] = useState<Sweep | undefined>(() => among[0] && usualSweep(among[0]))
  const [progress, setProgress] = useState<number>()
  const { filmSweep, darkroom } = useSweepFilm()
  const session = useSession()
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  const row = useFocusKept(progress !== undefined)
  const impossible = noFilm()
  if (impossible) return <p className="hint">{impossible}</p>
  const start = async () => {
    const control = new AbortController()
    running.current = control
    setProgress(0)
    const options = {
      figure: { ...figure, width: FILM_WIDTH },
      pace: Number(pace),
      signal: control.signal,
      onProgress: setProgress,
    }
    const name = fileName(current(lab.getState()).title)
    try {
      const swept = subject === 'sweep' ? sweep : undefined
      const made = swept ? await filmSweep(swept, options) : await filmRun(session, options)
      const file = swept ? `${name}-${fileName(swept.swept.parameter.name)}` : name
      if (made) download(`${file}.webm`, made, 'video/webm')
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      notify(lab, { level: 'warning', message: t('The film could not be made: {reason}.', { reason }) })
    } finally {
      setProgress(undefined)
    }
  }
  if (progress !== undefined)
    return (
      <div ref={row} className="row">
        <progress aria-label={t('Film')} value={progress} max={1} />
        <TextButton onClick={() => running.current?.abort()}>{t('Give it up')}</TextButton>
        {darkroom && <DarkroomStage session={darkroom.session} />}
      </div>
    )
  return (
    <>
      <div ref={row} className="row">
        {sweep && <Segments label={t('Film')} value={subject} options={SUBJECTS} onChange={setSubject} />}
        {subject === 'sweep' && sweep && <SweepChoice among={among} sweep={sweep} onChange={setSweep} />}
        <Choice
          label={t('Pace')}
          hideLabel={false}
          value={pace}
          options={PACES.map((value) => ({
            value,
            label: t('{n, plural, one {# frame a second} other {# frames a second}}', { n: Number(value) }),
          }))}
          onChange={setPace}
        />
        <TextButton onClick={() => void start()}>
          {subject === 'sweep' ? t('Save a film of the sweep (WebM)') : t('Save a film of the run (WebM)')}
        </TextButton>
      </div>
      {subject === 'sweep' && (
        <p className="hint">
          {t(
            'Each picture is the state at the time on show, of a run of its own from the beginning with one value. Colours keep one range; the run on the page stays as it is.',
          )}
        </p>
      )}
    </>
  )
}

/** The button that was pressed goes when a film begins and ends: the one in its place, the last, takes the focus. */
function useFocusKept(filming: boolean): RefObject<HTMLDivElement | null> {
  const row = useRef<HTMLDivElement>(null)
  const before = useRef(filming)
  useEffect(() => {
    const changed = before.current !== filming
    before.current = filming
    const lost = document.activeElement === null || document.activeElement === document.body
    if (changed && lost) [...(row.current?.querySelectorAll('button') ?? [])].at(-1)?.focus()
  }, [filming])
  return row
}

/** Films of sweeps; their pictures are drawn by the stage of the darkroom, which is to be on the page while there is one. */
function useSweepFilm() {
  const session = useSession()
  const [darkroom, setDarkroom] = useState<Darkroom>()
  const filmSweep = async (sweep: Sweep, options: FilmOptions): Promise<Blob | undefined> => {
    const { signal, onProgress } = options
    const entry = session.engine.shownFrame()
    if (!entry) throw new RangeError(t('there is no frame yet; let it compute one'))
    const runs = await runSweep(sweep, {
      parts: session.parts,
      scenario: current(session.lab.getState()),
      time: entry.t,
      cores: navigator.hardwareConcurrency,
      signal,
      onProgress: (fraction) => onProgress(COMPUTING * fraction),
    })
    if (!runs) return undefined
    const made = openDarkroom(session, runs)
    setDarkroom(made)
    try {
      await developed(made, signal)
      const drawing = { ...options, onProgress: (f: number) => onProgress(COMPUTING + (1 - COMPUTING) * f) }
      return await film(made.session, made.takes, drawing)
    } finally {
      setDarkroom(undefined)
      made.session.close()
    }
  }
  return { filmSweep, darkroom }
}
