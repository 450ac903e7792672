/** The few words the browser tests speak. */
import { readFileSync } from 'node:fs'
import { deflateRawSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { inject } from 'vitest'
import type { Scenario } from '../../src/simulation/scenario.ts'

interface PageOptions {
  /** What follows the address of the page: search and hash. */
  path?: string
  colorScheme?: 'light' | 'dark'
  width?: number
  height?: number
  /** What shows that the page is there; the picture alone has no time slider. */
  ready?: string
}

/** A page in a profile of its own, with its errors collected. */
export async function openPage(browser: Browser, options: PageOptions = {}): Promise<{ page: Page; errors: string[] }> {
  const { path = '', colorScheme = 'light', width = 1280, height = 720, ready = '.time-text' } = options
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, serviceWorkers: 'block' })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  await page.goto(inject('page') + path)
  await page.locator(ready).first().waitFor()
  return { page, errors }
}

/** A page that opens with a built-in scenario. */
export function openScenario(browser: Browser, name: string): ReturnType<typeof openPage> {
  const file = new URL(`../../src/scenarios/${name}.json`, import.meta.url)
  const code = deflateRawSync(JSON.stringify(JSON.parse(readFileSync(file, 'utf8')))).toString('base64url')
  return openPage(browser, { path: `#s=${code}` })
}

/** A document as it is stored, as far as tests look at it. */
export interface Stored {
  scenario: Scenario
  view?: { probes?: unknown[] }
}

/** All documents that the browser of a page has stored. */
export const storedDocuments = (page: Page): Promise<Stored[]> =>
  page.evaluate(async () => {
    // Opening one that is not there would make it.
    if (!(await indexedDB.databases()).some(({ name }) => name === 'twoscale')) return []
    return new Promise((resolve) => {
      const request = indexedDB.open('twoscale')
      request.onsuccess = () => {
        const all = request.result.transaction('documents').objectStore('documents').getAll()
        all.onsuccess = () => {
          request.result.close()
          resolve(all.result)
        }
      }
    })
  })

/** Time on show, as the page writes it. */
export async function timeOnShow(page: Page): Promise<number> {
  const text = await page.locator('.time-text').textContent()
  return Number.parseFloat((text ?? '').replace('−', '-'))
}

/** Waits until the run has come to a time. */
export async function runsTo(page: Page, time: number): Promise<void> {
  await page.waitForFunction(
    (t) => Number.parseFloat(document.querySelector('.time-text')?.textContent ?? '0') >= t,
    time,
    { timeout: 60_000 },
  )
}

/** First entry of the effective tensor on show. */
export async function tensor(page: Page, phase = 'extracellular'): Promise<number> {
  const text = await page.getByTestId(`tensor-${phase}`).locator('td').first().textContent()
  return Number((text ?? '').replace('−', '-'))
}

export function handle(page: Page, name: string, shape = 0) {
  return page.locator(`.handle[data-shape="${shape}"][data-handle="${name}"]`)
}

/** Presses a handle of the cell editor and moves it by some pixels; let go with `page.mouse.up()`. */
export async function pull(page: Page, name: string, dx: number, dy: number, steps = 8): Promise<void> {
  const box = (await handle(page, name).boundingBox())!
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + dx, y + dy, { steps })
}
