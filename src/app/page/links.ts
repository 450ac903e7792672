/** Links that carry the whole scenario in the hash, where no server sees it. */

import { useEffect } from 'react'
import { t } from '../../language/language.ts'
import { useSession } from '../session/context.ts'
import type { Session } from '../session/session.ts'
import { linkHash, linkParts, readLink } from '../session/shared.ts'
import { notify } from '../store/notices.ts'
import { loadOpened } from './files.ts'

/** Beyond this some mail programs and chat windows cut a link. */
export const LONG_LINK = 4000

export async function makeLink(session: Session): Promise<string> {
  return `${location.origin}${location.pathname}${await linkHash(session)}`
}

/** What of an address belongs to the scenario that it names. */
const OF_SCENARIO = ['scenario', 'field', 't', 'run'] as const

/** Follows a link that is pasted into the address bar of the open page. */
export function useLinks(): void {
  const session = useSession()
  useEffect(() => {
    const { lab } = session
    const follow = async () => {
      const linked = linkParts()
      if (!linked) return
      try {
        loadOpened(session, await readLink(linked))
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        notify(lab, {
          level: 'error',
          message: t('The link could not be read: {reason}', { reason }),
          advice: [t('Copy the whole link again, or ask for the scenario file.')],
        })
      }
    }
    addEventListener('hashchange', follow)
    // An edited scenario is no longer the link's, nor the named one: a reload must bring back the edits.
    const stop = lab.subscribe((s, before) => {
      if (s.scenario === before.scenario) return
      const query = new URLSearchParams(location.search)
      if (!linkParts() && !OF_SCENARIO.some((word) => query.has(word))) return
      for (const word of OF_SCENARIO) query.delete(word)
      history.replaceState(null, '', location.pathname + (query.size > 0 ? `?${query}` : ''))
    })
    return () => {
      stop()
      removeEventListener('hashchange', follow)
    }
  }, [session])
}
