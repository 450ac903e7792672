/**
 * Random schedules of tabs, edits, reloads, updates of the site, a full storage, kills of pages and of solvers: whatever
 * happens, no edit that is older than a second is lost. `npm run chaos -- STEPS SEEDS [SEED]` for longer ones or the same again.
 */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, inject, it } from 'vitest'
import { random } from '../fuzz/inputs.ts'
import { storedDocuments } from './browser.ts'
import { launch } from './launch.ts'

const [steps = 12, seeds = 1, first = Math.floor(Math.random() * 1e6)] = (process.env.CHAOS ?? '')
  .split(',')
  .filter(Boolean)
  .map(Number)
const MOST_TABS = 3
/** In long runs several schedules share the machine. */
const PATIENCE = process.env.CHAOS ? 6 : 1
/** No schedule is about how fast a busy machine is. */
const patient = { timeout: 120_000 }
/** Long runs are about what is kept: without pictures and time steps there are more than twice as many schedules an hour. */
const VIEW = process.env.CHAOS ? '?run=0&panels=parameters' : ''
const ACTS = ['edit', 'edit', 'edit', 'reload', 'crash', 'close', 'solver', 'full', 'update'] as const
type Act = (typeof ACTS)[number]

let browser: Browser
const table: Record<string, number>[] = []

beforeAll(async () => {
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
  if (process.env.CHAOS) console.table(table)
})

/** Files of the build, by their paths. */
const built = new Map<string, ReturnType<typeof fetched>>()

async function fetched(path: string) {
  const answer = await fetch(new URL(`.${path}`, inject('page')))
  const type = answer.headers.get('content-type') ?? ''
  return { status: answer.status, type, body: Buffer.from(await answer.arrayBuffer()) }
}

/** A site of its own, so that schedules beside each other know nothing of one another. */
class Site {
  /** The build that is deployed; a newer one differs in nothing but that. */
  deployed = 0
  private readonly server: Server

  constructor() {
    this.server = createServer(async (request, response) => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname
      if (!built.has(path)) built.set(path, fetched(path))
      const { status, type, ...kept } = await built.get(path)!
      let { body } = kept
      const changed = (from: RegExp, to: string) => Buffer.from(body.toString().replace(from, to))
      if (path === '/sw.js') body = changed(/"id":"(\w+)"/, `"id":"$1-${this.deployed}"`)
      if (type.startsWith('text/html')) body = changed(/<head>/, `<head><meta name="build" content="${this.deployed}">`)
      response.writeHead(status, { 'content-type': type }).end(body)
    })
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/`
  }

  close(): void {
    this.server.closeAllConnections()
    this.server.close()
  }
}

interface Tab {
  page: Page
  /** The last value that was typed, if any. */
  value?: number
}

const field = (page: Page) => page.getByRole('textbox', { name: 'K conductance', exact: true })

/** Conductances of all documents that are stored. */
async function stored(context: BrowserContext, address: string): Promise<number[]> {
  const page = await context.newPage()
  await page.goto(`${address}icon.svg`)
  const values = (await storedDocuments(page)).map(({ scenario }) => Number(scenario.parameters.G_K))
  await page.close()
  return values
}

/** The build that a page came from; while it reloads, none. */
const buildOf = (page: Page) =>
  page
    .locator('meta[name=build]')
    .getAttribute('content')
    .catch(() => undefined)

/** How a page stands with its service worker and what it tells, for the message of a schedule that failed. */
async function standing(): Promise<string> {
  const registration = await navigator.serviceWorker.getRegistration()
  const states = [registration?.installing, registration?.waiting, registration?.active].map((worker) => worker?.state)
  return `installing, waiting, active: ${states}; told: ${document.querySelector('.notices')?.textContent}`
}

it.concurrent.for(Array.from({ length: seeds }, (_, k) => first + k))(
  `no edit is lost (${steps} steps, seed %i)`,
  { timeout: PATIENCE * (120_000 + 30_000 * steps) },
  async (seed, { expect }) => {
    const begun = performance.now()
    const draw = random(seed)
    const site = new Site()
    const address = await site.open()
    const context = await browser.newContext({ serviceWorkers: 'allow' })
    context.setDefaultTimeout(PATIENCE * 30_000)
    const counts: Record<string, number> = { seed, open: 0, ...Object.fromEntries(ACTS.map((act) => [act, 0])) }
    const tabs: Tab[] = []
    /** Values that a document must hold: the last of every tab that was there. */
    const left: number[] = []
    const log: string[] = []
    const open = async () => {
      const page = await context.newPage()
      await page.goto(`${address}${VIEW}`)
      await field(page).waitFor()
      counts.open++
      tabs.push({ page })
    }
    /** A tab without work of its own goes on with what was left, if no other has it; on a slow machine not at once. */
    const adopt = async (tab: Tab) => {
      if (tab.value !== undefined) return
      const k = left.indexOf(Number(await field(tab.page).inputValue()))
      if (k >= 0) tab.value = left.splice(k, 1)[0]
    }
    const acts: Record<Act, (tab: Tab, k: number) => Promise<void>> = {
      async edit(tab, k) {
        await adopt(tab)
        tab.value = Number((0.1 + k / 1000).toFixed(3))
        await field(tab.page).fill(String(tab.value))
        await field(tab.page).press('Enter')
      },
      async reload({ page, value }) {
        await page.waitForTimeout(1000)
        await page.reload()
        if (value !== undefined) await expect.poll(() => field(page).inputValue(), patient).toBe(String(value))
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
        await expect
          .poll(async () => (await told()) || (await stored(context, address)).includes(tab.value ?? 0), patient)
          .toBe(true)
        await session.send('Storage.overrideQuotaForOrigin', { origin: address })
      },
      async update(tab, k) {
        const { page, value } = tab
        site.deployed++
        // A crash may have ended the first installation: then there is no old build to keep, and the network has the new.
        const kept = await page.evaluate(async () => {
          const registration = await navigator.serviceWorker.getRegistration()
          if (registration?.active) await registration.update()
          return registration?.active != null
        })
        if (!kept) return acts.reload(tab, k)
        // An offer of the update before may still stand there: it leads into that build, which then offers this one.
        // By the keyboard: on a busy machine frames are too far apart for a pointer to find what moves.
        const offer = page.getByRole('button', { name: 'Reload the page' }).first()
        const updated = async () => {
          const build = await buildOf(page)
          if (build !== String(site.deployed)) await offer.press('Enter', { timeout: 2000 }).catch(() => undefined)
          return build
        }
        await expect
          .poll(updated, patient)
          .toBe(String(site.deployed))
          .catch(async (cause) => {
            throw new Error(await page.evaluate(standing), { cause })
          })
        await field(page).waitFor()
        if (value !== undefined) await expect.poll(() => field(page).inputValue(), patient).toBe(String(value))
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
      await expect
        .poll(() => stored(context, address), { ...patient, message: log.join(', ') })
        .toEqual(expect.arrayContaining(expected))
    }
    for (const { page, value } of tabs)
      if (value !== undefined) expect(await field(page).inputValue()).toBe(String(value))
    await context.close()
    site.close()
    table.push({ ...counts, seconds: Math.round((performance.now() - begun) / 1000) })
  },
)
