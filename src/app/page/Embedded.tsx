/** The page as a part of another one. */

import { useEffect, useState } from 'react'
import { language, t } from '../../language/language.ts'
import { CellPanel } from '../cell/CellPanel.tsx'
import { useLab, useSession } from '../session/context.ts'
import { ChartSlot } from './ChartSlot.tsx'
import { listen } from './embedApi.ts'
import { makeLink } from './links.ts'
import { Note } from './Note.tsx'
import { Notices } from './Notices.tsx'
import { StagePanel } from './StagePanel.tsx'
import { Transport } from './Transport.tsx'

/** Part of another page: little around the pictures, and the way to the whole. */
export default function Embedded() {
  const session = useSession()
  const level = useLab((s) => s.chrome)
  useEffect(() => listen(session), [session])
  return (
    <main className="page embedded" data-level={level}>
      <Note />
      {(level === 'minimal' || level === 'cell') && <CellPanel />}
      {(level === 'minimal' || level === 'picture') && <StagePanel />}
      {(level === 'minimal' || level === 'chart') && <ChartSlot name="first" />}
      <div className="embedded-foot">
        {(level === 'cell' || level === 'chart') && <Transport />}
        <OpenInFull />
      </div>
      <Notices />
    </main>
  )
}

/** An embedded page that was asked for a language opens in it. */
function asSpoken(link: string): string {
  const address = new URL(link)
  if (new URLSearchParams(location.search).has('language')) address.searchParams.set('language', language())
  return address.href
}

/** Opens what is shown, as far as it has run, as the whole laboratory. */
function OpenInFull() {
  const session = useSession()
  const [href, setHref] = useState('./')
  const prepare = () => void makeLink(session).then((link) => setHref(asSpoken(link)))
  return (
    <a className="button" href={href} target="_blank" rel="noreferrer" onPointerEnter={prepare} onFocus={prepare}>
      {t('Open in full')}
    </a>
  )
}
