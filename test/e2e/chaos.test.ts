/**
 * Random schedules of tabs, edits, reloads, kills of pages and of solvers: whatever happens, no edit that is older than a
 * second is lost. `CHAOS=STEPS,SEED npx vitest run --project e2e test/e2e/chaos.test.ts` for a longer run or the same again.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { random } from '../fuzz/inputs.ts'
import { launch } from './launch.ts'

const [steps = 16, seed = Math.floor(Math.random() * 1e6)] = (process.env.CHAOS ?? '')
  .split(',')
  .filter(Boolean)
  .map(Number)
const MOST_TABS = 3

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())

interface Tab {
  page: Page
  /** The last value that was typed, if any. */
  value?: number
}

const field = (page: Page) => page.getByRole('textbox', { name: 'K conductance', exact: true })

/** Conductances of all documents that are stored. */
async function stored(context: BrowserContext): Promise<number[]> {
  const page = await context.newPage()
  await page.goto(`${inject('page')}icon.svg`)
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

it(
  `no edit is lost (${steps} steps, seed ${seed})`,
  async () => {
    const draw = random(seed)
    const context = await browser.newContext({ serviceWorkers: 'block' })
    const tabs: Tab[] = []
    /** Values that a document must hold: the last of every tab that was there. */
    const left: number[] = []
    const log: string[] = []
    const open = async () => {
      const page = await context.newPage()
      await page.goto(inject('page'))
      await field(page).waitFor()
      const shown = Number(await field(page).inputValue())
      // A new tab goes on with what was left, if no other has it.
      const k = left.indexOf(shown)
      tabs.push({ page, value: k >= 0 ? left.splice(k, 1)[0] : undefined })
    }
    const acts: Record<string, (tab: Tab, k: number) => Promise<void>> = {
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
        await page.workers()[0]?.evaluate(() => self.close())
      },
    }
    await open()
    for (let k = 0; k < steps; k++) {
      if (tabs.length === 0 || (tabs.length < MOST_TABS && draw() < 0.2)) {
        log.push('open')
        await open()
      }
      const tab = tabs[Math.floor(draw() * tabs.length)]
      const name = ['edit', 'edit', 'edit', 'reload', 'crash', 'close', 'solver'][Math.floor(draw() * 7)]
      log.push(`${name} ${tab.value ?? ''}`)
      await acts[name](tab, k)
      const expected = [...left, ...tabs.flatMap(({ value }) => value ?? [])]
      await expect.poll(() => stored(context), { message: log.join(', ') }).toEqual(expect.arrayContaining(expected))
    }
    for (const { page, value } of tabs)
      if (value !== undefined) expect(await field(page).inputValue()).toBe(String(value))
    await context.close()
  },
  60_000 + 20_000 * steps,
)
