/**
 * Random schedules of tabs, edits, reloads, updates of the site, a full storage, kills of pages and of solvers: whatever
 * happens, no edit that is older than a second is lost. `npm run chaos -- STEPS SEEDS [SEED]` for longer ones or the same again.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { random } from '../fuzz/inputs.ts'
import { launch } from './launch.ts'

const [steps = 12, seeds = 1, first = Math.floor(Math.random() * 1e6)] = (process.env.CHAOS ?? '')
  .split(',')
  .filter(Boolean)
  .map(Number)
const MOST_TABS = 3
const ACTS = ['edit', 'edit', 'edit', 'reload', 'crash', 'close', 'solver', 'full', 'update'] as const
type Act = (typeof ACTS)[number]

let browser: Browser
let server: Server
let address: string
/** The build that is deployed; a newer one differs in nothing but that. */
let deployed = 0
const table: Record<string, number>[] = []

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    const answer = await fetch(new URL(`.${path}`, inject('page')))
    const type = answer.headers.get('content-type') ?? ''
    let body = Buffer.from(await answer.arrayBuffer())
    const changed = (from: RegExp, to: string) => Buffer.from(body.toString().replace(from, to))
    if (path === '/sw.js') body = changed(/"id":"(\w+)"/, `"id":"$1-${deployed}"`)
    if (type.startsWith('text/html')) body = changed(/<head>/, `<head><meta name="build" content="${deployed}">`)
    response.writeHead(answer.status, { 'content-type': type }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  server?.close()
  if (process.env.CHAOS) console.table(table)
})

interface Tab {
  page: Page
  /** The last value that was typed, if any. */
  value?: number
}

const field = (page: Page) => page.getByRole('textbox', { name: 'K conductance', exact: true })

/** Conductances of all documents that are stored. */
async function stored(context: BrowserContext): Promise<number[]> {
  const page = await context.newPage()
  await page.goto(`${address}icon.svg`)
  const values = await page.evaluate(async () => {
    // Opening one that is not there would make it.
    if (!(await indexedDB.databases()).some(({ name }) => name === 'twoscale')) return []
    return new Promise<number[]>((resolve) => {
      const request = indexedDB.open('twoscale')
      request.onsuccess = () => {
        const all = request.result.transaction('documents').objectStore('documents').getAll()
        all.onsuccess = () => resolve(all.result.map((document) => document.scenario.parameters.G_K))
      }
    })
  })
  await page.close()
  return values
}

/** The build that a page came from; while it reloads, none. */
const buildOf = (page: Page) =>
  page
    .locator('meta[name=build]')
    .getAttribute('content')
    .catch(() => undefined)

it.each(Array.from({ length: seeds }, (_, k) => first + k))(
  `no edit is lost (${steps} steps, seed %i)`,
  async (seed) => {
    const begun = performance.now()
    const draw = random(seed)
    const context = await browser.newContext({ serviceWorkers: 'allow' })
    const counts: Record<string, number> = { seed, open: 0, ...Object.fromEntries(ACTS.map((act) => [act, 0])) }
    const tabs: Tab[] = []
    /** Values that a document must hold: the last of every tab that was there. */
    const left: number[] = []
    const log: string[] = []
    const open = async () => {
      const page = await context.newPage()
      await page.goto(address)
      await field(page).waitFor()
      counts.open++
      const shown = Number(await field(page).inputValue())
      // A new tab goes on with what was left, if no other has it.
      const k = left.indexOf(shown)
      tabs.push({ page, value: k >= 0 ? left.splice(k, 1)[0] : undefined })
    }
    const acts: Record<Act, (tab: Tab, k: number) => Promise<void>> = {
      async edit(tab, k) {
        tab.value = Number((0.1 + k / 1000).toFixed(3))
        await field(tab.page).fill(String(tab.value))
        await field(tab.page).press('Enter')
      },
      async reload({ page, value }) {
        await page.waitForTimeout(1000)
        await page.reload()
        if (value !== undefined) await expect.poll(() => field(page).inputValue()).toBe(String(value))
      },
      async crash({ page, value }) {
        await page.waitForTimeout(1000)
        const crashed = page.waitForEvent('crash')
        const session = await context.newCDPSession(page)
        session.send('Page.crash').catch(() => undefined)
        await crashed
        await page.close()
        tabs.splice(
          tabs.findIndex((tab) => tab.page === page),
          1,
        )
        if (value !== undefined) left.push(value)
      },
      async close({ page, value }) {
        // Without a second to wait: leaving by the door writes what is there.
        await page.close({ runBeforeUnload: true })
        tabs.splice(
          tabs.findIndex((tab) => tab.page === page),
          1,
        )
        if (value !== undefined) left.push(value)
      },
      async solver({ page }) {
        // It may be gone before it answers.
        await page
          .workers()[0]
          ?.evaluate(() => self.close())
          .catch(() => undefined)
      },
      async full(tab, k) {
        const session = await context.newCDPSession(tab.page)
        await session.send('Storage.overrideQuotaForOrigin', { origin: address, quotaSize: 1 })
        await acts.edit(tab, k)
        // The browser may find a little room all the same: what is not told must be there.
        const told = async () => /storage of this browser is full/.test(await tab.page.locator('.notices').innerText())
        await expect.poll(async () => (await told()) || (await stored(context)).includes(tab.value ?? 0)).toBe(true)
        await session.send('Storage.overrideQuotaForOrigin', { origin: address })
      },
      async update({ page, value }) {
        deployed++
        await page.evaluate(async () => {
          const registration = await navigator.serviceWorker.ready
          await registration.update()
        })
        await page.getByRole('button', { name: 'Reload the page' }).first().click()
        await expect.poll(() => buildOf(page)).toBe(String(deployed))
        await field(page).waitFor()
        if (value !== undefined) await expect.poll(() => field(page).inputValue()).toBe(String(value))
      },
    }
    await open()
    for (let k = 0; k < steps; k++) {
      if (tabs.length === 0 || (tabs.length < MOST_TABS && draw() < 0.2)) {
        log.push('open')
        await open()
      }
      const tab = tabs[Math.floor(draw() * tabs.length)]
      const name = ACTS[Math.floor(draw() * ACTS.length)]
      counts[name]++
      log.push(`${name} ${tab.value ?? ''}`)
      try {
        await acts[name](tab, k)
      } catch (error) {
        throw new Error(`after ${log.join(', ')}`, { cause: error })
      }
      const expected = [...left, ...tabs.flatMap(({ value }) => value ?? [])]
      await expect.poll(() => stored(context), { message: log.join(', ') }).toEqual(expect.arrayContaining(expected))
    }
    for (const { page, value } of tabs)
      if (value !== undefined) expect(await field(page).inputValue()).toBe(String(value))
    await context.close()
    table.push({ ...counts, seconds: Math.round((performance.now() - begun) / 1000) })
  },
  60_000 + 20_000 * steps,
)
