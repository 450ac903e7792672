/** Lessons as people take them: by keyboard, by finger, over a reload, on paper; and what is not shown before it is asked. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContextOptions, CDPSession, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { launch } from './launch.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser?.close())

async function open(path: string, options: BrowserContextOptions = {}): Promise<{ page: Page; errors: string[] }> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 720 },
    serviceWorkers: 'block',
    ...options,
  })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  await page.goto(inject('page') + path)
  return { page, errors }
}

const heading = (page: Page) => page.locator('.lesson h3')
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })
const verdict = (page: Page) => page.locator('.verdict[data-verdict]')

/** A finger that is put down inside an element, moves through places [0 to 1] and is lifted; told of so often a leg. */
async function stroke(cdp: CDPSession, element: Locator, places: [number, number][], often = 8): Promise<void> {
  await element.scrollIntoViewIfNeeded()
  const box = (await element.boundingBox())!
  const point = ([x, y]: [number, number]) => ({ x: box.x + x * box.width, y: box.y + y * box.height })
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints })
  await touch('touchStart', [point(places[0])])
  for (let k = 1; k < places.length; k++)
    for (let s = 1; s <= often; s++) {
      const [a, b] = [places[k - 1], places[k]]
      await touch('touchMove', [point([a[0] + ((b[0] - a[0]) * s) / often, a[1] + ((b[1] - a[1]) * s) / often])])
    }
  await touch('touchEnd', [])
}

/** Presses Tab until what is focused has that name. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let k = 0; k < 60; k++) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined
      return element?.getAttribute('aria-label') ?? label ?? element?.textContent ?? ''
    })
    if (name.test(focused)) return
  }
  throw new Error(`Tab does not come to ${name}`)
}

it('is taken by keyboard alone, from the menu to the explanation', async () => {
  const { page, errors } = await open('')
  await page.locator('.time-text').waitFor()
  await page.locator('button:enabled[aria-label="File and export"]').waitFor()
  await tabTo(page, /^File and export$/)
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Lessons…' }).waitFor()
  const focused = () => page.evaluate(() => document.activeElement?.textContent)
  for (let k = 0; k < 20 && (await focused()) !== 'Lessons…'; k++) await page.keyboard.press('ArrowDown')
  expect(await focused()).toBe('Lessons…')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Lessons' }).locator('.card').first().waitFor()
  await tabTo(page, /^1\. What is a tensor/)
  await page.keyboard.press('Enter')
  await expect.poll(() => heading(page).textContent()).toMatch(/^Before you look/)
  await tabTo(page, /^Long half axis/)
  for (let k = 0; k < 30; k++) await page.keyboard.press('ArrowLeft')
  await tabTo(page, /^Short half axis/)
  for (let k = 0; k < 40; k++) await page.keyboard.press('ArrowLeft')
  await tabTo(page, /^A hint$/)
  await page.keyboard.press('Enter')
  await tabTo(page, /^An example$/)
  await page.keyboard.press('Space')
  // One kind of help at a time.
  expect(await page.locator('.lesson-help .told').count()).toBe(1)
  expect(await page.locator('.lesson-help [aria-expanded="true"]').textContent()).toBe('An example')
  await tabTo(page, /^This is my prediction$/)
  await page.keyboard.press('Enter')
  await tabTo(page, /^Next$/)
  await page.keyboard.press('Enter')
  // Reading goes on at the heading of the next step, which is also said aloud.
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('The cell is computed')
  expect(await page.locator('.lesson-footer [role=status]').textContent()).toMatch(/Step 2 of 8: Run. The cell is/)
  await tabTo(page, /^Run it$/)
  await page.keyboard.press('Enter')
  await verdict(page).waitFor()
  expect(await page.locator('.reveal svg').getAttribute('aria-label')).toMatch(
    /Your ellipse: half axes 0\.7 and 0\.3.* Computed: half axes 0\.68 and 0\.3/,
  )
  expect(await verdict(page).getAttribute('data-verdict')).toBe('right')
  await tabTo(page, /^Next$/)
  await page.keyboard.press('Enter')
  await tabTo(page, /^The ellipse is long where/)
  await page.keyboard.press('Space')
  await tabTo(page, /^Note it$/)
  await page.keyboard.press('Enter')
  await expect.poll(() => page.locator('.given').textContent()).toMatch(/^Yes: The ellipse is long/)
  await tabTo(page, /^Next$/)
  await page.keyboard.press('Enter')
  await expect.poll(() => heading(page).textContent()).toBe('One number is not enough')
  expect(await page.locator('.lesson .katex').count()).toBeGreaterThan(2)
  expect(errors).toEqual([])
  await page.context().close()
})

it('is taken by finger on a phone, sketches and all', async () => {
  const { page, errors } = await open('?lesson=capacity', PHONE)
  const cdp = await page.context().newCDPSession(page)
  await expect.poll(() => heading(page).textContent()).toBe('Sketch three discharges')
  const sketch = page.locator('svg.sketch-picture')
  // Every line in turn; a stroke changes the picture and does not scroll the text.
  for (const [k, name] of ['2 A/m²', '5 A/m²', '10 A/m²'].entries()) {
    await page.getByRole('button', { name: new RegExp(`${name}$`) }).tap()
    await sketch.scrollIntoViewIfNeeded()
    const before = await page.locator('.lesson-body').evaluate((e) => e.scrollTop)
    await stroke(cdp, sketch, [
      [0.15, 0.1],
      [0.5, 0.3 + 0.2 * k],
      [0.95, 0.8],
    ])
    await expect.poll(() => page.locator('.sketch-picture path.guess:not(.untouched)').count()).toBe(k + 1)
    expect(await page.locator('.lesson-body').evaluate((e) => e.scrollTop)).toBe(before)
  }
  const foot = await sketch.getByRole('slider').last().getAttribute('aria-valuenow')
  expect(Number(foot)).toBeLessThan(1.9)
  // Past the picture the text scrolls.
  const scroll = () => page.locator('.lesson-body').evaluate((e) => e.scrollTop)
  await page.locator('.lesson-body').evaluate((e) => e.scrollTo(0, 0))
  await stroke(cdp, page.locator('.lesson-text'), [
    [0.5, 0.9],
    [0.5, 0.3],
  ])
  await expect.poll(scroll).toBeGreaterThan(20)
  await button(page, 'This is my prediction').tap()
  await button(page, 'Next').tap()
  await button(page, 'Run it').tap()
  await verdict(page).waitFor()
  expect(await page.locator('.reveal path.guess').count()).toBe(3)
  expect(await page.locator('.reveal path.truth').count()).toBe(3)
  // The laboratory is above, and all of it where the lesson is folded away.
  const height = () => page.locator('.stack').evaluate((e) => e.clientHeight)
  const half = await height()
  await button(page, 'Fold the lesson away').tap()
  expect(await height()).toBeGreaterThan(1.5 * half)
  await button(page, 'Unfold the lesson').tap()
  await button(page, 'Next').tap()
  await page.getByRole('radio').and(page.locator(':enabled')).first().tap()
  await button(page, 'Note it').tap()
  await expect.poll(() => page.locator('.given').textContent()).toMatch(/^Yes/)
  for (const target of await page.locator('.lesson .button').all()) {
    const box = await target.boundingBox()
    if (box) expect(Math.min(box.width, box.height), await target.innerText()).toBeGreaterThanOrEqual(44)
  }
  expect(errors).toEqual([])
  await page.context().close()
})

it('an ellipse and a region are drawn by finger', async () => {
  const { page } = await open('?lesson=tensor', PHONE)
  const cdp = await page.context().newCDPSession(page)
  const ellipse = page.locator('svg.square')
  await ellipse.waitFor()
  const shape = () => expect.poll(() => ellipse.getAttribute('aria-label'))
  await stroke(cdp, ellipse, [
    [0.5, 0.05],
    [0.5, 0.35],
  ])
  await shape().toMatch(/half axes 1 and 0\.3\d? of free water/)
  await stroke(cdp, ellipse, [
    [0.95, 0.5],
    [0.75, 0.35],
  ])
  await shape().toMatch(/half axes 0\.6\d? and .* at 31 degrees/)
  await page.goto(`${inject('page')}?lesson=corrector`)
  const region = page.locator('svg.region')
  await region.waitFor()
  const corner: [number, number][] = [
    [0.55, 0.1],
    [0.95, 0.1],
    [0.95, 0.95],
  ]
  await stroke(cdp, region, corner)
  const painted = () => expect.poll(() => region.getAttribute('aria-label'))
  await painted().toMatch(/: 11 of 64 cells/)
  // A finger in a hurry takes it all back: no cell between two of its moves is missed.
  await stroke(cdp, region, corner, 2)
  await painted().toMatch(/: 0 of 64 cells/)
  await page.context().close()
})

it('goes on after a reload, where it was', async () => {
  const { page } = await open('?lesson=same-porosity')
  await page.locator('.lesson').getByRole('slider').fill('0.5')
  await button(page, 'This is my prediction').click()
  await button(page, 'Next').click()
  await button(page, 'Run it').click()
  await verdict(page).waitFor()
  await page.reload()
  await expect.poll(() => heading(page).textContent()).toBe('The upright ellipse')
  await verdict(page).waitFor()
  expect(await page.locator('.two').innerText()).toMatch(/0\.5[\s\S]*0\.53/)
  // So does the laboratory, and the list tells how far it went.
  await expect.poll(() => page.locator('.preset-title').textContent()).toBe('Lesson 2: Same porosity, other tensor')
  await button(page, 'Leave the lesson').click()
  expect(page.url()).not.toMatch(/lesson=/)
  await page.locator('.preset').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Lessons', exact: true }).click()
  await expect.poll(() => page.locator('.lesson-list li').count()).toBe(16)
  await expect.poll(() => page.locator('.lesson-list .badge').allTextContents()).toEqual(['step 2 of 8'])
  await page.context().close()
})

describe('before it has run', () => {
  it('a wrong prediction gets no answer, and no way around', async () => {
    const { page } = await open('?lesson=same-porosity')
    const main = page.locator('main')
    await page.locator('.lesson').getByRole('slider').waitFor()
    const answers = () => page.locator('.verdict, .reveal, .truth, [data-right]').count()
    expect(await answers()).toBe(0)
    expect(await button(page, 'Next').isDisabled()).toBe(true)
    expect(await button(page, 'This is my prediction').isDisabled()).toBe(true)
    await page.locator('.lesson').getByRole('slider').fill('1.9')
    await button(page, 'This is my prediction').click()
    expect(await answers()).toBe(0)
    expect(await page.locator('.given').textContent()).toMatch(/Your prediction stands/)
    // It stands: there is nothing left to move.
    expect(await page.locator('.lesson').getByRole('slider').count()).toBe(0)
    expect(await page.locator('.two').innerText()).not.toMatch(/Computed/)
    expect(await main.evaluate((e) => (e as HTMLElement).inert)).toBe(true)
    await button(page, 'Next').click()
    expect(await answers()).toBe(0)
    expect(await main.evaluate((e) => (e as HTMLElement).inert)).toBe(true)
    expect(await button(page, 'Next').isDisabled()).toBe(true)
    await button(page, 'Run it').click()
    await verdict(page).waitFor()
    expect(await verdict(page).getAttribute('data-verdict')).toBe('off')
    expect(await main.evaluate((e) => (e as HTMLElement).inert)).toBe(false)
    await page.context().close()
  })

  it('an answer that cannot be computed says so, and is tried again', async () => {
    const { page } = await open('?lesson=same-porosity')
    await page.route(/answer-[\w-]+\.js$/, (route) => route.abort())
    await page.locator('.lesson').getByRole('slider').fill('0.5')
    await button(page, 'This is my prediction').click()
    await button(page, 'Next').click()
    await button(page, 'Run it').click()
    await expect
      .poll(() => page.locator('.reveal [role=alert]').textContent())
      .toMatch(/could not be computed: a part of the page could not be loaded/)
    await page.unroute(/answer-[\w-]+\.js$/)
    await button(page, 'Try again').click()
    await verdict(page).waitFor()
    await page.context().close()
  })

  it('a name that no lesson has is answered with those there are', async () => {
    const { page } = await open('?lesson=tensors')
    await expect.poll(() => heading(page).textContent()).toBe('There is no lesson called “tensors”')
    await page.getByRole('button', { name: '1. What is a tensor?' }).click()
    await expect.poll(() => heading(page).textContent()).toMatch(/^Before you look/)
    await page.context().close()
  })
})

it('the page for the teacher is on the screen and on paper', async () => {
  const { page, errors } = await open('?lesson=charged-wall&teacher=1')
  const dialog = page.getByRole('dialog', { name: /^For the teacher: A charged wall/ })
  await dialog.waitFor()
  for (const title of ['Goals', 'Prior knowledge', 'Plans', 'Misconceptions', 'What the model leaves out'])
    await dialog.getByRole('heading', { name: title, exact: true }).waitFor()
  expect(await dialog.innerText()).toMatch(/45 minutes[\s\S]*ideal membrane[\s\S]*Expected: −0\.616 RT\/F/)
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.page').isVisible()).toBe(false)
  expect(await dialog.getByRole('button', { name: 'Print' }).isVisible()).toBe(false)
  expect(await page.getByRole('heading', { name: /^Lesson 11: A charged wall/ }).isVisible()).toBe(true)
  const paper = await page.pdf({ format: 'A4' })
  const pages = paper.toString('latin1').match(/\/Type\s*\/Page\b/g)
  expect(pages?.length).toBeGreaterThanOrEqual(2)
  await page.emulateMedia({ media: 'screen' })
  await dialog.getByRole('button', { name: 'Open the lesson' }).click()
  await expect.poll(() => heading(page).textContent()).toBe('Sketch both ions')
  expect(errors).toEqual([])
  await page.context().close()
})

it.each([
  ['light', 1280, 720],
  ['dark', 390, 844],
] as const)('nothing serious for assistive technology in %s at %d by %d', async (colorScheme, width, height) => {
  const { page } = await open('?lesson=charged-wall', { colorScheme, viewport: { width, height } })
  const serious = async () => {
    await page.waitForTimeout(300)
    await page.evaluate(axe)
    const { violations } = (await page.evaluate('axe.run()')) as {
      violations: { id: string; impact: string; nodes: { target: string[]; failureSummary?: string }[] }[]
    }
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map((n) => `${id}: ${n.target.join(' ')} ${n.failureSummary ?? ''}`))
  }
  const point = page.locator('.lesson').getByRole('slider').first()
  await point.waitFor()
  await point.focus()
  await page.keyboard.press('ArrowUp')
  await page.getByRole('button', { name: /anions$/ }).click()
  await page.locator('.lesson').getByRole('slider').nth(2).focus()
  await page.keyboard.press('PageDown')
  await button(page, 'A hint').click()
  expect(await serious()).toEqual([])
  await button(page, 'This is my prediction').click()
  await button(page, 'Next').click()
  await button(page, 'Run it').click()
  await verdict(page).waitFor()
  await page.locator('.time-text').waitFor()
  await page.keyboard.press('Space')
  expect(await serious()).toEqual([])
  await button(page, 'Next').click()
  expect(await serious()).toEqual([])
  await button(page, 'Page for the teacher').click()
  await page.getByRole('dialog').waitFor()
  expect(await serious()).toEqual([])
  await page.context().close()
})
