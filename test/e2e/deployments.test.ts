/** A page that is open while the site is updated, and a page without a network: always one build, never parts of two. */
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { runsTo } from './browser.ts'
import { launch } from './launch.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

let browser: Browser
let server: Server
let address: string
const builds: string[] = []
/** The build that is deployed; undefined: the network is down. */
let deployed: string | undefined
/** What was asked for and was not there. */
const missing: string[] = []

/** Builds the site; another `mark` gives every chunk that holds it, and all that import it, another name. */
async function buildWith(mark: string): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'twoscale-deploy-'))
  const marked = {
    name: 'mark',
    transform: (code: string, id: string) =>
      /src\/(main\.tsx|worker\/entry\.ts|app\/judge\/ProofChart\.tsx)$/.test(id)
        ? `${code}\nglobalThis.builds = [...(globalThis.builds ?? []), '${mark}']\n`
        : undefined,
  }
  process.env.NODE_ENV = 'production'
  await build({
    logLevel: 'error',
    plugins: [marked],
    worker: { plugins: () => [marked] },
    build: { outDir, emptyOutDir: true },
  })
  return outDir
}

beforeAll(async () => {
  builds.push(await buildWith('first'), await buildWith('second'))
  server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname.replace(/\/$/, '/index.html')
    if (!deployed) {
      request.socket.destroy()
      return
    }
    try {
      const body = await readFile(join(deployed, path))
      response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(body)
    } catch {
      missing.push(path)
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  server?.close()
  for (const folder of builds) await rm(folder, { recursive: true, force: true })
})
beforeEach(() => {
  deployed = builds[0]
  missing.length = 0
})

async function open(serviceWorkers: 'allow' | 'block'): Promise<{ page: Page; context: BrowserContext }> {
  const context = await browser.newContext({ serviceWorkers })
  const page = await context.newPage()
  await page.goto(address)
  await page.locator('.time-text').waitFor()
  if (serviceWorkers === 'allow') await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  return { page, context }
}

/** Builds that parts of the page came from. */
const parts = async (page: Page) => new Set(await page.evaluate(() => (globalThis as { builds?: string[] }).builds))
const caches = (page: Page) => page.evaluate(() => globalThis.caches.keys())
/** Shows a part that loads when it is first wanted. */
const late = async (page: Page) => {
  await page.getByRole('button', { name: 'Error plot' }).click()
  await page.locator('.proof').waitFor()
}
const reloadButton = (page: Page) => page.getByRole('button', { name: 'Reload the page' })

/** A change that outlives a reload. */
async function edit(page: Page, value: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'K conductance', exact: true })
  await field.fill(value)
  await field.press('Enter')
}

describe('the service worker', () => {
  it('holds all files of the build at once, and the whole page works without a network', async () => {
    const { page, context } = await open('allow')
    const held = await page.evaluate(async () => {
      const [name] = await globalThis.caches.keys()
      return (await (await globalThis.caches.open(name)).keys()).map((request) =>
        new URL(request.url).pathname.slice(1),
      )
    })
    const folder = builds[0]
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    expect(held.sort()).toEqual(files.filter((name) => /\./.test(name) && name !== 'sw.js').sort())
    expect(readFileSync(join(folder, 'index.html'), 'utf8')).toMatch(/Content-Security-Policy/)
    deployed = undefined
    await page.reload()
    await runsTo(page, 0.1)
    await late(page)
    await page.getByRole('button', { name: /^Scenario:/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: /TiS/ }).first().click()
    await page.locator('.plot canvas').first().waitFor()
    await page.locator('.equations .katex').first().waitFor()
    expect(await parts(page)).toEqual(new Set(['first']))
    await context.close()
  })

  it('keeps an open page in its own build, offers the new one, and reloads into it with the edits', async () => {
    const { page, context } = await open('allow')
    const [first] = await caches(page)
    await page.reload()
    await page.locator('.time-text').waitFor()
    deployed = builds[1]
    await edit(page, '0.5')
    // A part that was not loaded yet comes from the build that the page belongs to.
    await late(page)
    expect(await parts(page)).toEqual(new Set(['first']))
    await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()))
    await reloadButton(page).waitFor()
    expect(await caches(page)).toHaveLength(2)
    // A reload by hand does not mix either.
    await page.reload()
    await page.locator('.time-text').waitFor()
    await late(page)
    expect(await parts(page)).toEqual(new Set(['first']))
    await reloadButton(page).click()
    await expect.poll(() => parts(page).catch(() => undefined)).toEqual(new Set(['second']))
    await late(page)
    expect(await parts(page)).toEqual(new Set(['second']))
    const left = await caches(page)
    expect(left).toHaveLength(1)
    expect(left[0]).not.toBe(first)
    const field = page.getByRole('textbox', { name: 'K conductance', exact: true })
    await expect.poll(() => field.inputValue()).toBe('0.5')
    expect(missing).toEqual([])
    await context.close()
  })

  it('offers a build that waits to a page that came past the worker, too', async () => {
    const { page, context } = await open('allow')
    deployed = builds[1]
    await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()))
    await reloadButton(page).waitFor()
    const past = await context.newPage()
    const session = await context.newCDPSession(past)
    await session.send('Network.enable')
    await session.send('Network.setBypassServiceWorker', { bypass: true })
    await past.goto(address)
    expect(await past.evaluate(() => navigator.serviceWorker.controller)).toBeNull()
    await reloadButton(past).waitFor()
    await context.close()
  })

  it('takes no build that is only half there', async () => {
    const { page, context } = await open('allow')
    const before = await caches(page)
    deployed = builds[1]
    const broken = /ProofChart-.*\.js/
    await context.route(broken, (route) => route.fulfill({ status: 404, body: '' }))
    await page.evaluate(async () => {
      await (await navigator.serviceWorker.getRegistration())?.update().catch(() => undefined)
    })
    await page.waitForTimeout(2000)
    // What has begun goes away when the missing file is met.
    await expect.poll(() => caches(page)).toEqual(before)
    await context.close()
  })
})

describe('a page without a service worker', () => {
  it('says that it was updated when a part is gone, and goes on into the new build', async () => {
    const { page, context } = await open('block')
    await edit(page, '0.5')
    deployed = builds[1]
    await page.getByRole('button', { name: 'Error plot' }).click()
    await expect.poll(() => page.locator('.notices').innerText()).toMatch(/site was updated/)
    expect(await page.locator('.stage-host').count()).toBeGreaterThan(0)
    await reloadButton(page).click()
    await expect.poll(() => parts(page).catch(() => undefined)).toEqual(new Set(['second']))
    await expect.poll(() => page.getByRole('textbox', { name: 'K conductance', exact: true }).inputValue()).toBe('0.5')
    await late(page)
    await context.close()
  })
})
