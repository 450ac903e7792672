/** Measured tables on the page: laid over the run, asked about, used as a load; and files that are something else. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { PlotElement } from '../../src/app/kit/LineChart.tsx'
import { openScenario } from './browser.ts'
import { launch } from './launch.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let page: Page
let errors: string[]

beforeAll(async () => {
  browser = await launch()
  ;({ page, errors } = await openScenario(browser, 'cathode-lfp'))
  // What fades in has too little contrast on its way.
  await page.emulateMedia({ reducedMotion: 'reduce' })
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
const dialog = () => page.getByRole('dialog', { name: /^Columns of/ })
const lines = () =>
  page.evaluate(() => {
    const plot = document.querySelector<PlotElement>('.chart-panel .plot')
    return (plot?.chart?.lines ?? []).map(({ name, x, y }) => ({ name, x: [...x], y: [...y] }))
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

it('chooses the columns of a file that the field of the load cannot read', async () => {
  const field = page.getByLabel('Table from a file')
  const open = (name: string, text: string) =>
    field.setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text, 'latin1') })
  await open('record.txt', 'Test (Sec),Amps,Volts\n0,0,3.4\n60,-0.01,3.39\n60,-0.01,3.38\n120,-0.01,3.37\n')
  await page.getByRole('button', { name: 'Choose its columns…' }).click()
  await expect.poll(() => dialog().innerText()).toMatch(/Line 4 repeats the time of the row before/)
  const area = dialog().getByLabel('Area of the electrode (0: not known)')
  await area.fill('100')
  await area.press('Enter')
  await dialog().getByRole('button', { name: 'Use as measured current' }).click()
  await expect
    .poll(() => page.getByLabel('Table', { exact: true }).inputValue())
    .toBe('time [s],current [A/m2]\n0,0\n60,1\n120,1')
  // Its voltage is what the run is held against.
  await expect.poll(async () => (await line('record'))?.y).toEqual([3.4, 3.39, 3.38, 3.37])
  await open('sheet.csv', `PK\x03\x04${'\0'.repeat(26)}xl/workbook.xml`)
  await expect.poll(notices).toMatch(/sheet\.csv was not opened: it is an Excel workbook/)
  expect(await page.getByLabel('Table', { exact: true }).inputValue()).toMatch(/^time \[s\],current \[A\/m2\]/)
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

it('reads a million rows while the page goes on, and says how they are drawn', async () => {
  const longest = page.evaluate(async () => {
    const rows = ['time [s],voltage [V]']
    for (let k = 0; k < 1_000_000; k++) rows.push(`${k},${(3.4 + 0.01 * Math.sin(k / 1e5)).toFixed(4)}`)
    const data = new DataTransfer()
    data.items.add(new File([rows.join('\n')], 'long.csv'))
    let [longest, before] = [0, performance.now()]
    dispatchEvent(new DragEvent('drop', { dataTransfer: data }))
    const until = before + 30_000
    while (performance.now() < until && !document.querySelector('.notices')?.textContent?.includes('long.csv')) {
      await new Promise(requestAnimationFrame)
      const now = performance.now()
      longest = Math.max(longest, now - before)
      before = now
    }
    return longest
  })
  // The solver and the drawing of a run go on beside it.
  expect(await longest).toBeLessThan(700)
  await expect.poll(notices).toMatch(/long\.csv: 1000000 points\./)
  await expect.poll(async () => (await page.locator('.chart-note').allInnerTexts()).join()).toMatch(/long: RMS/)
})

it('keeps the notes of a curve, and opens its columns again', async () => {
  await page.getByRole('button', { name: /^Curves/ }).click()
  await page.getByRole('button', { name: 'Columns of long' }).click()
  await expect
    .poll(() => dialog().innerText())
    .toMatch(/1000000 points are drawn as \d{4}: of every run of rows the first, the/)
  await page.evaluate(axe)
  const { violations } = (await page.evaluate('axe.run("[role=dialog]")')) as {
    violations: { id: string; impact: string | null }[]
  }
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([])
  await page.keyboard.press('Escape')
  await dialog().waitFor({ state: 'hidden' })
})

it('fits a phone: only the table scrolls sideways', async () => {
  await page.setViewportSize({ width: 390, height: 844 })
  await drop('overlay-nasa.csv')
  await expect.poll(() => dialog().innerText()).toMatch(/"Time" has no unit: s is assumed/)
  const wide = await dialog().evaluate((box) =>
    [...box.querySelectorAll('.table-dialog > *, .table-dialog button')]
      .filter((e) => e.getBoundingClientRect().right > box.getBoundingClientRect().right)
      .map((e) => e.className),
  )
  expect(wide).toEqual([])
  await page.keyboard.press('Escape')
  await dialog().waitFor({ state: 'hidden' })
  await page.setViewportSize({ width: 1280, height: 720 })
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
