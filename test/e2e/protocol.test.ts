/** A protocol on the page: what cannot be read is said, and what its steps did. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openScenario } from './browser.ts'
import { launch } from './launch.ts'
import { saved } from './saving.ts'

let browser: Browser
let page: Page
let errors: string[]

beforeAll(async () => {
  browser = await launch()
  ;({ page, errors } = await openScenario(browser, 'cathode-lfp'))
  await page.getByLabel('Speed').selectOption('Infinity')
})
afterAll(() => browser.close())

const write = async (text: string) => {
  const field = page.getByLabel('Steps', { exact: true })
  await field.fill(text)
  await field.press('Control+Enter')
}

/** From the start to the end: a run at full speed may have ended before what was changed last. */
const runAnew = async () => {
  const end = page.locator('.time-text .badge', { hasText: 'end' })
  await page.getByRole('button', { name: 'Reset', exact: true }).click()
  await end.waitFor({ state: 'detached' })
  const run = page.getByRole('button', { name: 'Run', exact: true })
  if (await run.isVisible()) await run.click()
  await end.waitFor({ timeout: 60_000 })
}

it('says which step cannot be read, and why, at once', async () => {
  await page.getByLabel('Set-up').selectOption('steps')
  await page.getByLabel('Steps', { exact: true }).fill('rest 1 h\ndischarge at 1C until C/20')
  await expect
    .poll(() => page.locator('.text-parameter [role=alert]').innerText())
    .toMatch(/^step 2: got "discharge at 1C until C\/20"; the current is held and never comes to "C\/20"/)
})

it('asks for the area of the electrode where a step is for a whole cell', async () => {
  await write('discharge at 5 A until 2.5 V')
  await expect
    .poll(() => page.locator('body').innerText())
    .toMatch(/"5 A" is for a whole cell, whose area is not given/)
})

it('names the steps that ended early or took no time', async () => {
  await write('repeat 4 times: discharge at 1C for 0.5 h')
  await runAnew()
  await expect.poll(() => page.locator('.notices').innerText()).toMatch(/Steps 3 and 4 .* took no time/)
  await page.getByRole('button', { name: /^Steps/ }).click()
  const rows = page.getByRole('table', { name: 'Steps of the protocol' }).locator('tbody tr')
  await expect.poll(() => rows.count()).toBe(4)
  expect(await rows.nth(0).innerText()).toMatch(/1 discharge at .*1800.*after 1800 s/s)
  expect(await rows.nth(1).innerText()).toMatch(/ended early, because the particles are full/)
  expect(await rows.nth(3).innerText()).toMatch(/took no time, because the particles are full/)
  const { name, bytes } = await saved(page, () => page.getByRole('button', { name: 'Data (CSV)' }).click())
  expect(name).toMatch(/-steps\.csv$/)
  expect(bytes.toString()).toMatch(
    /\nstep,what,begins \(s\),[^\n]*\n1,discharge at [^\n]*\n2,[^\n]*\n3,[^\n]*\n4,[^\n]*\n$/,
  )
  expect(errors).toEqual([])
})

it('follows a measured current from a file, and says what is wrong with another', async () => {
  await page.getByLabel('Set-up').selectOption('drive-cycle')
  const file = page.getByLabel('Table from a file')
  const open = (text: string) =>
    file.setInputFiles({ name: 'cycle.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await open('time [s],current [C]\n0,1\n0,2\n')
  await expect
    .poll(() => page.locator('.text-parameter [role=alert]').first().innerText())
    .toMatch(/line 3: the time 0 s does not come after 0 s/)
  const rows = Array.from({ length: 2500 }, (_, k) => `${k},${(0.1 * Math.sin(k / 500)).toFixed(6)}`)
  await open(`time [s],current [C]\n${rows.join('\n')}`)
  await expect
    .poll(() => page.locator('.text-parameter').first().innerText())
    .toMatch(/characters, shown by their beginning/)
  await runAnew()
  await expect.poll(() => page.locator('.step-text').innerText()).toBe('Measured current ended after 2499 s')
  // What was said of the protocol before has left with it.
  expect(await page.locator('.notices').innerText()).not.toMatch(/took no time/)
  expect(errors).toEqual([])
})
