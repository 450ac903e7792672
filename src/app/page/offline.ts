/**
 * The page without a network and across updates: a service worker (`tools/site/serviceWorker.js`) holds all files of one
 * build. A newer one waits until the user reloads, so that parts of two builds never meet; a part that is gone all the
 * same (a tab older than the site, without that worker) is told with the same offer.
 */
import { t } from '../../language/language.ts'
import { trustedScript } from '../ground/house.ts'
import type { Lab } from '../store/lab.ts'
import { notify } from '../store/notices.ts'

/** Least time between two looks for an update, ms. */
const LOOK = 600_000

export async function keepOffline(lab: Lab): Promise<void> {
  addEventListener('vite:preloadError', () =>
    offerReload(lab, t('A part of the page could not be loaded: the site was updated, or there is no network.')),
  )
  if (!('serviceWorker' in navigator)) return
  const { serviceWorker } = navigator
  const followed = new Set<ServiceWorkerRegistration>()
  const follow = (registration: ServiceWorkerRegistration | undefined) => {
    if (!registration || followed.has(registration)) return
    followed.add(registration)
    // One is in use already, even if this page came before it could take charge.
    const tell = () => registration.active && offerReload(lab, t('A new version of the page is ready.'))
    const watch = () => {
      const { installing } = registration
      installing?.addEventListener('statechange', () => installing.state === 'installed' && tell())
    }
    if (registration.waiting) tell()
    // One that another tab has found may be on its way already.
    watch()
    registration.addEventListener('updatefound', watch)
  }
  let controlled = serviceWorker.controller !== null
  serviceWorker.addEventListener('controllerchange', () => {
    if (controlled && !reloading) offerReload(lab, t('The page was updated in another tab.'))
    controlled = true
    // Where a tab crashed while it installed, its registration is gone and this is that of another tab.
    void serviceWorker.getRegistration().then(follow, () => undefined)
  })
  look()
  try {
    follow(await serviceWorker.register(trustedScript('./sw.js'), { updateViaCache: 'none' }))
  } catch {
    // A browser that refuses still has the page while it is online.
  }
}

let reloading = false

/** Reloads into the newest build that is there; what is edited is saved. */
export async function reload(): Promise<void> {
  reloading = true
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined)
  if (!registration?.waiting) {
    location.reload()
    return
  }
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload())
  registration.waiting.postMessage('take over')
}

function offerReload(lab: Lab, reason: string): void {
  notify(lab, {
    level: 'warning',
    message: t('{reason} Reload when it suits you; the scenario is kept.', { reason }),
    offerReload: true,
  })
}

/** A tab may stay open for days: it looks again when somebody comes back to it. */
function look(): void {
  let last = performance.now()
  document.addEventListener('visibilitychange', async () => {
    if (document.hidden || performance.now() - last < LOOK) return
    last = performance.now()
    const registration = await navigator.serviceWorker.getRegistration().catch(() => undefined)
    await registration?.update().catch(() => undefined)
  })
}
