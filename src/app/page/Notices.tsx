import { useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import { msg, t } from '../../language/language.ts'
import { IconButton, TextButton } from '../kit/controls.tsx'
import { CloseIcon } from '../kit/icons.tsx'
import { useLab, useSession } from '../session/context.ts'
import { undo } from '../store/edits.ts'
import { dismiss } from '../store/notices.ts'
import { saveScenario } from './files.ts'
import { reload } from './offline.ts'

/** What is over sooner shows no progress, ms. */
const WAIT = 400

/** Stages of a run whose names alone say little. */
const STAGES: Record<string, string> = {
  cell: msg('effective tensors of the reference cell'),
  filtration: msg('permeability of the cell of the flow'),
  table: msg('tensors of the cells along the box'),
  columns: msg('cells of the resolved model, column by column'),
  start: msg('potentials at the start'),
  steps: msg('time steps'),
  estimate: msg('error bar of homogenization'),
  resolved: msg('resolved model, cell by cell'),
}

const NAMES = { info: msg('Note'), warning: msg('Warning'), error: msg('Problem') } as const

export function Notices() {
  const session = useSession()
  const { lab } = session
  const notices = useLab((s) => s.notices)
  const element = useOwnRoom()
  return (
    <section ref={element} className="notices" aria-live="polite" aria-label={t('Notices')}>
      {notices.map((notice) => (
        <article key={notice.id} className={`notice ${notice.level}`}>
          <div>
            <p>
              <strong>{t(NAMES[notice.level])}. </strong>
              {t(notice.message)}
            </p>
            {notice.advice && notice.advice.length > 0 && (
              <ol>
                {notice.advice.map((line) => (
                  <li key={line}>{t(line)}</li>
                ))}
              </ol>
            )}
            {notice.offerUndo && (
              <TextButton
                onClick={() => {
                  undo(lab)
                  dismiss(lab, notice.id)
                }}
              >
                {t('Undo the last change')}
              </TextButton>
            )}
            {notice.offerSave && <TextButton onClick={() => saveScenario(session)}>{t('Save as a file')}</TextButton>}
            {notice.offerReload && <TextButton onClick={() => void reload()}>{t('Reload the page')}</TextButton>}
          </div>
          <IconButton label={t('Close this notice')} onClick={() => dismiss(lab, notice.id)}>
            <CloseIcon />
          </IconButton>
        </article>
      ))}
      <ProgressLine />
    </section>
  )
}

function ProgressLine() {
  const { engine, lessons } = useSession()
  const progress = useLab((s) => s.progress)
  // What a laboratory computes that is covered is in nobody's way.
  const covered = useStore(lessons, (s) => s.open !== undefined && s.covered)
  const waiting = progress !== undefined
  const [long, setLong] = useState(false)
  useEffect(() => {
    if (!waiting) return
    const timer = setTimeout(() => setLong(true), WAIT)
    return () => {
      clearTimeout(timer)
      setLong(false)
    }
  }, [waiting])
  if (!progress || !long || covered) return null
  return (
    <article className="notice progress">
      <label>
        {t(STAGES[progress.stage] ?? progress.stage)}
        <progress value={progress.fraction} max={1} />
      </label>
      <TextButton onClick={() => engine.cancel()}>{t('Cancel')}</TextButton>
    </article>
  )
}

/**
 * Keeps as much room free at the foot of the page, and of dialogs, as the notices take, so that what stays covers nothing;
 * notes and progress go by themselves, and the page does not move for them. Nor does it while something is held, a dragged handle for one.
 */
function useOwnRoom() {
  const element = useRef<HTMLElement>(null)
  useEffect(() => {
    const notices = element.current
    const page = notices?.parentElement
    if (!notices || !page) return
    let held = false
    const makeRoom = () => {
      if (held) return
      const room = notices.querySelector('.notice.warning, .notice.error') ? `${notices.offsetHeight}px` : ''
      page.style.paddingBottom = room
      document.documentElement.style.setProperty('--notices', room || '0px')
    }
    const observer = new ResizeObserver(makeRoom)
    observer.observe(notices)
    const over = new AbortController()
    const hold = (now: boolean) => () => {
      held = now
      makeRoom()
    }
    const options = { capture: true, signal: over.signal }
    addEventListener('pointerdown', hold(true), options)
    for (const end of ['pointerup', 'pointercancel']) addEventListener(end, hold(false), options)
    return () => {
      observer.disconnect()
      over.abort()
    }
  }, [])
  return element
}
