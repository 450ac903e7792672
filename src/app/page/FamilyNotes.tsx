/** What differs between the literature and the program: printed and used side by side, with the reason below. */

import { useEffect, useMemo, useState } from 'react'
import { t } from '../../language/language.ts'
import type { Notes } from '../../models/family.ts'
import { trustedInner } from '../ground/house.ts'
import { typeset } from '../kit/typeset.ts'

export function FamilyNotes({ load }: { load: () => Promise<Notes> }) {
  const [notes, setNotes] = useState<Notes>()
  useEffect(() => {
    let alive = true
    void load().then((loaded) => alive && setNotes(loaded))
    return () => {
      alive = false
    }
  }, [load])
  const entries = useMemo(
    () =>
      notes?.entries.map((entry) => ({
        ...entry,
        printed: typeset(entry.printed, true),
        used: typeset(entry.used, true),
        why: sentence(t(entry.why)),
      })),
    [notes],
  )
  if (!notes || !entries) return null
  return (
    <details className="notes">
      <summary>{t(notes.title)}</summary>
      <ol>
        {entries.map(({ about, printed, used, why }) => (
          <li key={about}>
            <strong>{t(about)}</strong>
            <div className="notes-pair">
              <Formula label={t('printed')} html={printed} />
              <Formula label={t('used')} html={used} />
            </div>
            {/* biome-ignore lint/security/noDangerouslySetInnerHtml: escaped words and KaTeX output of the family's own notes */}
            <p dangerouslySetInnerHTML={trustedInner(why)} />
          </li>
        ))}
      </ol>
    </details>
  )
}

function Formula({ label, html }: { label: string; html: string }) {
  return (
    <div>
      <span className="notes-label">{label}</span>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX output of the family's own formulas */}
      <div className="formula" dangerouslySetInnerHTML={trustedInner(html)} />
    </div>
  )
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Words with formulas in dollars. */
function sentence(text: string): string {
  return text
    .split('$')
    .map((piece, i) => (i % 2 === 1 ? typeset(piece, false) : piece.replace(/[&<>]/g, (c) => ESCAPES[c])))
    .join('')
}
