/** What was worked on in this browser, newest first. */
import { useEffect, useState } from 'react'
import { familyOf } from '../ground/house.ts'
import { IconButton } from '../kit/controls.tsx'
import { CloseIcon } from '../kit/icons.tsx'
import { useSession } from '../session/context.ts'
import { claim, openDocument, recent, remove } from '../store/documents.ts'
import { loadOpened } from './files.ts'

type Entry = NonNullable<ReturnType<typeof openDocument>> & { id: string; changedAt: number }

export function Recent({ onDone }: { onDone: () => void }) {
  const session = useSession()
  const [list, setList] = useState<readonly Entry[]>()
  useEffect(() => {
    let alive = true
    const show = (entries: readonly Entry[]) => alive && setList(entries)
    recent().then(
      (documents) =>
        show(
          documents.flatMap((document) => {
            const opened = openDocument(document)
            return opened ? [{ ...opened, id: document.id, changedAt: document.changedAt }] : []
          }),
        ),
      () => show([]),
    )
    return () => {
      alive = false
    }
  }, [])
  if (!list) return <p className="hint">Looking what there is…</p>
  if (list.length === 0) return <p className="hint">Nothing yet: what you change is kept here by itself.</p>
  return (
    <ul className="recent">
      {list.map(({ id, changedAt, ...opened }) => (
        <li key={id} className="row">
          <button
            type="button"
            className="button"
            onClick={async () => {
              // What another tab has open goes on here as a copy.
              loadOpened(session, opened, (await claim(id, 1)) ? id : undefined)
              onDone()
            }}
          >
            <strong>{opened.scenario.title}</strong> <span className="hint">{familyOf(opened.scenario).label}</span>
          </button>
          <time className="hint" dateTime={new Date(changedAt).toISOString()}>
            {new Date(changedAt).toLocaleString()}
          </time>
          <IconButton
            label={`Forget ${opened.scenario.title}`}
            onClick={() => {
              void remove(id)
              setList((all) => all?.filter((entry) => entry.id !== id))
            }}
          >
            <CloseIcon />
          </IconButton>
        </li>
      ))}
    </ul>
  )
}
