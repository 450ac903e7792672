/** Pictures of the stage by keyboard alone, and probes that are dragged. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPage, runsTo } from './browser.ts'
import { finger } from './finger.ts'
import { launch } from './launch.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let page: Page
let errors: string[]

beforeAll(async () => {
  browser = await launch()
  ;({ page, errors } = await openPage(browser))
  await page.locator('.stage-host canvas').first().waitFor()
})
afterAll(() => browser.close())

const stage = () => page.getByRole('application', { name: /^Field on the box/ })
const said = () => page.locator('.stage-said').first().textContent()
const probes = () => page.locator('.probe-grip').count()

it('is reached by Tab, and its cursor says the value where it stands', async () => {
  for (let k = 0; k < 80; k++) {
    if (await stage().evaluate((el) => el === document.activeElement)) break
    await page.keyboard.press('Tab')
  }
  expect(await stage().evaluate((el) => el === document.activeElement)).toBe(true)
  await page.keyboard.press('ArrowRight')
  await expect.poll(said).toMatch(/mV at x = [\d.]+, y = [\d.]+ (mm|µm)\.$/)
  expect(await page.locator('.stage-cursor').count()).toBe(1)
  expect(await page.locator('.hover-value').textContent()).toMatch(/mV$/)
  const before = await said()
  // Not every frame: only a press is said.
  await page.waitForTimeout(500)
  expect(await said()).toBe(before)
})

it('goes finer with Shift', async () => {
  const place = async () => Number(/x = ([\d.]+)/.exec((await said()) ?? '')?.[1])
  const from = await place()
  await page.keyboard.press('ArrowRight')
  await expect.poll(place).toBeGreaterThan(from)
  const coarse = (await place()) - from
  await page.keyboard.press('Shift+ArrowRight')
  await expect.poll(async () => (await place()) - from - coarse).toBeGreaterThan(0)
  expect((await place()) - from - coarse).toBeLessThan(coarse / 4)
})

it('sets probes and removes the nearest', async () => {
  await page.keyboard.press('Enter')
  await expect.poll(said).toMatch(/^Probe 1\./)
  for (let k = 0; k < 5; k++) await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await expect.poll(probes).toBe(2)
  await page.keyboard.press('Delete')
  await expect.poll(said).toBe('Probe 2 removed.')
  expect(await probes()).toBe(1)
})

it('paints with the brush', async () => {
  await page.keyboard.press('b')
  await expect.poll(said).toMatch(/^Brush in hand: /)
  await page.keyboard.press('Enter')
  await expect.poll(said).toMatch(/^Painted at x = /)
  await expect.poll(() => page.getByRole('button', { name: /^Remove all \d+/ }).count()).toBe(1)
  await page.keyboard.press('B')
  await expect.poll(said).toBe('Brush put away.')
})

it('stands in the list of keys, and pleases axe', async () => {
  await page.evaluate(axe)
  const { violations } = (await page.evaluate('axe.run(".stage-panel")')) as { violations: { id: string }[] }
  expect(violations.map(({ id }) => id)).toEqual([])
  await page.keyboard.press('?')
  await expect.poll(() => page.locator('.help').innerText()).toMatch(/remove the nearest probe/)
  await page.keyboard.press('Escape')
})

it('lets the pointer drag a probe, without setting another', async () => {
  const grip = page.locator('.probe-grip')
  // Panels that come late may still move it.
  let from = (await grip.boundingBox())!
  await expect
    .poll(
      async () => {
        const before = from
        from = (await grip.boundingBox())!
        return from.x === before.x && from.y === before.y
      },
      { interval: 300 },
    )
    .toBe(true)
  const [x, y] = [from.x + from.width / 2, from.y + from.height / 2]
  await page.mouse.move(x, y)
  await page.waitForTimeout(100)
  await page.mouse.down()
  await page.mouse.move(x - 60, y + 30, { steps: 5 })
  await page.mouse.up()
  await expect.poll(async () => Math.round((await grip.boundingBox())!.x - from.x)).toBe(-60)
  expect(Math.round((await grip.boundingBox())!.y - from.y)).toBe(30)
  expect(await probes()).toBe(1)
  expect(errors).toEqual([])
})

it('lets a finger drag a probe up and down, where the picture would scroll', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
  const phone = await context.newPage()
  await phone.goto(page.url().replace(/#.*/, ''))
  const picture = phone.locator('.stage-host').first()
  await picture.locator('canvas').first().waitFor()
  // There is nothing to probe before the first frames, and panels that come late move the picture.
  await runsTo(phone, 0.5)
  await phone.locator('.plot canvas').first().waitFor()
  await picture.scrollIntoViewIfNeeded()
  const box = (await picture.boundingBox())!
  const hand = await finger(phone)
  await hand.tap({ x: box.x + box.width / 2, y: box.y + box.height / 2 })
  const grip = phone.locator('.probe-grip')
  await expect.poll(() => grip.count()).toBe(1)
  const at = (await grip.boundingBox())!
  const from = { x: at.x + at.width / 2, y: at.y + at.height / 2 }
  await hand.drag(from, { x: from.x, y: from.y - 50 })
  await expect.poll(async () => Math.round((await grip.boundingBox())!.y - at.y)).toBe(-50)
  await context.close()
})
