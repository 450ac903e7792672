/** The link of every numbered example opens its scenario in the page, without a complaint. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { examples } from '../../examples/all.ts'
import { encodeScenario } from '../../src/simulation/link.ts'
import { openPage } from './browser.ts'
import { launch } from './launch.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

it.each(examples.map((example) => [example.title, example.scenario] as const))('%s', async (_, scenario) => {
  const { page, errors } = await openPage(browser, { path: `#s=${await encodeScenario(scenario)}` })
  await expect.poll(() => page.locator('.preset-title').textContent()).toBe(scenario.title)
  expect(await page.locator('.notice.error').allInnerTexts()).toEqual([])
  expect(errors).toEqual([])
  await page.context().close()
})
