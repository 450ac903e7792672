/** A battery on the page: its discharge, what changes it, measured curves and rates beside it. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { PlotElement } from '../../src/app/kit/LineChart.tsx'
import { openScenario } from './browser.ts'
import { launch } from './launch.ts'

let browser: Browser
let page: Page
let errors: string[]

// One page for all: opening it is most of the time it takes.
beforeAll(async () => {
  browser = await launch()
  ;({ page, errors } = await openScenario(browser, 'cathode-tis2'))
  await page.getByLabel('Speed').selectOption('Infinity')
})
afterAll(() => browser.close())

const legend = () => page.locator('.chart-panel .plot-legend').first().innerText()

/** The lines of the first chart as they are drawn. */
function lines(): Promise<{ name: string; x: number[]; y: number[] }[]> {
  return page.evaluate(() => {
    const plot = document.querySelector<PlotElement>('.chart-panel .plot')
    return (plot?.chart?.lines ?? []).map(({ name, x, y }) => ({ name, x: [...x], y: [...y] }))
  })
}

const ended = () => page.locator('.time-text .badge', { hasText: 'end' }).waitFor()

it('discharges to its cut-off, and says how it ended', async () => {
  await ended()
  await expect.poll(async () => (await lines())[0]?.y.at(-1)).toBeCloseTo(1.7, 3)
  const [run] = await lines()
  // 0.300 of 54.4 Ah/m².
  expect(run!.x.at(-1)! / 54.41).toBeCloseTo(0.3, 2)
  expect(await page.locator('.step-text').innerText()).toBe('Discharge at 10 A/m² ended at the lower cut-off of 1.7 V')
  expect(await page.getByRole('button', { name: 'Run again' }).count()).toBe(1)
})

it('runs again with another current, and the curve from before stays', async () => {
  const current = page.getByLabel('Current density', { exact: true })
  await current.fill('20')
  await current.press('Enter')
  await expect.poll(legend).toMatch(/20 A\/m²[\s\S]*10 A\/m²/)
  await ended()
  await expect.poll(async () => (await lines())[0].x.at(-1)! / 54.41).toBeCloseTo(0.127, 2)
  await page.getByLabel('Drawn', { exact: true }).selectOption('dqdv')
  await expect.poll(async () => Math.min(...(await lines())[0].y)).toBeLessThan(-5)
  await page.getByLabel('Drawn', { exact: true }).selectOption('specific')
})

it('lays a measured curve over it and tells what it repaired', async () => {
  const drop = (name: string, text: string) =>
    page.evaluate(
      ([file, content]) => {
        const data = new DataTransfer()
        data.items.add(new File([content!], file!))
        dispatchEvent(new DragEvent('drop', { dataTransfer: data }))
      },
      [name, text],
    )
  await drop('cell.csv', 'capacity [mAh/g];voltage [V]\n0,0;2,50\n10,5;2,45\n21,0;2,40\n')
  await expect.poll(() => page.locator('.notices').innerText()).toMatch(/cell\.csv: 3 points\. Decimal commas/)
  await expect.poll(async () => (await lines()).find((l) => l.name === 'cell')?.y).toEqual([2.5, 2.45, 2.4])
  await drop('unknown.csv', 'a;b\n1;2\n2;3\n')
  await expect.poll(() => page.getByRole('dialog').innerText()).toMatch(/Say which columns are a voltage/)
  await page.keyboard.press('Escape')
})

it('computes a family of rates, and says what came of each', async () => {
  await page.getByRole('button', { name: /^Rates/ }).click()
  const field = page.getByRole('textbox', { name: /^Rates/ })
  await field.fill('fast')
  await expect.poll(() => page.getByRole('alert').innerText()).toMatch(/got "fast"; allowed are C-rates/)
  await field.fill('5 A/m2, 20, C/2')
  await page.getByRole('button', { name: 'Compute', exact: true }).click()
  const row = (k: number) => page.locator('.rate-table tbody tr').nth(k).locator('th, td').allInnerTexts()
  await expect.poll(() => row(2).then((cells) => cells.length)).toBe(4)
  await expect.poll(() => row(0).then((cells) => cells[1])).toMatch(/^0\.609/)
  await expect
    .poll(() => row(1))
    .toEqual(['20 A/m²', expect.stringMatching(/^0\.127/), expect.anything(), 'lower cut-off'])
  await page.keyboard.press('Escape')
  await expect.poll(legend).toMatch(/5 A\/m²[\s\S]*C\/2/)
})

it('shows what its fields leave out, the fillings and the effective parameters', async () => {
  await page.getByLabel('Field', { exact: true }).selectOption('y')
  await page.getByLabel('Shown here').first().selectOption('fillings')
  await expect.poll(async () => (await lines())[0]?.y.reduce((a, b) => a + b, 0)).toBeCloseTo(100, 6)
  await page.getByRole('button', { name: 'Effective parameters' }).click()
  await expect.poll(() => page.locator('.comparison-table tbody tr:not(.row-note)').count()).toBe(9)
  // All columns are there without scrolling sideways.
  const table = page.locator('.comparison-table')
  expect(await table.evaluate((e) => e.scrollWidth - e.clientWidth)).toBe(0)
  await page.getByRole('button', { name: /^\d+ notes?$/ }).click()
  await expect.poll(() => page.locator('.model-notes').innerText()).toMatch(/isolated/)
  await page.keyboard.press('Escape')
  expect(errors).toEqual([])
})
