/** What a lesson looks like where there is little room, and whether its pictures tell apart what was said and computed. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
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

const SIZES = [
  [390, 844],
  [844, 390],
  [820, 1180],
] as const

/** A lesson under fingers, at its first question: places within its sketch, and how far its text was scrolled. */
async function underFingers(name: string, [width, height]: readonly [number, number]) {
  const page = await open(name, { viewport: { width, height }, hasTouch: true, isMobile: true })
  const sketch = page.locator('svg.sketch-picture').first()
  const body = page.locator('.lesson-body')
  // Room to scroll, however short the text is.
  await body.evaluate((e) => e.lastElementChild?.setAttribute('style', 'padding-bottom: 600px'))
  /** A place of the sketch, brought into the middle of the lesson once what was scrolled stands still. */
  const at = async (x: number, y: number) => {
    await page.waitForTimeout(300)
    const box = (await sketch.boundingBox())!
    const view = (await body.boundingBox())!
    const down = box.y + y * box.height - (view.y + 0.6 * view.height)
    await body.evaluate((e, by) => e.scrollBy({ top: by, behavior: 'instant' }), down)
    const now = (await sketch.boundingBox())!
    return { x: now.x + x * now.width, y: now.y + y * now.height }
  }
  const scrolled = () => body.evaluate((e) => e.scrollTop)
  return { page, at, scrolled, hand: await finger(page) }
}

describe.each(SIZES)('a sketch under a finger, at %i x %i', (...size) => {
  it('a curve: up and down scrolls; across, or once it rested, it draws', async () => {
    const { page, at, scrolled, hand } = await underFingers('rest', size)
    const drawn = () => page.locator('path.guess:not(.untouched)').count()
    for (const x of [0.06, 0.5]) {
      const [from, before] = [await at(x, 0.7), await scrolled()]
      await hand.swipe(from, { x: from.x + 8, y: from.y - 100 })
      await expect.poll(scrolled).toBeGreaterThan(before + 40)
      expect(await drawn()).toBe(0)
    }
    const left = await at(0.3, 0.6)
    const before = await scrolled()
    await hand.swipe(left, { x: left.x + 120, y: left.y - 40 })
    expect(await drawn()).toBe(1)
    expect(await scrolled()).toBe(before)
    const last = page.locator('.sketch .point').last()
    const height = () => last.getAttribute('aria-valuenow')
    const first = await height()
    const foot = await at(0.966, 0.7)
    const still = await scrolled()
    await hand.swipe(foot, { ...foot, y: foot.y - 40 }, 150, 400)
    expect(await height()).not.toBe(first)
    expect(await scrolled()).toBe(still)
    await page.context().close()
  })

  it('an ellipse: a flick over its handles scrolls, a finger that goes with them drags', async () => {
    const { page, at, scrolled, hand } = await underFingers('tensor', size)
    const short = page.locator('.lesson').getByRole('slider', { name: /^Short/ })
    // Both half axes are 1 at first: the short one ends at the top.
    const tip = async () => at(0.5, 0.5 - 0.5 / 1.12)
    const [from, before] = [await tip(), await scrolled()]
    await hand.swipe(from, { x: from.x, y: from.y - 100 })
    await expect.poll(scrolled).toBeGreaterThan(before + 40)
    expect(await short.inputValue()).toBe('1')
    const top = await tip()
    const still = await scrolled()
    await hand.swipe(top, { x: top.x, y: top.y + 50 }, 400, 100)
    expect(Number(await short.inputValue())).toBeLessThan(0.8)
    expect(await scrolled()).toBe(still)
    // So it is for the sliders below it.
    await short.evaluate((e) => e.scrollIntoView({ block: 'center' }))
    const box = (await short.boundingBox())!
    const value = await short.inputValue()
    const spot = { x: box.x + 0.2 * box.width, y: box.y + box.height / 2 }
    const last = await scrolled()
    await hand.swipe(spot, { x: spot.x, y: spot.y - 100 })
    await expect.poll(scrolled).toBeGreaterThan(last + 40)
    expect(await short.inputValue()).toBe(value)
    await page.context().close()
  })

  it('a region: up and down scrolls, a tap and a finger across paint', async () => {
    const { page, at, scrolled, hand } = await underFingers('corrector', size)
    const painted = () => page.locator('.sketch [role="checkbox"][aria-checked="true"]').count()
    const [from, before] = [await at(0.5, 0.7), await scrolled()]
    await hand.swipe(from, { x: from.x, y: from.y - 100 })
    await expect.poll(scrolled).toBeGreaterThan(before + 40)
    expect(await painted()).toBe(0)
    await hand.tap(await at(0.3, 0.5))
    expect(await painted()).toBe(1)
    const left = await at(0.4, 0.6)
    await hand.swipe(left, { x: left.x + 60, y: left.y })
    expect(await painted()).toBeGreaterThan(2)
    await page.context().close()
  })
})

it('on a projector the lesson stands beside its pictures, in large type, and over them while it asks', async () => {
  const page = await open('same-porosity&present=1')
  const lesson = async () => (await page.locator('.lesson').boundingBox())!
  expect((await lesson()).width).toBeGreaterThan(1200)
  await page.locator('.lesson').getByRole('slider').fill('0.5')
  await predictAndRun(page)
  const present = (await page.locator('.present').boundingBox())!
  expect(present.width).toBeGreaterThan(700)
  expect(present.x + present.width).toBeLessThanOrEqual((await lesson()).x)
  // What the lesson does not show is no view either.
  const views = page.getByRole('combobox', { name: 'View' }).locator('option')
  await expect.poll(() => views.allTextContents()).toEqual(['Cell + map', 'Map', 'Lens + map'])
  const small = await page.locator('.lesson *, .present *').evaluateAll((all) =>
    all.flatMap((e) => {
      const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent?.trim())
      const { width, height } = e.getBoundingClientRect()
      const katex = e.closest('.katex, .visually-hidden')
      const scale = e instanceof SVGTextElement ? (e.getScreenCTM()?.a ?? 1) : 1
      const size = scale * Number.parseFloat(getComputedStyle(e).fontSize)
      return own && !katex && width * height > 0 && size < 17.9 ? [`${e.textContent}: ${size}`] : []
    }),
  )
  expect(small).toEqual([])
  expect(await page.evaluate(() => [document.scrollingElement?.scrollTop, scrollY])).toEqual([0, 0])
  await button(page, 'Leave the projector layout').first().click()
  await page.locator('.topbar').waitFor()
  expect(await page.locator('.lesson').count()).toBe(1)
  await page.keyboard.press('p')
  await page.locator('.present').waitFor()
  await page.keyboard.press('Escape')
  await page.locator('.topbar').waitFor()
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

it('on a projector what a mesh cannot follow does not take the room of the cell', async () => {
  const page = await open('flow&present=1')
  await page.locator('.lesson').getByRole('slider').fill('4')
  await predictAndRun(page)
  const cell = page.locator('.present .cell-left').first()
  await expect.poll(async () => (await cell.boundingBox())?.width ?? 0).toBeGreaterThan(100)
  expect(await page.locator('.present .tensors > .field-problem').first().isVisible()).toBe(false)
  await page.context().close()
})
