/** The judge on the page: the resolved tissue beside the homogenized one, their difference, and the microscope. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openScenario, runsTo } from './browser.ts'
import { launch } from './launch.ts'

let browser: Browser
let page: Page
let errors: string[]

// One page for all: opening the judge is most of the time it takes.
beforeAll(async () => {
  browser = await launch()
  ;({ page, errors } = await openScenario(browser, 'tissue-judge-sheet'))
  await runsTo(page, 2)
})
afterAll(() => browser.close())

const sides = () => page.locator('.stage-host')

/** Cells across the resolved picture: stretches of colour between two of the tone of the other phase, in most rows. */
async function cellsAcross(): Promise<number> {
  const png = (await sides().nth(1).screenshot()).toString('base64')
  return page.evaluate(async (data) => {
    const image = new Image()
    image.src = `data:image/png;base64,${data}`
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.width
    canvas.height = image.height
    const context = canvas.getContext('2d')!
    context.drawImage(image, 0, 0)
    const { data: rgba, width, height } = context.getImageData(0, 0, image.width, image.height)
    const tone = /^#(..)(..)(..)$/
      .exec(getComputedStyle(document.documentElement).getPropertyValue('--other-phase').trim())!
      .slice(1)
      .map((hex) => Number.parseInt(hex, 16))
    const other = (p: number) => tone.every((value, c) => Math.abs(rgba[4 * p + c] - value) < 6)
    const rows = new Map<number, number>()
    for (let j = 0; j < height; j++) {
      let [count, last, run] = [0, -1, 0]
      for (let i = 0; i < width; i++) {
        run = other(i + width * j) ? run + 1 : 0
        // Three in a row: single ones are the rims of letters.
        if (run < 3) continue
        // Shorter ones are the ring of a stimulus.
        if (last >= 0 && i - last > 10) count++
        last = i
      }
      if (count > 0) rows.set(count, (rows.get(count) ?? 0) + 1)
    }
    return [...rows].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0
  }, png)
}

it('draws both pictures, with room for them, and as many cells as N says', async () => {
  expect(await sides().count()).toBe(2)
  await expect.poll(cellsAcross).toBe(4)
  for (const side of await sides().all()) expect((await side.boundingBox())!.width).toBeGreaterThan(300)
  const cells = page.getByRole('slider', { name: /Cells N/ })
  await cells.focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => page.locator('.judge-text').textContent()).toMatch(/^N = 2, ε = 0.5, ℓ = 500/)
  await expect.poll(cellsAcross, { timeout: 20_000 }).toBe(2)
})

it('looks into a cell: keys open, move and close the microscope', async () => {
  // Where keys are not taken by a control.
  await page.locator('.brand').click()
  await page.keyboard.press('m')
  const caption = page.locator('.lens figcaption')
  await expect.poll(() => caption.textContent()).toMatch(/ℓ = 500/)
  const place = async () => /cell at [^µ]*/.exec((await caption.textContent()) ?? '')?.[0]
  const before = await place()
  await page.keyboard.press('ArrowLeft')
  await expect.poll(place).not.toBe(before)
  await page.getByRole('button', { name: 'difference', exact: true }).click()
  await expect.poll(() => caption.textContent()).toMatch(/−.*mV|throughout/)
  await page.keyboard.press('Escape')
  await expect.poll(() => page.locator('.lens').count()).toBe(0)
})

it('shows the difference on a scale of its own', async () => {
  await page.getByRole('button', { name: 'Difference', exact: true }).click()
  await page.getByRole('img', { name: /Colour scale of the difference of Membrane potential/ }).waitFor()
  await page.getByRole('button', { name: 'Resolved', exact: true }).click()
})

it('does not show the resolved tissue of one time beside the homogenized one of another', async () => {
  const reset = page.getByRole('button', { name: 'Reset', exact: true })
  const pause = page.getByRole('button', { name: 'Pause', exact: true })
  await reset.click()
  if (await pause.isVisible()) await pause.click()
  await reset.click()
  await expect.poll(() => page.locator('.time-text').textContent()).toMatch(/^0/)
  await page.getByRole('button', { name: 'Resolved beside' }).click()
  await expect.poll(() => sides().count()).toBe(1)
  for (let frame = 0; frame < 2; frame++) {
    const t = await page.locator('.time-text').textContent()
    await page.getByRole('button', { name: 'One frame' }).click()
    await expect.poll(() => page.locator('.time-text').textContent()).not.toBe(t)
  }
  await page.getByRole('button', { name: 'Resolved beside' }).click()
  await expect.poll(cellsAcross, { timeout: 20_000 }).toBe(2)
  await page.getByRole('slider', { name: 'Time' }).fill('1')
  await expect.poll(() => sides().nth(1).textContent()).toMatch(/No resolved state at this time/)
  await page.getByRole('button', { name: 'Run again with it' }).click()
  await expect.poll(() => page.getByText('No resolved state at this time').count()).toBe(0)
  // The new run goes on while it is looked at: what it shows is asked of its first frames, wherever it is by now.
  for (const frame of ['1', '0']) {
    await page.getByRole('slider', { name: 'Time' }).fill(frame)
    await expect.poll(cellsAcross, { timeout: 20_000 }).toBe(2)
    expect(await page.getByText('No resolved state at this time').count()).toBe(0)
  }
  expect(await page.locator('.time-text').textContent()).toMatch(/^0\.0/)
  expect(errors).toEqual([])
})
