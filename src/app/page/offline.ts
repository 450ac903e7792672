/** Offline after the first visit: a service worker keeps what the page has loaded. */
import { trustedScript } from '../ground/house.ts'

/** Must agree with public/sw.js. */
const CACHE = 'twoscale-1'
/** Late parts (charts, pictures, formulas) have arrived by then, ms. */
const SETTLED = 4000

export async function keepOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  try {
    await navigator.serviceWorker.register(trustedScript('./sw.js'))
    await navigator.serviceWorker.ready
    // What came before the worker could see it.
    setTimeout(keepLoaded, SETTLED)
  } catch {
    // A browser that refuses still has the page while it is online.
  }
}

async function keepLoaded(): Promise<void> {
  const cache = await caches.open(CACHE)
  const loaded = performance.getEntriesByType('resource').map((entry) => entry.name)
  const own = loaded.filter((url) => url.startsWith(location.origin))
  await Promise.allSettled([location.pathname, ...own].map((url) => cache.add(url)))
}
