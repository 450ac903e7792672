/** While something is dragged the run goes on, and nothing of another cell is shown without a mark. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { handle, openPage, openScenario, pull, runsTo, timeOnShow } from './browser.ts'
import { launch } from './launch.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

async function withPage(test: (page: Page) => Promise<void>): Promise<void> {
  const { page, errors } = await openPage(browser)
  try {
    await test(page)
    expect(errors).toEqual([])
  } finally {
    await page.context().close()
  }
}

/** Moves a pressed mouse to and fro until the run has come some way, s; returns how far it came before patience ends. */
async function toAndFro(page: Page, x: number, y: number, reach: number, way: number): Promise<number> {
  await page.mouse.move(x, y)
  await page.mouse.down()
  const from = await timeOnShow(page)
  const begun = Date.now()
  let to = from
  for (let k = 0; to - from <= way && Date.now() - begun < PATIENCE; k++) {
    await page.mouse.move(x - reach * (1 - Math.cos(k / 5)), y)
    await page.waitForTimeout(30)
    to = await timeOnShow(page)
  }
  await page.mouse.up()
  return to - from
}

/** Long enough for a machine with other work to do, ms. */
const PATIENCE = 20_000

/** Seconds of the opening scenario between two of its frames. */
const SPACING = 60 / 240

describe('while something moves', () => {
  it('the run goes on: a handle, one step of undo', () =>
    withPage(async (page) => {
      await runsTo(page, 0.5)
      const box = (await handle(page, 'radius').boundingBox())!
      const advance = await toAndFro(page, box.x + box.width / 2, box.y + box.height / 2, 10, 4 * SPACING)
      // How many frames a second is for the benchmark to say.
      expect(advance).toBeGreaterThan(4 * SPACING)
      await page.getByRole('button', { name: 'Undo', exact: true }).click()
      await expect
        .poll(() => page.getByRole('button', { name: 'Undo', exact: true }).getAttribute('aria-disabled'))
        .toBe('true')
    }))

  it('the run goes on: a slider', () =>
    withPage(async (page) => {
      await runsTo(page, 0.5)
      const slider = page.getByRole('slider', { name: 'K conductance, slider' })
      await slider.scrollIntoViewIfNeeded()
      const box = (await slider.boundingBox())!
      const advance = await toAndFro(page, box.x + box.width / 2, box.y + box.height / 2, 15, 4 * SPACING)
      expect(advance).toBeGreaterThan(4 * SPACING)
    }))
})

describe('a particle that is dragged in the middle of a discharge', () => {
  it('shows its whole discharge over the one before, and runs anew when let go', async () => {
    const { page, errors } = await openScenario(browser, 'cathode-tis2')
    await page.locator('.chart-panel .plot-axis').first().waitFor()
    const names = () => page.locator('.chart-panel .plot-legend').first().innerText()
    await page.waitForFunction(() => Number.parseFloat(document.querySelector('.time-text')?.textContent ?? '0') > 0.1)
    await pull(page, 'radius', -15, 0)
    await expect.poll(names).toMatch(/^dragged[\s\S]*before/)
    // On coarse meshes first; then as it is.
    await expect.poll(names).toMatch(/^dragged\n/)
    expect(await page.locator('.time-text').textContent()).not.toMatch(/^0\.00/)
    await page.mouse.up()
    await expect.poll(names).toMatch(/^to come[\s\S]*cell/)
    expect(errors).toEqual([])
    await page.context().close()
  })
})

describe('what is of the cell before', () => {
  const marks = (page: Page) => page.getByText('of the cell before').count()
  const badge = (page: Page) => page.locator('.gauge-badge').textContent()

  it('is marked when the only shape is deleted, and no longer once it is back', () =>
    withPage(async (page) => {
      await runsTo(page, 0.5)
      expect(await marks(page)).toBe(0)
      await page.getByRole('button', { name: 'Remove the selected shape' }).click()
      await expect.poll(() => badge(page)).toBe('no model')
      await page.locator('.model-class[data-behind]').waitFor()
      await page.locator('.equations[data-behind]').waitFor()
      await page.getByRole('button', { name: 'Undo', exact: true }).click()
      await expect.poll(() => marks(page)).toBe(0)
      await expect.poll(() => badge(page)).not.toBe('no model')
    }))

  it('is marked when the space is cut off, already while it is dragged', () =>
    withPage(async (page) => {
      await runsTo(page, 0.5)
      await pull(page, 'radius', 120, 0)
      await expect.poll(() => badge(page)).toBe('no model')
      await page.locator('.model-class[data-behind]').waitFor()
      await page.mouse.up()
      await page.getByRole('button', { name: 'Undo', exact: true }).click()
      await expect.poll(() => marks(page)).toBe(0)
    }))
})
