/** Kinds of particles on the page: a field for each, and every piece under the microscope with its own. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openScenario, runsTo } from './browser.ts'
import { launch } from './launch.ts'

let browser: Browser
let page: Page
let errors: string[]

beforeAll(async () => {
  browser = await launch()
  ;({ page, errors } = await openScenario(browser, 'cathode-bimodal'))
  await runsTo(page, 5)
})
afterAll(() => browser.close())

const field = () => page.getByRole('combobox', { name: 'Field' })

it('has a field for each, and the class says that there are several', async () => {
  const names = await field().locator('option').allTextContents()
  expect(names).toEqual(expect.arrayContaining(['2  Filling, particles 1', '8  Filling, particles 2']))
  await page.getByText('Particles of several kinds').first().waitFor()
})

it('the microscope shows how far the small ones are ahead', async () => {
  await field().selectOption({ label: '8  Filling, particles 2' })
  await page
    .getByRole('button', { name: /Microscope/ })
    .first()
    .click()
  const lens = page.locator('.lens')
  await expect
    .poll(async () => Number(/varies by (0\.\d+)/.exec(await lens.innerText())?.[1] ?? 0))
    .toBeGreaterThan(0.05)
  expect(errors).toEqual([])
})
