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
    <aside className="note" aria-label={title}>
      <p>{description}</p>
      <IconButton label="Close the note" onClick={() => lab.setState({ note: false })}>
        <CloseIcon />
      </IconButton>
    </aside>
  )
}
