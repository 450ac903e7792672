/** The error plot and branching time, in the page as it is delivered. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openScenario, runsTo, timeOnShow } from './browser.ts'
import { launch } from './launch.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

/** A page that opens with a built-in scenario; it must not report an error. */
async function withScenario(name: string, test: (page: Page) => Promise<void>): Promise<void> {
  const { page, errors } = await openScenario(browser, name)
  try {
    await test(page)
    expect(errors).toEqual([])
  } finally {
    await page.context().close()
  }
}

describe('the error plot', () => {
  const proof = (page: Page) => page.locator('.chart-panel', { has: page.locator('.proof') })

  it('fills in row by row beside the run, reads off the orders and says what they mean', () =>
    withScenario('tissue-convergence-centred', async (page) => {
      await page.getByRole('button', { name: 'Error plot' }).click()
      await page.getByLabel('Largest N').selectOption('4')
      await proof(page).getByRole('button', { name: 'Run' }).click()
      const before = await timeOnShow(page)
      await expect.poll(() => proof(page).locator('.proof-words').textContent()).toMatch(/One N gives a point/)
      await proof(page).getByRole('button', { name: 'Done' }).waitFor()
      expect(await proof(page).locator('.proof-words').textContent()).toMatch(/Faster than the proved/)
      const order = proof(page).locator('.proof-norms tr', { hasText: 'gradients, with corrector' }).locator('td')
      expect(Number(await order.first().textContent())).toBeGreaterThan(0.9)
      await runsTo(page, before + 1)
    }))

  it('keeps what is done when it is cancelled', () =>
    withScenario('tissue-convergence-centred', async (page) => {
      await page.getByRole('button', { name: 'Error plot' }).click()
      await page.getByLabel('Largest N').selectOption('16')
      await proof(page).getByRole('button', { name: 'Run' }).click()
      await proof(page)
        .getByText(/N = 4, \d+ %/)
        .waitFor()
      await proof(page).getByRole('button', { name: 'Cancel' }).click()
      await proof(page).getByRole('button', { name: 'Run' }).waitFor()
      expect(await proof(page).locator('.proof-series li').allTextContents()).toEqual([
        expect.stringMatching(/prepared, N = 2$/),
      ])
    }))
})

describe('branching time', () => {
  it('runs the branch that the scenario proposes, and keeps the course it leaves', () =>
    withScenario('tissue-pump-branches', async (page) => {
      const proposed = page.getByRole('button', { name: /^Run branch/ })
      await expect.poll(() => proposed.textContent()).toMatch(/once the run is at/)
      expect(await proposed.isDisabled()).toBe(true)
      await page.getByLabel('Speed').selectOption('Infinity')
      await expect.poll(() => proposed.isEnabled(), { timeout: 60_000 }).toBe(true)
      await proposed.click()
      await page.locator('.branch').waitFor()
      expect(await proposed.count()).toBe(0)
      await expect
        .poll(() => page.locator('.plot-legend').allTextContents())
        .toContainEqual(expect.stringMatching(/pump off.*as before/))
      await page.keyboard.press('Control+z')
      await proposed.waitFor()
      expect(await page.locator('.branch').count()).toBe(1)
    }))

  it('forks with a key, and a branch becomes the main line again', () =>
    withScenario('tissue-b1-pulse', async (page) => {
      await page.getByLabel('Speed').selectOption('Infinity')
      await runsTo(page, 3)
      await page.keyboard.press('Space')
      await page.waitForTimeout(500)
      const end = await timeOnShow(page)
      await page.getByRole('slider', { name: 'Time' }).fill('1')
      await page.keyboard.press('f')
      await page.locator('.branch').waitFor()
      expect(await timeOnShow(page)).toBeLessThan(end)
      await page.getByRole('button', { name: /^Make .* the main line$/ }).click()
      await expect.poll(() => timeOnShow(page)).toBe(end)
      expect(await page.locator('.branch').count()).toBe(1)
    }))
})
