/** Pictures outlive a WebGL context that the browser takes away. */
import type { Browser, Locator, Page } from 'playwright-core'
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

/** The picture of a place, once it rests: the same four times, for what is on its way to a slow page. */
async function rested(place: Locator): Promise<Buffer> {
  let last = await place.screenshot()
  let times = 1
  const same = async () => {
    await place.page().waitForTimeout(500)
    const now = await place.screenshot()
    times = now.equals(last) ? times + 1 : 1
    last = now
    return times >= 4
  }
  await expect.poll(same).toBe(true)
  return last
}

describe('a lost WebGL context', () => {
  it('is said on the stage with a plain map, and while paused the same picture comes back', async () => {
    const { page, errors } = await openScenario(browser, 'tissue-b2-sheet')
    await runsTo(page, 0.001)
    await page.keyboard.press('Space')
    const stage = page.locator('.stage-host').first()
    const before = await rested(stage)
    const giveBack = await lose(page, '.stage-host')
    await expect.poll(() => stage.innerText()).toMatch(/lost WebGL context/)
    await stage.locator('canvas.fallback').waitFor()
    const meanwhile = await stage.screenshot()
    await giveBack()
    await stage.getByText('lost WebGL context').waitFor({ state: 'detached' })
    const after = await rested(stage)
    expect(await stage.locator('canvas.fallback').count()).toBe(0)
    expect(meanwhile.equals(before)).toBe(false)
    expect(after.equals(before)).toBe(true)
    expect(errors).toEqual([])
    await page.context().close()
  })

  it('is said over the cell in space, which returns too', async () => {
    const { page, errors } = await openScenario(browser, 'tissue-b1-block')
    await page.locator('.view3d canvas').waitFor()
    // Its surface comes with its tensors.
    await page.locator('.tensors .problem').first().waitFor()
    const cell = page.locator('.view3d')
    const before = await rested(cell)
    const giveBack = await lose(page, '.view3d')
    await expect.poll(() => cell.innerText()).toMatch(/lost WebGL context/)
    await giveBack()
    await cell.getByText('lost WebGL context').waitFor({ state: 'detached' })
    expect((await rested(cell)).equals(before)).toBe(true)
    expect(errors).toEqual([])
    await page.context().close()
  })
})
