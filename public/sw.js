// Offline after the first visit: pages from the network while there is one, hashed files from the cache for ever.
const CACHE = 'twoscale-1'

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url)
  if (event.request.method !== 'GET' || url.origin !== self.location.origin) return
  const hashed = /\/assets\/.+-[\w-]{8}\.\w+$/.test(url.pathname)
  event.respondWith(hashed ? fromCache(event.request) : fromNetwork(event.request))
})

async function fromCache(request) {
  const cache = await caches.open(CACHE)
  return (await cache.match(request, { ignoreVary: true })) ?? keep(cache, request, await fetch(request))
}

async function fromNetwork(request) {
  const cache = await caches.open(CACHE)
  try {
    return keep(cache, request, await fetch(request))
  } catch (error) {
    const kept = await cache.match(request, { ignoreSearch: true, ignoreVary: true })
    if (kept) return kept
    throw error
  }
}

function keep(cache, request, response) {
  if (response.ok) cache.put(request, response.clone())
  return response
}
