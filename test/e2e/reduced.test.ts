/** A set-up without sizes of its own, as people read it. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openScenario, runsTo } from './browser.ts'
import { launch } from './launch.ts'

let browser: Browser
let page: Page
let errors: string[]

beforeAll(async () => {
  browser = await launch()
  ;({ page, errors } = await openScenario(browser, 'porous-charged-membrane'))
})
afterAll(() => browser.close())

it('counts time in L²/D and measures in L, c₀ and RT/F', async () => {
  await runsTo(page, 0.02)
  expect(await page.locator('.time-text').textContent()).toMatch(/of 1 L²\/D₁/)
  expect(await page.locator('.colour-bar').innerText()).toContain('c₀')
  await page.keyboard.press('3')
  await expect.poll(() => page.locator('.colour-bar').innerText()).toContain('RT/F')
  const picture = (await page.locator('.stage-host').first().boundingBox())!
  await page.mouse.move(picture.x + picture.width / 2, picture.y + picture.height / 3)
  await expect.poll(() => page.locator('.hover-value').textContent()).toMatch(/ RT\/F$/)
})

it('has charts in the same units', async () => {
  // What a chart is called names both axes.
  const titles = () =>
    page.locator('.chart-panel .plot').evaluateAll((plots) => plots.map((p) => p.getAttribute('aria-label')).join())
  await page.getByLabel('Shown here').first().selectOption('curve')
  await expect.poll(titles).toContain('voltage, left minus right (RT/F)')
  expect(await titles()).toContain('current density (F D₁c₀/L)')

  await page.getByLabel('Shown here').first().selectOption('probes')
  await expect.poll(titles).toContain('time (L²/D₁)')
})

it('has fields of the form in them, and takes what is typed in them', async () => {
  const voltage = page.getByRole('textbox', { name: 'Voltage, left minus right', exact: true })
  expect(await voltage.inputValue()).toBe('2')
  await voltage.fill('3')
  await voltage.press('Enter')
  const slider = page.getByRole('slider', { name: 'Voltage, left minus right, slider' })
  await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('3 RT/F')
})

it('leaves no size of a laboratory on the page', async () => {
  const words = await page.locator('main').innerText()
  expect(words).not.toMatch(/\b(mV|mM|A\/m²|mol\/\(m² s\)|µm²\/s)(?!\w)/)
  expect(errors).toEqual([])
})
