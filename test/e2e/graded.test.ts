/** Cells that vary along the box on the page: the form, the strip, the microscope, the resolved cells, what is refused. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openScenario, runsTo } from './browser.ts'
import { launch } from './launch.ts'

let browser: Browser
let page: Page
let errors: string[]

beforeAll(async () => {
  browser = await launch()
  ;({ page, errors } = await openScenario(browser, 'tissue-oedema'))
  await runsTo(page, 2)
})
afterAll(() => browser.close())

const form = () => page.locator('.graded-form')
const value = (place: number) => form().locator('.grading-place').nth(place).getByRole('textbox', { name: 'Value' })

it('shows the cell at five places, and its values', async () => {
  await expect.poll(() => form().locator('.thumbnail').count()).toBe(5)
  expect(await value(2).inputValue()).toBe('0.475')
  await page.getByText('The cell varies slowly along x').waitFor()
})

it('takes another value into the run', async () => {
  await value(2).fill('0.44')
  await value(2).press('Enter')
  await runsTo(page, 4)
})

it('the microscope looks into the cell of its place', async () => {
  await page
    .getByRole('button', { name: /Microscope/ })
    .first()
    .click()
  const lens = page.locator('.lens')
  const dark = () => lens.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())
  await lens.waitFor()
  const middle = await dark()
  for (let k = 0; k < 20; k++) await page.keyboard.press('ArrowRight')
  await expect.poll(dark).not.toBe(middle)
  await page.keyboard.press('Escape')
})

it('says where cells would close the space between them, and goes back', async () => {
  await value(2).fill('0.55')
  await value(2).press('Enter')
  const problem = page.getByText(/is cut off along x/).last()
  await problem.waitFor()
  expect(await problem.innerText()).toMatch(/radius = 0\.49\d* \(at 0\.4\d* of the length\)/)
  await page.getByRole('button', { name: 'Undo the last change' }).click()
  await expect.poll(() => value(2).inputValue()).toBe('0.44')
})

it('refuses a place out of order under its field, and keeps the last one', async () => {
  const place = form().locator('.grading-place').nth(1).getByRole('textbox', { name: 'Place 2' })
  await place.fill('0.9')
  await form()
    .getByText(/places ascend/)
    .waitFor()
  await place.fill('0.3')
  await place.press('Enter')
})

it('its values can be drawn, in one step for undo, and moved by key', async () => {
  const sketch = form().locator('.grading-sketch')
  await sketch.scrollIntoViewIfNeeded()
  const before = await form().locator('.grading-place').count()
  const box = (await sketch.boundingBox())!
  const point = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const
  await page.mouse.move(...point(0.4, 0.6))
  await page.mouse.down()
  for (let k = 1; k <= 6; k++) await page.mouse.move(...point(0.4 + 0.05 * k, 0.6 - 0.05 * k))
  await page.mouse.up()
  const sliders = sketch.getByRole('slider')
  await expect.poll(() => sliders.count()).toBeGreaterThan(before)
  // A long list folds.
  await expect
    .poll(() => form().locator('.grading-values').getAttribute('open'))
    .toBe((await sliders.count()) > 5 ? null : '')
  const told = () => sliders.first().getAttribute('aria-valuenow')
  const value0 = Number(await told())
  await sliders.first().press('ArrowDown')
  await expect.poll(async () => Number(await told())).toBeLessThan(value0)
  for (let k = 0; k < 2; k++) await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect.poll(() => sliders.count()).toBe(before)
})

it('a number can be kept constant again, and varied anew', async () => {
  await form().getByRole('button', { name: 'Keep it constant' }).click()
  await form().getByText('The cell is the same everywhere.').waitFor()
  await form().getByRole('button', { name: 'Let a number vary along x' }).click()
  await expect.poll(() => form().locator('.grading-place').count()).toBe(2)
  expect(await value(0).inputValue()).toBe('0.4')
  expect(errors).toEqual([])
})
