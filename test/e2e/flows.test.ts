/** Flows on the page: chosen like a field, drawn with lines, read at probes, and written by their components. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { PlotElement } from '../../src/app/kit/LineChart.tsx'
import { openScenario, runsTo } from './browser.ts'
import { launch } from './launch.ts'
import { fromMenu, saved } from './saving.ts'

let browser: Browser
let page: Page
let errors: string[]
beforeAll(async () => {
  browser = await launch()
  ;({ page, errors } = await openScenario(browser, 'porous-sheet'))
})
afterAll(() => browser.close())

const field = () => page.getByRole('combobox', { name: 'Field', exact: true })

it('offers flows behind the fields, and draws lines along the one on show', async () => {
  await runsTo(page, 0.2)
  await page.keyboard.press('Space')
  const names = await field().locator('option').allTextContents()
  expect(names.slice(0, 3).every((name) => /^\d {2}/.test(name))).toBe(true)
  expect(names.join()).toMatch(/Flow of ion 1 \(\+\).*Current density of the ions.*Electrochemical potential/)
  /** Bright pixels of what lies over the picture: only lines along a flow are white. */
  const bright = () =>
    page.evaluate(() => {
      const overlay = [...document.querySelectorAll<HTMLCanvasElement>('.stage-canvas')].at(-1)
      const data = overlay?.getContext('2d')?.getImageData(0, 0, overlay.width, overlay.height).data ?? []
      let count = 0
      for (let k = 0; k < data.length; k += 4)
        if (data[k] > 240 && data[k + 1] > 240 && data[k + 2] > 240 && data[k + 3] > 120) count++
      return count
    })
  const without = await bright()
  await field().selectOption('flow_1')
  await expect.poll(bright).toBeGreaterThan(without + 500)
  await field().selectOption('mu_1')
  await expect.poll(bright).toBeLessThan(without + 100)
})

it('charts a flow over time at the probe', async () => {
  await field().selectOption('current')
  const title = () =>
    page.evaluate(() =>
      [...document.querySelectorAll<PlotElement>('.plot')].map((plot) => plot.chart?.y.title).join('; '),
    )
  await expect.poll(title).toContain('Current density of the ions (A/m²)')
})

it('writes a flow by its components, and its length alone', async () => {
  await fromMenu(page, 'File and export', 'Record and export…')
  const as = async (format: string) => {
    await page.getByLabel('Format', { exact: true }).selectOption(format)
    return saved(page, () => page.getByRole('button', { name: 'Save the fields', exact: true }).click())
  }
  const csv = (await as('csv')).bytes.toString()
  expect(csv).toMatch(/"current_x \[A\/m²\]","current_y \[A\/m²\]"/)
  expect((await as('npy')).name).toMatch(/-current\.npy$/)
  expect(errors).toEqual([])
})
