/** Cells and boxes in space: handles, keys, layers on the faces, an isosurface. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openPage } from './browser.ts'
import { launch } from './launch.ts'

let browser: Browser
let page: Page
let errors: string[]

beforeAll(async () => {
  browser = await launch()
  ;({ page, errors } = await openPage(browser, { path: '?scenario=tissue-b1-block&run=0' }))
  await page.locator('.tensors .problem').first().waitFor()
})
afterAll(() => browser.close())

const handle = (name: string) => page.locator(`.view3d .handle[data-handle="${name}"]`)
const middle = async (name: string) => {
  const box = (await handle(name).boundingBox())!
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
const fraction = async () => {
  const row = page.locator('tr', { hasText: 'intracellular' }).first()
  return Number(/0\.\d+/.exec(await row.innerText())?.[0])
}

async function drag(name: string, dx: number, dy: number): Promise<void> {
  const { x, y } = await middle(name)
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + dx, y + dy, { steps: 4 })
  await page.mouse.up()
}

it('makes a shape smaller by its handle, with the tensor, in one step of undo', async () => {
  const before = await fraction()
  await drag('size', -30, 0)
  await expect.poll(fraction).toBeLessThan(0.9 * before)
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect.poll(fraction).toBe(before)
})

it('moves a shape by its handle and by keys, which know a third direction', async () => {
  const from = await middle('center')
  await drag('center', 20, 10)
  const to = await middle('center')
  expect(to.x - from.x).toBeCloseTo(20, -0.5)
  expect(to.y - from.y).toBeCloseTo(10, -0.5)
  await page.locator('.view3d').focus()
  for (let k = 0; k < 5; k++) await page.keyboard.press('PageUp')
  await expect.poll(async () => (await middle('center')).y).toBeLessThan(to.y - 3)
})

it('paints fluxes and correctors on the faces, along each axis', async () => {
  await page.getByLabel('Layer', { exact: true }).selectOption('flux')
  const bar = page.locator('.layer-bar')
  await expect.poll(() => bar.innerText()).toMatch(/flux for a unit gradient along x/)
  await bar.getByText('z', { exact: true }).click()
  await expect.poll(() => bar.innerText()).toMatch(/along z/)
  await page.getByLabel('Layer', { exact: true }).selectOption('corrector')
  await expect.poll(() => bar.innerText()).toMatch(/corrector χ, axis z/)
})

it('shows a surface of one value in the box', async () => {
  const stage = page.locator('.stage-host').first()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Run', exact: true }).click()
  await page.locator('.time-text .badge', { hasText: 'end' }).waitFor()
  await page.waitForTimeout(500)
  const before = await stage.screenshot()
  await page.getByRole('slider', { name: /^isosurface/ }).fill('0.15')
  await expect.poll(async () => (await stage.screenshot()).equals(before)).toBe(false)
  await page.getByRole('slider', { name: /^isosurface/ }).fill('0')
  await expect.poll(async () => (await stage.screenshot()).equals(before)).toBe(true)
  expect(errors).toEqual([])
})
