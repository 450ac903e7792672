import { t } from '../../language/language.ts'
import { IconButton } from '../kit/controls.tsx'
import { CloseIcon } from '../kit/icons.tsx'
import { useLab, useScenario, useSession } from '../session/context.ts'

/** What the scenario says of itself, where its address asks for that. */
export function Note() {
  const { lab } = useSession()
  const shown = useLab((s) => s.note)
  const { title, description } = useScenario()
  if (!shown || !description) return null
  return (
    <aside className="note" aria-label={t(title)}>
      <p>{t(description)}</p>
      <IconButton label={t('Close the note')} onClick={() => lab.setState({ note: false })}>
        <CloseIcon />
      </IconButton>
    </aside>
  )
}
