/** A second active material on the page: its parameters where the cell has it, its field, its class. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openScenario, runsTo } from './browser.ts'
import { launch } from './launch.ts'

let browser: Browser

beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

it.each([
  ['cathode-two-materials', true],
  ['cathode-opening', false],
])('%s: its parameters are shown where the cell has its phase', async (name, shown) => {
  const { page, errors } = await openScenario(browser, name)
  await runsTo(page, 2)
  const panel = page.getByRole('region', { name: 'Parameters' })
  await panel.getByText('Active material', { exact: true }).waitFor({ state: 'attached' })
  for (const text of ['Second active material', 'Standard voltage, second material'])
    expect((await panel.getByText(text).count()) > 0, text).toBe(shown)
  if (shown) {
    const fields = await page.getByRole('combobox', { name: 'Field' }).locator('option').allTextContents()
    expect(fields.join()).toMatch(/Filling, first material.*Filling, second material/)
    await page.getByText('Particles of two materials').first().waitFor()
  }
  expect(errors).toEqual([])
  await page.close()
})
