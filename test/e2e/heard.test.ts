/** Sound and speech: off until they are asked for. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPage } from './browser.ts'
import { launch } from './launch.ts'

let browser: Browser
let page: Page
let errors: string[]

beforeAll(async () => {
  browser = await launch()
  ;({ page, errors } = await openPage(browser))
  await page.locator('.stage-host canvas').first().waitFor()
  // What the page asks of the browser's sound, without hearing it.
  await page.evaluate(() => {
    const heard = { contexts: 0, pitch: 0, gain: 0, spoken: [] as string[] }
    Object.assign(window, { heard })
    const Context = AudioContext
    Object.assign(window, {
      AudioContext: class extends Context {
        constructor() {
          super()
          heard.contexts++
        }
      },
    })
    const glide = AudioParam.prototype.setTargetAtTime
    AudioParam.prototype.setTargetAtTime = function (value, start, constant) {
      if (this.maxValue > 1e30) heard.gain = value
      else heard.pitch = value
      return glide.call(this, value, start, constant)
    }
    speechSynthesis.speak = ({ text }) => void heard.spoken.push(text)
  })
})
afterAll(() => browser.close())

const heard = () =>
  page.evaluate(
    () => (window as unknown as { heard: { contexts: number; pitch: number; gain: number; spoken: string[] } }).heard,
  )

async function tick(label: RegExp): Promise<void> {
  await page.getByRole('button', { name: /help/i }).first().click()
  await page.getByRole('checkbox', { name: label }).click()
  await page.keyboard.press('Escape')
  await page.locator('[role=dialog]').waitFor({ state: 'hidden' })
}

it('says and plays nothing by itself', async () => {
  expect(await page.locator('.heard-words').count()).toBe(0)
  expect((await heard()).contexts).toBe(0)
})

it('tells shape, radius and tensor after keys moved the shape, at most once a second', async () => {
  await tick(/^Tell screen readers/)
  await page.getByRole('application', { name: /^Reference cell editor/ }).focus()
  for (let k = 0; k < 4; k++) await page.keyboard.press('-')
  const words = page.locator('.heard-words')
  await expect.poll(() => words.textContent()).toMatch(/Radius 0\.\d+.*D\* extracellular: xx 0\.\d+.*yy 0\.\d+/)
  expect(await words.getAttribute('aria-live')).toBe('polite')
  expect((await heard()).spoken).toEqual([])
})

it('says it aloud where that is asked for too', async () => {
  await tick(/^Say it aloud/)
  await page.getByRole('application', { name: /^Reference cell editor/ }).focus()
  await page.keyboard.press('-')
  await expect.poll(async () => (await heard()).spoken.join()).toMatch(/Radius/)
})

it('plays the first probe as a tone, silent while paused', async () => {
  await page.keyboard.press('r')
  await tick(/^The first probe as a tone/)
  await expect.poll(async () => (await heard()).contexts).toBe(1)
  const pause = page.getByRole('button', { name: 'Pause', exact: true })
  if ((await pause.count()) === 0) await page.getByRole('button', { name: 'Run', exact: true }).click()
  await expect.poll(async () => (await heard()).gain).toBeGreaterThan(0)
  const { pitch } = await heard()
  expect(pitch).toBeGreaterThanOrEqual(220)
  expect(pitch).toBeLessThanOrEqual(880)
  await pause.click()
  await expect.poll(async () => (await heard()).gain).toBe(0)
  expect(errors).toEqual([])
})
