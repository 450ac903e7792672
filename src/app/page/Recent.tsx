/** What was worked on in this browser, newest first. */

import { useEffect, useState } from 'react'
import { t } from '../../language/language.ts'
import { download } from '../ground/download.ts'
import { familyOf } from '../ground/house.ts'
import { IconButton, TextButton } from '../kit/controls.tsx'
import { CloseIcon } from '../kit/icons.tsx'
import { Thumbnail } from '../kit/Thumbnail.tsx'
import { useSession } from '../session/context.ts'
import { openWhole } from '../store/autosave.ts'
import { backup, claim, openDocument, recent, remove, type StoredDocument } from '../store/documents.ts'
import { chooseScenario, loadOpened } from './files.ts'

type Entry = NonNullable<ReturnType<typeof openDocument>> & { document: StoredDocument }

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
            return opened ? [{ ...opened, document }] : []
          }),
        ),
      () => show([]),
    )
    return () => {
      alive = false
    }
  }, [])
  if (!list) return <p className="hint">{t('Looking what there is…')}</p>
  if (list.length === 0) return <p className="hint">{t('Nothing yet: what you change is kept here by itself.')}</p>
  return (
    <>
      <div className="row">
        <TextButton onClick={async () => download('twoscale-backup.json', await backup(), 'application/json')}>
          {t('Back up all work')}
        </TextButton>
        <TextButton onClick={() => chooseScenario(session)}>{t('Restore a backup…')}</TextButton>
      </div>
      <ul className="recent">
        {list.map(({ document, scenario }) => (
          <li key={document.id} className="row">
            <button
              type="button"
              className="button"
              onClick={async () => {
                const whole = await openWhole(document)
                // What another tab has open goes on here as a copy.
                if (whole) loadOpened(session, whole, (await claim(document.id, 1)) ? document.id : undefined)
                if (whole?.curves) session.lab.setState(whole.curves)
                onDone()
              }}
            >
              {document.picture ? (
                <img src={document.picture} alt="" className="recent-picture" />
              ) : (
                <Thumbnail cell={scenario.cell} />
              )}
              <span>
                <strong>{t(scenario.title)}</strong> <span className="hint">{t(familyOf(scenario).label)}</span>
              </span>
            </button>
            <time className="hint" dateTime={new Date(document.changedAt).toISOString()}>
              {new Date(document.changedAt).toLocaleString()}
            </time>
            <IconButton
              label={t('Forget {title}', { title: t(scenario.title) })}
              onClick={() => {
                void remove(document.id)
                setList((all) => all?.filter((entry) => entry.document !== document))
              }}
            >
              <CloseIcon />
            </IconButton>
          </li>
        ))}
      </ul>
    </>
  )
}
