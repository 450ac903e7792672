/** Cells that swell on the page: their form, their fields, what is refused. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openScenario, pull, runsTo, timeOnShow } from './browser.ts'
import { launch } from './launch.ts'

let browser: Browser
let page: Page
let errors: string[]

beforeAll(async () => {
  browser = await launch()
  ;({ page, errors } = await openScenario(browser, 'tissue-swelling'))
  await runsTo(page, 3)
})
afterAll(() => browser.close())

const low = (k: number) => page.locator('.grading').nth(k).getByRole('textbox', { name: 'Lower value' })
const high = (k: number) => page.locator('.grading').nth(k).getByRole('textbox', { name: 'Upper value' })

it('shows the space between the cells, which falls', async () => {
  await page.getByLabel('Field', { exact: true }).selectOption('theta_E')
  await page.getByText('Water follows the osmolarity').waitFor()
  await runsTo(page, 8)
})

it('says under its field what a range must hold', async () => {
  expect(await high(0).inputValue()).toBe('0.96')
  await high(0).fill('0.88')
  await high(0).press('Enter')
  await page.getByText(/the range must hold it, with room on both sides/).waitFor()
  await high(0).fill('0.96')
  await high(0).press('Enter')
})

/** Nothing keeps the scenario from going on. */
async function goesOn(): Promise<void> {
  await runsTo(page, (await timeOnShow(page)) + 0.5)
  expect(await page.locator('.field-problem').count()).toBe(0)
}

it('takes another range, which the other number follows', async () => {
  await low(0).fill('0.8')
  await low(0).press('Enter')
  await expect.poll(() => low(1).inputValue()).toBe('0.8')
  await goesOn()
  await high(1).fill('0.95')
  await high(1).press('Enter')
  await expect.poll(() => high(0).inputValue()).toBe('0.95')
  await goesOn()
})

it('keeps its numbers in proportion where a shape is dragged', async () => {
  await pull(page, 'corner', -4, 2)
  await page.mouse.up()
  await expect.poll(() => low(1).inputValue()).not.toBe('0.8')
  expect(await low(0).inputValue()).toBe('0.8')
  await goesOn()
  await page.getByRole('button', { name: 'Undo' }).first().click()
  await expect.poll(() => low(1).inputValue()).toBe('0.8')
  await goesOn()
})

it('says what a shape beyond its range needs, and takes that', async () => {
  const before = await low(0).inputValue()
  await pull(page, 'corner', -30, 30)
  await page.mouse.up()
  await page
    .getByText(/the range must hold it, with room on both sides/)
    .first()
    .waitFor()
  await low(0).fill('0.5')
  await low(0).press('Enter')
  await expect.poll(() => page.getByText(/the range must hold it/).count()).toBe(0)
  await goesOn()
  for (const _ of [0, 1]) await page.getByRole('button', { name: 'Undo' }).first().click()
  await expect.poll(() => low(0).inputValue()).toBe(before)
})

it('runs on without swelling from the start, as it proposes', async () => {
  await page.getByRole('button', { name: 'Run branch: without swelling' }).click()
  await expect.poll(() => timeOnShow(page)).toBeLessThan(3)
  await runsTo(page, 4)
})

it('keeps and frees the volume while the run goes on', async () => {
  const varies = page.locator('.graded-form')
  for (const left of [1, 0]) {
    expect(await varies.count()).toBe(0)
    await page.getByRole('button', { name: 'Keep it constant' }).first().click()
    await expect.poll(() => page.locator('.grading').count()).toBe(left)
  }
  await page.getByText('The cells keep their volume.').waitFor()
  await varies.waitFor()
  await page.getByText('The cells have the volumes of the reference cell again').first().waitFor()
  await page.getByRole('button', { name: 'Let a number follow the volume' }).click()
  await expect.poll(() => high(0).inputValue()).toBe('0.9345')
  await expect.poll(() => varies.count()).toBe(0)
  await page.getByText('Water follows the osmolarity').waitFor()
  expect(errors).toEqual([])
})
