import { IconButton, TextButton } from '../kit/controls.tsx'
import { CloseIcon } from '../kit/icons.tsx'
import { useLab, useSession } from '../session/context.ts'
import { undo } from '../store/edits.ts'
import { dismiss } from '../store/notices.ts'
import { saveScenario } from './files.ts'
import { reload } from './offline.ts'

/** Stages of a run whose names alone say little. */
const STAGES: Record<string, string> = {
  cell: 'effective tensors of the reference cell',
  steps: 'time steps',
  resolved: 'resolved model, cell by cell',
}

const NAMES = { info: 'Note', warning: 'Warning', error: 'Problem' } as const

export function Notices() {
  const session = useSession()
  const { lab } = session
  const notices = useLab((s) => s.notices)
  return (
    <section className="notices" aria-live="polite" aria-label="Notices">
      {notices.map((notice) => (
        <article key={notice.id} className={`notice ${notice.level}`}>
          <div>
            <p>
              <strong>{NAMES[notice.level]}. </strong>
              {notice.message}
            </p>
            {notice.advice && notice.advice.length > 0 && (
              <ol>
                {notice.advice.map((line) => (
                  <li key={line}>{line}</li>
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
                Undo the last change
              </TextButton>
            )}
            {notice.offerSave && <TextButton onClick={() => saveScenario(session)}>Save as a file</TextButton>}
            {notice.offerReload && <TextButton onClick={() => void reload()}>Reload the page</TextButton>}
          </div>
          <IconButton label="Close this notice" onClick={() => dismiss(lab, notice.id)}>
            <CloseIcon />
          </IconButton>
        </article>
      ))}
      <ProgressLine />
    </section>
  )
}

function ProgressLine() {
  const { engine } = useSession()
  const progress = useLab((s) => s.progress)
  if (!progress) return null
  return (
    <article className="notice progress">
      <label>
        {STAGES[progress.stage] ?? progress.stage}
        <progress value={progress.fraction} max={1} />
      </label>
      <TextButton onClick={() => engine.cancel()}>Cancel</TextButton>
    </article>
  )
}
