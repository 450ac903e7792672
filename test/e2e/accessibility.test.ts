/** axe-core on the open page, in both themes, on a desk and on a phone. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPage, openScenario, runsTo } from './browser.ts'
import { launch } from './launch.ts'

interface AxeResult {
  violations: { id: string; impact: string | null; nodes: { target: string[]; failureSummary?: string }[] }[]
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const result = (await page.evaluate('axe.run()')) as AxeResult
  return result.violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(' ')} ${n.failureSummary ?? ''}`))
}

it.each([
  ['light', 1280, 720],
  ['dark', 1280, 720],
  ['light', 390, 844],
] as const)('nothing serious in %s at %d by %d', async (colorScheme, width, height) => {
  const { page } = await openPage(browser, { colorScheme, width, height })
  await runsTo(page, 1)
  await page.keyboard.press('Space')
  expect(await violations(page)).toEqual([])
  await page.locator('.preset').click()
  await page.getByRole('dialog').waitFor()
  await page.waitForTimeout(400)
  expect(await violations(page)).toEqual([])
  await page.context().close()
})

it.each([
  ['light', 1280, 720],
  ['dark', 390, 844],
] as const)('nothing serious in the atlases, %s at %d by %d', async (colorScheme, width, height) => {
  const { page, errors } = await openPage(browser, { colorScheme, width, height })
  await page.getByRole('button', { name: 'File and export' }).click()
  await page.getByRole('menuitem', { name: 'Atlases…' }).click()
  await page.locator('.atlases .plot canvas').waitFor()
  await page.waitForTimeout(400)
  expect(await violations(page)).toEqual([])
  expect(errors).toEqual([])
  await page.context().close()
})

it('nothing serious in the charts of a battery', async () => {
  const { page } = await openScenario(browser, 'cathode-tis2')
  await runsTo(page, 0.1)
  await page.getByLabel('Set-up').selectOption('steps')
  for (const name of [/^Curves/, /^Rates/]) {
    await page.getByRole('button', { name }).click()
    await page.waitForTimeout(400)
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
  }
  await page.context().close()
})

it.each(['light', 'dark'] as const)('nothing serious in a lesson on the projector, %s', async (colorScheme) => {
  const path = '?lesson=same-porosity&present=1'
  const { page } = await openPage(browser, { colorScheme, path, ready: '.lesson' })
  await page.waitForTimeout(600)
  expect(await violations(page)).toEqual([])
  await page.context().close()
})

it('nothing serious where cells vary, and in the error bar of homogenization', async () => {
  const { page } = await openScenario(browser, 'tissue-oedema')
  await runsTo(page, 1)
  await page.keyboard.press('Space')
  await page.locator('.graded-form .thumbnail').first().waitFor()
  expect(await violations(page)).toEqual([])
  await page.locator('.gauge-badge').click()
  await page.getByText(/Homogenization error about/).waitFor()
  await page.getByText('Of all fields').click()
  expect(await violations(page)).toEqual([])
  await page.context().close()
})
