/** What the badge of the limits says moves no picture. */
import { expect, it } from 'vitest'
import { openPage } from './browser.ts'
import { launch } from './launch.ts'

it.each([1280, 1440])('at %i px the picture stands where it stood before there was a badge', async (width) => {
  const browser = await launch()
  const { page } = await openPage(browser, { width })
  await page.locator('.gauge-badge').waitFor()
  const top = async () => (await page.locator('.stage-host').first().boundingBox())!.y
  const tops = new Set<number>()
  // Limits come and go with the pulse, and the legend of the hatching with them.
  for (let k = 0; k < 40; k++) {
    tops.add(await top())
    await page.waitForTimeout(100)
  }
  await page.addStyleTag({ content: '.gauge > * { display: none !important }' })
  tops.add(await top())
  expect([...tops]).toHaveLength(1)
  await browser.close()
})
