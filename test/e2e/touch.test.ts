/** Fingers and pens on phones and tablets: what is touched moves, and what is swiped past stays as it was. */
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { handle } from './browser.ts'
import { type Finger, finger } from './finger.ts'
import { launch } from './launch.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launch()
})
afterAll(() => browser.close())

const SIZES = [
  [390, 844],
  [844, 390],
  [820, 1180],
  [1180, 820],
] as const

/** A page under fingers: its run stands still, so that nothing but them moves anything. */
async function withTouch(
  [width, height]: readonly [number, number],
  test: (page: Page, hand: Finger) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({
    viewport: { width, height },
    hasTouch: true,
    isMobile: true,
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
  })
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  await page.goto(inject('page'))
  await page.locator('.colour-ticks').first().waitFor()
  await page.locator('.stage-host canvas').first().waitFor()
  try {
    await test(page, await finger(page))
    expect(errors).toEqual([])
  } finally {
    await context.close()
  }
}

/** Middle of something, once it is in sight. */
async function middle(target: Locator): Promise<{ x: number; y: number }> {
  await target.evaluate((e) => e.scrollIntoView({ block: 'center' }))
  const box = (await target.boundingBox())!
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

const scrolled = (page: Page) => page.evaluate(() => document.querySelector('.stack')?.scrollTop ?? 0)
const stacked = ([width]: readonly [number, number]) => width < 860

describe.each(SIZES)('by finger, at %i x %i', (...size) => {
  it('a handle goes where the finger goes, up and down too, and nothing scrolls', () =>
    withTouch(size, async (page, hand) => {
      const radius = handle(page, 'radius')
      const at = await middle(radius)
      await hand.drag(at, { x: at.x - 60, y: at.y })
      const moved = (await radius.boundingBox())!
      expect(moved.x + moved.width / 2).toBeCloseTo(at.x - 60, -1)
      const centre = await middle(handle(page, 'center'))
      const before = await scrolled(page)
      await hand.drag(centre, { x: centre.x, y: centre.y - 30 })
      const lifted = (await handle(page, 'center').boundingBox())!
      expect(lifted.y + lifted.height / 2).toBeCloseTo(centre.y - 30, -1)
      expect(await scrolled(page)).toBeCloseTo(before, 0)
    }))

  it('a tap on the picture puts a probe there', () =>
    withTouch(size, async (page, hand) => {
      const at = await middle(page.locator('.stage-host canvas').first())
      await hand.tap(at)
      await page.getByRole('button', { name: 'Remove all probes' }).waitFor()
    }))

  it('the brush paints, and the microscope is taken along', () =>
    withTouch(size, async (page, hand) => {
      await page.getByRole('button', { name: 'Brush: apply a stimulus' }).click()
      const from = await middle(page.locator('.stage-host canvas').first())
      await hand.drag(from, { x: from.x, y: from.y - 40 })
      await page.getByRole('button', { name: 'Remove all' }).waitFor()
      await page.getByRole('button', { name: 'Brush: apply a stimulus' }).click()
      await page.getByRole('button', { name: /^Microscope/ }).click()
      const grip = page.locator('.lens-grip')
      const at = await middle(grip)
      await hand.drag(at, { x: at.x - 30, y: at.y - 30 })
      const moved = (await grip.boundingBox())!
      expect(moved.x + moved.width / 2).toBeCloseTo(at.x - 30, -1)
      expect(moved.y + moved.height / 2).toBeCloseTo(at.y - 30, -1)
    }))

  it('everything that is pressed is large enough', () =>
    withTouch(size, async (page) => {
      await page.getByRole('button', { name: 'One frame' }).click()
      await expect.poll(() => page.locator('.time-text').textContent()).not.toMatch(/^0\.0/)
      await page.getByRole('button', { name: 'Fork here' }).click()
      await page.getByRole('button', { name: /^Brush/ }).click()
      await page.getByRole('button', { name: /^Microscope/ }).click()
      await page.locator('.branch').waitFor()
      await page.locator('.brush-bar').waitFor()
      const small = (selector: string, least: number) =>
        page.locator(selector).evaluateAll(
          (all, px) =>
            all.flatMap((e) => {
              const { width, height } = e.getBoundingClientRect()
              const seen = width > 0 && height > 0
              return seen && Math.min(width, height) < px ? [`${e.outerHTML.slice(0, 80)}: ${width} x ${height}`] : []
            }),
          least,
        )
      expect(await small('button, a[href], input, select, textarea, summary, [role="separator"]', 24)).toEqual([])
      expect(await small('.handle, .transport button', 44)).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(size[0])
    }))
})

describe.each(SIZES.filter(stacked))('scrolling past, at %i x %i', (...size) => {
  it.each([
    ['a chart', '.plot .u-over'],
    ['the picture', '.stage-host canvas'],
    ['the cell', '.editor-square'],
  ])('a swipe over %s scrolls', (_, selector) =>
    withTouch(size, async (page, hand) => {
      const target = page.locator(selector).first()
      await target.waitFor()
      const { x, y } = await middle(target)
      const before = await scrolled(page)
      // Beside the handle in the middle of the cell.
      await hand.drag({ x: x - 45, y: y + 45 }, { x: x - 45, y: y - 75 })
      await expect.poll(() => scrolled(page)).toBeGreaterThan(before + 60)
      expect(await page.getByRole('button', { name: 'Undo' }).getAttribute('aria-disabled')).toBe('true')
    }),
  )

  it('a flick that begins on a handle scrolls, and the cell stays as it was', () =>
    withTouch(size, async (page, hand) => {
      for (const name of ['center', 'radius']) {
        const at = await middle(handle(page, name))
        const before = await scrolled(page)
        await hand.swipe(at, { x: at.x + 10, y: at.y - 120 })
        await expect.poll(() => scrolled(page)).toBeGreaterThan(before + 60)
      }
      expect(await page.getByRole('button', { name: 'Undo' }).getAttribute('aria-disabled')).toBe('true')
      // A flick across is no swipe, and a finger that rested takes it up as fast.
      const radius = await middle(handle(page, 'radius'))
      await hand.swipe(radius, { x: radius.x - 60, y: radius.y - 20 })
      const narrow = (await handle(page, 'radius').boundingBox())!
      expect(narrow.x + narrow.width / 2).toBeLessThan(radius.x - 40)
      const centre = await middle(handle(page, 'center'))
      const before = await scrolled(page)
      await hand.swipe(centre, { x: centre.x, y: centre.y - 50 }, 150, 100)
      const lifted = (await handle(page, 'center').boundingBox())!
      expect(lifted.y + lifted.height / 2).toBeCloseTo(centre.y - 50, -1)
      expect(await scrolled(page)).toBeCloseTo(before, 0)
    }))

  it('a flick that begins on a probe or on the microscope scrolls, and leaves them', () =>
    withTouch(size, async (page, hand) => {
      const shown = await middle(page.locator('.stage-host canvas').first())
      await hand.tap(shown)
      const probe = page.locator('.probe-grip')
      await probe.waitFor()
      await page.getByRole('button', { name: /^Microscope/ }).click()
      const lens = page.locator('.lens-grip')
      await hand.tap({ x: shown.x + 90, y: shown.y })
      const within = async (grip: Locator) => {
        const [box, host] = [(await grip.boundingBox())!, (await page.locator('.stage-host').first().boundingBox())!]
        return { x: Math.round(box.x - host.x), y: Math.round(box.y - host.y) }
      }
      for (const grip of [probe, lens]) {
        const at = await middle(grip)
        const [place, before] = [await within(grip), await scrolled(page)]
        await hand.swipe(at, { x: at.x, y: at.y - 120 })
        await expect.poll(() => scrolled(page)).toBeGreaterThan(before + 60)
        expect(await within(grip)).toEqual(place)
        const again = await middle(grip)
        await hand.drag(again, { x: again.x - 30, y: again.y - 10 })
        await expect.poll(async () => (await within(grip)).x).toBeLessThan(place.x - 20)
      }
    }))

  it('a swipe that begins on a slider leaves it alone, a finger along it moves it', () =>
    withTouch(size, async (page, hand) => {
      const slider = page.getByRole('slider', { name: 'Na conductance, slider' })
      const { x, y } = await middle(slider)
      const value = () => slider.inputValue()
      const [before, top] = [await value(), await scrolled(page)]
      const undo = page.getByRole('button', { name: 'Undo' })
      await hand.drag({ x: x + 40, y }, { x: x + 40, y: y - 120 })
      await expect.poll(() => scrolled(page)).toBeGreaterThan(top + 60)
      expect(await value()).toBe(before)
      expect(await undo.getAttribute('aria-disabled')).toBe('true')
      const again = await middle(slider)
      await hand.drag({ x: again.x - 40, y: again.y }, { x: again.x + 40, y: again.y })
      await expect.poll(value).not.toBe(before)
      await undo.click()
      await expect.poll(value).toBe(before)
    }))

  it('the button of the parameters goes to them', () =>
    withTouch(size, async (page) => {
      await page.getByRole('button', { name: 'Parameters', exact: true }).click()
      const panel = page.locator('.parameters-panel')
      await expect.poll(async () => (await panel.boundingBox())!.y).toBeLessThan(size[1] / 2)
    }))

  it('a finger across a chart reads it', () =>
    withTouch(size, async (page, hand) => {
      await page.getByRole('button', { name: 'One frame' }).click()
      const { x, y } = await middle(page.locator('.plot .u-over').first())
      await hand.drag({ x: x - 50, y }, { x: x + 50, y }, false)
      await page.locator('.plot-reading').first().waitFor()
      await hand.up()
    }))
})

describe('by pen', () => {
  it('drags a handle and paints', () =>
    withTouch([820, 1180], async (page, hand) => {
      const radius = handle(page, 'radius')
      const at = await middle(radius)
      await hand.pen(at, { x: at.x - 60, y: at.y + 5 })
      const moved = (await radius.boundingBox())!
      expect(moved.x + moved.width / 2).toBeCloseTo(at.x - 60, -1)
      await page.getByRole('button', { name: 'Brush: apply a stimulus' }).click()
      const from = await middle(page.locator('.stage-host canvas').first())
      await hand.pen(from, { x: from.x + 40, y: from.y - 40 })
      await page.getByRole('button', { name: 'Remove all' }).waitFor()
    }))
})
