/** A film of a sweep: a picture a value, the page's own run untouched, bad ends refused in a sentence. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPage, openScenario, runsTo } from './browser.ts'
import { launch } from './launch.ts'
import { button, openRecord, saved } from './saving.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(async () => {
  await browser?.close()
})

const MAKE = 'Save a film of the sweep (WebM)'

async function write(page: Page, field: string, value: string): Promise<void> {
  const box = page.getByRole('dialog').getByRole('textbox', { name: field })
  await box.fill(value)
  await box.press('Enter')
}

async function begin(opened: { page: Page; errors: string[] }, until: number) {
  const { page } = opened
  await runsTo(page, until)
  await button(page, 'Pause').click()
  await openRecord(page)
  await page.getByText('Over a parameter', { exact: true }).click()
  await page.getByLabel('Pace', { exact: true }).selectOption('2')
  await write(page, 'Pictures', '3')
  return opened
}

/** Size, duration (s), and the colours in the middle of the picture as they follow each other. */
async function watch(film: Buffer) {
  const page = await browser.newPage()
  const seen = await page.evaluate(async (text) => {
    const video = document.createElement('video')
    video.muted = true
    document.body.append(video)
    video.src = `data:video/webm;base64,${text}`
    await new Promise((resolve) => {
      video.onloadeddata = resolve
    })
    const context = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!
    const colours: number[][] = []
    // Slowly, so that a busy machine misses none.
    video.playbackRate = 0.2
    await video.play()
    while (!video.ended) {
      const { videoWidth: w, videoHeight: h } = video
      context.drawImage(video, 0.4 * w, 0.4 * h, 0.1 * w, 0.1 * h, 0, 0, 1, 1)
      const [red, green, blue, opacity] = context.getImageData(0, 0, 1, 1).data
      const colour = [red, green, blue]
      const last = colours.at(-1)
      const other = !last || Math.max(...colour.map((c, k) => Math.abs(c - last[k]))) > 20
      // There may be none to see yet.
      if (opacity > 0 && other) colours.push(colour)
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
    return { width: video.videoWidth, height: video.videoHeight, duration: video.duration, colours }
  }, film.toString('base64'))
  await page.close()
  return seen
}

/** How far a notice and the dialog lie over each other, px; as much as there is where the notice is not on top. */
function overlap(page: Page): Promise<number> {
  return page.evaluate(() => {
    const notice = document.querySelector('.notice')!
    const { left, top, width, height } = notice.getBoundingClientRect()
    const onTop = notice.contains(document.elementFromPoint(left + width / 2, top + height / 2))
    const dialog = document.querySelector('[role=dialog]')!.getBoundingClientRect()
    return onTop ? Math.max(0, dialog.bottom - top) : height
  })
}

describe('a film of a sweep', () => {
  it('has a picture a value, and leaves the run on the page alone', async () => {
    const { page, errors } = await begin(await openPage(browser), 1)
    await page.getByLabel('Parameter', { exact: true }).selectOption({ label: 'K conductance' })
    await write(page, 'First value', '0.2')
    await write(page, 'Last value', '3')
    const before = await page.locator('.time-text').textContent()
    const { name, bytes } = await saved(page, () => button(page, MAKE).click())
    expect(name).toMatch(/-g-k\.webm$/)
    const { width, height, duration, colours } = await watch(bytes)
    expect(width).toBe(1280)
    expect(height % 2).toBe(0)
    // Three pictures of half a second.
    expect(duration).toBeGreaterThan(1.2)
    expect(colours).toHaveLength(3)
    expect(await page.locator('.darkroom').count()).toBe(0)
    await page.keyboard.press('Escape')
    expect(await page.locator('.time-text').textContent()).toBe(before)
    expect(await page.getByRole('textbox', { name: 'K conductance', exact: true }).inputValue()).toBe('0.8')
    expect(await button(page, 'Undo').isDisabled()).toBe(true)
    expect(errors).toEqual([])
    await page.context().close()
  })

  it('shows the resolved model beside, where there is one', async () => {
    const { page, errors } = await begin(await openScenario(browser, 'tissue-judge-strip'), 0.05)
    const { bytes } = await saved(page, () => button(page, MAKE).click())
    expect((await watch(bytes)).width).toBe(1280)
    expect(errors).toEqual([])
    await page.context().close()
  })

  it('keeps its pace where the tab is hidden meanwhile, and can be given up there', async () => {
    const { page, errors } = await begin(await openPage(browser), 1)
    const turn = (hidden: boolean) =>
      page.evaluate((away) => {
        Object.defineProperty(document, 'hidden', { configurable: true, get: () => away })
        document.dispatchEvent(new Event('visibilitychange'))
      }, hidden)
    const bar = page.getByRole('progressbar', { name: 'Film' })
    const progress = () => bar.evaluate((e: HTMLProgressElement) => e.value)
    // It is computed out of sight, and recorded once it is looked at.
    const { bytes } = await saved(page, async () => {
      await button(page, MAKE).click()
      await turn(true)
      await expect.poll(progress, { timeout: 60_000 }).toBeGreaterThan(0.8)
      await page.waitForTimeout(3000)
      expect(await progress()).toBeLessThan(0.9)
      await turn(false)
      await expect.poll(progress).toBeGreaterThan(0.9)
      await turn(true)
      await page.waitForTimeout(3000)
      await turn(false)
    })
    const { duration, colours } = await watch(bytes)
    expect(colours.length).toBeGreaterThan(0)
    expect(duration).toBeGreaterThan(1.2)
    expect(duration).toBeLessThan(3.5)
    await button(page, MAKE).click()
    await turn(true)
    await expect.poll(progress, { timeout: 60_000 }).toBeGreaterThan(0.8)
    await button(page, 'Give it up').click()
    await button(page, MAKE).waitFor({ timeout: 5000 })
    expect(errors).toEqual([])
    await page.context().close()
  })

  it('is given up at once', async () => {
    const { page, errors } = await begin(await openPage(browser), 1)
    await write(page, 'Pictures', '60')
    await button(page, MAKE).click()
    await page.getByRole('progressbar', { name: 'Film' }).waitFor()
    const focused = () => page.evaluate(() => document.activeElement?.textContent)
    expect(await focused()).toBe('Give it up')
    await page.keyboard.press('Enter')
    await button(page, MAKE).waitFor({ timeout: 5000 })
    expect(await focused()).toBe(MAKE)
    expect(errors).toEqual([])
    await page.context().close()
  })

  it('refuses ends and numbers that cannot be, and says which can', async () => {
    const { page } = await begin(await openPage(browser), 0.5)
    const said = (text: string | RegExp) => page.getByText(text).first().waitFor()
    await page.getByLabel('Parameter', { exact: true }).selectOption({ label: 'K conductance' })
    await write(page, 'Pictures', '61')
    await said(/got 61; must be a whole number from 2 to 60; try 12/)
    await write(page, 'Pictures', '2.5')
    await said(/got 2\.5; must be a whole number/)
    await write(page, 'Pictures', '3')
    await write(page, 'First value', '-1')
    await said(/got -1/)
    await write(page, 'First value', '2')
    await write(page, 'Last value', '2')
    await button(page, MAKE).click()
    await said(/The film could not be made: got 2 S\/m² as the first and the last value; give two that differ/)
    // The dialog makes room for it and does not cover it.
    await expect.poll(() => overlap(page)).toBe(0)
    await button(page, 'Close this notice').click()
    await page.locator('.notice').waitFor({ state: 'detached' })
    await page.getByRole('dialog').waitFor()
    await page.context().close()
  })
})
