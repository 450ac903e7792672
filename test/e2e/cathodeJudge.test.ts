/** The judge of the cathode on the page: every particle beside the homogenized line, and the error plot. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openScenario, runsTo } from './browser.ts'
import { launch } from './launch.ts'

let browser: Browser
let page: Page
let errors: string[]

beforeAll(async () => {
  browser = await launch()
  ;({ page, errors } = await openScenario(browser, 'cathode-judge'))
  await runsTo(page, 10)
})
afterAll(() => browser.close())

it('draws the line and the strip of particles', async () => {
  await expect.poll(() => page.locator('.stage-host').count()).toBe(2)
  expect(await page.getByRole('slider', { name: /Cells N/ }).getAttribute('aria-valuetext')).toMatch(/N = 8/)
})

it('fills the error plot row by row, and says what it means', async () => {
  await page.getByRole('button', { name: 'Error plot' }).click()
  await page.getByRole('combobox', { name: 'Largest N' }).selectOption('4')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.locator('.proof-words').getByText('converges to the resolved one').waitFor({ timeout: 90_000 })
  expect(errors).toEqual([])
})
