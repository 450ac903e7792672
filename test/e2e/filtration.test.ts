/** A cell of its own for what is pumped, on the page: given, dragged, undone, taken away. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openScenario, pull, tensor } from './browser.ts'
import { launch } from './launch.ts'

let browser: Browser
let page: Page
let errors: string[]

beforeAll(async () => {
  browser = await launch()
  ;({ page, errors } = await openScenario(browser, 'cathode-across'))
  await page.getByTestId('tensor-flow-electrolyte').waitFor()
})
afterAll(() => browser.close())

const K = () => tensor(page, 'flow-electrolyte')
const heading = () => page.locator('.cell-panel h2').textContent()

it('begins as the reference cell and lies in the editor', async () => {
  const first = await K()
  await page.getByText('Cell of the flow', { exact: true }).click()
  await page.getByRole('button', { name: 'Give the flow a cell of its own' }).click()
  await expect.poll(heading).toBe('Cell of the flow')
  await expect.poll(() => page.getByTestId('tensor-electrolyte').count()).toBe(0)
  expect(await K()).toBe(first)
})

it('has a permeability of its own once a particle is dragged', async () => {
  const before = await K()
  await pull(page, 'minor', 8, 14)
  await page.mouse.up()
  await expect.poll(K).not.toBe(before)
  const after = await K()
  await page.getByRole('button', { name: 'Reference cell' }).click()
  await expect.poll(heading).toBe('Reference cell')
  expect(await K()).toBe(before)
  await page.getByRole('button', { name: 'Cell of the flow', exact: true }).click()
  await expect.poll(K).toBe(after)
})

it('says what a period must be, and goes away with one press, and with undo', async () => {
  const period = page.locator('.shape-form').getByRole('textbox', { name: 'Period', exact: true })
  await period.fill('-1')
  await period.press('Enter')
  await page.locator('.shape-form .field-problem').waitFor()
  await period.fill('400')
  await period.press('Enter')
  await page.getByRole('button', { name: 'Remove the cell of the flow' }).click()
  await expect.poll(heading).toBe('Reference cell')
  await page.keyboard.press('Control+z')
  await page.getByRole('button', { name: 'Remove the cell of the flow' }).waitFor()
  expect(errors).toEqual([])
})
