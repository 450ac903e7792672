/** Pictures outlive a WebGL context that the browser takes away. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openScenario, runsTo } from './browser.ts'
import { launch } from './launch.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())

/** Takes the context of every WebGL canvas in a place away; the result gives it back. */
async function lose(page: Page, place: string): Promise<() => Promise<void>> {
  const extensions = await page.evaluateHandle(
    (selector) =>
      [...document.querySelectorAll<HTMLCanvasElement>(`${selector} canvas`)].flatMap((canvas) => {
        const extension = canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context')
        extension?.loseContext()
        return extension ? [extension] : []
      }),
    place,
  )
  expect(await extensions.evaluate((all) => all.length)).toBeGreaterThan(0)
  return () =>
    extensions.evaluate((all) => {
      for (const extension of all) extension.restoreContext()
    })
}

describe('a lost WebGL context', () => {
  it('is said on the stage with a plain map, and while paused the same picture comes back', async () => {
    const { page, errors } = await openScenario(browser, 'tissue-b2-sheet')
    await runsTo(page, 0.001)
    await page.keyboard.press('Space')
    await page.waitForTimeout(1500)
    const stage = page.locator('.stage-host').first()
    const before = await stage.screenshot()
    const giveBack = await lose(page, '.stage-host')
    await expect.poll(() => stage.innerText()).toMatch(/lost WebGL context/)
    await stage.locator('canvas.fallback').waitFor()
    const meanwhile = await stage.screenshot()
    await giveBack()
    await stage.getByText('lost WebGL context').waitFor({ state: 'detached' })
    await page.waitForTimeout(500)
    expect(await stage.locator('canvas.fallback').count()).toBe(0)
    expect(meanwhile.equals(before)).toBe(false)
    expect((await stage.screenshot()).equals(before)).toBe(true)
    expect(errors).toEqual([])
    await page.context().close()
  })

  it('is said over the cell in space, which returns too', async () => {
    const { page, errors } = await openScenario(browser, 'tissue-b1-block')
    await page.locator('.view3d canvas').waitFor()
    await page.waitForTimeout(1500)
    const cell = page.locator('.view3d')
    const before = await cell.screenshot()
    const giveBack = await lose(page, '.view3d')
    await expect.poll(() => cell.innerText()).toMatch(/lost WebGL context/)
    await giveBack()
    await cell.getByText('lost WebGL context').waitFor({ state: 'detached' })
    await page.waitForTimeout(500)
    expect((await cell.screenshot()).equals(before)).toBe(true)
    expect(errors).toEqual([])
    await page.context().close()
  })
})
