/** Atlases on the page: from the menu to a chart, and from a point of it to the laboratory. */
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { PlotElement } from '../../src/app/kit/LineChart.tsx'
import { linesOf } from '../../src/atlases/atlas.ts'
import { openPage } from './browser.ts'
import { launch } from './launch.ts'

let browser: Browser
let page: Page
let errors: string[]
beforeAll(async () => {
  browser = await launch()
  ;({ page, errors } = await openPage(browser))
})
afterAll(() => browser.close())

/** Names of the lines on show, and where they begin. */
const shown = () =>
  page.evaluate(() =>
    document
      .querySelector<PlotElement>('.atlases .plot')
      ?.chart?.lines.map(({ name, x, y }): [string, number, number] => [name, x[0], y[0]]),
  )

it('draws what the file holds, one atlas at a time', async () => {
  await page.getByRole('button', { name: 'File and export' }).click()
  await page.getByRole('menuitem', { name: 'Atlases…' }).click()
  const necks = page.getByRole('button', { name: 'From isolated cells to a syncytium' })
  await necks.click()
  await expect.poll(() => necks.getAttribute('aria-pressed')).toBe('true')
  const atlas = JSON.parse(readFileSync(new URL('../../src/atlases/tissue-necks.json', import.meta.url), 'utf8'))
  const expected = linesOf(atlas).map(({ name, x, y }) => [name, x[0], y[0]])
  await expect.poll(shown).toEqual(expected)
})

it('draws a map, takes its points, and tells its numbers in a table', async () => {
  await page.getByRole('button', { name: 'Which cells let a wave pass' }).click()
  const map = page.locator('.atlas-map')
  await map.locator('.heatmaplayer image').waitFor()
  const dose = page.getByRole('combobox', { name: 'KCl injected (mM)' })
  const before = await dose.inputValue()
  const box = await map.locator('.nsewdrag').boundingBox()
  if (!box) throw new Error('the map has no place')
  await page.mouse.click(box.x + box.width - 10, box.y + 10)
  await expect.poll(() => dose.inputValue()).not.toBe(before)
  await expect.poll(() => dose.locator('option:checked').textContent()).toBe('32')
  await page.getByText('As a table').click()
  await expect.poll(() => page.locator('.atlas-table tbody tr').count()).toBe(9)
})

it('opens the scenario of a point', async () => {
  await page.getByRole('button', { name: 'Which closure may be trusted for which obstacle' }).click()
  await page.getByRole('combobox', { name: 'radius of the obstacle over the period' }).selectOption('0.2')
  await page.getByRole('button', { name: 'Open in the laboratory' }).click()
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  await expect
    .poll(() => page.locator('.preset').textContent())
    .toMatch(/Error against the period, for every closure: 0\.2$/)
  expect(errors).toEqual([])
})
