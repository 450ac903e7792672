/** What a lesson looks like where there is little room, and whether its pictures tell apart what was said and computed. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { finger } from './finger.ts'
import { launch } from './launch.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())

async function open(name: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 720 },
    serviceWorkers: 'block',
    ...options,
  })
  const page = await context.newPage()
  await page.goto(`${inject('page')}?lesson=${name}`)
  await page.locator('.lesson h3').waitFor()
  return page
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

async function predictAndRun(page: Page): Promise<void> {
  await button(page, 'This is my prediction').click()
  await button(page, 'Next').click()
  await button(page, 'Run it').click()
  await page.locator('.verdict[data-verdict]').waitFor({ timeout: 60_000 })
}

it('one computed curve has another colour than the sketch, and so does its legend', async () => {
  const page = await open('rest')
  await page.locator('.sketch .point').first().focus()
  await page.keyboard.press('PageDown')
  await predictAndRun(page)
  const stroke = (path: string) => page.locator(path).evaluate((e) => getComputedStyle(e).stroke)
  expect(await stroke('.reveal path.truth')).not.toBe(await stroke('.reveal path.guess'))
  const swatch = (kind: string) =>
    page.locator(`.reveal .sketch-legend .${kind}`).evaluate((e) => getComputedStyle(e, '::before').borderTopColor)
  expect(await swatch('truth')).toBe(await stroke('.reveal path.truth'))
  expect(await swatch('guess')).toBe(await stroke('.reveal path.guess'))
  // What is pressed has its 24 px for a mouse as well.
  await button(page, 'Next').click()
  await page.locator('.gauge-badge').waitFor()
  for (const target of await page.locator('.page button, .reveal summary').all()) {
    const box = await target.boundingBox()
    if (box) expect(Math.min(box.width, box.height), await target.innerText()).toBeGreaterThanOrEqual(23.9)
  }
  await page.context().close()
})

it('a scale says where it ends, and a long choice at hand stays within the lesson', async () => {
  const page = await open('closures')
  await page.locator('.lesson input[type=radio]').first().check()
  await predictAndRun(page)
  await button(page, 'Next').click()
  await page.locator('.lesson input[type=radio]:enabled').first().check()
  await button(page, 'Note it').click()
  await button(page, 'Next').click()
  const ends = () => page.locator('.lesson .ends').innerText()
  expect(await ends()).toMatch(/^0 %\s+100 %$/)
  // What the covered laboratory still computes is no notice here.
  await page.waitForTimeout(600)
  expect(await page.locator('.notice.progress').count()).toBe(0)
  await page.locator('.lesson').getByRole('slider').fill('40')
  await predictAndRun(page)
  expect(await ends()).toMatch(/^0 %\s+100 %$/)
  const lesson = (await page.locator('.lesson').boundingBox())!
  const choice = (await page.locator('.at-hand select').first().boundingBox())!
  expect(choice.x + choice.width).toBeLessThan(lesson.x + lesson.width)
  await page.context().close()
})

it('what is said on a phone comes into sight', async () => {
  const page = await open('same-porosity', { viewport: { width: 844, height: 390 }, hasTouch: true, isMobile: true })
  const inSight = async (selector: string) => {
    const body = (await page.locator('.lesson-body').boundingBox())!
    const said = (await page.locator(selector).boundingBox())!
    expect(said.y + said.height, selector).toBeLessThanOrEqual(body.y + body.height)
    expect(said.y + said.height, selector).toBeGreaterThan(body.y)
  }
  await button(page, 'A hint').tap()
  await inSight('.lesson-help .told')
  await page.locator('.lesson').getByRole('slider').fill('0.5')
  await predictAndRun(page)
  await button(page, 'Next').click()
  await page.locator('.lesson input[type=radio]:enabled').first().check()
  await button(page, 'Note it').tap()
  await inSight('.given')
  await page.context().close()
})

it('a finger draws within the axes of a sketch and scrolls beside them', async () => {
  const page = await open('rest', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  const sketch = page.locator('svg.sketch-picture')
  const { drag } = await finger(page)
  const scrolled = () => page.locator('.lesson-body').evaluate((e) => e.scrollTop)
  const drawn = () => page.locator('path.guess:not(.untouched)').count()
  const at = async (x: number, y: number) => {
    const box = (await sketch.boundingBox())!
    return { x: box.x + x * box.width, y: box.y + y * box.height }
  }
  const before = await scrolled()
  await drag(await at(0.06, 0.5), { ...(await at(0.06, 0.5)), y: 300 })
  await expect.poll(scrolled).toBeGreaterThan(before + 40)
  expect(await drawn()).toBe(0)
  await page.waitForTimeout(300)
  const after = await scrolled()
  await drag(await at(0.5, 0.7), await at(0.5, 0.2))
  expect(await drawn()).toBe(1)
  expect(await scrolled()).toBe(after)
  await page.context().close()
})

it('folded on a phone that lies on its side, the lesson leaves its room to the laboratory', async () => {
  const page = await open('tensor', { viewport: { width: 844, height: 390 }, hasTouch: true, isMobile: true })
  await page
    .locator('.lesson')
    .getByRole('slider', { name: /^Short/ })
    .fill('0.4')
  await predictAndRun(page)
  const width = () => page.locator('.stack').evaluate((e) => e.clientWidth)
  const half = await width()
  await button(page, 'Fold the lesson away').tap()
  await expect.poll(width).toBeGreaterThan(1.6 * half)
  await button(page, 'Unfold the lesson').tap()
  await expect.poll(width).toBe(half)
  await page.context().close()
})
