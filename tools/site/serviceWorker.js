// The page without a network, and always of one build: everything that the build consists of is fetched at install and
// served from the cache of that build. `BUILD` is written in front of this file by the build (tools/site/precache.ts).
/* global BUILD */
const CACHE = `twoscale-${BUILD.id}`
const scope = new URL('./', self.location.href)
const address = (file) => new URL(file, scope).href
const known = new Set(BUILD.files.map(address))
const page = address('index.html')

self.addEventListener('install', (event) => event.waitUntil(install()))
self.addEventListener('activate', (event) => event.waitUntil(activate()))
// The page asks for it when the user does; until then the old build stays in use.
self.addEventListener('message', (event) => {
  if (event.data === 'take over') self.skipWaiting()
})
self.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method !== 'GET') return
  const url = new URL(request.url)
  url.search = ''
  url.hash = ''
  const home = request.mode === 'navigate' && (url.href === scope.href || url.href === page)
  if (home) event.respondWith(kept(page, request))
  else if (known.has(url.href)) event.respondWith(kept(url.href, request))
})

async function install() {
  const cache = await caches.open(CACHE)
  try {
    // Names of assets hold a hash of what is in them, so one that an older build has kept need not come again.
    const missing = []
    for (const file of BUILD.files) {
      const old = file.startsWith('assets/') ? await caches.match(address(file)) : undefined
      if (old) await cache.put(address(file), old)
      else missing.push(file)
    }
    await Promise.all(missing.map((file) => fetchInto(cache, file)))
    const html = await (await cache.match(page)).text()
    if (!html.includes(BUILD.entry)) throw new Error('another build is being deployed')
  } catch (error) {
    // All or nothing; the browser tries again when it next looks for an update.
    await caches.delete(CACHE)
    throw error
  }
}

async function fetchInto(cache, file) {
  const response = await fetch(address(file), { cache: file.startsWith('assets/') ? 'default' : 'no-store' })
  if (!response.ok) throw new Error(`${file}: ${response.status}`)
  await cache.put(address(file), response)
}

async function activate() {
  for (const name of await caches.keys()) if (name.startsWith('twoscale-') && name !== CACHE) await caches.delete(name)
  await self.clients.claim()
}

async function kept(url, request) {
  const cache = await caches.open(CACHE)
  return (await cache.match(url, { ignoreVary: true })) ?? fetch(request)
}
