/** What becomes of the page when its worker dies, hangs, or never comes. */
import type { Browser, Page, Worker } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { openPage, openScenario, runsTo, timeOnShow } from './browser.ts'
import { launch } from './launch.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())

const notices = (page: Page) => page.locator('.notices').innerText()

const HARMS = {
  'closes itself': (worker: Worker) => worker.evaluate(() => self.close()),
  'hangs in a loop': (worker: Worker) => void worker.evaluate('for(;;);').catch(() => undefined),
  'throws outside of a run': (worker: Worker) =>
    worker.evaluate('setTimeout(() => { throw new Error("out of luck") })'),
}

describe('a solver that stops', () => {
  it.each(Object.keys(HARMS) as (keyof typeof HARMS)[])(
    'and %s is replaced, and the run goes on by itself',
    async (how) => {
      const { page, errors } = await openScenario(browser, 'tissue-b1-pulse')
      await page.waitForFunction(() => document.querySelector('.time-text')?.textContent?.startsWith('0') === false)
      await HARMS[how](page.workers()[0])
      await expect.poll(() => notices(page), { timeout: 30_000 }).toMatch(/was replaced\. The run goes on from/)
      const then = await timeOnShow(page)
      await runsTo(page, then * 1.2)
      expect(errors).toEqual([])
      await page.context().close()
    },
  )

  it('three times without a frame is an end with a name; Run tries again', async () => {
    const { page } = await openPage(browser)
    await runsTo(page, 0.001)
    await page.keyboard.press('Space')
    for (let k = 0; k < 3; k++) {
      await expect.poll(() => page.workers().length).toBe(1)
      const [worker] = page.workers()
      // Its replacement may come before anyone counts none.
      const gone = worker.waitForEvent('close')
      await worker.evaluate('setTimeout(() => { throw new Error("again") })')
      await gone
    }
    await expect.poll(() => notices(page)).toMatch(/stopped 3 times within a minute/)
    const then = await timeOnShow(page)
    await page.keyboard.press('Space')
    await page.waitForFunction(
      (t) => Number.parseFloat(document.querySelector('.time-text')?.textContent ?? '0') > t,
      then,
    )
    await page.context().close()
  })
})

describe('a solver that cannot come', () => {
  it('because its file is gone: three tries, then a sentence, and the page can be used', async () => {
    const context = await browser.newContext({ serviceWorkers: 'block' })
    const page = await context.newPage()
    let asked = 0
    await page.route('**/assets/entry-*.js', (route) => {
      asked++
      return route.fulfill({ status: 404, body: '' })
    })
    await page.goto(inject('page'))
    await expect
      .poll(() => notices(page), { timeout: 30_000 })
      .toMatch(/solver cannot be started.*[\s\S]*reload the page/)
    await page.waitForTimeout(3000)
    expect(asked).toBeLessThanOrEqual(3)
    expect(await page.getByRole('button', { name: /scenario/i }).count()).toBeGreaterThan(0)
    await context.close()
  })

  it('because a policy refuses it: a sentence instead of a white page', async () => {
    const context = await browser.newContext({ serviceWorkers: 'block' })
    const page = await context.newPage()
    await page.addInitScript(() => {
      window.Worker = class {
        constructor() {
          throw new DOMException('access to the script is denied', 'SecurityError')
        }
      } as unknown as typeof Worker
    })
    await page.goto(inject('page'))
    await expect
      .poll(() => notices(page), { timeout: 30_000 })
      .toMatch(/solver cannot be started \(access to the script is denied\)/)
    await context.close()
  })
})
