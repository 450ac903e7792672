/** Measured tables on the page: laid over the run, asked about, used as a load; and files that are something else. */
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openScenario } from './browser.ts'
import { launch } from './launch.ts'

let browser: Browser
let page: Page
let errors: string[]

beforeAll(async () => {
  browser = await launch()
  ;({ page, errors } = await openScenario(browser, 'cathode-lfp'))
})
afterAll(() => browser?.close())

const file = (name: string) => readFileSync(new URL(`../tables/cases/${name}`, import.meta.url), 'latin1')

/** @param text its characters are the bytes of the file */
const drop = (name: string, text = file(name)) =>
  page.evaluate(
    ([called, content]) => {
      const data = new DataTransfer()
      data.items.add(new File([Uint8Array.from(content!, (c) => c.charCodeAt(0))], called!))
      dispatchEvent(new DragEvent('drop', { dataTransfer: data }))
    },
    [name, text],
  )
const notices = () => page.locator('.notices').innerText()
const dialog = () => page.getByRole('dialog')
const lines = () =>
  page.evaluate(() => {
    type Drawn = { data?: { name: string; x: number[]; y: number[] }[] } | null
    const plot = document.querySelector('.chart-panel .js-plotly-plot') as unknown as Drawn
    return (plot?.data ?? []).map(({ name, x, y }) => ({ name, x: [...x], y: [...y] }))
  })
const line = async (name: string) => (await lines()).find((l) => l.name === name)

it('lays a file without doubt over the run at once, with its deviation', async () => {
  await drop('overlay-neware.csv')
  await expect.poll(notices).toMatch(/overlay-neware\.csv: 3 points\..*whole cell/s)
  await expect.poll(async () => (await line('overlay-neware'))?.y).toEqual([4.18, 4.15, 4.14])
  await expect.poll(() => page.locator('.chart-note').first().innerText()).toMatch(/overlay-neware: RMS \d+/)
  expect(await dialog().count()).toBe(0)
})

it('asks about commas, and draws what was answered', async () => {
  await drop('overlay-thousand.csv')
  await expect.poll(() => dialog().innerText()).toMatch(/"3,420" may be 3420 or 3\.420/)
  await dialog().getByRole('button', { name: 'decimal commas' }).click()
  await expect.poll(() => dialog().innerText()).toMatch(/comes to 0\.00342 V at most: check its unit/)
  await dialog().getByRole('button', { name: 'commas between thousands' }).click()
  await dialog().getByRole('button', { name: 'Lay over the run' }).click()
  await expect.poll(async () => (await line('overlay-thousand'))?.y).toEqual([3.42, 3.4, 3.39])
})

it('asks for the mass or the area of a capacity in mAh', async () => {
  await drop('overlay-mah.csv')
  await expect.poll(() => dialog().innerText()).toMatch(/The capacity is of a whole cell/)
  await expect.poll(() => dialog().getByRole('button', { name: 'Lay over the run' }).isDisabled()).toBe(true)
  const mass = dialog().getByLabel('Mass of the active material (0: not known)')
  await mass.fill('10')
  await mass.press('Enter')
  await dialog().getByRole('button', { name: 'Lay over the run' }).click()
  await expect.poll(async () => (await line('overlay-mah'))?.x[2]).toBeCloseTo(100, 9)
})

it('offers a drive cycle as the load', async () => {
  await drop('overlay-us06.csv')
  await expect.poll(() => dialog().innerText()).toMatch(/5 points of a current/)
  const area = dialog().getByLabel('Area of the electrode (0: not known)')
  await area.fill('1000')
  await area.press('Enter')
  await dialog().getByRole('button', { name: 'Use as measured current' }).click()
  await expect.poll(notices).toMatch(/the current of 5 rows is the load/)
  expect(await page.getByLabel('Set-up').inputValue()).toBe('drive-cycle')
})

it('lays a measured impedance over the computed one, in the plane and against frequency', async () => {
  await page.getByLabel('Set-up').selectOption({ index: 0 })
  const rows = Array.from({ length: 30 }, (_, k) => {
    const f = 10 ** (4 - k / 5)
    return `${f}\t${50 / (1 + (f / 10) ** 2)}\t${(50 * (f / 10)) / (1 + (f / 10) ** 2)}`
  })
  await drop(
    'eis.mpt',
    ['EC-Lab ASCII FILE', 'Nb header lines : 3', 'freq/Hz\tRe(Z)/Ohm\t-Im(Z)/Ohm', ...rows].join('\r\n'),
  )
  await expect.poll(() => dialog().innerText()).toMatch(/The impedance is of a whole cell: the area/)
  const area = dialog().getByLabel('Area of the electrode (0: not known)')
  await area.fill('1.5')
  await area.press('Enter')
  await dialog().getByRole('button', { name: 'Lay over the impedance' }).click()
  const legend = () => page.locator('.chart-panel .plot-legend').allInnerTexts()
  await expect.poll(async () => (await legend()).join()).toMatch(/eis/)
  await page.getByLabel('Curve', { exact: true }).first().selectOption('bode')
  await expect
    .poll(async () => (await page.locator('.chart-note').allInnerTexts()).join())
    .toMatch(/eis: RMS .*% in \|Z\|/)
})

it('names files that are something else, and changes nothing', async () => {
  for (const [name, text, words] of [
    ['cell.csv', `PK\x03\x04${'\0'.repeat(26)}xl/workbook.xml`, /cell\.csv was not opened: it is an Excel workbook/],
    ['fields.vti', '<?xml version="1.0"?><VTKFile type="ImageData">', /VTK data/],
    ['foreign-bpx.json', undefined, /it is parameters of a battery in the BPX format/],
    ['bad.csv', 'a;b\nc;d\n', /bad\.csv was not opened: got no rows of numbers/],
  ] as const) {
    await drop(name, text)
    await expect.poll(notices).toMatch(words)
  }
  expect(errors).toEqual([])
})
